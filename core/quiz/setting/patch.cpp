#include "core/quiz/setting/patch.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/conv/padding.h"

namespace convscope::quiz {

Patch window_of(const Setting& setting) {
  const conv::LayerSpec& spec = setting.spec;
  const conv::Pads pads = conv::resolved_pads(spec, setting.input.shape());
  const bool weights = conv::has_weight(spec.op);
  Patch window = {weights ? spec.in_channels : 1, spec.kernel_size.h, spec.kernel_size.w, {}};
  for (std::int64_t c = 0; c < window.channels; ++c) {
    for (std::int64_t i = 0; i < window.rows; ++i) {
      for (std::int64_t j = 0; j < window.columns; ++j) {
        const Index at = {0, weights ? c : setting.spot.filter,
                          setting.spot.y * spec.stride.h - pads.top + i * spec.dilation.h,
                          setting.spot.x * spec.stride.w - pads.left + j * spec.dilation.w};
        window.values.push_back(conv::padded_value(setting.input, at, spec.padding_mode));
      }
    }
  }
  return window;
}

Patch filter_of(const Setting& setting) {
  const Shape& shape = setting.weight.shape();
  Patch filter = {shape.c, shape.h, shape.w, {}};
  const auto each = static_cast<std::size_t>(shape.c * shape.h * shape.w);
  const auto values =
      setting.weight.values().subspan(static_cast<std::size_t>(setting.spot.filter) * each, each);
  filter.values.assign(values.begin(), values.end());
  return filter;
}

double sum(const Patch& patch) {
  return std::accumulate(patch.values.begin(), patch.values.end(), 0.0);
}

double sum_of_sizes(const Patch& patch) {
  return std::accumulate(patch.values.begin(), patch.values.end(), 0.0,
                         [](double total, double value) { return total + std::abs(value); });
}

double sum_of_products(const Patch& a, const Patch& b) {
  return std::inner_product(a.values.begin(), a.values.end(), b.values.begin(), 0.0);
}

Patch turned(const Patch& patch) {
  Patch result = patch;
  const auto plane = patch.rows * patch.columns;
  for (std::int64_t c = 0; c < patch.channels; ++c) {
    std::reverse(result.values.begin() + c * plane, result.values.begin() + (c + 1) * plane);
  }
  return result;
}

Tensor with_filter(const Tensor& weight, std::int64_t filter, const Patch& patch) {
  std::vector<float> values(weight.values().begin(), weight.values().end());
  const std::size_t first = static_cast<std::size_t>(filter) * patch.values.size();
  std::ranges::transform(patch.values, values.begin() + static_cast<std::ptrdiff_t>(first),
                         [](double value) { return static_cast<float>(value); });
  return Tensor(weight.shape(), std::move(values));
}

}  // namespace convscope::quiz
