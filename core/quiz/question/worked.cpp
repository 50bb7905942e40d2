#include "core/quiz/question/worked.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "core/quiz/answer/answer.h"
#include "core/quiz/answer/read_answer.h"

namespace convscope::quiz {
namespace {

using Role = WorkedPart::Role;

void add_product(WorkedStep& step, const conv::Term& term) {
  if (!step.parts.empty()) {
    step.parts.push_back({" + "});
  }
  step.parts.push_back({operand_text(term.input), Role::kInput});
  step.parts.push_back({"·"});
  step.parts.push_back({operand_text(term.weight), Role::kWeight});
  step.value += term.product;
}

bool in_one_row(const conv::Term& a, const conv::Term& b) {
  return a.weight_at.c == b.weight_at.c && a.weight_at.y == b.weight_at.y;
}

}  // namespace

std::string number_text(double value) {
  const std::string text = decimal_text(value);
  return text.starts_with('-') ? "−" + text.substr(1) : text;
}

std::string operand_text(double value) {
  return value < 0 ? "(" + number_text(value) + ")" : number_text(value);
}

WorkedStep plain_step(std::string text, double value) {
  return {.parts = {{std::move(text)}}, .value = value};
}

void add_labelled(WorkedSteps& steps, std::string label, WorkedSteps more) {
  if (!more.empty()) {
    more.front().label = std::move(label);
  }
  std::ranges::move(more, std::back_inserter(steps));
}

WorkedSteps positions_along(double i, double k, double s, double p) {
  WorkedSteps steps = moves_along(i, k, s, p);
  const double moves = steps.back().value;
  steps.push_back(plain_step(number_text(moves) + " + 1", moves + 1));
  return steps;
}

WorkedSteps moves_along(double i, double k, double s, double p) {
  WorkedSteps steps;
  double room = i;
  if (p != 0) {
    room = i + 2 * p;
    steps.push_back(plain_step(number_text(i) + " + 2·" + number_text(p), room));
  }
  steps.push_back(plain_step(number_text(room) + " − " + number_text(k), room - k));
  room -= k;
  if (s != 1) {
    steps.push_back(
        plain_step("⌊" + number_text(room) + " / " + number_text(s) + "⌋", std::floor(room / s)));
  }
  return steps;
}

WorkedSteps windows_over(double cell, double k, double s, double p, double count) {
  WorkedSteps steps;
  const std::string place = p != 0 ? number_text(cell) + " + " + number_text(p) : number_text(cell);
  double last = std::floor((cell + p) / s);
  if (last > count - 1) {
    last = count - 1;
    steps.push_back(plain_step(number_text(count) + " − 1", last));
  } else if (s != 1) {
    const std::string over = p != 0 ? "(" + place + ")" : place;
    steps.push_back(plain_step("⌊" + over + " / " + number_text(s) + "⌋", last));
  } else if (p != 0) {
    steps.push_back(plain_step(place, last));
  }
  const double first = std::max(0.0, std::ceil((cell + p - k + 1) / s));
  if (first > 0) {
    const std::string beyond = place + " − " + number_text(k) + " + 1";
    steps.push_back(
        plain_step(s != 1 ? "⌈(" + beyond + ") / " + number_text(s) + "⌉" : beyond, first));
  }
  const std::string less = first > 0 ? " − " + number_text(first) : "";
  steps.push_back(plain_step(number_text(last) + less + " + 1", last - first + 1));
  return steps;
}

WorkedSteps row_maxima(const Patch& window) {
  WorkedSteps steps;
  for (std::int64_t y = 0; y < window.channels * window.rows; ++y) {
    WorkedStep step{.parts = {{"max("}}};
    for (std::int64_t x = 0; x < window.columns; ++x) {
      const double value = window.at(y / window.rows, y % window.rows, x);
      step.value = x == 0 ? value : std::max(step.value, value);
      step.parts.push_back({x > 0 ? ", " : ""});
      step.parts.push_back({number_text(value), Role::kInput});
    }
    step.parts.push_back({")"});
    steps.push_back(std::move(step));
  }
  return steps;
}

WorkedSteps products(std::span<const conv::Term> terms) {
  const bool long_sum = terms.size() > kMostSteps;
  WorkedSteps steps;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (!long_sum || i == 0 || !in_one_row(terms[i - 1], terms[i])) {
      steps.emplace_back();
    }
    add_product(steps.back(), terms[i]);
  }
  return steps;
}

WorkedSteps row_sums(const Patch& filter, bool positive_only) {
  WorkedSteps steps;
  for (std::int64_t row = 0; row < filter.channels * filter.rows; ++row) {
    WorkedStep step;
    for (std::int64_t x = 0; x < filter.columns; ++x) {
      const double weight = filter.at(row / filter.rows, row % filter.rows, x);
      if (positive_only && weight < 0) {
        continue;
      }
      if (!step.parts.empty()) {
        step.parts.push_back({" + "});
      }
      step.parts.push_back({operand_text(weight), Role::kWeight});
      step.value += weight;
    }
    if (!step.parts.empty()) {
      steps.push_back(std::move(step));
    }
  }
  return steps;
}

std::optional<std::size_t> next_blank(std::span<const WorkedStep> steps, std::int64_t filled) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].blank && filled-- == 0) {
      return i;
    }
  }
  return std::nullopt;
}

bool fills(const WorkedStep& step, std::string_view text) {
  const auto typed = read_answer(text, Answer::Kind::kNumber);
  return typed && same_answer(typed->answer, of_number(step.value));
}

}  // namespace convscope::quiz
