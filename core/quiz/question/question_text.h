// A question as text.
#pragma once

#include <string>

#include "core/lesson/locale.h"
#include "core/quiz/question/question.h"

namespace convscope::quiz {

// The sentence with its numbers filled in.
std::string question_text(const Question& question, const lesson::Locale& locale);

// A locale in each language.
struct Locales {
  const lesson::Locale& english;
  const lesson::Locale& russian;
};

// The scene as a separate lesson, for `run`.
lesson::Lesson scene_lesson(const Question& question, const Locales& locales);

}  // namespace convscope::quiz
