// Highlight: the cells that belong to what the pointer is on, in every tensor at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/conv/analysis/step.h"
#include "core/derive/derived.h"
#include "core/session/session.h"

namespace convscope::picture::step {

// An output cell that a value takes part in, and the weight that it meets there.
struct Use {
  Index output_at;
  Index weight_at;  // as in Term
};

struct Highlight {
  std::optional<conv::Step> field;  // of a hovered output cell: its receptive field
  std::vector<Use> uses;            // of a hovered input cell, in the map on show
  std::vector<Index> inputs;        // stage cells that a hovered weight multiplies (channel in c)
  std::optional<Index> weight;      // of a hovered weight or product: its place, as in Term
  std::vector<std::int64_t> terms;  // of the step on show: indices into Step::terms
};

// Lists stop at this many cells: more can't be told apart.
inline constexpr std::size_t kMaxHighlights = 4096;

// What the pointer is on, if it belongs to the layer on stage.
std::optional<session::Target> hover_on_stage(const session::Session& session);

// `shown` is the step on stage; its filter and batch index say which map is meant. Input cells are
// the layer's own; cells of the stage tensors (as_convolution.h) stand for the layer's.
Highlight highlight_of(const session::Target& target, const derive::LayerResult& layer,
                       const conv::Step& shown);

// Rows (or columns) of an axis of `size` cells that no window ever reads, ascending.
// stride, dilation, kernel and `begin` padding of that axis; `windows` is the output's size.
std::vector<std::int64_t> never_read(std::int64_t size, std::int64_t kernel, std::int64_t stride,
                                     std::int64_t dilation, std::int64_t begin,
                                     std::int64_t windows);

// The same for both axes of a layer's stage input; empty for inputs too large to list.
struct UnreadCells {
  std::vector<std::int64_t> rows;
  std::vector<std::int64_t> columns;
};
UnreadCells unread_cells(const derive::LayerResult& layer);

// Rows at the bottom and columns on the right of the padding that no window reaches, because the
// size of the map rounds down.
struct DroppedPadding {
  std::int64_t rows = 0;
  std::int64_t columns = 0;
};
DroppedPadding dropped_padding(const derive::LayerResult& layer);

}  // namespace convscope::picture::step
