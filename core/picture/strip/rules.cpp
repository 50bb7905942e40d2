#include "core/picture/strip/rules.h"

#include <algorithm>

#include "core/conv/analysis/as_convolution.h"
#include "core/conv/operators/operator.h"

namespace convscope::picture::strip {

namespace {

StripRule rule_of(const derive::LayerResult& layer, StripRule::Kind kind, bool own,
                  conv::LayerSpec spec) {
  const Shape& input = layer.input.shape();
  StripRule rule{
      .kind = kind, .own = own, .spec = spec, .axis = conv::window_axes(spec, input).columns};
  rule.after = rule.axis.padded_end - rule.axis.stage_size();
  return rule;
}

// The same layer with other padding along the axis.
conv::LayerSpec repadded(const derive::LayerResult& layer, std::int64_t left, std::int64_t right) {
  conv::LayerSpec spec = layer.spec;
  spec.padding = conv::PaddingRule::kExplicit;
  spec.pads = layer.pads;
  spec.pads.left = left;
  spec.pads.right = right;
  return spec;
}

conv::Pads same_pads(const derive::LayerResult& layer) {
  conv::LayerSpec spec = layer.spec;
  spec.padding = conv::PaddingRule::kSameTf;
  return conv::resolved_pads(spec, layer.input.shape());
}

StripRule::Kind kind_of(const derive::LayerResult& layer) {
  const conv::PaddingRule padding = layer.spec.padding;
  const conv::Pads& pads = layer.pads;
  if (padding == conv::PaddingRule::kSame || padding == conv::PaddingRule::kSameTf) {
    return StripRule::Kind::kSame;
  }
  if (pads.left == 0 && pads.right == 0) {
    return StripRule::Kind::kValid;
  }
  const conv::Pads same = same_pads(layer);
  return pads.left == same.left && pads.right == same.right ? StripRule::Kind::kSame
                                                            : StripRule::Kind::kOther;
}

// Whether it makes sense to ask what another padding would do.
bool is_comparable(const conv::LayerSpec& spec) {
  const conv::Operator& op = conv::operator_of(spec.op);
  const bool pool = op.reads(conv::Setting::kCeilMode);
  return op.reads(conv::Setting::kPaddingMode) || (pool && !spec.ceil_mode);
}

}  // namespace

std::int64_t StripRule::begin() const { return std::min<std::int64_t>(0, -axis.before); }

std::int64_t StripRule::end() const {
  return std::max(
      {axis.stage_size(), axis.padded_end, axis.start(axis.outputs - 1) + axis.reach()});
}

std::vector<StripRule> strip_rules(const derive::LayerResult& layer) {
  using Kind = StripRule::Kind;
  if (!is_comparable(layer.spec)) {
    return {rule_of(layer, Kind::kOther, true, layer.spec)};
  }
  const Kind kind = kind_of(layer);
  std::vector<StripRule> rules = {rule_of(layer, kind, true, layer.spec)};
  const auto compare = [&](Kind other, const conv::LayerSpec& spec, auto place) {
    if (conv::problems(spec, layer.input.shape()).empty()) {
      rules.insert(place, rule_of(layer, other, false, spec));
    }
  };
  if (kind == Kind::kValid) {
    const conv::Pads same = same_pads(layer);
    compare(Kind::kSame, repadded(layer, same.left, same.right), rules.end());
  } else {
    compare(Kind::kValid, repadded(layer, 0, 0), rules.begin());
  }
  return rules;
}

std::vector<std::int64_t> dropped_cells(const StripRule& rule) {
  constexpr std::int64_t kLongest = 4096;
  const conv::WindowAxis& axis = rule.axis;
  std::vector<std::int64_t> dropped;
  if (axis.size > kLongest) {
    return dropped;
  }
  std::vector<bool> read(static_cast<std::size_t>(axis.size), false);
  for (std::int64_t window = 0; window < axis.outputs; ++window) {
    for (std::int64_t tap = 0; tap < axis.kernel; ++tap) {
      if (const auto cell = axis.source(axis.cell(window, tap))) {
        read[static_cast<std::size_t>(*cell)] = true;
      }
    }
  }
  for (std::int64_t cell = 0; cell < axis.size; ++cell) {
    if (!read[static_cast<std::size_t>(cell)]) {
      dropped.push_back(cell);
    }
  }
  return dropped;
}

}  // namespace convscope::picture::strip
