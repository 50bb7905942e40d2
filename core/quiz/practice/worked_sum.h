// The weighted sum of a question as an example: its products, told or left to fill in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/quiz/question/question.h"

namespace convscope::quiz {

struct WorkedTerm {
  double input = 0;
  double weight = 0;
  bool blank = false;

  double product() const { return input * weight; }
  bool operator==(const WorkedTerm&) const = default;
};

// As much of it blank as fading says at this level. Nothing for a question whose answer is no
// weighted sum or a long one, and where all has faded.
std::vector<WorkedTerm> worked_sum(const Question& question, int level);

// Where the next blank stands when so many are filled.
std::optional<std::size_t> next_blank(std::span<const WorkedTerm> terms, std::int64_t filled);

// Whether what was typed is the product.
bool fills(const WorkedTerm& term, std::string_view text);

}  // namespace convscope::quiz
