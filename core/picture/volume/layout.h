// Where the volume view puts its blocks: the input, a column of filters, the output.
#pragma once

#include <cstdint>
#include <vector>

#include "core/picture/step/window_scene.h"
#include "core/picture/volume/block.h"

namespace convscope::picture::volume {

struct Layout {
  Block input;  // its real cells; the padding lies outside
  std::vector<Block> filters;
  std::int64_t first_filter = 0;  // the one that filters[0] shows
  Block output;                   // slab 0, in front, is the last filter's map
};

Layout lay_out(const step::WindowScene& scene, float scale);

// The input with its padding.
Cuboid padded_part(const step::WindowScene& scene, const Block& input);

// Which slab of the output holds the map of a filter, and back: maps pile up towards the viewer, so
// that the current one is in front.
inline std::int64_t slab_of(const Block& output, std::int64_t filter) {
  return output.slabs - 1 - filter;
}

}  // namespace convscope::picture::volume
