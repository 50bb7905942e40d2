// A quiz on paper: the questions, and on a page of its own the answers with what each wrong one
// shows.
#pragma once

#include <string>

#include "core/lesson/locale.h"
#include "core/quiz/quiz.h"

namespace convscope::quiz {

std::string quiz_text(const Quiz& quiz, const lesson::Locale& locale);
// A whole page without links to anything.
std::string quiz_html(const Quiz& quiz, const lesson::Locale& locale);

}  // namespace convscope::quiz
