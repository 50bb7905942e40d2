// Converts records to the input of the shape shader: the corners to cover, and what to draw there.
// No GL.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/picture/display/picture.h"

namespace convscope::paint {

// One instance. The meaning of geometry and detail depends on the kind:
//   fill     rectangle                          glyph  rectangle; place in the atlas
//   box      rectangle; radius, dash            hatch  rectangle; spacing
//   line     from, to; dash                     polygon  four points, clockwise on screen
struct ShapeInstance {
  enum Kind : std::uint32_t {
    kFill = 0,
    kGlyph = 1,
    kBox = 2,
    kHatch = 3,
    kLine = 4,
    kPolygon = 5,
    // For a piece of a polygon: this edge is a cut, not an outer edge.
    kFirstEdgeInside = 256,
    kLastEdgeInside = 512,
  };

  std::array<picture::Point, 4> corners{};  // top left, top right, bottom left, bottom right
  std::array<float, 4> geometry{};
  std::array<float, 4> detail{};
  picture::Rgba fill = picture::kTransparent;  // the only colour, except for box and polygon
  picture::Rgba stroke = picture::kTransparent;
  float width = 0;  // of the stroke or line
  std::uint32_t kind = kFill;
};

using Shapes = std::vector<ShapeInstance>;

// Outlines of boxes, and axis-aligned lines, are moved to whole pixels to be crisp. Shapes that
// consist of plain rectangles become fills.
void add_shapes(Shapes& shapes, const picture::Box& box);
void add_shapes(Shapes& shapes, const picture::Hatch& hatch);
void add_shapes(Shapes& shapes, const picture::Line& line);
void add_shapes(Shapes& shapes, const picture::Polygon& polygon);
void add_glyph(Shapes& shapes, const picture::Rect& place, picture::Point in_atlas,
               picture::Rgba color);

}  // namespace convscope::paint
