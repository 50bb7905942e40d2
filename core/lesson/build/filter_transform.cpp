#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/lesson/build/filter_presets.h"

namespace convscope::lesson {
namespace {

std::vector<float> normalized(std::span<const float> values) {
  double sum = 0;
  double magnitude = 0;
  for (const float value : values) {
    sum += static_cast<double>(value);
    magnitude += std::abs(static_cast<double>(value));
  }
  // Sums of a derivative's weights are zero but for rounding.
  constexpr double kRounding = 1e-6;
  const double divisor = std::abs(sum) > kRounding * magnitude ? sum : magnitude;
  std::vector<float> result;
  for (const float value : values) {
    result.push_back(static_cast<float>(static_cast<double>(value) / divisor));
  }
  const bool finite = std::ranges::all_of(result, [](float value) { return std::isfinite(value); });
  return finite ? result : std::vector<float>(values.begin(), values.end());
}

// Which cell of the plane comes to place i.
std::size_t source_of(std::size_t i, conv::Size2 kernel, FilterTransform transform) {
  const auto w = static_cast<std::size_t>(kernel.w);
  const auto h = static_cast<std::size_t>(kernel.h);
  const std::size_t y = i / w;
  const std::size_t x = i % w;
  switch (transform) {
    case FilterTransform::kFlip:
      return (h - 1 - y) * w + (w - 1 - x);
    case FilterTransform::kTranspose:
      return x * w + y;
    case FilterTransform::kRotate:
      return (h - 1 - x) * w + y;
    case FilterTransform::kNormalize:
    case FilterTransform::kNegate:
      break;
  }
  return i;
}

}  // namespace

bool keeps_shape(FilterTransform transform, conv::Size2 kernel) {
  return kernel.h == kernel.w ||
         (transform != FilterTransform::kTranspose && transform != FilterTransform::kRotate);
}

std::vector<float> transformed(std::span<const float> values, conv::Size2 kernel,
                               FilterTransform transform) {
  assert(keeps_shape(transform, kernel));
  if (transform == FilterTransform::kNormalize) {
    return normalized(values);
  }
  const auto plane = static_cast<std::size_t>(kernel.h * kernel.w);
  std::vector<float> result(values.begin(), values.end());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t start = i / plane * plane;
    const float value = values[start + source_of(i - start, kernel, transform)];
    result[i] = transform == FilterTransform::kNegate ? 0.0F - value : value;
  }
  return result;
}

}  // namespace convscope::lesson
