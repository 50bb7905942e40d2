// The sum bar's lines as words with colours, without places or sizes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/derive/derived.h"
#include "core/picture/display/viewport.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/step/highlight.h"
#include "core/picture/step/moment.h"

namespace convscope::picture::sum {

// A word of a line: drawn or only taking its place.
struct Token {
  std::string text;
  Rgba color;
  bool shown = true;
  Font font = Font::kSans;
  std::int64_t term = -1;  // the product that it belongs to
  bool begins = false;     // a summand, sign and all: lines break and are cut here only
};

struct SumLine {
  std::vector<Token> label;
  std::vector<Token> tokens;
  std::vector<Token> result;  // behind "="
  bool total = false;         // ends in the step's value
  bool column = true;         // its "=" stands in one column with the others'
  bool right = false;         // right-aligned to that column
};

// One line for a layer with one channel a filter; else a line a channel (of many, only the active
// one) and the total. `input_name`: what a copy is read from.
std::vector<SumLine> sum_lines(const kit::Canvas& canvas, const derive::LayerResult& layer,
                               const step::Moment& moment, const step::Highlight& lit,
                               session::Granularity granularity, std::string_view input_name = "x");

// How many lines there are, whatever the step.
std::int64_t sum_line_count(const derive::LayerResult& layer);

// Their height at scale 1; and in pixels, with margins, below a header of this height: 0 where they
// rest.
float sum_words(const derive::LayerResult& layer);
float sum_bar_height(const derive::LayerResult& layer, const Viewport& viewport, float header,
                     float text_scale);

// How sums of this step are written: exactly, or with a fixed number of decimals.
kit::NumberStyle sum_style(const conv::Step& step);

}  // namespace convscope::picture::sum
