// A quiz: a number of questions, the same for everybody who has the seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/lesson/lesson.h"
#include "core/quiz/question/question.h"

namespace convscope::quiz {

struct Quiz {
  std::uint64_t seed = 0;
  std::vector<Question> questions;
};

// The templates for a lesson, best first: those that its author attached, or those that name it, or
// those that one of its scenes can fill.
std::vector<const Template*> templates_for(const lesson::Lesson& lesson);

// About one lesson. Its own numbers come first; when its scenes have no new question for a
// template, settings are drawn.
Quiz lesson_quiz(const lesson::Lesson& lesson, std::uint64_t seed, std::size_t count);
// The same with drawn settings only: beside a lesson's pictures and texts its own numbers would
// give the answers away.
Quiz drawn_lesson_quiz(const lesson::Lesson& lesson, std::uint64_t seed, std::size_t count);
// About all lessons, every template in turn.
Quiz mixed_quiz(std::uint64_t seed, std::size_t count);
// Of one template, about one or several lessons.
Quiz template_quiz(const Template& asked, std::span<const lesson::Lesson> lessons,
                   std::uint64_t seed, std::size_t count);

}  // namespace convscope::quiz
