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
    } else {
      level = std::min(level + 1, kFullyFaded);
    }
  }
  return level;
}

std::int64_t blank_count(int level, std::int64_t terms) {
  const int within = std::clamp(level, 0, kFullyFaded);
  return (terms * within + kFullyFaded - 1) / kFullyFaded;
}

WorkedSteps faded(WorkedSteps steps, int level) {
  if (level >= kFullyFaded || steps.size() > kMostSteps) {
    return {};
  }
  const auto blanks =
      static_cast<std::size_t>(blank_count(level, static_cast<std::int64_t>(steps.size())));
  for (std::size_t i = 0; i < blanks; ++i) {
    steps[i].blank = true;
  }
  return steps;
}

}  // namespace convscope::quiz
