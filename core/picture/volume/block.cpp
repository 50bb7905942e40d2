#include "core/picture/volume/block.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace convscope::picture::volume {

namespace {

// A face seen nearly edge-on is not drawn.
constexpr float kEdgeOn = 0.01F;

// The step that divides `count` cells into at most `most` patches.
std::int64_t step_for(std::int64_t count, std::int64_t most) {
  return std::max<std::int64_t>(1, (count + most - 1) / most);
}

std::int64_t patches(std::int64_t count, std::int64_t step) { return (count + step - 1) / step; }

// The cells that a face is made of: those of the cuboid at its side.
struct FaceCells {
  std::array<std::int64_t, 3> low;   // z, y, x
  std::array<std::int64_t, 3> high;  // half open
};

FaceCells face_cells(const Block& block, std::int64_t z0, std::int64_t z1, Side side) {
  FaceCells cells{{z0, 0, 0}, {z1, block.h, block.w}};
  switch (side) {
    case Side::kFront:
      cells.high[0] = z0 + 1;
      break;
    case Side::kBack:
      cells.low[0] = z1 - 1;
      break;
    case Side::kTop:
      cells.high[1] = 1;
      break;
    case Side::kBottom:
      cells.low[1] = block.h - 1;
      break;
    case Side::kLeft:
      cells.high[2] = 1;
      break;
    case Side::kRight:
      cells.low[2] = block.w - 1;
      break;
  }
  return cells;
}

std::array<Point, 4> corners_of(const Block& block, const FacePatch& p) {
  const auto z0 = static_cast<double>(p.z0);
  const auto z1 = static_cast<double>(p.z1);
  const auto y0 = static_cast<double>(p.y0);
  const auto y1 = static_cast<double>(p.y1);
  const auto x0 = static_cast<double>(p.x0);
  const auto x1 = static_cast<double>(p.x1);
  switch (p.side) {
    case Side::kFront:
    case Side::kBack: {
      const double z = p.side == Side::kFront ? z0 : z1;
      return {block.at(z, y0, x0), block.at(z, y0, x1), block.at(z, y1, x1), block.at(z, y1, x0)};
    }
    case Side::kTop:
    case Side::kBottom: {
      const double y = p.side == Side::kTop ? y0 : y1;
      return {block.at(z0, y, x0), block.at(z0, y, x1), block.at(z1, y, x1), block.at(z1, y, x0)};
    }
    case Side::kLeft:
    case Side::kRight:
      break;
  }
  const double x = p.side == Side::kLeft ? x0 : x1;
  return {block.at(z0, y0, x), block.at(z1, y0, x), block.at(z1, y1, x), block.at(z0, y1, x)};
}

void each_patch_of(const Block& block, const FaceCells& cells, Side side, const PatchSize& size,
                   const std::function<void(const FacePatch&)>& visit) {
  for (std::int64_t z = cells.low[0]; z < cells.high[0]; z += size.z) {
    for (std::int64_t y = cells.low[1]; y < cells.high[1]; y += size.yx) {
      for (std::int64_t x = cells.low[2]; x < cells.high[2]; x += size.yx) {
        FacePatch patch{.side = side,
                        .z0 = z,
                        .z1 = std::min(z + size.z, cells.high[0]),
                        .y0 = y,
                        .y1 = std::min(y + size.yx, cells.high[1]),
                        .x0 = x,
                        .x1 = std::min(x + size.yx, cells.high[2]),
                        .corners = {}};
        patch.corners = corners_of(block, patch);
        visit(patch);
      }
    }
  }
}

}  // namespace

Projection projection_of(const session::Orbit& orbit) {
  const double radians = std::numbers::pi / 180;
  const auto cy = static_cast<float>(std::cos(orbit.yaw * radians));
  const auto sy = static_cast<float>(std::sin(orbit.yaw * radians));
  const auto cp = static_cast<float>(std::cos(orbit.pitch * radians));
  const auto sp = static_cast<float>(std::sin(orbit.pitch * radians));
  // Turned about y, then tilted about x: z goes to the right and, seen from above, up.
  return {.x = {cy, sy * sp}, .y = {0, cp}, .z = {sy, -cy * sp}, .depth = {-sy * cp, sp, cy * cp}};
}

Point Block::at(double z, double y, double x) const {
  const float along_x = static_cast<float>(x) * unit;
  const float along_y = static_cast<float>(y) * unit;
  const float along_z = static_cast<float>(z) * unit * thickness;
  return {
      origin.x + along_x * projection.x.x + along_y * projection.y.x + along_z * projection.z.x,
      origin.y + along_x * projection.x.y + along_y * projection.y.y + along_z * projection.z.y};
}

Rect bounds_of(const Block& block, const Cuboid& part) {
  constexpr float kFar = std::numeric_limits<float>::max();
  Point low{kFar, kFar};
  Point high{-kFar, -kFar};
  for (const double z : {part.z0, part.z1}) {
    for (const double y : {part.y0, part.y1}) {
      for (const double x : {part.x0, part.x1}) {
        const Point p = block.at(z, y, x);
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
      }
    }
  }
  return {low.x, low.y, high.x - low.x, high.y - low.y};
}

bool is_visible(const Projection& projection, Side side) {
  switch (side) {
    case Side::kFront:
      return projection.depth[2] > kEdgeOn;
    case Side::kBack:
      return projection.depth[2] < -kEdgeOn;
    case Side::kTop:
      return projection.depth[1] > kEdgeOn;
    case Side::kBottom:
      return projection.depth[1] < -kEdgeOn;
    case Side::kLeft:
      return projection.depth[0] > kEdgeOn;
    case Side::kRight:
      return projection.depth[0] < -kEdgeOn;
  }
  return false;
}

PatchSize patch_size(const Block& block, float smallest_pixels, std::int64_t most_patches) {
  PatchSize size;
  const float slab = block.unit * block.thickness;
  while (slab * static_cast<float>(size.z) < smallest_pixels && size.z < block.slabs) {
    ++size.z;
  }
  while (block.unit * static_cast<float>(size.yx) < smallest_pixels &&
         size.yx < std::max(block.h, block.w)) {
    ++size.yx;
  }
  const auto count = [&] {
    const std::int64_t z = patches(block.slabs, size.z);
    const std::int64_t y = patches(block.h, size.yx);
    const std::int64_t x = patches(block.w, size.yx);
    return z * (y + x) + y * x;
  };
  size.yx = std::max(size.yx, step_for(std::max(block.h, block.w), most_patches));
  while (count() > most_patches && size.yx < std::max(block.h, block.w)) {
    ++size.yx;
  }
  return size;
}

void each_patch(const Block& block, std::int64_t z0, std::int64_t z1, const PatchSize& size,
                const std::function<void(const FacePatch&)>& visit) {
  if (z0 >= z1) {
    return;
  }
  // The visible faces of one block never cover each other: any order will do.
  for (const Side side :
       {Side::kTop, Side::kBottom, Side::kLeft, Side::kRight, Side::kFront, Side::kBack}) {
    if (is_visible(block.projection, side)) {
      each_patch_of(block, face_cells(block, z0, z1, side), side, size, visit);
    }
  }
}

std::array<Edge, 12> edges_of(const Block& block, const Cuboid& part) {
  const std::array<double, 2> z = {part.z0, part.z1};
  const std::array<double, 2> y = {part.y0, part.y1};
  const std::array<double, 2> x = {part.x0, part.x1};
  const std::array<float, 3>& depth = block.projection.depth;
  // The farthest corner, as one bit an axis.
  const std::array<std::size_t, 3> far = {depth[2] > 0 ? 1U : 0U, depth[1] > 0 ? 1U : 0U,
                                          depth[0] > 0 ? 1U : 0U};
  std::array<Edge, 12> edges;
  std::size_t next = 0;
  for (const std::size_t a : {0U, 1U}) {
    for (const std::size_t b : {0U, 1U}) {
      edges[next++] = {block.at(z[a], y[b], x[0]), block.at(z[a], y[b], x[1]),
                       a == far[0] && b == far[1], a != far[0]};
      edges[next++] = {block.at(z[a], y[0], x[b]), block.at(z[a], y[1], x[b]),
                       a == far[0] && b == far[2], a != far[0]};
      edges[next++] = {block.at(z[0], y[a], x[b]), block.at(z[1], y[a], x[b]),
                       a == far[1] && b == far[2], false};
    }
  }
  return edges;
}

}  // namespace convscope::picture::volume
