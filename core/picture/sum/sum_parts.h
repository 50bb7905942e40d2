// What the lines of the sum bar are made from. Internal to the sum files.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/picture/sum/sum_lines.h"

namespace convscope::picture::sum {

// How the numbers of a step are written: exactly where all of a kind can be, else rounded alike,
// and then with "\u2248" for "=".
struct Writing {
  kit::NumberStyle factor{6, -1};
  kit::NumberStyle sum{9, -1};
  std::string equals = " = ";
};

Writing writing_of(const conv::Step& step);

struct Sum {
  const kit::Canvas& canvas;
  const derive::LayerResult& layer;
  const step::Moment& moment;
  const step::Highlight& lit;
  session::Granularity granularity;
  Writing writing;
  std::string_view input_name;

  const Palette& palette() const { return canvas.palette; }
  const conv::Step& step() const { return moment.step; }
  const conv::Term& term(std::int64_t i) const { return step().terms[static_cast<std::size_t>(i)]; }
  std::int64_t terms() const { return static_cast<std::int64_t>(step().terms.size()); }
  std::int64_t terms_per_channel() const {
    return layer.spec.kernel_size.h * layer.spec.kernel_size.w;
  }
  // Whether the first `terms` terms are spelled out.
  bool reached(std::int64_t terms) const { return moment.started && moment.terms_shown >= terms; }
  // Whether term `i` is the current one, or highlighted by the pointer.
  bool is_hot(std::int64_t i) const;
  // Whether a running result is shown while terms appear.
  bool climbing(std::int64_t from) const {
    return granularity == session::Granularity::kTerm && moment.terms_shown > from;
  }
};

// After another sign, a negative number or a fraction needs brackets.
std::string factor_text(double value, const kit::NumberStyle& style);

// What stands behind "=": the finished value, or while it grows the running one.
struct Result {
  double value = 0;
  bool complete = false;
  double running = 0;
  bool running_shown = false;
};

void add_result(const Sum& sum, const Result& result, Rgba color, std::vector<Token>& out);

// Of the first products, from `from` to before `to`.
double running_sum(const conv::Step& step, std::int64_t from, std::int64_t to);

// A window's terms on one line, or, of a large window, on a line per kernel row: how many a line.
std::int64_t terms_per_line(const derive::LayerResult& layer, std::int64_t terms);

// sum_columns.cpp: columns shared by all lines: labels, products up to a common "=", results.
struct Columns {
  float label = 0;
  float body = 0;
  float result = 0;

  float width() const { return label + body + result; }
};

struct FittedColumns {
  float size = 0;  // of the text
  Columns columns;
};

// As large as `width` allows. What is too long even at the smallest size loses summands, those
// around a line's active term (-1: its first ones) last.
FittedColumns fit_columns(const kit::Canvas& canvas, std::vector<SumLine>& lines,
                          std::span<const std::int64_t> active_terms, float width);
float width_of(const kit::Canvas& canvas, const std::vector<Token>& tokens, float size);
// Draws tokens from `x` on and returns where they end.
float draw_tokens(kit::Canvas& canvas, const std::vector<Token>& tokens, const step::Moment& moment,
                  float x, float baseline, float size);

// sum_folds.cpp: the lines of a layer without weights.
std::vector<SumLine> fold_lines(const Sum& sum);

}  // namespace convscope::picture::sum
