// The parameters of a register tile (tile-inl.h), the same for every vector width.
#pragma once

#include <cstdint>

namespace convscope::conv::rungs {

// One tap of a kernel: the offset of its input from the position, and the offset of its weight from
// the filter's first. In floats.
struct Tap {
  std::int32_t input = 0;
  std::int32_t weight = 0;
};

// The lanes [begin, end) of a vector that lie in one row of the output, and where `begin` is
// stored.
struct Segment {
  int begin = 0;
  int end = 0;
  std::int64_t output = 0;
};

struct TileCall {
  const float* input = nullptr;  // at the tile's first position, in the first channel
  std::int64_t input_channel = 0;
  std::int64_t channels = 0;
  const Tap* taps = nullptr;
  std::int64_t tap_count = 0;
  const float* weight = nullptr;  // of the first filter and channel
  std::int64_t weight_channel = 0;
  std::int64_t filter_stride = 0;
  const float* bias = nullptr;  // of the first filter; null: none
  bool first = true;            // whether the sums start here, or continue with `sums`
  bool last = true;             // whether they are complete and go to `output`, or back to `sums`
  float* sums = nullptr;        // aligned; filters x vectors x lanes
  float* output = nullptr;
  std::int64_t output_stride = 0;      // from filter to filter
  const Segment* segments = nullptr;   // of all vectors of the tile
  const int* first_segment = nullptr;  // of vector v: [first_segment[v], first_segment[v + 1])
  float* check = nullptr;              // aligned, a vector: NaN if any value wasn't finite
};

}  // namespace convscope::conv::rungs
