// The arithmetic of one step, for people.
#include <algorithm>
#include <ostream>

#include "app/cli/run/numbers.h"
#include "app/cli/run/run_report.h"
#include "app/cli/table.h"
#include "core/conv/operators/operator.h"

namespace convscope::cli {
namespace {

constexpr std::size_t kMostTerms = 1024;
constexpr std::size_t kMostChannels = 64;

// Puts a negative second operand in brackets.
std::string bracketed(const std::string& number) {
  return number.starts_with('-') ? "(" + number + ")" : number;
}

// "out[0,1,2,3]".
std::string cell_text(const std::string& name, const Index& at, bool one_dimensional) {
  const std::string row = one_dimensional ? "" : std::to_string(at.y) + ",";
  return name + "[" + std::to_string(at.n) + "," + std::to_string(at.c) + "," + row +
         std::to_string(at.x) + "]";
}

// "308 - 498 + 164 + 1".
std::string sum_text(const conv::Step& step, bool has_bias) {
  std::vector<double> summands = step.partial_sums;
  if (has_bias) {
    summands.push_back(step.bias);
  }
  std::string text;
  for (const double summand : summands) {
    const std::string number = readable_number(summand);
    if (text.empty()) {
      text = number;
    } else {
      text += number.starts_with('-') ? " - " + number.substr(1) : " + " + number;
    }
  }
  return text;
}

// The terms of one channel, one line per kernel row.
template <typename Write>
TextRows term_rows(const RunReport& report, std::size_t channel, const Write& write) {
  const Shape shape = conv::terms_shape(report.layer.spec);
  const auto columns = static_cast<std::size_t>(shape.w);
  const std::size_t cells = static_cast<std::size_t>(shape.h) * columns;
  TextRows rows;
  for (std::size_t i = 0; i < cells; ++i) {
    if (i % columns == 0) {
      rows.emplace_back();
    }
    rows.back().push_back(write(report.step->terms[channel * cells + i]));
  }
  return rows;
}

void print_channels(const RunReport& report, const lesson::Locale& locale, std::ostream& out) {
  const conv::Step& step = *report.step;
  const bool products =
      report.depth == session::Granularity::kTerm && step.terms.size() <= kMostTerms;
  for (std::size_t c = 0; c < step.partial_sums.size(); ++c) {
    // With groups, a filter sees only its group's channels.
    const std::int64_t channel =
        step.terms[c * (step.terms.size() / step.partial_sums.size())].input_at.c;
    out << "  " << locale.text("cli.channel", {{"channel", channel}});
    if (products) {
      out << "\n";
      print_aligned(term_rows(report, c,
                              [](const conv::Term& term) {
                                return plain_number(term.input) + "*" +
                                       bracketed(plain_number(term.weight));
                              }),
                    "    ", " + ", out);
      out << "    = " << readable_number(step.partial_sums[c]) << "\n";
    } else {
      out << " = " << readable_number(step.partial_sums[c]) << "\n";
    }
  }
}

void print_sum(const RunReport& report, const lesson::Locale& locale, const std::string& value,
               std::ostream& out) {
  const conv::Step& step = *report.step;
  const bool few = step.partial_sums.size() <= kMostChannels;
  if (few && session::is_divided(report.depth)) {
    print_channels(report, locale, out);
  }
  const bool has_bias = !report.layer.bias.empty();
  if (has_bias) {
    out << "  " << locale.text("cli.bias") << " = " << readable_number(step.bias) << "\n";
  }
  const std::string cell = cell_text("out", step.output_at, report.one_dimensional);
  out << "  " << (few ? sum_text(step, has_bias) : cell) << " = " << value << "\n";
}

// How the window's cells were combined, on one line.
std::string fold_text(const RunReport& report, const std::string& value) {
  const conv::Step& step = *report.step;
  const conv::Term& first = step.terms.front();
  const std::string name = report.number == 1 ? report.input_name : "x";
  switch (step.fold) {
    case conv::Fold::kMax:
      return "max = " + value;
    case conv::Fold::kMean:
      return readable_number(step.partial_sums.front()) + " / " + readable_number(step.divisor) +
             " = " + value;
    case conv::Fold::kRelu:
      return "max(0, " + plain_number(first.input) + ") = " + value;
    case conv::Fold::kCopy:
      return cell_text(name, first.input_at, report.one_dimensional) + " = " + value;
    case conv::Fold::kExpression:
      return conv::with_numbers(step, [](double x) { return readable_number(x); }) + " = " + value;
    case conv::Fold::kSum:
      break;
  }
  return value;
}

void print_window(const RunReport& report, const std::string& value, std::ostream& out) {
  const std::size_t terms = report.step->terms.size();
  if (session::is_divided(report.depth) && terms > 1 && terms <= kMostTerms) {
    print_aligned(term_rows(report, 0,
                            [](const conv::Term& term) {
                              return term.counted ? plain_number(term.input) : std::string("-");
                            }),
                  "    ", "  ", out);
  }
  out << "  " << fold_text(report, value) << "\n";
}

}  // namespace

void print_step(const RunReport& report, const lesson::Locale& locale, std::ostream& out) {
  const conv::Step& step = *report.step;
  const conv::LayerSpec& spec = report.layer.spec;
  const bool zero_inserted =
      conv::operator_of(spec.op).transposed() && spec.stride != conv::Size2{1, 1};
  const std::string value = readable_number(static_cast<float>(step.value));
  out << "\n"
      << locale.text(zero_inserted ? "cli.step_stretched" : "cli.step",
                     {{"step", step.position},
                      {"last", report.layer.output_shape.count() - 1},
                      {"cell", cell_text("out", step.output_at, report.one_dimensional)},
                      {"top", step.window_y},
                      {"bottom", step.window_y + step.window.h - 1},
                      {"left", step.window_x},
                      {"right", step.window_x + step.window.w - 1}})
      << "\n";
  if (step.fold == conv::Fold::kSum) {
    print_sum(report, locale, value, out);
  } else {
    print_window(report, value, out);
  }
}

}  // namespace convscope::cli
