// Equal planes in rows: a tensor's slices alone as a picture.
#pragma once

#include <cstdint>

#include "core/picture/display/viewport.h"
#include "core/picture/kit/plane.h"

namespace convscope::picture::kit {

inline constexpr std::int64_t kMostPlanes = 64;  // more could not be told apart

struct PlaneRows {
  PlaneSize size = {};  // of one, in cells
  std::int64_t count = 1;
  std::int64_t columns = 1;
  float cell = 0;  // pixels
  float margin = 0;
  float between = 0;

  std::int64_t rows() const { return (count + columns - 1) / columns; }
  float width() const;
  float height() const;
  Plane at(std::int64_t i) const;
};

// The arrangement with the largest cells, of at most kMostPlanes planes.
PlaneRows plane_rows(const PlaneSize& size, std::int64_t count, const Viewport& viewport);

// The size that they take within the room.
Viewport fitted_to(const PlaneRows& rows, const Viewport& room);

}  // namespace convscope::picture::kit
