#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>
#include <vector>

#include "core/lesson/build/input_fill.h"
#include "core/lesson/build/standardize.h"

namespace convscope::lesson {
namespace {

bool is_sized(InputChange change) {
  return change == InputChange::kScale || change == InputChange::kCrop;
}

std::size_t plane_size(const Shape& shape) { return static_cast<std::size_t>(shape.h * shape.w); }

template <typename Value>
Tensor mapped(const Tensor& input, const Value& value) {
  std::vector<float> values(input.values().begin(), input.values().end());
  for (float& each : values) {
    each = static_cast<float>(value(static_cast<double>(each)));
  }
  return Tensor(input.shape(), std::move(values));
}

double largest_magnitude(const Tensor& input) {
  double most = 0;
  for (const float value : input.values()) {
    most = std::max(most, std::abs(static_cast<double>(value)));
  }
  return most;
}

Tensor gray(const Tensor& input) {
  const Shape shape = input.shape();
  const Shape one = {shape.n, 1, shape.h, shape.w};
  const std::vector<double> luma = {0.299, 0.587, 0.114};
  const bool rgb = shape.c == 3;
  std::vector<double> sums(static_cast<std::size_t>(one.count()), 0.0);
  const std::size_t plane = plane_size(shape);
  for (std::size_t i = 0; i < input.values().size(); ++i) {
    const std::size_t c = i / plane % static_cast<std::size_t>(shape.c);
    const std::size_t n = i / (plane * static_cast<std::size_t>(shape.c));
    const double share = rgb ? luma[c] : 1 / static_cast<double>(shape.c);
    sums[n * plane + i % plane] += share * static_cast<double>(input.values()[i]);
  }
  std::vector<float> values;
  values.reserve(sums.size());
  for (const double sum : sums) {
    values.push_back(static_cast<float>(sum));
  }
  return Tensor(one, std::move(values));
}

Tensor three_times(const Tensor& input) {
  const Shape shape = input.shape();
  const std::size_t plane = plane_size(shape);
  std::vector<float> values;
  for (std::size_t n = 0; n < static_cast<std::size_t>(shape.n); ++n) {
    const auto from = input.values().subspan(n * plane, plane);
    for (int copy = 0; copy < 3; ++copy) {
      values.insert(values.end(), from.begin(), from.end());
    }
  }
  return Tensor({shape.n, 3, shape.h, shape.w}, std::move(values));
}

// One row of `from` cells, `step` apart in memory, as `to` cells: each the mean of what it covers.
void scale_row(const double* from, std::int64_t count, std::int64_t from_step, double* to,
               std::int64_t size, std::int64_t to_step) {
  const double ratio = static_cast<double>(count) / static_cast<double>(size);
  for (std::int64_t i = 0; i < size; ++i) {
    const double begin = static_cast<double>(i) * ratio;
    const double end = begin + ratio;
    double sum = 0;
    const auto last = std::min<std::int64_t>(count, static_cast<std::int64_t>(std::ceil(end)));
    for (auto cell = static_cast<std::int64_t>(begin); cell < last; ++cell) {
      const double low = std::max(begin, static_cast<double>(cell));
      const double high = std::min(end, static_cast<double>(cell + 1));
      sum += std::max(0.0, high - low) * from[cell * from_step];
    }
    to[i * to_step] = sum / ratio;
  }
}

Tensor scaled(const Tensor& input, std::int64_t size) {
  const Shape shape = input.shape();
  const Shape result = {shape.n, shape.c, size, size};
  const std::vector<double> values(input.values().begin(), input.values().end());
  std::vector<double> narrow(static_cast<std::size_t>(shape.n * shape.c * shape.h * size));
  for (std::int64_t row = 0; row < shape.n * shape.c * shape.h; ++row) {
    scale_row(values.data() + row * shape.w, shape.w, 1, narrow.data() + row * size, size, 1);
  }
  std::vector<double> small(static_cast<std::size_t>(result.count()));
  for (std::int64_t plane = 0; plane < shape.n * shape.c; ++plane) {
    for (std::int64_t x = 0; x < size; ++x) {
      scale_row(narrow.data() + plane * shape.h * size + x, shape.h, size,
                small.data() + plane * size * size + x, size, size);
    }
  }
  std::vector<float> rounded;
  rounded.reserve(small.size());
  for (const double value : small) {
    rounded.push_back(static_cast<float>(value));
  }
  return Tensor(result, std::move(rounded));
}

Tensor cropped(const Tensor& input, std::int64_t size) {
  const Shape shape = input.shape();
  const Shape result = {shape.n, shape.c, size, size};
  const std::int64_t top = (shape.h - size) / 2;
  const std::int64_t left = (shape.w - size) / 2;
  std::vector<float> values;
  values.reserve(static_cast<std::size_t>(result.count()));
  for (std::int64_t i = 0; i < result.count(); ++i) {
    const Index at = {i / (shape.c * size * size), i / (size * size) % shape.c,
                      top + i / size % size, left + i % size};
    values.push_back(contains(shape, at) ? input.at(at) : 0.0F);
  }
  return Tensor(result, std::move(values));
}

}  // namespace

std::optional<Problem> change_problem(InputChange change, const Shape& shape, std::int64_t size) {
  constexpr std::int64_t kMostSide = 4096;
  if (is_sized(change) && (size < 1 || size > kMostSide)) {
    return Problem{"input_size_range", "size", {{"low", 1}, {"high", kMostSide}}};
  }
  if (change == InputChange::kRgb && shape.c != 1 && shape.c != 3) {
    return Problem{"input_not_gray", "in_channels", {{"channels", shape.c}}};
  }
  Shape result = shape;
  if (is_sized(change)) {
    result.h = result.w = size;
  } else if (change == InputChange::kGray) {
    result.c = 1;
  } else if (change == InputChange::kRgb) {
    result.c = 3;
  }
  if (result.count() > kMostTypedValues) {
    return Problem{
        "input_too_many_values", "size", {{"count", result.count()}, {"limit", kMostTypedValues}}};
  }
  return std::nullopt;
}

Tensor changed_input(const Tensor& input, InputChange change, std::int64_t size) {
  assert(!change_problem(change, input.shape(), size));
  switch (change) {
    case InputChange::kGray:
      return input.shape().c == 1 ? input : gray(input);
    case InputChange::kRgb:
      return input.shape().c == 3 ? input : three_times(input);
    case InputChange::kUnit:
      return largest_magnitude(input) > 1 ? mapped(input, [](double v) { return v / 255; }) : input;
    case InputChange::kBytes:
      return largest_magnitude(input) <= 1 ? mapped(input, [](double v) { return v * 255; })
                                           : input;
    case InputChange::kStandardize:
      return standardized(input);
    case InputChange::kScale:
      return scaled(input, size);
    case InputChange::kCrop:
      return cropped(input, size);
  }
  return input;
}

}  // namespace convscope::lesson
