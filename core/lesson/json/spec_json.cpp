#include "core/lesson/json/spec_json.h"

#include <array>

#include "core/lesson/enum_names.h"

namespace convscope::lesson {
namespace {

conv::Size2 parse_size(const JsonAt& at, bool one_dimensional) {
  const bool signal = one_dimensional;
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

conv::Pads parse_pads(const JsonAt& at, bool one_dimensional) {
  const bool signal = one_dimensional;
  if (!at.is_array()) {
    const std::int64_t pad = at.integer();
    return signal ? conv::Pads{0, 0, pad, pad} : conv::Pads{pad, pad, pad, pad};
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

void write_size(JsonWriter& json, const conv::Size2& size, bool one_dimensional) {
  if (one_dimensional) {
    json.integer(size.w);
  } else {
    json.integers(std::array{size.h, size.w});
  }
}

void write_padding(JsonWriter& json, const conv::LayerSpec& spec, bool one_dimensional) {
  const conv::Pads& pads = spec.pads;
  if (spec.padding != conv::PaddingRule::kExplicit) {
    json.text(word_of(kPaddingRules, spec.padding));
  } else if (one_dimensional) {
    json.integers(std::array{pads.left, pads.right});
  } else if (pads == conv::Pads{pads.top, pads.top, pads.top, pads.top}) {
    json.integer(pads.top);
  } else if (pads.top == pads.bottom && pads.left == pads.right) {
    json.integers(std::array{pads.top, pads.left});
  } else {
    json.integers(std::array{pads.top, pads.bottom, pads.left, pads.right});
  }
}

}  // namespace

conv::LayerSpec parse_spec(const JsonAt& at, bool one_dimensional, conv::LayerSpec spec) {
  const auto read = [&](const char* key, auto&& take) {
    if (const auto found = at.find(key)) {
      take(*found);
    }
  };
  read("in_channels", [&](const JsonAt& v) { spec.in_channels = v.integer(); });
  read("out_channels", [&](const JsonAt& v) { spec.out_channels = v.integer(); });
  read("kernel_size", [&](const JsonAt& v) { spec.kernel_size = parse_size(v, one_dimensional); });
  read("stride", [&](const JsonAt& v) { spec.stride = parse_size(v, one_dimensional); });
  read("dilation", [&](const JsonAt& v) { spec.dilation = parse_size(v, one_dimensional); });
  read("groups", [&](const JsonAt& v) { spec.groups = v.integer(); });
  read("padding_mode", [&](const JsonAt& v) { spec.padding_mode = v.choice(kPaddingModes); });
  read("padding", [&](const JsonAt& v) {
    if (v.is_string()) {
      spec.padding = v.choice(kPaddingRules);
      spec.pads = {};
    } else {
      spec.padding = conv::PaddingRule::kExplicit;
      spec.pads = parse_pads(v, one_dimensional);
    }
  });
  read("output_padding", [&](const JsonAt& v) {
    spec.output_padding = parse_size(v, one_dimensional);
    if (one_dimensional) {
      spec.output_padding.h = 0;
    }
  });
  read("flip", [&](const JsonAt& v) { spec.flip = v.boolean(); });
  read("ceil_mode", [&](const JsonAt& v) { spec.ceil_mode = v.boolean(); });
  read("count_include_pad", [&](const JsonAt& v) { spec.count_include_pad = v.boolean(); });
  read("divisor_override", [&](const JsonAt& v) { spec.divisor_override = v.integer(0); });
  return spec;
}

void write_spec(JsonWriter& json, const conv::LayerSpec& spec, bool one_dimensional, bool all) {
  const conv::LayerSpec standard;
  if (all) {
    json.key("in_channels");
    json.integer(spec.in_channels);
    json.key("out_channels");
    json.integer(spec.out_channels);
    json.key("kernel_size");
    write_size(json, spec.kernel_size, one_dimensional);
    json.key("bias");
    json.boolean(spec.bias);
  }
  const conv::Operator& op = conv::operator_of(spec.op);
  const bool window = !conv::has_weight(spec.op) && op.reads(conv::Setting::kKernelSize);
  if (window && !all) {
    json.key("kernel_size");
    write_size(json, spec.kernel_size, one_dimensional);
  }
  if (all || spec.stride != (op.stride_is_kernel ? spec.kernel_size : standard.stride)) {
    json.key("stride");
    write_size(json, spec.stride, one_dimensional);
  }
  if (all || spec.padding != standard.padding) {
    json.key("padding");
    write_padding(json, spec, one_dimensional);
  }
  if (all || spec.padding_mode != standard.padding_mode) {
    json.key("padding_mode");
    json.text(word_of(kPaddingModes, spec.padding_mode));
  }
  if (all || spec.dilation != standard.dilation) {
    json.key("dilation");
    write_size(json, spec.dilation, one_dimensional);
  }
  if (all || (conv::has_weight(spec.op) && spec.groups != standard.groups)) {
    json.key("groups");
    json.integer(spec.groups);
  }
  if (spec.output_padding != standard.output_padding) {
    json.key("output_padding");
    write_size(json, spec.output_padding, one_dimensional);
  }
  const auto flag = [&](const char* key, bool value, bool usual) {
    if (value != usual) {
      json.key(key);
      json.boolean(value);
    }
  };
  flag("flip", spec.flip, standard.flip);
  flag("ceil_mode", spec.ceil_mode, standard.ceil_mode);
  flag("count_include_pad", spec.count_include_pad, standard.count_include_pad);
  if (spec.divisor_override != standard.divisor_override) {
    json.key("divisor_override");
    json.integer(spec.divisor_override);
  }
}

conv::Optimizer parse_optimizer(const JsonAt& at) {
  conv::Optimizer optimizer;
  const auto read = [&](const char* key, double& value) {
    if (const auto found = at.find(key)) {
      value = found->number();
    }
  };
  if (const auto kind = at.find("optimizer")) {
    optimizer.kind = kind->choice(kOptimizers);
  }
  read("lr", optimizer.lr);
  read("momentum", optimizer.momentum);
  read("beta1", optimizer.beta1);
  read("beta2", optimizer.beta2);
  read("eps", optimizer.eps);
  return optimizer;
}

void write_optimizer(JsonWriter& json, const conv::Optimizer& optimizer) {
  const conv::Optimizer standard;
  json.key("optimizer");
  json.text(word_of(kOptimizers, optimizer.kind));
  json.key("lr");
  json.number(optimizer.lr);
  const auto number = [&](const char* key, double value, double usual) {
    if (value != usual) {
      json.key(key);
      json.number(value);
    }
  };
  number("momentum", optimizer.momentum, standard.momentum);
  number("beta1", optimizer.beta1, standard.beta1);
  number("beta2", optimizer.beta2, standard.beta2);
  number("eps", optimizer.eps, standard.eps);
}

}  // namespace convscope::lesson
