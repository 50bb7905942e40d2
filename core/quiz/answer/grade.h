// What an answer shows about the one who gave it.
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
    kMisconception,  // `code` says which
    kWrong,          // without a reason that we know
    kNotUnderstood,  // what was typed is no answer
  };

  Kind kind = Kind::kNotUnderstood;
  std::string code;
  Answer answer;  // what was understood

  bool operator==(const Verdict&) const = default;
};

// Of a pick among the options.
Verdict grade_option(const Question& question, std::size_t option);

// Of a typed answer, held against every wrong answer that has a reason, asked or not. A number that
// does not come out even may be rounded to two decimals or more. A word is one of the texts in
// `locales`.
Verdict grade_text(const Question& question, std::string_view text,
                   std::span<const lesson::Locale* const> locales);

}  // namespace convscope::quiz
