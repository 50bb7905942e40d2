// Where "stamp and add" puts things: the input, a row per output map of kernel, stamp and map, and
// the sum bar. Pure arithmetic on shapes, so nothing moves from step to step.
#pragma once

#include <cstdint>
#include <vector>

#include "core/picture/compose.h"
#include "core/picture/kit/cell_plane.h"
#include "core/picture/stamp/moment.h"

namespace convscope::picture::stamp {

struct Layout {
  Rect header;
  Rect main;
  Rect view;  // what is seen of the planes when they are zoomed
  Rect bar;
  bool stacked = false;              // the kernel above its stamp, not beside it
  kit::Plane input;                  // the channel under way
  std::vector<kit::Plane> channels;  // a small plane per channel, when there are several
  std::int64_t first_channel = 0;    // of these
  std::int64_t first_map = 0;        // of the group's maps that have rows, from here on
  std::vector<kit::Plane> kernel;    // per row
  std::vector<kit::Plane> stamp;     // per row: the dilated kernel times the value
  std::vector<kit::Plane> output;    // per row
  float caption_size = 0;            // pixels per em
  float gap = 0;
};

// At most so many output maps have rows.
inline constexpr std::int64_t kMaxStampRows = 3;

// `active_map`: of the group, must be among the rows.
Layout lay_out(const derive::LayerResult& layer, const StampMoment& moment, float header,
               const session::Camera& camera, const Viewport& viewport, float text_scale);

}  // namespace convscope::picture::stamp
