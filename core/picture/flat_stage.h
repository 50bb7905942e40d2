// What the parts of the flat view share while one frame is drawn.
#pragma once

#include <cstdint>

#include "core/lesson/derived.h"
#include "core/lesson/session.h"
#include "core/picture/cell_plane.h"
#include "core/picture/flat_layout.h"
#include "core/picture/highlight.h"
#include "core/picture/moment.h"

namespace convscope {

// One way of writing numbers for each tensor.
struct FlatNumbers {
  NumberFit input;
  NumberFit lens;
  NumberFit weight;
  NumberFit output;
  float chip = 0;  // size of the weights in the corners of covered cells; 0: no room for them
};

struct FlatStage {
  const Session& session;
  const LayerResult& layer;
  const Moment& moment;
  const Highlight& lit;
  const FlatLayout& layout;
  InputColors look = InputColors::kSigned;
  bool whole_map = false;  // a map too large to grow cell by cell is shown at once
  FlatNumbers numbers = {};

  const Step& step() const { return moment.step; }
  std::int64_t filter() const { return moment.step.output_at.c; }
  std::int64_t batch() const { return moment.step.output_at.n; }
  std::int64_t channels() const { return layer.input.shape().c / layer.spec.groups; }
  std::int64_t terms_per_channel() const {
    return layer.spec.kernel_size.h * layer.spec.kernel_size.w;
  }
  // The input channel that slice `slice` of the layout shows, and the same within its group.
  std::int64_t group_channel(std::size_t slice) const {
    return layout.first_channel + static_cast<std::int64_t>(slice);
  }
  std::int64_t input_channel(std::size_t slice) const {
    const std::int64_t group = filter() / (layer.output_shape.c / layer.spec.groups);
    return group * channels() + group_channel(slice);
  }
  // Whether the sum of the channel in slice `slice` is complete.
  bool sum_shown(std::size_t slice) const {
    return moment.started && moment.terms_shown >= (group_channel(slice) + 1) * terms_per_channel();
  }
  // Cells of map `filter` that have their value.
  std::int64_t revealed_of(std::int64_t filter) const;
};

// flat_planes.cpp: the tensors themselves, first the cells, later (above lines and frames) their
// numbers.
FlatNumbers fit_numbers(const Brush& brush, const FlatStage& stage);
void draw_cells(Brush& brush, const FlatStage& stage);
void draw_numbers(Brush& brush, const FlatStage& stage);

// flat_words.cpp: titles, captions and notes.
int narration_lines(const Brush& brush, const Session& session, float width);
void draw_header(Brush& brush, const FlatStage& stage);
void draw_captions(Brush& brush, const FlatStage& stage);
void draw_partial_sums(Brush& brush, const FlatStage& stage);
// Where the sum behind filter slice `slice` ends (or will): the line to the map starts there.
Point partial_sum_end(const Brush& brush, const FlatStage& stage, std::size_t slice);
void draw_notes(Brush& brush, const FlatStage& stage);

// flat_window.cpp: the window, its lines, what is lit, the value in flight.
void draw_window(Brush& brush, const FlatStage& stage);
void draw_links(Brush& brush, const FlatStage& stage);
void draw_highlight(Brush& brush, const FlatStage& stage);
void draw_flight(Brush& brush, const FlatStage& stage, const Rect& from);

// The place of the window over an input plane, and of the current cell in the map.
Rect window_rect(const FlatStage& stage, const Plane& plane);
Rect output_cell_rect(const FlatStage& stage);
// The small weight in the lower corner of a covered cell; nothing where stage.numbers.chip is 0.
// The mark of the product under way.
void draw_ring(Brush& brush, const Rect& cell);
float fit_chips(const Brush& brush, const FlatStage& stage);
void draw_weight_chip(Brush& brush, const FlatStage& stage, const Rect& cell, float weight);

}  // namespace convscope
