// How the windows of a block are divided into register tiles.
#pragma once

#include <cstdint>
#include <vector>

#include "core/conv/rungs/dense/tile.h"

namespace convscope::conv::rungs {

struct TilePlace {
  std::int64_t position = 0;  // of its first lane
  int vectors = 0;
  int first_vector = 0;  // its number among all vectors of the block
};

struct Tiles {
  std::vector<TilePlace> places;
  std::vector<Segment> segments;   // of all vectors; outputs relative to the block's first window
  std::vector<int> first_segment;  // vectors + 1
  std::int64_t overhang = 0;       // lanes of the last vector past the last window
  std::int64_t vectors() const { return static_cast<std::int64_t>(first_segment.size()) - 1; }
};

// rows x columns windows at positions y·pitch + x, in vectors of `lanes`, up to `most` of them per
// tile; row y of the output starts at y·output_pitch. Vectors continue across rows if that takes
// fewer of them than starting anew in every row.
Tiles tiles_of_block(std::int64_t rows, std::int64_t columns, std::int64_t pitch,
                     std::int64_t output_pitch, int lanes, int most);

}  // namespace convscope::conv::rungs
