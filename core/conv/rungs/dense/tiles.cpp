#include "core/conv/rungs/dense/tiles.h"

#include <algorithm>

#include "core/conv/ceil_div.h"

namespace convscope::conv::rungs {

namespace {

// A run of consecutive windows: positions [begin, begin + count), rows of `columns` at `pitch`.
struct Stretch {
  std::int64_t begin;
  std::int64_t count;
};

// The rows that the vector [position, end) crosses; `row`: the first of them, then the last.
void add_segments(Tiles& tiles, std::int64_t position, std::int64_t end, std::int64_t columns,
                  std::int64_t pitch, std::int64_t output_pitch, std::int64_t& row) {
  for (;; ++row) {
    const std::int64_t first = std::max(position, row * pitch);
    const std::int64_t last = std::min(end, row * pitch + columns);
    if (first < last) {
      tiles.segments.push_back({static_cast<int>(first - position),
                                static_cast<int>(last - position),
                                row * output_pitch + first - row * pitch});
    }
    if ((row + 1) * pitch >= end) {
      break;
    }
  }
  tiles.first_segment.push_back(static_cast<int>(tiles.segments.size()));
}

}  // namespace

Tiles tiles_of_block(std::int64_t rows, std::int64_t columns, std::int64_t pitch,
                     std::int64_t output_pitch, int lanes, int most) {
  const std::int64_t run = (rows - 1) * pitch + columns;
  // A tile begins and ends in about the time of a vector.
  const auto cost = [&](std::int64_t count) {
    const std::int64_t vectors = ceil_div(count, lanes);
    return vectors + ceil_div(vectors, most);
  };
  const bool run_on = cost(run) < rows * cost(columns);
  Tiles tiles;
  tiles.first_segment.push_back(0);
  if (rows <= 0 || columns <= 0) {
    return tiles;
  }
  const std::int64_t all = run_on ? ceil_div(run, lanes) : rows * ceil_div(columns, lanes);
  tiles.first_segment.reserve(static_cast<std::size_t>(all + 1));
  tiles.segments.reserve(static_cast<std::size_t>(all + rows));
  tiles.places.reserve(static_cast<std::size_t>(all / most + rows));
  std::int64_t row = 0;
  const auto add_stretch = [&](Stretch stretch) {
    const std::int64_t vectors = ceil_div(stretch.count, lanes);
    const std::int64_t count = ceil_div(vectors, most);
    tiles.overhang = vectors * lanes - stretch.count;
    for (std::int64_t t = 0; t < count; ++t) {
      // As equal as possible: a tile of one vector uses the multipliers poorly.
      const std::int64_t first = vectors * t / count;
      const std::int64_t last = vectors * (t + 1) / count;
      tiles.places.push_back({stretch.begin + first * lanes, static_cast<int>(last - first),
                              static_cast<int>(tiles.vectors())});
      for (std::int64_t v = first; v < last; ++v) {
        const std::int64_t position = stretch.begin + v * lanes;
        const std::int64_t end = std::min(position + lanes, stretch.begin + stretch.count);
        while ((row + 1) * pitch <= position) {
          ++row;
        }
        add_segments(tiles, position, end, columns, pitch, output_pitch, row);
      }
    }
  };
  if (run_on) {
    add_stretch({0, run});
  } else {
    for (std::int64_t y = 0; y < rows; ++y) {
      add_stretch({y * pitch, columns});
    }
  }
  return tiles;
}

}  // namespace convscope::conv::rungs
