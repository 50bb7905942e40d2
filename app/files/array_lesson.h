// Lessons and the arrays of a file: a lesson around one, and a lesson with weights of one.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <variant>

#include "core/lesson/lesson.h"

namespace convscope::files {

// The first array of a file that can be an input. Throws Failure.
struct ArrayAsInput {
  Tensor tensor;
  lesson::FileSource source;
};
ArrayAsInput array_input(std::span<const std::byte> bytes, lesson::FileSource::Kind kind,
                         const std::filesystem::path& file);

// A lesson around a file of arrays: the first that can be a filter slides over a picture, or over
// noise, with the bias that belongs to it. Without one, and for a .npy, the input alone. Throws
// Failure.
std::variant<lesson::Lesson, ArrayAsInput> array_lesson(std::span<const std::byte> bytes,
                                                        lesson::FileSource::Kind kind,
                                                        const std::filesystem::path& file);

// The first scene's weights and biases from a file, each from the next array of its shape. Throws
// Failure when none fits.
lesson::Lesson with_weights(lesson::Lesson lesson, const std::filesystem::path& file);

// Whether both paths lead to one file that is there.
bool is_same_file(const std::filesystem::path& a, const std::filesystem::path& b);
// Whether a tensor of the lesson is read from this file.
bool reads_file(const lesson::Lesson& lesson, const std::filesystem::path& file);

}  // namespace convscope::files
