// What a cell of one layer sees of the layers below: r = sum (k_l - 1)·prod_{j<l} s_j + 1, with
// dilated kernels. Source: Araujo, Norris, Sim, "Computing receptive fields of convolutional neural
// networks".
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/conv/layer_spec.h"

namespace convscope::conv {

// Cells [first, last] on an axis; may reach into the padding (negative, or past the end).
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

// Of a stack seen from its input: the numbers after each layer. kConvTranspose has none of its own:
// its cells see ranges of different sizes; size is then the largest.
struct ReceptiveField {
  Size2 size;         // of the field, in input cells
  double jump_y = 1;  // distance in the input between neighbouring cells of this layer
  double jump_x = 1;
  double start_y =
      0;  // centre of the first cell's field, in input cells (0 is the first cell's centre)
  double start_x = 0;
  Size2 pads;  // padding before (top, left) that the fields reach into, in input cells
};
std::vector<ReceptiveField> receptive_fields(std::span<const LayerSpec> layers, const Shape& input);

// The cells of the layer's own input (N, C, H, W) that the output cells in `seen` read; with
// dilation, the cells between them too. Of kConvTranspose cut to the input, and of size 0 or less
// where only zeros are read.
CellRect field_below(const LayerSpec& spec, const Shape& input, const CellRect& seen);

// The output cells that read any input cell in `cells`, themselves or their copies in the padding:
// as rectangles that don't overlap, row by row. Nothing when none does.
std::vector<CellRect> fields_above(const LayerSpec& spec, const Shape& input,
                                   const CellRect& cells);

}  // namespace convscope::conv
