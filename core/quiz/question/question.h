// A question: a template filled with numbers, its options shuffled. A value; the same place or seed
// gives the same question on every machine.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/quiz/answer/answer.h"
#include "core/quiz/question/question_template.h"
#include "core/quiz/setting/setting.h"

namespace convscope::quiz {

// A wrong answer that the question knows the reason of.
struct Wrong {
  std::string code;  // misconception.h
  Answer value;
  std::optional<WrongComputation> computation;  // what would give it
};

struct Option {
  Answer value;
  bool right = false;
  std::string code;  // of a wrong one

  bool operator==(const Option&) const = default;
};

struct Question {
  std::string template_id;
  int concept_number = 0;
  std::string lesson;   // whose question it is
  lesson::Scene scene;  // one that `run` takes
  Spot spot;
  Values values;
  Tensor error;  // where the template shows it
  Answer right;
  std::vector<Wrong> wrong;     // all that differ from the right answer
  std::vector<Option> options;  // empty where the answer is typed

  bool is_typed() const { return options.empty(); }
  // The same template about the same numbers, with the options in the same order.
  friend bool operator==(const Question& a, const Question& b);
};

// Where a question stands in a lesson.
struct Place {
  std::string lesson;
  std::int64_t scene = 0;
  Spot spot;
};

// From a lesson's scene; nothing where the template's guard does not hold. What the scene leaves
// open is drawn from a seed of (lesson, scene, template, position).
std::optional<Question> question_at(const Template& asked, const lesson::Scene& scene,
                                    const Place& place);

// From drawn settings, which are drawn until the guard holds and enough wrong answers differ.
Question drawn_question(const Template& asked, const std::string& lesson, std::uint64_t seed);

// One setting as it is drawn: nothing where it misses the guard.
std::optional<Setting> drawn_setting(const Template& asked, Draw& draw);

// The wrong answers of a setting in the template's order, without those that equal the right one
// or an earlier one.
std::vector<Wrong> wrong_answers(const Template& asked, const Setting& setting);

}  // namespace convscope::quiz
