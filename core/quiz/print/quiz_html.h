// A quiz as HTML that is also well-formed XML: a page of its own, and its parts for a page that
// holds more.
#pragma once

#include <string>
#include <string_view>

#include "core/lesson/locale.h"
#include "core/quiz/quiz.h"

namespace convscope::quiz {

// A complete page without external links.
std::string quiz_html(const Quiz& quiz, const lesson::Locale& locale);

// The numbered questions, each answer with a box to tick; and the right answers, with what is
// wrong with the others.
std::string questions_html(const Quiz& quiz, const lesson::Locale& locale);
std::string answers_html(const Quiz& quiz, const lesson::Locale& locale);

// The style of both.
std::string_view quiz_style();

// Text as the content of an element or the value of an attribute.
std::string html_escaped(std::string_view text);

}  // namespace convscope::quiz
