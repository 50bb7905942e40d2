// What is wrong with a lesson's texts, though the file can be read.
#pragma once

#include <vector>

#include "core/lesson/lesson.h"
#include "core/tensor/problem.h"

namespace convscope::lesson {

// "text_missing": a text lacks a language that others of the lesson have. "text_never_shown": the
// scene starts behind it.
std::vector<Problem> text_problems(const Lesson& lesson);

}  // namespace convscope::lesson
