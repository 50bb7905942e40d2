// Layers as code in the place of a lesson: convscope run "nn.Conv2d(3, 8, 3)".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/lesson/lesson.h"
#include "core/tensor/problem.h"

namespace convscope::files {

// A lesson, and what was assumed or left out where it was made of something else.
struct OpenedLesson {
  lesson::Lesson lesson;
  std::vector<Problem> remarks = {};
};

// Whether somebody who writes this means code rather than the name of a lesson or a file: a call
// has brackets. Whether such a file exists is for the caller to ask first.
bool may_be_layers(std::string_view text);

// The layers with weights as PyTorch makes them and seeded noise, or `input`, as what they read.
// Throws Failure that says where in the text something is wrong.
OpenedLesson layer_lesson(std::string_view text, std::optional<lesson::TensorRef> input);

}  // namespace convscope::files
