// Practice: decides which template comes next. After a mistake the concept's other template comes
// back two or three questions later, with new settings; a concept is learned after one right answer
// without hints to each of its templates. A value and a pure step, seeded: the same answers with
// the same seed lead to the same questions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convscope::quiz {

// How a question was answered.
struct Outcome {
  std::string template_id;
  bool right = false;
  bool hinted = false;  // with help

  bool operator==(const Outcome&) const = default;
};

// A template that has to come back.
struct Return {
  std::string template_id;
  std::int64_t at = 0;  // number of the question, counted from 0

  bool operator==(const Return&) const = default;
};

struct Practice {
  std::uint64_t seed = 0;
  std::vector<int> concepts = {};      // to practise; empty: all
  std::vector<Outcome> history = {};   // in order
  std::vector<Return> returning = {};  // by number of the question

  bool operator==(const Practice&) const = default;
};

struct Next {
  std::string template_id;
  std::uint64_t seed = 0;  // of the question's settings
};

// The question to ask now. Templates not yet answered right come before the others, and none comes
// twice in a row if there is another.
Next next_question(const Practice& practice);

// The state after the question was answered.
Practice after_answer(Practice practice, bool right, bool hinted);

// Whether each of the concept's templates was answered right without hints.
bool is_held(std::span<const Outcome> history, int concept_number);

}  // namespace convscope::quiz
