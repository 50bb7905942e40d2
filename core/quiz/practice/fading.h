// Forward fading: a worked example with all its terms first, then with more and more of them to
// fill in, from the first on. Help recedes as answers are right and returns after a mistake.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/quiz/practice/practice.h"

namespace convscope::quiz {

// 0: all is shown; kFullyFaded: nothing is.
inline constexpr int kFullyFaded = 4;

// From the answers to the concept's questions: one up for each right one without hints, one down
// for each wrong one.
int fading_level(std::span<const Outcome> history, int concept_number);

// Which of so many terms are blank at a level, from the first on; with level 1 or more at least
// one.
std::int64_t blank_count(int level, std::int64_t terms);

}  // namespace convscope::quiz
