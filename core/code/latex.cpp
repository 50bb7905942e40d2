// LaTeX: how large the output is and what one position sums up, with the numbers.
#include <array>
#include <cstdio>
#include <string>
#include <string_view>

#include "core/code/literals.h"
#include "core/code/writers.h"
#include "core/conv/analysis/step.h"
#include "core/conv/forward.h"
#include "core/lesson/formula.h"

namespace convscope::code {
namespace {

void replace_all(std::string& text, std::string_view part, std::string_view with) {
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += with.size()) {
    text.replace(at, part.size(), with);
  }
}

// "⌊(5 + 2·1 - 1·(3-1) - 1)/2⌋ + 1 = 3" as LaTeX writes it.
std::string size_text(const lesson::AxisNumbers& axis) {
  std::string text = lesson::size_formula(axis);
  for (const auto& [open, close, word] :
       {std::array<std::string_view, 3>{"⌊(", "⌋", "floor"}, {"⌈(", "⌉", "ceil"}}) {
    const std::size_t over = text.find(")/");
    const std::size_t end = text.find(close);
    if (!text.starts_with(open) || over == std::string::npos || end == std::string::npos) {
      continue;
    }
    const std::string above = text.substr(open.size(), over - open.size());
    const std::string below = text.substr(over + 2, end - over - 2);
    const std::string side(word);
    text = "\\left\\l" + side + " \\frac{" + above + "}{" + below + "} \\right\\r" + side +
           text.substr(end + close.size());
  }
  replace_all(text, "·", " \\cdot ");
  return text;
}

// As the window rounds it: six digits.
std::string number(double value) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.6g", value);
  std::string text(digits);
  if (const std::size_t e = text.find('e'); e != std::string::npos) {
    text = text.substr(0, e) + " \\cdot 10^{" + std::to_string(std::stoi(text.substr(e + 1))) + "}";
  }
  replace_all(text, "-nan", "\\mathrm{NaN}");
  replace_all(text, "nan", "\\mathrm{NaN}");
  replace_all(text, "inf", "\\infty");
  return text == "-0" ? "0" : text;
}

// In brackets where a sign would meet another.
std::string factor(double value) {
  const std::string text = number(value);
  return text.starts_with('-') ? "(" + text + ")" : text;
}

std::string list_of(const conv::Step& step, std::string_view between, bool weighted) {
  std::string text;
  std::int64_t row = -1;
  for (const conv::Term& term : step.terms) {
    if (!term.counted) {
      continue;
    }
    const bool breaks = !text.empty() && term.input_at.y != row;
    row = term.input_at.y;
    const std::string value = weighted ? factor(term.input) + " \\cdot " + factor(term.weight)
                              : between == " + " ? factor(term.input)
                                                 : number(term.input);
    text += text.empty() ? "" : std::string(between);
    text += breaks ? "\\\\\n  &\\quad " : "";
    text += value;
  }
  return text.empty() ? "0" : text;
}

std::string sum_text(const conv::Step& step) {
  switch (step.fold) {
    case conv::Fold::kSum:
      break;
    case conv::Fold::kMax:
      return "\\max(" + list_of(step, ", ", false) + ")";
    case conv::Fold::kMean:
      return "\\tfrac{1}{" + number(step.divisor) + "} (" + list_of(step, " + ", false) + ")";
    case conv::Fold::kCopy:
      return number(step.terms.front().input);
    case conv::Fold::kRelu:
      return "\\max(0, " + number(step.terms.front().input) + ")";
    case conv::Fold::kExpression: {
      std::string text = conv::with_numbers(step, number);
      replace_all(text, "*", " \\cdot ");
      return text;
    }
  }
  return list_of(step, " + ", true);
}

// The layer's own input: what the layers before it make of the scene's.
Tensor input_of(const Plan& plan) {
  Tensor map = plan.input;
  for (std::size_t i = 0; i < plan.layer; ++i) {
    const PlannedLayer& layer = plan.layers[i];
    map = conv::forward(map, layer.weight, layer.bias, layer.spec);
  }
  return map;
}

std::string escaped(std::string text) {
  replace_all(text, "\\", "/");
  return text;
}

}  // namespace

std::string latex_formulas(const Plan& plan) {
  const PlannedLayer& layer = plan.layers[plan.layer];
  std::string text =
      "% " + escaped(plan.title) + ": " + layer.name + ". Needs \\usepackage{amsmath}\n";
  text += "\\begin{align*}\n";
  if (!layer.line()) {
    text += "  H_\\text{out} &= " + size_text(lesson::height_numbers(layer.spec, layer.input)) +
            " \\\\\n";
  }
  text += "  W_\\text{out} &= " + size_text(lesson::width_numbers(layer.spec, layer.input)) +
          "\n\\end{align*}\n";
  const conv::Step step =
      conv::step_at(input_of(plan), layer.weight, layer.bias, layer.spec, plan.position);
  const Index& at = step.output_at;
  text += "\\begin{align*}\n  \\text{out}[" + std::to_string(at.n) + ", " + std::to_string(at.c) +
          ", " + (layer.line() ? "" : std::to_string(at.y) + ", ") + std::to_string(at.x) +
          "] &= " + sum_text(step);
  if (step.fold == conv::Fold::kSum && !layer.bias.empty()) {
    text += " + " + factor(step.bias);
  }
  return text + " \\\\\n  &= " + number(step.value) + "\n\\end{align*}\n";
}

}  // namespace convscope::code
