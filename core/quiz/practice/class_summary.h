// A class's mistakes for its lecturer: how often each misconception led to an answer.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/quiz/practice/answer_log.h"

namespace convscope::quiz {

struct MisconceptionCount {
  std::string code;
  std::int64_t answers = 0;
  std::int64_t learners = 0;  // who had it at least once

  bool operator==(const MisconceptionCount&) const = default;
};

struct TemplateCount {
  std::string template_id;
  std::int64_t answers = 0;
  std::int64_t right = 0;

  bool operator==(const TemplateCount&) const = default;
};

struct ClassSummary {
  std::int64_t learners = 0;
  std::int64_t answers = 0;
  std::int64_t right = 0;
  std::int64_t broken = 0;                         // lines that could not be parsed
  std::vector<MisconceptionCount> misconceptions;  // most frequent first
  std::vector<TemplateCount> templates;            // in their order
};

// One log per learner.
ClassSummary summary_of(std::span<const AnswerLog> logs);

}  // namespace convscope::quiz
