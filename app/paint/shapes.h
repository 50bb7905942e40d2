// Records as the shape shader reads them: corners to cover, and what to draw there. No GL.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/picture/picture.h"

namespace convscope {

// One instance. What geometry and detail mean depends on the kind:
//   box      rectangle; radius, dash            hatch  rectangle; spacing
//   line     from, to; dash                     glyph  rectangle; place in the atlas
//   polygon  four points, clockwise on screen
struct ShapeInstance {
  enum Kind : std::uint32_t {
    kBox = 0,
    kHatch = 1,
    kLine = 2,
    kGlyph = 3,
    kPolygon = 4,
    // Of a polygon in pieces: the edge is a cut, not an outer edge.
    kFirstEdgeInside = 256,
    kLastEdgeInside = 512,
  };

  std::array<Point, 4> corners{};  // top left, top right, bottom left, bottom right
  std::array<float, 4> geometry{};
  std::array<float, 4> detail{};
  Rgba fill = kTransparent;  // the one colour of hatch, line and glyph
  Rgba stroke = kTransparent;
  float width = 0;  // of the stroke or line
  std::uint32_t kind = kBox;
};

using Shapes = std::vector<ShapeInstance>;

// Outlines of boxes, and lines along an axis, are moved to whole pixels, so that they are crisp.
void add_shapes(Shapes& shapes, const Box& box);
void add_shapes(Shapes& shapes, const Hatch& hatch);
void add_shapes(Shapes& shapes, const Line& line);
void add_shapes(Shapes& shapes, const Polygon& polygon);
void add_glyph(Shapes& shapes, const Rect& place, Point in_atlas, Rgba color);

}  // namespace convscope
