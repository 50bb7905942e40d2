// A quiz on paper: the questions, and on a separate page the answers, with the misconception behind
// each wrong one.
#pragma once

#include <string>

#include "core/lesson/locale.h"
#include "core/quiz/quiz.h"

namespace convscope::quiz {

std::string quiz_text(const Quiz& quiz, const lesson::Locale& locale);
// A complete page without external links.
std::string quiz_html(const Quiz& quiz, const lesson::Locale& locale);

}  // namespace convscope::quiz
