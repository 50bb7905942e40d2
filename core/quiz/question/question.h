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

// A wrong answer with a known reason.
struct Wrong {
  std::string code;  // misconception.h
  Answer value;
  std::optional<WrongComputation> computation;  // the computation that gives it
};

struct Option {
  Answer value;
  bool right = false;
  std::string code;  // if it is wrong

  bool operator==(const Option&) const = default;
};

struct Question {
  std::string template_id;
  int concept_number = 0;
  std::string lesson;   // the lesson that it belongs to
  lesson::Scene scene;  // accepted by `run`
  Spot spot;
  Values values;
  Tensor error;  // if the template shows it
  Answer right;
  std::vector<Wrong> wrong;     // all that differ from the right answer
  std::vector<Option> options;  // empty if the answer is typed
  WorkedSteps worked;           // up to the last step, which gives the answer; empty without

  bool is_typed() const { return options.empty(); }
  // The same template about the same numbers, with the options in the same order.
  friend bool operator==(const Question& a, const Question& b);
};

// The place of a question in a lesson.
struct Place {
  std::string lesson;
  std::int64_t scene = 0;
  Spot spot;
};

// Made from a lesson's scene; nullopt if the template's guard rejects it. What the scene leaves
// open is drawn with a seed made from (lesson, scene, template, position).
std::optional<Question> question_at(const Template& asked, const lesson::Scene& scene,
                                    const Place& place);

// Made from random settings, drawn until the guard accepts them and enough wrong answers differ.
Question drawn_question(const Template& asked, const std::string& lesson, std::uint64_t seed);

// A randomly drawn setting; nullopt if the guard rejects it.
std::optional<Setting> drawn_setting(const Template& asked, Draw& draw);

// The wrong answers for a setting in the template's order, without those equal to the right one or
// to an earlier one.
std::vector<Wrong> wrong_answers(const Template& asked, const Setting& setting);

}  // namespace convscope::quiz
