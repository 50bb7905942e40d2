// What the parts of "stamp and add" share while one frame is drawn.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/picture/cell_plane.h"
#include "core/picture/stamp_layout.h"
#include "core/picture/stamp_moment.h"

namespace convscope {

// One way of writing numbers for each tensor.
struct StampNumbers {
  NumberFit input;
  NumberFit weight;
  NumberFit product;
  NumberFit output;
};

struct StampStage {
  const Session& session;
  const LayerResult& layer;
  const StampMoment& moment;
  const StampLayout& layout;
  InputColors look = InputColors::kSigned;
  Tensor sums;    // the map as it stands
  Tensor counts;  // stamps in each of its cells
  StampNumbers numbers = {};
  std::vector<StampSource> sources = {};  // of the output cell that is pointed at

  const Stamp& stamp() const { return moment.stamp; }
  // As code calls it.
  std::string input_name() const { return session.layer == 0 ? scene_of(session).input_name : "x"; }
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
  const StampTerm& term(std::int64_t i) const { return stamp().terms[static_cast<std::size_t>(i)]; }
  bool shown(std::int64_t term) const { return moment.started && term < moment.terms_shown; }
  // Whether the stamp of input cell `at` is in the map.
  bool added(const Index& at) const { return offset_of(layer.input.shape(), at) < moment.added; }
  // The place of a term in its stamp's plane.
  Rect stamp_cell(std::size_t row, const StampTerm& term) const {
    const Size2& dilation = layer.spec.dilation;
    return layout.stamp[row].cells(static_cast<double>(term.weight_at.y * dilation.h),
                                   static_cast<double>(term.weight_at.x * dilation.w));
  }
  // The cells of the map that the stamp of input cell `at` covers, cut or not.
  Rect footprint(std::size_t row, const Index& at) const;
};

// stamp_planes.cpp: the tensors with their numbers.
ColorScale product_scale(const StampStage& stage, const Palette& palette);
StampNumbers fit_numbers(const Brush& brush, const StampStage& stage);
void draw_planes(Brush& brush, const StampStage& stage);

// stamp_marks.cpp: frames, lines, the stamp in flight, what is pointed at.
void draw_links(Brush& brush, const StampStage& stage);
void draw_frames(Brush& brush, const StampStage& stage);
void draw_flight(Brush& brush, const StampStage& stage);
void draw_pointed(Brush& brush, const StampStage& stage);

// stamp_words.cpp: captions, signs between the planes, notes.
void draw_captions(Brush& brush, const StampStage& stage);
void draw_signs(Brush& brush, const StampStage& stage);
void draw_notes(Brush& brush, const StampStage& stage);

// stamp_bar.cpp: the stamp spelled out.
void draw_bar(Brush& brush, const StampStage& stage);

}  // namespace convscope
