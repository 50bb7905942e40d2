// Whether a lesson's questions and exercises are sound.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/lesson/lesson.h"
#include "core/quiz/exercise/exercise.h"
#include "core/quiz/question/question.h"
#include "core/tensor/problem.h"

namespace convscope::quiz {

struct Check {
  std::size_t questions = 0;
  std::size_t exercises = 0;
  std::vector<Problem> problems;
};

// Every template that a scene of the lesson fills, at its first position, and the lesson's
// exercises.
Check check_lesson(const lesson::Lesson& lesson, std::span<const Exercise> exercises);

// Its parts. An answer that one of the wrong options equals; a solution that does not solve, a
// start that does, and a near miss that does.
std::vector<Problem> question_problems(const Question& question);
std::vector<Problem> exercise_problems(const Exercise& exercise);

}  // namespace convscope::quiz
