// What the parts of "stamp and add" share while one frame is drawn.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/picture/kit/cell_plane.h"
#include "core/picture/stamp/layout.h"
#include "core/picture/stamp/moment.h"

namespace convscope::picture::stamp {

// One way of writing numbers for each tensor.
struct StampNumbers {
  kit::NumberFit input;
  kit::NumberFit weight;
  kit::NumberFit product;
  kit::NumberFit output;
};

struct Context {
  const session::Session& session;
  const derive::LayerResult& layer;
  const StampMoment& moment;
  const Layout& layout;
  lesson::InputColors look = lesson::InputColors::kSigned;
  Tensor sums;    // the map as it stands
  Tensor counts;  // stamps in each of its cells
  StampNumbers numbers = {};
  std::vector<StampSource> sources = {};  // of the output cell that is pointed at

  const conv::Stamp& stamp() const { return moment.stamp; }
  // As code calls it.
  const std::string& input_name() const { return session::input_name(session); }
  std::int64_t batch() const { return stamp().input_at.n; }
  std::int64_t channel() const { return stamp().input_at.c; }
  std::int64_t maps_of_group() const { return layer.output_shape.c / layer.spec.groups; }
  // The map of the group that row `row` shows, and the same among all maps.
  std::int64_t group_map(std::size_t row) const {
    return layout.first_map + static_cast<std::int64_t>(row);
  }
  std::int64_t map(std::size_t row) const {
    return channel() / (layer.input.shape().c / layer.spec.groups) * maps_of_group() +
           group_map(row);
  }
  std::int64_t taps() const { return layer.spec.kernel_size.h * layer.spec.kernel_size.w; }
  // The terms of row `row`: indices into Stamp::terms.
  std::int64_t first_term(std::size_t row) const { return group_map(row) * taps(); }
  const conv::StampTerm& term(std::int64_t i) const {
    return stamp().terms[static_cast<std::size_t>(i)];
  }
  bool shown(std::int64_t term) const { return moment.started && term < moment.terms_shown; }
  // Whether the stamp of input cell `at` is in the map.
  bool added(const Index& at) const { return offset_of(layer.input.shape(), at) < moment.added; }
  // The place of a term in its stamp's plane.
  Rect stamp_cell(std::size_t row, const conv::StampTerm& term) const {
    const conv::Size2& dilation = layer.spec.dilation;
    return layout.stamp[row].cells(term.weight_at.y * dilation.h, term.weight_at.x * dilation.w);
  }
  // The cells of the map that the stamp of input cell `at` covers, cut or not.
  Rect footprint(std::size_t row, const Index& at) const;
};

// planes.cpp: the tensors with their numbers.
ColorScale product_scale(const Context& context, const Palette& palette);
StampNumbers fit_numbers(const kit::Canvas& canvas, const Context& context);
void draw_planes(kit::Canvas& canvas, const Context& context);

// marks.cpp: frames, lines, the stamp in flight, what is pointed at.
void draw_links(kit::Canvas& canvas, const Context& context);
void draw_frames(kit::Canvas& canvas, const Context& context);
void draw_flight(kit::Canvas& canvas, const Context& context);
void draw_pointed(kit::Canvas& canvas, const Context& context);

// labels.cpp: captions, signs between the planes, notes.
void draw_captions(kit::Canvas& canvas, const Context& context);
void draw_signs(kit::Canvas& canvas, const Context& context);
void draw_notes(kit::Canvas& canvas, const Context& context);

// bar.cpp: the stamp spelled out.
void draw_bar(kit::Canvas& canvas, const Context& context);

}  // namespace convscope::picture::stamp
