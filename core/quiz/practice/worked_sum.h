// The weighted sum of a question as a worked example: its products, shown or left blank.
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

// With as many blanks as fading gives at this level. Empty for a question whose answer is not a
// weighted sum or is a long one, and once everything has faded.
std::vector<WorkedTerm> worked_sum(const Question& question, int level);

// The place of the next blank when `filled` are filled in.
std::optional<std::size_t> next_blank(std::span<const WorkedTerm> terms, std::int64_t filled);

// Whether the typed text is the product.
bool fills(const WorkedTerm& term, std::string_view text);

}  // namespace convscope::quiz
