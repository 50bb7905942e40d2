// Parses what a learner typed as an answer.
#pragma once

#include <optional>
#include <string_view>

#include "core/quiz/answer/answer.h"

namespace convscope::quiz {

struct Typed {
  Answer answer;
  int decimals = -1;  // after the decimal point; -1: written as a fraction or exactly
};

// A number: "2,5", " 7 ", "7.0", "1/3", "−4", "= 12", "165 888". A tuple: "(9, 3)", "9; 3", "9 3",
// "1×3×5×5". A word is returned unchanged, without surrounding spaces. nullopt for anything else.
std::optional<Typed> read_answer(std::string_view text, Answer::Kind kind);

}  // namespace convscope::quiz
