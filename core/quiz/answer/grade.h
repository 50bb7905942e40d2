// What an answer shows about the learner who gave it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "core/lesson/locale.h"
#include "core/quiz/question/question.h"

namespace convscope::quiz {

struct Verdict {
  enum class Kind {
    kRight,
    kMisconception,  // named by `code`
    kWrong,          // without a known reason
    kNotUnderstood,  // the text is not an answer
  };

  Kind kind = Kind::kNotUnderstood;
  std::string code;
  Answer answer;  // as it was understood

  bool operator==(const Verdict&) const = default;
};

// For a choice among the options.
Verdict grade_option(const Question& question, std::size_t option);

// For a typed answer, compared with every wrong answer that has a known reason, offered or not. An
// inexact decimal may be rounded to two or more places. A word is one of the texts in `locales`.
Verdict grade_text(const Question& question, std::string_view text,
                   std::span<const lesson::Locale* const> locales);

}  // namespace convscope::quiz
