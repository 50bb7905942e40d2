// A kernel of a few channels, cut to what fits the registers: what the rungs direct and separable
// run on. A tile is a few rows of the output of one filter, across its whole width; its inputs are
// given as one pointer a row, so that rows of padding, mirrored rows and rows of scratch memory are
// all the same to it.
#pragma once

#include <cstdint>
#include <vector>

#include "core/conv/rungs/correlation.h"
#include "core/conv/rungs/plane_bands.h"
#include "core/conv/rungs/scratch.h"

namespace convscope::conv::rungs {

// The rows of more channels, eight and some each, don't stay in the first-level cache.
constexpr std::int64_t kMostStencilChannels = 8;

// What the vectors of this machine allow.
struct StencilShape {
  std::int64_t lanes = 1;     // floats in a vector
  std::int64_t rows = 1;      // of a tile
  std::int64_t wide = 1;      // columns that are computed at once, inside; a vector at the borders
  bool masked_loads = false;  // whether a load reads nothing where its mask is off
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
// y · stride - top + row_offsets[p] of the input. The outputs lie as far apart as lets most of them
// share their input rows in spite of stride and dilation.
struct StencilRows {
  std::int64_t step = 1;
  std::vector<StencilPiece> pieces;  // of one channel, the same for all
  std::vector<std::int64_t> row_offsets;
  std::vector<std::int64_t> kernel_rows;  // the one of each tap, piece by piece
};

// Columns [x, x + count) of the output.
struct StencilStrip {
  std::int64_t x = 0;
  std::int64_t count = 0;
};

// How the columns of a tile are computed. Strips may overlap.
struct StencilColumns {
  // Every tap in the input, as it lies: a multiple of `wide`.
  StencilStrip inside;
  // As the input lies, with zeros beside it: vectors, or less in a narrow output.
  std::vector<StencilStrip> masked;
  // From a copy of what they read: likewise, or a multiple of `wide`. The copy is split by the
  // phases of the stride, so that neighbours in the output read neighbours in the copy.
  std::vector<StencilStrip> copied;
  std::vector<std::int64_t> offsets;         // of each kernel column, in the input
  std::vector<std::int64_t> copied_offsets;  // and in a copy
  std::vector<std::int64_t> phases;          // those of the stride that any tap reads
  std::int64_t phase_pitch = 0;              // floats in the copy of a phase
  bool aligned = false;                      // whether `inside` begins at a whole vector

  std::int64_t copied_row() const { return phase_pitch * static_cast<std::int64_t>(phases.size()); }
};

struct Stencil {
  Windows windows;  // of a group of an image: batch and groups don't count here
  StencilRows rows;
  StencilColumns columns;
  std::int64_t discarded_phase = 0;  // distance of output rows from alignment, in floats

  // Row pointers of a tile, channel by channel.
  std::int64_t tile_rows() const {
    return windows.channels * static_cast<std::int64_t>(rows.row_offsets.size());
  }
};

// `output`: an output row, for its alignment; rows lie windows.output.w floats apart.
Stencil stencil_of(const Windows& windows, const float* output);

// The kernels of all filters of a group, `weight` being at (0, 0, 0, 0), in the order in which
// tiles read them: filters · taps floats.
void pack_weights(const Stencil& stencil, const float* weight, const WeightStrides& strides,
                  float* packed);

// What a thread needs to compute tiles, one at a time.
class StencilBuffers {
 public:
  explicit StencilBuffers(const Stencil& stencil);
  // Floats that one of these takes.
  static std::int64_t floats(const Stencil& stencil);

  std::vector<const float*> rows;  // to be set: the tile's input rows at column 0, by channel
  std::vector<float*> outputs;     // to be set: its output rows
  // The first of the input rows to fetch beforehand, in the first channel, or null.
  const float* ahead = nullptr;

  const float* zeros() const { return zeros_; }    // a row of the input
  float* discarded() const { return discarded_; }  // a row of the output that nobody wants
  float* vectors() const { return vectors_; }      // a vector for each row of a tile
  float* packed() const { return packed_; }        // the kernels of all filters

  // Copies what a strip reads; copied_rows() then stand for `rows`.
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

// Names the input rows of the tile at y and the rows to be fetched beforehand; `planes`: the
// input's, one after the other.
void name_inputs(const Stencil& stencil, const float* planes, std::int64_t y,
                 StencilBuffers& buffers);

// Names the output rows of the tile at y; those beyond the output are discarded.
void name_outputs(const Stencil& stencil, float* plane, std::int64_t y, StencilBuffers& buffers);

// Computes the tile that the buffers name, of one filter, from its packed kernel. `stream`: stores
// past the caches where it can; call hwy::FlushStream() afterwards. Returns whether all values are
// finite.
bool compute_tile(const Stencil& stencil, std::int64_t filter, float bias, bool stream,
                  StencilBuffers& buffers);

// The rows of the tiles in which compute_map_band() computes small maps; 0 for other windows.
std::int64_t map_tile_rows(const Windows& windows);

// Computes a band of all filters of a group from their packed kernels: the same as the tiles above
// do, faster. `rows`: map_tile_rows(). Returns whether all values are finite.
bool compute_map_band(const Stencil& stencil, const PlaneBand& band, std::int64_t rows,
                      StencilBuffers& buffers);

}  // namespace convscope::conv::rungs
