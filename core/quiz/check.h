// Checks that a lesson's questions and exercises are sound.
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

// Checks every template that a scene of the lesson can fill, at its first position, and the
// lesson's exercises.
Check check_lesson(const lesson::Lesson& lesson, std::span<const Exercise> exercises);

// The parts of check_lesson(). They report an option that equals the right answer; a solution that
// does not solve the exercise, and a start or a near miss that does.
std::vector<Problem> question_problems(const Question& question);
std::vector<Problem> exercise_problems(const Exercise& exercise);

}  // namespace convscope::quiz
