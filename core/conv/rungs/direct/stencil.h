// A kernel of a few channels, split into pieces that fit the registers: the basis of the direct and
// separable rungs. A tile is a few rows of the output of one filter, across its whole width; its
// inputs are given as one pointer per row, so that rows of padding, mirrored rows and rows of
// scratch memory need no special cases.
#pragma once

#include <cstdint>
#include <vector>

#include "core/conv/rungs/correlation.h"
#include "core/conv/rungs/direct/plane_bands.h"
#include "core/conv/rungs/scratch.h"

namespace convscope::conv::rungs {

// The rows of more channels (eight or more each) don't stay in the first-level cache.
constexpr std::int64_t kMostStencilChannels = 8;

// What this machine's vectors allow.
struct StencilShape {
  std::int64_t lanes = 1;     // floats in a vector
  std::int64_t rows = 1;      // of a tile
  std::int64_t wide = 1;      // columns computed at once inside; one vector at the borders
  bool masked_loads = false;  // whether a load skips the lanes that its mask turns off
  bool spills = false;        // whether a tile's operands are kept in memory, not in registers
};
StencilShape stencil_shape();

// Kernel rows that share a run of input rows: tap t of output o reads row o + t of the run.
struct StencilPiece {
  static constexpr std::int64_t kMostTaps = 8;

  std::int64_t taps = 0;
  std::int64_t first_row = 0;     // of the run, among the row pointers
  std::int64_t first_weight = 0;  // (kernel.w, taps) of the packed weights
};

// The rows of a tile at y: output o is row y + o · step, and row pointer p is row
//   y · stride - top + row_offsets[p]
// of the input. The outputs are spaced so that most of them share their input rows in spite of
// stride and dilation.
struct StencilRows {
  std::int64_t step = 1;
  std::vector<StencilPiece> pieces;  // of one channel, the same for all
  std::vector<std::int64_t> row_offsets;
  std::vector<std::int64_t> kernel_rows;  // the row of each tap, piece by piece
};

StencilRows stencil_rows_of(const Windows& windows);

// Columns [x, x + count) of the output.
struct StencilStrip {
  std::int64_t x = 0;
  std::int64_t count = 0;
};

// How the columns of a tile are computed. Strips may overlap.
struct StencilColumns {
  // Columns for which every tap lies inside the input, read in place: a multiple of `wide`.
  StencilStrip inside;
  // Read in place with zeros beside the input: vectors, or less in a narrow output.
  std::vector<StencilStrip> masked;
  // Read from a copy: as `masked`, or a multiple of `wide`. The copy is split by the phases of the
  // stride, so that neighbours in the output read neighbours in the copy.
  std::vector<StencilStrip> copied;
  std::vector<std::int64_t> offsets;         // of each kernel column, in the input
  std::vector<std::int64_t> copied_offsets;  // of each kernel column, in a copy
  std::vector<std::int64_t> phases;          // the phases of the stride that any tap reads
  std::int64_t phase_pitch = 0;              // floats per phase in a copy
  bool aligned = false;                      // whether `inside` starts at a vector boundary

  std::int64_t copied_row() const { return phase_pitch * static_cast<std::int64_t>(phases.size()); }
};

struct Stencil {
  Windows windows;  // of one group of one image: batch and groups are ignored
  StencilRows rows;
  StencilColumns columns;
  std::int64_t discarded_phase = 0;  // distance of output rows from alignment, in floats

  // Row pointers of a tile, channel by channel.
  std::int64_t tile_rows() const {
    return windows.channels * static_cast<std::int64_t>(rows.row_offsets.size());
  }
};

// `output`: an output row, for its alignment; rows are windows.output.w floats apart.
Stencil stencil_of(const Windows& windows, const float* output);

// The kernels of all filters of a group, with `weight` at (0, 0, 0, 0), in the order in which tiles
// read them: filters · taps floats.
void pack_weights(const Stencil& stencil, const float* weight, const WeightStrides& strides,
                  float* packed);

// The buffers with which a thread computes tiles, one at a time.
class StencilBuffers {
 public:
  explicit StencilBuffers(const Stencil& stencil);
  // The size of these buffers in floats.
  static std::int64_t floats(const Stencil& stencil);

  std::vector<const float*> rows;  // set by the caller: input rows at column 0, by channel
  std::vector<float*> outputs;     // set by the caller: output rows
  // The first of the input rows to prefetch, in the first channel, or null.
  const float* ahead = nullptr;

  const float* zeros() const { return zeros_; }    // an input row
  float* discarded() const { return discarded_; }  // an output row that is ignored
  float* vectors() const { return vectors_; }      // a vector for each row of a tile
  float* packed() const { return packed_; }        // the kernels of all filters

  // Copies what a strip reads; copied_rows() then replace `rows`.
  void copy(const Stencil& stencil, const StencilStrip& strip);
  const std::vector<const float*>& copied_rows() const { return copied_rows_; }

 private:
  Scratch scratch_;
  float* zeros_ = nullptr;
  float* discarded_ = nullptr;
  float* vectors_ = nullptr;
  float* packed_ = nullptr;
  float* copies_ = nullptr;
  std::vector<const float*> copied_rows_;
};

// Sets the input rows of the tile at y and the rows to prefetch; `planes`: those of the input, one
// after another.
void name_inputs(const Stencil& stencil, const float* planes, std::int64_t y,
                 StencilBuffers& buffers);

// Sets the output rows of the tile at y; those beyond the output are discarded.
void name_outputs(const Stencil& stencil, float* plane, std::int64_t y, StencilBuffers& buffers);

// Computes the tile that the buffers describe, of one filter, from its packed kernel. `stream`: use
// non-temporal stores where possible; call hwy::FlushStream() afterwards. Returns whether all
// values are finite.
bool compute_tile(const Stencil& stencil, std::int64_t filter, float bias, bool stream,
                  StencilBuffers& buffers);

// The number of rows of the tiles in which compute_map_band() computes small maps; 0 for other
// windows.
std::int64_t map_tile_rows(const Windows& windows);

// Computes a band of all filters of a group from their packed kernels: the same results as
// compute_tile(), faster. `rows`: map_tile_rows(). Returns whether all values are finite.
bool compute_map_band(const Stencil& stencil, const PlaneBand& band, std::int64_t rows,
                      StencilBuffers& buffers);

}  // namespace convscope::conv::rungs
