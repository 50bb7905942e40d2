#include "core/lesson/build/input_fill.h"

#include <algorithm>
#include <cassert>
#include <utility>
#include <vector>

#include "core/lesson/build/reshape.h"
#include "core/lesson/limits.h"

namespace convscope::lesson {
namespace {

// One number everywhere, as a source that says so.
TensorRef constant(const Shape& shape, double value) {
  const RandomSpec random = {0, Distribution::kIntegers, value, value};
  return {SeededSource{random}, random_tensor(shape, random), {}};
}

template <typename Value>
TensorRef by_place(const Shape& shape, const Value& value) {
  std::vector<float> values;
  values.reserve(static_cast<std::size_t>(shape.count()));
  for (std::int64_t i = 0; i < shape.count(); ++i) {
    values.push_back(static_cast<float>(value(i / shape.w % shape.h, i % shape.w)));
  }
  return {InlineSource{}, Tensor(shape, std::move(values)), {}};
}

TensorRef impulse(const Shape& shape) {
  TensorRef ref = constant(shape, 0);
  for (std::int64_t n = 0; n < shape.n; ++n) {
    for (std::int64_t c = 0; c < shape.c; ++c) {
      ref.edits.set({n, c, shape.h / 2, shape.w / 2}, 1);
    }
  }
  return ref;
}

}  // namespace

TensorRef filled(InputFill fill, const Shape& shape, std::int64_t seed) {
  switch (fill) {
    case InputFill::kZeros:
      return constant(shape, 0);
    case InputFill::kOnes:
      return constant(shape, 1);
    case InputFill::kRamp:
      return by_place(shape, [](std::int64_t, std::int64_t x) { return x; });
    case InputFill::kChecker:
      return by_place(shape, [](std::int64_t y, std::int64_t x) { return (x + y) % 2; });
    case InputFill::kImpulse:
      return impulse(shape);
    case InputFill::kNoise: {
      const RandomSpec random = {.seed = static_cast<std::uint64_t>(seed)};
      return {SeededSource{random}, random_tensor(shape, random), {}};
    }
  }
  return {};
}

TensorRef resized(const TensorRef& input, const Shape& shape) {
  TensorRef result = input;
  reshape_tensor(result, shape);
  return result;
}

}  // namespace convscope::lesson
