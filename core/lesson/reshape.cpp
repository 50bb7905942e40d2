#include "core/lesson/reshape.h"
#include "core/conv/operators/operator.h"

#include <algorithm>
#include <utility>
#include <vector>

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

void reshape(TensorRef& ref, const Shape& shape) {
  if (ref.base.shape() == shape) {
    return;
  }
  if (shape.count() == 0) {
    ref = {};
    return;
  }
  if (const auto* seeded = std::get_if<SeededSource>(&ref.source)) {
    ref.base = random_tensor(shape, seeded->random);
    std::erase_if(ref.edits, [&](const auto& edit) { return !contains(shape, edit.first); });
    return;
  }
  ref = TensorRef{InlineSource{}, overlap(ref.tensor(), shape), {}};
}

}  // namespace

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
  layer.spec = spec;
  reshape(layer.weight, conv::weight_shape(spec));
  if (!conv::has_weight(spec.op) || !spec.bias) {
    layer.bias = {};
  } else {
    reshape(layer.bias, {1, 1, 1, spec.out_channels});
  }
}

}  // namespace convscope::lesson
