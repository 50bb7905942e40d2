#include "core/lesson/spec_json.h"

#include <array>

#include "core/lesson/reshape.h"
#include "core/lesson/words.h"

namespace convscope {
namespace {

Size2 parse_size(const JsonAt& at, LayerKind kind) {
  const bool signal = kind == LayerKind::kConv1d;
  if (!at.is_array()) {
    const std::int64_t size = at.integer();
    return {signal ? 1 : size, size};
  }
  const std::vector<JsonAt> sizes = at.elements();
  if (sizes.size() != (signal ? 1U : 2U)) {
    at.fail("size_length", {{"expected", std::int64_t{signal ? 1 : 2}}});
  }
  return {signal ? 1 : sizes.front().integer(), sizes.back().integer()};
}

Pads parse_pads(const JsonAt& at, LayerKind kind) {
  const bool signal = kind == LayerKind::kConv1d;
  if (!at.is_array()) {
    const std::int64_t pad = at.integer();
    return signal ? Pads{0, 0, pad, pad} : Pads{pad, pad, pad, pad};
  }
  std::vector<std::int64_t> pads;
  for (const JsonAt& pad : at.elements()) {
    pads.push_back(pad.integer());
  }
  if (signal && (pads.size() == 1 || pads.size() == 2)) {
    return {0, 0, pads.front(), pads.back()};
  }
  if (!signal && pads.size() == 2) {
    return {pads[0], pads[0], pads[1], pads[1]};
  }
  if (!signal && pads.size() == 4) {
    return {pads[0], pads[1], pads[2], pads[3]};
  }
  at.fail("padding_length");
}

void write_size(JsonWriter& json, const Size2& size, LayerKind kind) {
  if (kind == LayerKind::kConv1d) {
    json.integer(size.w);
  } else {
    json.integers(std::array{size.h, size.w});
  }
}

void write_padding(JsonWriter& json, const Conv2dSpec& spec, LayerKind kind) {
  const Pads& pads = spec.pads;
  if (spec.padding != PaddingRule::kExplicit) {
    json.text(word_of(kPaddingRules, spec.padding));
  } else if (kind == LayerKind::kConv1d) {
    json.integers(std::array{pads.left, pads.right});
  } else if (pads == Pads{pads.top, pads.top, pads.top, pads.top}) {
    json.integer(pads.top);
  } else if (pads.top == pads.bottom && pads.left == pads.right) {
    json.integers(std::array{pads.top, pads.left});
  } else {
    json.integers(std::array{pads.top, pads.bottom, pads.left, pads.right});
  }
}

}  // namespace

Conv2dSpec parse_spec(const JsonAt& at, LayerKind kind, Conv2dSpec spec) {
  const auto read = [&](const char* key, auto&& take) {
    if (const auto found = at.find(key)) {
      take(*found);
    }
  };
  read("in_channels", [&](const JsonAt& v) { spec.in_channels = v.integer(); });
  read("out_channels", [&](const JsonAt& v) { spec.out_channels = v.integer(); });
  read("kernel_size", [&](const JsonAt& v) { spec.kernel_size = parse_size(v, kind); });
  read("stride", [&](const JsonAt& v) { spec.stride = parse_size(v, kind); });
  read("dilation", [&](const JsonAt& v) { spec.dilation = parse_size(v, kind); });
  read("groups", [&](const JsonAt& v) { spec.groups = v.integer(); });
  read("padding_mode", [&](const JsonAt& v) { spec.padding_mode = v.choice(kPaddingModes); });
  read("padding", [&](const JsonAt& v) {
    if (v.is_string()) {
      spec.padding = v.choice(kPaddingRules);
      spec.pads = {};
    } else {
      spec.padding = PaddingRule::kExplicit;
      spec.pads = parse_pads(v, kind);
    }
  });
  return spec_for(kind, spec);
}

void write_spec(JsonWriter& json, const Conv2dSpec& spec, LayerKind kind, bool all) {
  const Conv2dSpec standard;
  if (all) {
    json.key("in_channels");
    json.integer(spec.in_channels);
    json.key("out_channels");
    json.integer(spec.out_channels);
    json.key("kernel_size");
    write_size(json, spec.kernel_size, kind);
    json.key("bias");
    json.boolean(spec.bias);
  }
  if (all || spec.stride != standard.stride) {
    json.key("stride");
    write_size(json, spec.stride, kind);
  }
  if (all || spec.padding != standard.padding) {
    json.key("padding");
    write_padding(json, spec, kind);
  }
  if (all || spec.padding_mode != standard.padding_mode) {
    json.key("padding_mode");
    json.text(word_of(kPaddingModes, spec.padding_mode));
  }
  if (all || spec.dilation != standard.dilation) {
    json.key("dilation");
    write_size(json, spec.dilation, kind);
  }
  if (all || spec.groups != standard.groups) {
    json.key("groups");
    json.integer(spec.groups);
  }
}

}  // namespace convscope
