#include "core/lesson/build/reshape.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/conv/operators/operator.h"
#include "core/lesson/build/filter_presets.h"

namespace convscope::lesson {
namespace {

// Copies the cells common to both shapes; zeros elsewhere.
Tensor overlap(const Tensor& tensor, const Shape& shape) {
  const Shape& old = tensor.shape();
  std::vector<float> values(static_cast<std::size_t>(shape.count()), 0.0F);
  const std::int64_t width = std::min(old.w, shape.w);
  for (std::int64_t n = 0; n < std::min(old.n, shape.n); ++n) {
    for (std::int64_t c = 0; c < std::min(old.c, shape.c); ++c) {
      for (std::int64_t y = 0; y < std::min(old.h, shape.h); ++y) {
        const auto row =
            tensor.values().subspan(static_cast<std::size_t>(offset_of(old, {n, c, y, 0})),
                                    static_cast<std::size_t>(width));
        std::ranges::copy(row, values.begin() + offset_of(shape, {n, c, y, 0}));
      }
    }
  }
  return Tensor(shape, std::move(values));
}

// Which of the weight's filters a cell belongs to.
std::int64_t filter_of(const conv::LayerSpec& spec, const Index& at) {
  return conv::operator_of(spec.op).transposed() ? at.c : at.n;
}

// Filters that were not there before are random, not zero: a map of zeros tells nothing.
void start_new_filters(TensorRef& weight, const conv::LayerSpec& spec, std::int64_t before) {
  const Shape shape = weight.base.shape();
  const bool grown = !std::holds_alternative<SeededSource>(weight.source) &&
                     filter_of(spec, {shape.n, shape.c, 0, 0}) > before;
  if (!grown) {
    return;
  }
  const auto seed = static_cast<std::uint64_t>(before) + 1;
  const std::vector<float> drawn = random_weights(shape.count(), shape.c * shape.h * shape.w, seed);
  std::vector<float> values(weight.base.values().begin(), weight.base.values().end());
  for (std::int64_t i = 0; i < shape.count(); ++i) {
    const Index at = {i / (shape.c * shape.h * shape.w), i / (shape.h * shape.w) % shape.c, 0, 0};
    if (filter_of(spec, at) >= before) {
      values[static_cast<std::size_t>(i)] = drawn[static_cast<std::size_t>(i)];
    }
  }
  weight.base = Tensor(shape, std::move(values));
}

}  // namespace

void reshape_tensor(TensorRef& ref, const Shape& shape) {
  if (ref.base.shape() == shape) {
    return;
  }
  if (shape.count() == 0) {
    ref = {};
    return;
  }
  if (const auto* seeded = std::get_if<SeededSource>(&ref.source)) {
    ref.base = random_tensor(shape, seeded->random);
    ref.edits.keep_inside(shape);
    return;
  }
  ref = TensorRef{InlineSource{}, overlap(ref.tensor(), shape), {}};
}

conv::LayerSpec spec_for(bool one_dimensional, conv::LayerSpec spec) {
  if (one_dimensional) {
    spec.kernel_size.h = spec.stride.h = spec.dilation.h = 1;
    spec.pads.top = spec.pads.bottom = spec.output_padding.h = 0;
  }
  const conv::LayerSpec standard;
  if (spec.padding != conv::PaddingRule::kExplicit) {
    spec.pads = standard.pads;
  }
  const auto keep = [&](conv::Setting setting, auto member) {
    if (!conv::operator_of(spec.op).reads(setting, one_dimensional)) {
      spec.*member = standard.*member;
    }
  };
  keep(conv::Setting::kPaddingMode, &conv::LayerSpec::padding_mode);
  keep(conv::Setting::kFlip, &conv::LayerSpec::flip);
  keep(conv::Setting::kOutputPadding, &conv::LayerSpec::output_padding);
  keep(conv::Setting::kCeilMode, &conv::LayerSpec::ceil_mode);
  keep(conv::Setting::kCountIncludePad, &conv::LayerSpec::count_include_pad);
  keep(conv::Setting::kDivisorOverride, &conv::LayerSpec::divisor_override);
  return spec;
}

void reshape_layer(Layer& layer, const conv::LayerSpec& spec) {
  // What the filters of one layout are is lost with it: a transposed layer's first side counts
  // channels.
  const Shape old = layer.weight.base.shape();
  const bool same_layout =
      conv::operator_of(layer.spec.op).weight == conv::operator_of(spec.op).weight;
  const std::int64_t filters = same_layout ? filter_of(spec, {old.n, old.c, 0, 0}) : 0;
  layer.spec = spec;
  reshape_tensor(layer.weight, conv::weight_shape(spec));
  start_new_filters(layer.weight, spec, filters);
  if (!conv::has_weight(spec.op) || !spec.bias) {
    layer.bias = {};
  } else {
    reshape_tensor(layer.bias, {1, 1, 1, spec.out_channels});
  }
}

}  // namespace convscope::lesson
