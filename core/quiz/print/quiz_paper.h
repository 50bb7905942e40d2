// A quiz as plain text: the questions, and on a separate page the answers, with the misconception
// behind each wrong one.
#pragma once

#include <string>

#include "core/lesson/locale.h"
#include "core/quiz/quiz.h"

namespace convscope::quiz {

std::string quiz_text(const Quiz& quiz, const lesson::Locale& locale);

}  // namespace convscope::quiz
