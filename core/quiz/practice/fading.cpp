#include "core/quiz/practice/fading.h"

#include <algorithm>

#include "core/quiz/templates/templates.h"

namespace convscope::quiz {

int fading_level(std::span<const Outcome> history, int concept_number) {
  int level = 0;
  for (const Outcome& outcome : history) {
    const Template* asked = find_template(outcome.template_id);
    if (asked == nullptr || asked->concept_number != concept_number) {
      continue;
    }
    if (!outcome.right) {
      level = std::max(level - 1, 0);
    } else if (!outcome.hinted) {
      level = std::min(level + 1, kFullyFaded);
    }
  }
  return level;
}

std::int64_t blank_count(int level, std::int64_t terms) {
  const int within = std::clamp(level, 0, kFullyFaded);
  return (terms * within + kFullyFaded - 1) / kFullyFaded;
}

}  // namespace convscope::quiz
