// What a cell of one layer sees of the layers below: r = sum (k_l - 1)·prod_{j<l} s_j + 1, with
// dilated kernel sizes. Source: Araujo, Norris, Sim, "Computing receptive fields of convolutional
// neural networks".
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/conv/layer_spec.h"

namespace convscope::conv {

// Cells [first, last] along an axis; may reach into the padding (negative, or past the end).
struct CellRange {
  std::int64_t first = 0;
  std::int64_t last = 0;

  std::int64_t size() const { return last - first + 1; }
  bool operator==(const CellRange&) const = default;
};
struct CellRect {
  CellRange y;
  CellRange x;
  bool operator==(const CellRect&) const = default;
};

// For a stack of layers seen from its input: the numbers after each layer. The cells of a
// kConvTranspose see ranges of different sizes; size is then the largest.
struct ReceptiveField {
  Size2 size;         // of the field, in input cells
  double jump_y = 1;  // distance in the input between neighbouring cells of this layer
  double jump_x = 1;
  double start_y =
      0;  // centre of the first cell's field, in input cells (0 is the first cell's centre)
  double start_x = 0;
  Size2 pads;  // padding cells before the input (top, left) that the fields reach into
};
std::vector<ReceptiveField> receptive_fields(std::span<const LayerSpec> layers, const Shape& input);

// The cells of the layer's own input (N, C, H, W) that the output cells in `seen` read, including
// those that dilation skips. For kConvTranspose clamped to the input; size 0 or less where only
// zeros are read.
CellRect field_below(const LayerSpec& spec, const Shape& input, const CellRect& seen);

// The output cells that read any input cell in `cells`, directly or through copies in the padding,
// as rectangles that don't overlap, row by row. Empty if there are none.
std::vector<CellRect> fields_above(const LayerSpec& spec, const Shape& input,
                                   const CellRect& cells);

}  // namespace convscope::conv
