#include <algorithm>
#include <limits>

#include "core/picture/sum/sum_parts.h"

namespace convscope::picture::sum {

namespace {

void add_word(const Sum& sum, const std::string& text, bool shown, std::vector<Token>& out) {
  out.push_back({text, sum.palette().text_dim, shown});
}

void add_cell(const Sum& sum, std::int64_t i, const std::string& text, Rgba color, bool begins,
              std::vector<Token>& out) {
  const Font font = sum.is_hot(i) ? Font::kSansBold : Font::kSans;
  out.push_back({text, color, sum.reached(i + 1), font, i, begins});
}

// A line for every `terms_per_line` cells; add(i, tokens) writes cell i.
template <typename Add>
std::vector<SumLine> lines_of_cells(const Sum& sum, const Add& add) {
  const std::int64_t row = terms_per_line(sum.layer, sum.terms());
  std::vector<SumLine> lines;
  for (std::int64_t i = 0; i < sum.terms(); ++i) {
    if (i % row == 0) {
      lines.emplace_back().column = false;
    }
    add(i, lines.back().tokens);
  }
  lines.back().total = true;
  return lines;
}

void finish(const Sum& sum, double running, std::vector<SumLine>& lines) {
  add_result(sum, {sum.step().value, sum.moment.total_shown, running, sum.climbing(0)},
             sum.palette().output.text, lines.back().result);
}

// max(1, 1, 5, 6) = 6. Padding is -infinity, so it never wins.
std::vector<SumLine> max_lines(const Sum& sum) {
  const conv::Step& step = sum.step();
  const Palette& palette = sum.palette();
  double running = -std::numeric_limits<double>::infinity();
  for (std::int64_t i = 0; i < std::min(sum.moment.terms_shown, sum.terms()); ++i) {
    if (sum.term(i).counted) {
      running = std::max(running, sum.term(i).product);
    }
  }
  std::vector<SumLine> lines = lines_of_cells(sum, [&](std::int64_t i, std::vector<Token>& out) {
    if (i == 0) {
      add_word(sum, "max(", sum.reached(1), out);
    }
    const conv::Term& term = sum.term(i);
    const double value = term.counted ? term.input : -std::numeric_limits<double>::infinity();
    const bool won = sum.moment.total_shown && i == step.winner;
    const Rgba color = won            ? palette.output.text
                       : term.counted ? palette.input.text
                                      : palette.text_dim;
    add_cell(sum, i, kit::number_text(value, sum.writing.factor), color, i == 0, out);
    out.back().font = won ? Font::kSansBold : out.back().font;
    const bool last = i + 1 == sum.terms();
    add_word(sum, last ? ")" : ", ", sum.reached(last ? sum.terms() : i + 2), out);
    out.back().begins = !last;
  });
  finish(sum, running, lines);
  return lines;
}

// Why an average is not divided by the number of cells under its window; empty when it is.
std::string divisor_text(const Sum& sum) {
  const conv::Step& step = sum.step();
  const auto divisor = static_cast<std::int64_t>(step.divisor);
  const conv::LayerSpec& spec = sum.layer.spec;
  if (divisor == sum.terms()) {
    return {};
  }
  if (spec.divisor_override > 0) {
    return sum.canvas.locale.text("stage.divisor_given", {{"divisor", divisor}});
  }
  const lesson::TextValues counts = {{"count", divisor}, {"window", sum.terms()}};
  return spec.count_include_pad ? sum.canvas.locale.text("stage.divisor_padded", counts)
                                : sum.canvas.locale.text("stage.divisor_inside", counts);
}

// (1 + 1 + 5 + 6) / 4 = 3.25. Cells that are not counted are left out.
std::vector<SumLine> mean_lines(const Sum& sum) {
  const Palette& palette = sum.palette();
  const bool complete = sum.reached(sum.terms());
  bool first = true;
  std::vector<SumLine> lines = lines_of_cells(sum, [&](std::int64_t i, std::vector<Token>& out) {
    const conv::Term& term = sum.term(i);
    if (i == 0) {
      add_word(sum, "(", complete, out);
    }
    if (term.counted) {
      if (!first) {
        out.push_back({" + ", palette.text_dim, sum.reached(i + 1), Font::kSans, i, true});
      }
      const kit::NumberStyle& style = sum.writing.factor;
      const std::string text =
          first ? kit::number_text(term.input, style) : factor_text(term.input, style);
      add_cell(sum, i, text, term.has_source ? palette.input.text : palette.text_dim, first, out);
      first = false;
    }
    if (i + 1 == sum.terms()) {
      add_word(sum, ") / " + kit::number_text(sum.step().divisor, 9), complete, out);
    }
  });
  finish(sum, running_sum(sum.step(), 0, std::min(sum.moment.terms_shown, sum.terms())), lines);
  const std::string why = divisor_text(sum);
  if (!why.empty()) {
    lines.back().result.push_back({"   " + why, palette.text_dim, sum.moment.total_shown});
  }
  return lines;
}

// max(0, -3) = 0
std::vector<SumLine> relu_lines(const Sum& sum) {
  std::vector<SumLine> lines(1);
  lines[0].column = false;
  lines[0].total = true;
  std::vector<Token>& out = lines[0].tokens;
  add_word(sum, "max(0, ", sum.reached(1), out);
  add_cell(sum, 0, kit::number_text(sum.term(0).input, sum.writing.factor),
           sum.palette().input.text, true, out);
  add_word(sum, ")", sum.reached(1), out);
  finish(sum, 0, lines);
  lines[0].result[0].shown = lines[0].result[1].shown = sum.moment.total_shown;
  return lines;
}

// (3 - 1.5) / 0.5 = 3
std::vector<SumLine> expression_lines(const Sum& sum) {
  std::vector<SumLine> lines(1);
  lines[0].column = false;
  lines[0].total = true;
  const std::string text = conv::with_numbers(
      sum.step(), [&](double value) { return factor_text(value, sum.writing.factor); });
  add_cell(sum, 0, text, sum.palette().input.text, true, lines[0].tokens);
  finish(sum, 0, lines);
  lines[0].result[0].shown = lines[0].result[1].shown = sum.moment.total_shown;
  return lines;
}

// img[0,1,3,2] = 5
std::vector<SumLine> copy_lines(const Sum& sum) {
  std::vector<SumLine> lines(1);
  lines[0].column = false;
  lines[0].total = true;
  const conv::Term& term = sum.term(0);
  const Index& at = term.input_at;
  std::string place = std::string(sum.input_name) + "[" + std::to_string(at.n);
  for (const std::int64_t i : {at.c, at.y, at.x}) {
    place += "," + kit::number_text(static_cast<double>(i));
  }
  place += "]";
  add_cell(sum, 0, place, term.padding ? sum.palette().text_dim : sum.palette().input.text, true,
           lines[0].tokens);
  finish(sum, 0, lines);
  lines[0].result[0].shown = lines[0].result[1].shown = sum.moment.total_shown;
  return lines;
}

}  // namespace

std::vector<SumLine> fold_lines(const Sum& sum) {
  switch (sum.step().fold) {
    case conv::Fold::kMax:
      return max_lines(sum);
    case conv::Fold::kMean:
      return mean_lines(sum);
    case conv::Fold::kRelu:
      return relu_lines(sum);
    case conv::Fold::kExpression:
      return expression_lines(sum);
    case conv::Fold::kCopy:
    case conv::Fold::kSum:
      break;
  }
  return copy_lines(sum);
}

}  // namespace convscope::picture::sum
