// A layer as matrices: what stands where. Pure arithmetic, one cell or one row at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/conv/window_axis.h"
#include "core/derive/derived.h"

namespace convscope::picture::matrix {

// One entry of im2col.
struct UnrolledCell {
  Index stage_at;               // in the stage input (as_convolution.h); may lie in the padding
  std::optional<Index> source;  // the real cell of the layer's own input whose value it is
  bool padding = false;         // stage_at lies outside the stage input
  float value = 0;
};

// im2col: row y·OW + x holds the window of output cell (y, x), column (c·kh + i)·kw + j the cells
// under one place of the filter. The channels are those of the group of `output_at`'s map; of
// unfold, whose maps are the columns, all. Keeps a reference to `layer`.
class Im2col {
 public:
  Im2col(const derive::LayerResult& layer, const Index& output_at);

  std::int64_t rows() const { return axes_.rows.outputs * axes_.columns.outputs; }
  std::int64_t columns() const { return channels_ * taps(); }
  std::int64_t channels() const { return channels_; }
  std::int64_t taps() const { return axes_.rows.kernel * axes_.columns.kernel; }  // per channel
  UnrolledCell at(std::int64_t row, std::int64_t column) const;
  // The place in the stage's weight that filter k keeps for a column: (k, c, i, j).
  Index equivalent_weight_at(std::int64_t k, std::int64_t column) const;

 private:
  const derive::LayerResult& layer_;
  conv::WindowAxes axes_;
  std::int64_t n_ = 0;
  std::int64_t first_channel_ = 0;
  std::int64_t channels_ = 1;
};

// A weight's place in a row of the Toeplitz matrix.
struct ToeplitzEntry {
  std::int64_t column = 0;  // y·W + x of the layer's own input
  float weight = 0;         // a sum, where copies in the padding meet the cell again
  Index weight_at;          // of the (first) weight, in the layer's own tensor
  std::int64_t weights = 1;
};

// The sparse (OH·OW, H·W) matrix that makes of one flattened input channel what it adds to one map:
// of a transposed convolution the transposed matrix of a convolution. Cells of zero padding have no
// column. For layers with weights. Keeps a reference to `layer`.
class Toeplitz {
 public:
  // Filter k, channel `channel` of its group.
  Toeplitz(const derive::LayerResult& layer, std::int64_t k, std::int64_t channel);

  std::int64_t rows() const { return axes_.rows.outputs * axes_.columns.outputs; }
  std::int64_t columns() const { return axes_.rows.size * axes_.columns.size; }
  std::vector<ToeplitzEntry> row(std::int64_t row) const;  // by ascending column
  std::int64_t entries() const;  // places that hold a weight, in all rows together

 private:
  const derive::LayerResult& layer_;
  conv::WindowAxes axes_;
  std::int64_t k_ = 0;
  std::int64_t channel_ = 0;
};

}  // namespace convscope::picture::matrix
