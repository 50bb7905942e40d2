// Forward fading: first a worked example with all its terms, then more and more of them left blank,
// starting with the first. Help decreases with right answers and returns after a mistake.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/quiz/practice/practice.h"
#include "core/quiz/question/worked.h"

namespace convscope::quiz {

// 0: everything is shown; kFullyFaded: nothing is.
inline constexpr int kFullyFaded = 4;

// Computed from the answers to the concept's questions: plus one for each right one, with or
// without this help, minus one for each wrong one.
int fading_level(std::span<const Outcome> history, int concept_number);

// How many of `terms` terms are blank at a level, starting with the first; at level 1 or more at
// least one.
std::int64_t blank_count(int level, std::int64_t terms);

// The steps as help at a level of fading: some of them blank. Empty once everything has
// faded, and where they are too many.
WorkedSteps faded(WorkedSteps steps, int level);

}  // namespace convscope::quiz
