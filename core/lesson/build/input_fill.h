// What an input can be filled with and turned into.
#pragma once

#include <cstdint>
#include <optional>

#include "core/lesson/lesson.h"
#include "core/tensor/problem.h"

namespace convscope::lesson {

enum class InputFill { kZeros, kOnes, kRamp, kChecker, kImpulse, kNoise };

// kRamp counts columns, kChecker is (x + y) mod 2, kImpulse one 1 in the middle of every channel;
// kNoise is normal with the seed. What can be said in a line is: large zeros take no room in a
// file.
TensorRef filled(InputFill fill, const Shape& shape, std::int64_t seed);

enum class InputChange { kGray, kRgb, kUnit, kBytes, kStandardize, kScale, kCrop };

// An input's values that stand in the lesson itself are at most so many, so that the file can be
// read again.
inline constexpr std::int64_t kMostTypedValues = std::int64_t{1} << 21;

// Why the change is not possible; `size` is read by kScale and kCrop.
std::optional<Problem> change_problem(InputChange change, const Shape& shape, std::int64_t size);

// kGray: three channels by 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), others by their mean. kRgb:
// one channel three times. kUnit: 0..255 to 0..1, if a magnitude is above 1; kBytes: back, if none
// is. kStandardize: (x - mean) / std in every channel. kScale: size x size by the mean of what a
// cell covers. kCrop: size x size from the middle, or zeros around. Asserts no change_problem().
Tensor changed_input(const Tensor& input, InputChange change, std::int64_t size);

// Cut at the right and at the bottom, or zeros added there; a seeded tensor is drawn anew.
TensorRef resized(const TensorRef& input, const Shape& shape);

}  // namespace convscope::lesson
