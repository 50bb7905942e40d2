// Picture: a display list. Plain values in stage pixels, top left origin, drawn in order. The GL
// painter, the SVG writer, hit() and the tests read the same one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/picture/display/colormap.h"
#include "core/session/session.h"
#include "core/tensor/tensor.h"

namespace convscope::picture {

struct Point {
  float x = 0;
  float y = 0;
  bool operator==(const Point&) const = default;
};

struct Rect {
  float x = 0;
  float y = 0;
  float w = 0;
  float h = 0;

  float right() const { return x + w; }
  float bottom() const { return y + h; }
  Point center() const { return {x + w / 2, y + h / 2}; }
  bool contains(Point p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
  bool operator==(const Rect&) const = default;
};

// The part of `a` inside `b`; w or h is 0 when they do not meet.
Rect intersection(const Rect& a, const Rect& b);

// A filled and / or outlined rectangle. The outline is centred on the edge.
struct Box {
  Rect rect;
  Rgba fill = kTransparent;
  Rgba stroke = kTransparent;
  float stroke_width = 0;
  float radius = 0;
  float dash = 0;  // length of a dash and of its gap along the outline; 0 is solid
  std::optional<session::Target> target = std::nullopt;
};

// Diagonal lines (rising to the right) clipped to a rectangle.
struct Hatch {
  Rect rect;
  Rgba color = kTransparent;
  float spacing = 6;  // between lines, measured along x
  float width = 1;
};

struct Line {
  Point from;
  Point to;
  Rgba color = kTransparent;
  float width = 1;
  float dash = 0;
};

enum class Font { kSans, kSansBold, kMono };
enum class Align { kLeft, kCenter, kRight };

// One line of text. `at` is on the baseline, at the left end, middle or right end by `align`.
struct Text {
  Point at;
  std::string text;  // UTF-8
  Font font = Font::kSans;
  float size = 14;  // pixels per em
  Rgba color = kTransparent;
  Align align = Align::kLeft;
  std::optional<session::Target> target = std::nullopt;
  Rect target_rect = {};  // the area that answers for `target`
};

// Many cells of one tensor as coloured squares, never as one record per cell. Cell (y, x) of the
// plane stands at rect + (x·cell_w, y·cell_h) with cell = rect size / plane size, whatever part is
// `visible`.
struct TensorGrid {
  Rect rect;     // of the whole plane (h x w cells); may reach far outside the picture
  Rect visible;  // what to draw of it
  Tensor tensor;
  Tensor minus = {};  // of its shape: the differences are shown; empty: nothing is subtracted
  std::int64_t n = 0;
  std::int64_t c = 0;  // the plane's channel; the first of three under ColorScale::Kind::kRgb
  ColorScale scale;
  float gap = 0;               // between cells, in pixels, showing what lies below
  std::int64_t revealed = -1;  // only the first so many cells, row by row; -1 is all
  float opacity = 1;
  session::TensorRole role = session::TensorRole::kInput;
  std::int64_t layer = -1;  // of its targets

  float value(const Index& at) const { return tensor.at(at) - (minus.empty() ? 0 : minus.at(at)); }
};

// Everything until the matching end is cut to the rectangle. Clips nest.
struct ClipBegin {
  Rect rect;
};
struct ClipEnd {};

// A filled convex polygon and / or its outline.
struct Polygon {
  std::vector<Point> points;
  Rgba fill = kTransparent;
  Rgba stroke = kTransparent;
  float stroke_width = 0;
  std::optional<session::Target> target = std::nullopt;
};

using Record = std::variant<Box, Hatch, Line, Text, TensorGrid, ClipBegin, ClipEnd, Polygon>;

struct Picture {
  float width = 0;
  float height = 0;
  Rgba background = kTransparent;
  std::vector<Record> records;
  // What the camera zooms and pans: about its centre, in fractions of its height. Empty: the whole
  // picture.
  Rect camera_area = {};
  // Room left in the header for the way back to the lesson's numbers, while they are changed.
  std::optional<Rect> reset_area = std::nullopt;
  // Two scenes stand side by side: where the first, which is the document's, ends.
  std::optional<float> first_width = std::nullopt;
  // The input where it is a picture: it can be split from its map.
  std::optional<Rect> split_area = std::nullopt;
};

// The topmost target at a point, clips respected. A TensorGrid answers with the cell under the
// point.
std::optional<session::Target> hit(const Picture& picture, Point point);

}  // namespace convscope::picture
