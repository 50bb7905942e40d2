// Practice: which template comes next. A mistake brings the concept's other template back two or
// three questions later, with new settings; a concept is held after one right answer in each of its
// templates without hints. A value and a pure step, seeded: the same answers under the same seed
// lead to the same questions.
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
  std::int64_t at = 0;  // the number of the question, counted from 0

  bool operator==(const Return&) const = default;
};

struct Practice {
  std::uint64_t seed = 0;
  std::vector<int> concepts = {};      // what is practised; empty: everything
  std::vector<Outcome> history = {};   // in order
  std::vector<Return> returning = {};  // by question number

  bool operator==(const Practice&) const = default;
};

struct Next {
  std::string template_id;
  std::uint64_t seed = 0;  // of its settings
};

// The question to ask now. Templates that have not been answered right come before those that
// have, and never one twice in a row while there is another.
Next next_question(const Practice& practice);

// After the answer to it.
Practice after_answer(Practice practice, bool right, bool hinted);

// Whether each of the concept's templates was answered right without hints.
bool is_held(std::span<const Outcome> history, int concept_number);

}  // namespace convscope::quiz
