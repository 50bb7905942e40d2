// What the parts of the flat view share while one frame is drawn.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/conv/operators/operator.h"
#include "core/derive/derived.h"
#include "core/picture/flat/layout.h"
#include "core/picture/kit/cell_plane.h"
#include "core/picture/step/highlight.h"
#include "core/picture/step/moment.h"
#include "core/session/session.h"

namespace convscope::picture::flat {

// One way of writing numbers for each tensor.
struct FlatNumbers {
  kit::NumberFit input;
  kit::NumberFit lens;
  kit::NumberFit weight;
  kit::NumberFit output;
  kit::NumberFit comparison;
  float chip = 0;  // size of the weights in the corners of covered cells; 0: no room for them
};

struct Context {
  const session::Session& session;
  const derive::LayerResult& own;    // the layer
  const derive::LayerResult& layer;  // the same as it is drawn (subject.h)
  const step::Moment& moment;
  const step::Highlight& lit;
  const Layout& layout;
  std::vector<conv::Term> taps;  // every cell under the window, in the order c, i, j
  lesson::InputColors look = lesson::InputColors::kSigned;
  bool whole_map = false;   // a map too large to grow cell by cell is shown at once
  bool keeps_size = false;  // the scene asks for the size of the map and has not told it yet
  FlatNumbers numbers = {};

  const conv::Step& step() const { return moment.step; }
  const conv::Operator& operation() const { return conv::operator_of(own.spec.op); }
  bool weighted() const { return conv::has_weight(own.spec.op); }
  bool one_dimensional() const { return session::layer_of(session).one_dimensional; }
  std::int64_t filter() const { return moment.step.output_at.c; }
  std::int64_t batch() const { return moment.step.output_at.n; }
  std::int64_t channels() const { return layer.input.shape().c / layer.spec.groups; }
  std::int64_t taps_per_channel() const {
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
  bool is_active(std::size_t slice) const {
    return moment.active_channel < 0 || moment.active_channel == group_channel(slice);
  }
  // Whether the window has arrived and its cells are being read.
  bool settled() const { return moment.window_arrived && moment.started; }
  // Whether the sum of the channel in slice `slice` is complete.
  bool sum_shown(std::size_t slice) const {
    return moment.started && moment.terms_shown >= (group_channel(slice) + 1) * taps_per_channel();
  }
  // The tap being read now, and the one whose value was chosen; -1: none.
  std::int64_t active_tap() const;
  std::int64_t taken_tap() const;
  // Cells of map `filter` that have their value, and that had it before a click took the moment
  // back.
  std::int64_t revealed_of(std::int64_t filter) const { return cells_of(moment.revealed, filter); }
  std::int64_t kept_of(std::int64_t filter) const { return cells_of(moment.kept, filter); }
  // Of so many positions those in map `filter`.
  std::int64_t cells_of(std::int64_t positions, std::int64_t filter) const;
};

// context.cpp: the colours of the input, which a later layer's input, a map, has not.
lesson::InputColors look_of(const session::Session& session, const derive::LayerResult& own);
// The numbers' sizes included. What it is given must outlive it.
Context context_of(const kit::Canvas& canvas, const session::Session& session,
                   const derive::LayerResult& own, const derive::LayerResult& layer,
                   const step::Moment& moment, const step::Highlight& lit, const Layout& layout);

// planes.cpp: the tensors themselves, first the cells, later (above lines and frames) their
// numbers.
FlatNumbers fit_numbers(const kit::Canvas& canvas, const Context& context);
void draw_cells(kit::Canvas& canvas, const Context& context);
void draw_numbers(kit::Canvas& canvas, const Context& context);
void outline_plane(kit::Canvas& canvas, const Rect& rect, Rgba color, bool active);

// split.cpp: the map over the right part of the input, if the look asks for it.
void draw_split(kit::Canvas& canvas, const Context& context);

// rgb_numbers.cpp: what a picture's pixels hold.
void draw_rgb_numbers(kit::Canvas& canvas, const Context& context);

// patch.cpp: the patch under the window, enlarged.
kit::NumberFit fit_patch(const kit::Canvas& canvas, const Context& context);
void draw_patch(kit::Canvas& canvas, const Context& context, std::size_t slice);

// captions.cpp: what each tensor is.
void draw_captions(kit::Canvas& canvas, const Context& context);
// The drawn padding included.
Rect padded_rect(const Context& context, const kit::Plane& plane);

// labels.cpp: sums and notes.
void draw_partial_sums(kit::Canvas& canvas, const Context& context);
// Where the sum behind filter slice `slice` ends (or will): the line to the map starts there.
Point partial_sum_end(const kit::Canvas& canvas, const Context& context, std::size_t slice);
void draw_notes(kit::Canvas& canvas, const Context& context);

// links.cpp: the thin lines from window to filter to output.
void draw_links(kit::Canvas& canvas, const Context& context);

// window.cpp: the window, what it covers, the value in flight.
void draw_window(kit::Canvas& canvas, const Context& context);
void draw_flight(kit::Canvas& canvas, const Context& context, const Rect& from);
// Marks one cell, visible on any colour.
void draw_ring(kit::Canvas& canvas, const Rect& cell, Rgba color);
// Marks a cell that shows tap `tap` if that tap is being read or was chosen.
void draw_tap_rings(kit::Canvas& canvas, const Context& context, std::int64_t tap,
                    const Rect& cell);
// The place of the window over an input plane, and of the current cell in the map.
Rect window_rect(const Context& context, const kit::Plane& plane);
Rect output_cell_rect(const Context& context);
// The small weight in the lower corner of a covered cell; nothing where stage.numbers.chip is 0.
float fit_chips(const kit::Canvas& canvas, const Context& context);
void draw_weight_chip(kit::Canvas& canvas, const Context& context, const Rect& cell, float weight);

// marks.cpp: what belongs to the cell under the pointer.
void draw_highlight(kit::Canvas& canvas, const Context& context);

}  // namespace convscope::picture::flat
