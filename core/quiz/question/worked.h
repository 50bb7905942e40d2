// A question's answer worked out step by step: "7 + 2·1 = 9", "9 − 3 = 6". The answer itself is the
// one step that is left out. Steps are numbers and signs, so they need no translation; what is
// meant by some of them is said by a label.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/conv/analysis/step.h"
#include "core/quiz/setting/patch.h"

namespace convscope::quiz {

struct WorkedPart {
  enum class Role { kSign, kInput, kWeight };

  std::string text;
  Role role = Role::kSign;

  bool operator==(const WorkedPart&) const = default;
};

struct WorkedStep {
  std::vector<WorkedPart> parts;  // "3", "·", "(−1)"
  double value = 0;
  bool blank = false;      // to be filled in
  std::string label = {};  // of the steps that start here: a key below "worked", or code

  bool operator==(const WorkedStep&) const = default;
};

using WorkedSteps = std::vector<WorkedStep>;

// More than these are no help.
inline constexpr std::size_t kMostSteps = 12;

// "−2.5", and behind another sign "(−2.5)".
std::string number_text(double value);
std::string operand_text(double value);

// A step without colours.
WorkedStep plain_step(std::string text, double value);

// The steps under a label, behind those that are there already.
void add_labelled(WorkedSteps& steps, std::string label, WorkedSteps more);

// How many windows fit along an axis, without the first: i + 2p − k, divided by s.
WorkedSteps moves_along(double i, double k, double s, double p);

// And with it.
WorkedSteps positions_along(double i, double k, double s, double p);

// How many of `count` windows along an axis have the cell in them: the last one that does, the
// first one, and how many these are.
WorkedSteps windows_over(double cell, double k, double s, double p, double count);

// The largest value of each row of a window.
WorkedSteps row_maxima(const Patch& window);

// One step for each product; of a longer sum one for each row of the kernel.
WorkedSteps products(std::span<const conv::Term> terms);

// The sum of each row of a filter, channel by channel; of its positive weights only, if asked for.
WorkedSteps row_sums(const Patch& filter, bool positive_only = false);

// The place of the next blank when `filled` are filled in.
std::optional<std::size_t> next_blank(std::span<const WorkedStep> steps, std::int64_t filled);

// Whether the typed text is the step's value.
bool fills(const WorkedStep& step, std::string_view text);

}  // namespace convscope::quiz
