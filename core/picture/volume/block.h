// Blocks of cells in space, seen from far away (orthographic): where their corners and faces stand
// on the stage. The axes: x to the right, y down, z away from the viewer.
#pragma once

#include <array>
#include <cstdint>
#include <functional>

#include "core/picture/display/picture.h"
#include "core/session/session.h"

namespace convscope::picture::volume {

// The projection of space onto the stage.
struct Projection {
  Point x;  // one unit along each axis
  Point y;
  Point z;
  std::array<float, 3> depth{};  // how much farther from the viewer one unit along x, y, z is
};

Projection projection_of(const session::Orbit& orbit);

// A part of a block, in cells; y and x outside the block (padding) have places too.
struct Cuboid {
  double z0 = 0;
  double z1 = 0;
  double y0 = 0;
  double y1 = 0;
  double x0 = 0;
  double x1 = 0;
};

// A tensor (C, H, W) as slabs of cells, slab 0 in front.
struct Block {
  Projection projection;
  Point origin = {};    // of the corner (0, 0, 0)
  float unit = 0;       // pixels per cell
  float thickness = 1;  // of a slab, in cells
  std::int64_t slabs = 0;
  std::int64_t h = 0;
  std::int64_t w = 0;

  Point at(double z, double y, double x) const;
  Cuboid whole() const {
    return {0, static_cast<double>(slabs), 0, static_cast<double>(h), 0, static_cast<double>(w)};
  }
};

// The rectangle around a part on the stage.
Rect bounds_of(const Block& block, const Cuboid& part);

enum class Side { kFront, kBack, kLeft, kRight, kTop, kBottom };

bool is_visible(const Projection& projection, Side side);

// A patch of a face: the cells behind it (half open; one slab, row or column deep) and its corners.
struct FacePatch {
  Side side = Side::kFront;
  std::int64_t z0 = 0, z1 = 0;
  std::int64_t y0 = 0, y1 = 0;
  std::int64_t x0 = 0, x1 = 0;
  std::array<Point, 4> corners;
};

// How many cells one patch of a face covers along z, and along y and x: 1 unless the block has more
// cells than can be told apart.
struct PatchSize {
  std::int64_t z = 1;
  std::int64_t yx = 1;
};
PatchSize patch_size(const Block& block, float smallest_pixels, std::int64_t most_patches);

// Visits the visible faces of the slabs z0 .. z1.
void each_patch(const Block& block, std::int64_t z0, std::int64_t z1, const PatchSize& size,
                const std::function<void(const FacePatch&)>& visit);

// The twelve edges of a part; those that meet in its farthest corner are hidden behind it, and
// those of its face towards the viewer are in front.
struct Edge {
  Point from;
  Point to;
  bool hidden = false;
  bool front = false;
};
std::array<Edge, 12> edges_of(const Block& block, const Cuboid& part);

}  // namespace convscope::picture::volume
