// Checks that a lesson's questions and exercises are sound.
#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>
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

// Checks what the lesson attaches, every template that a scene of the lesson can fill, at its first
// position, and the lesson's exercises.
Check check_lesson(const lesson::Lesson& lesson, std::span<const Exercise> exercises);

// The parts of check_lesson(). They report an option that equals the right answer; a solution that
// does not solve the exercise, and a start or a near miss that does; a text of the exercise that
// lacks one of `languages`, or a language that another of its texts has.
std::vector<Problem> question_problems(const Question& question);
std::vector<Problem> exercise_problems(const Exercise& exercise,
                                       std::set<std::string> languages = {});

// What is wrong with all exercises together: two of one name, and one that belongs to none of
// these lessons.
std::vector<Problem> exercise_set_problems(std::span<const Exercise> exercises,
                                           const std::set<std::string>& lessons);

}  // namespace convscope::quiz
