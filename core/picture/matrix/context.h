// What the parts of the matrix view share while one frame is drawn.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "core/conv/operators/operator.h"
#include "core/picture/kit/value_cell.h"
#include "core/picture/matrix/cells.h"
#include "core/picture/matrix/layout.h"
#include "core/picture/step/window_scene.h"

namespace convscope::picture::matrix {

// One way of writing numbers for each tensor.
struct MatrixNumbers {
  kit::NumberFit input;
  kit::NumberFit weight;
  kit::NumberFit output;
};

struct Context {
  const step::WindowScene& scene;
  Rect view;  // what is seen
  Im2col im2col;
  std::optional<Toeplitz> toeplitz;  // of layers with weights
  kit::Page filters;                 // whose results are shown
  std::int64_t channel = 0;          // of the group, which the Toeplitz matrix acts on
  Layout layout = {};
  MatrixNumbers numbers = {};

  const derive::LayerResult& layer() const { return scene.layer; }
  const step::Moment& moment() const { return scene.moment; }
  const conv::Step& step() const { return scene.moment.step; }
  const conv::Operator& operation() const { return conv::operator_of(scene.layer.spec.op); }
  const Shape& output() const { return scene.layer.output_shape; }
  // The output cell at the end of a row, in map k.
  Index output_at(std::int64_t row, std::int64_t k) const {
    return {step().output_at.n, k, row / output().w, row % output().w};
  }
  std::int64_t active_row() const { return step().output_at.y * output().w + step().output_at.x; }
  bool has_value(const Index& at) const {
    return !layer().output.empty() &&
           conv::position_of(output(), at) < std::max(moment().revealed, moment().kept);
  }
  // The input channel that the Toeplitz matrix acts on.
  std::int64_t input_channel() const { return im2col.at(0, channel * im2col.taps()).stage_at.c; }
};

// im2col.cpp and toeplitz.cpp: the cells, the current row, highlights.
void draw_im2col(kit::Canvas& canvas, const Context& context);
void draw_toeplitz(kit::Canvas& canvas, const Context& context);
// The flattened filters and the flattened input channel, each number above the column that it
// multiplies. Drawn last, so that editing a value finds them first.
void draw_filters(kit::Canvas& canvas, const Context& context);
void draw_flat_input(kit::Canvas& canvas, const Context& context);

// labels.cpp: what stands above the blocks, and beside their rows.
struct CaptionWidths {
  float im2col = 0;
  float toeplitz = 0;
};
CaptionWidths caption_widths(const kit::Canvas& canvas, const Context& context);
float row_names_width(const kit::Canvas& canvas, const Context& context);
void draw_captions(kit::Canvas& canvas, const Context& context);
void draw_row_names(kit::Canvas& canvas, const Context& context, const BlockLayout& block);

}  // namespace convscope::picture::matrix
