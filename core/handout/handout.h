// A lesson on paper: one HTML page with its pictures, its texts, its questions and, on a page of
// their own, the answers.
#pragma once

#include <cstddef>
#include <string>

#include "core/lesson/lesson.h"
#include "core/lesson/locale.h"
#include "core/picture/display/text_metrics.h"

namespace convscope::handout {

struct Options {
  bool answers = true;
  std::size_t most_questions = 8;  // one of each kind that the lesson asks
};

// Self-contained: the pictures are inline SVG; there is no script and nothing to load. It is also
// well-formed XML.
std::string handout_html(const lesson::Lesson& lesson, const lesson::Locale& locale,
                         const picture::TextMetrics& metrics, const Options& options = {});

}  // namespace convscope::handout
