#include "app/paint/shapes.h"

#include <algorithm>
#include <cmath>

namespace convscope::paint {
namespace {

// Anti-aliased edges extend half a pixel beyond the geometry.
constexpr float kFringe = 1;

std::array<picture::Point, 4> corners_of(const picture::Rect& rect) {
  return {picture::Point{rect.x, rect.y}, picture::Point{rect.right(), rect.y},
          picture::Point{rect.x, rect.bottom()}, picture::Point{rect.right(), rect.bottom()}};
}

picture::Rect grown(const picture::Rect& rect, float margin) {
  return {rect.x - margin, rect.y - margin, rect.w + 2 * margin, rect.h + 2 * margin};
}

std::array<float, 4> numbers_of(const picture::Rect& rect) {
  return {rect.x, rect.y, rect.w, rect.h};
}

bool finite(std::initializer_list<float> numbers) {
  return std::all_of(numbers.begin(), numbers.end(), [](float x) { return std::isfinite(x); });
}

// The width rounded to whole pixels, at least one.
float whole_width(float width) { return std::max(1.0F, std::round(width)); }

// The centre at which a line of a whole width covers whole pixels.
float crisp(float center, float width) {
  const bool odd = std::fmod(width, 2.0F) != 0;
  return odd ? std::floor(center) + 0.5F : std::round(center);
}

void add_fill(Shapes& shapes, const picture::Rect& rect, picture::Rgba color) {
  if (color.a == 0 || rect.w <= 0 || rect.h <= 0) {
    return;
  }
  // Exactly the pixels that the rectangle touches.
  const picture::Point low = {std::floor(rect.x), std::floor(rect.y)};
  const picture::Point high = {std::ceil(rect.right()), std::ceil(rect.bottom())};
  shapes.push_back({.corners = corners_of({low.x, low.y, high.x - low.x, high.y - low.y}),
                    .geometry = numbers_of(rect),
                    .fill = color});
}

// The four sides of `outer` around `inner`; the corners belong to the top and bottom sides.
std::array<picture::Rect, 4> ring_of(const picture::Rect& outer, const picture::Rect& inner) {
  return {picture::Rect{outer.x, outer.y, outer.w, inner.y - outer.y},
          picture::Rect{outer.x, inner.bottom(), outer.w, outer.bottom() - inner.bottom()},
          picture::Rect{outer.x, inner.y, inner.x - outer.x, inner.h},
          picture::Rect{inner.right(), inner.y, outer.right() - inner.right(), inner.h}};
}

// Adds a box with straight corners and solid outline.
void add_plain_box(Shapes& shapes, const picture::Rect& rect, const picture::Box& box,
                   float width) {
  add_fill(shapes, rect, box.fill);
  if (width > 0) {
    const picture::Rect inner = grown(rect, -width / 2);
    const picture::Rect outer = grown(rect, width / 2);
    if (inner.w <= 0 || inner.h <= 0) {
      add_fill(shapes, outer, box.stroke);
      return;
    }
    for (const picture::Rect& side : ring_of(outer, inner)) {
      add_fill(shapes, side, box.stroke);
    }
  }
}

// Adds a box with round corners or dashes. Only its ring uses the box shader; the inside is a plain
// fill.
void add_shaped_box(Shapes& shapes, ShapeInstance shape, const picture::Rect& rect, float radius) {
  const picture::Rect outer = grown(rect, shape.width / 2 + kFringe);
  const float reach = shape.width / 2 + radius;
  const picture::Point low = {std::ceil(rect.x + reach), std::ceil(rect.y + reach)};
  const picture::Point high = {std::floor(rect.right() - reach), std::floor(rect.bottom() - reach)};
  if (high.x <= low.x || high.y <= low.y) {
    shape.corners = corners_of(outer);
    shapes.push_back(shape);
    return;
  }
  const picture::Rect inner = {low.x, low.y, high.x - low.x, high.y - low.y};
  for (const picture::Rect& side : ring_of(outer, inner)) {
    shape.corners = corners_of(side);
    shapes.push_back(shape);
  }
  add_fill(shapes, inner, shape.fill);
}

// Positive if the points are in clockwise order on screen (y points down).
float signed_area(const std::vector<picture::Point>& points) {
  float sum = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const picture::Point& a = points[i];
    const picture::Point& b = points[(i + 1) % points.size()];
    sum += a.x * b.y - b.x * a.y;
  }
  return sum;
}

picture::Rect bounds_of(const std::vector<picture::Point>& points) {
  const auto [left, right] = std::minmax_element(
      points.begin(), points.end(),
      [](const picture::Point& a, const picture::Point& b) { return a.x < b.x; });
  const auto [top, bottom] = std::minmax_element(
      points.begin(), points.end(),
      [](const picture::Point& a, const picture::Point& b) { return a.y < b.y; });
  return {left->x, top->y, right->x - left->x, bottom->y - top->y};
}

}  // namespace

void add_shapes(Shapes& shapes, const picture::Box& box) {
  picture::Rect rect = box.rect;
  const bool stroked = box.stroke.a != 0 && box.stroke_width > 0;
  const bool filled = box.fill.a != 0;
  if (!finite({rect.x, rect.y, rect.w, rect.h}) || rect.w < 0 || rect.h < 0 ||
      (!stroked && !filled)) {
    return;
  }
  float width = 0;
  if (stroked) {
    // The corner moves by whole pixels and the size is constant, so that a moving frame doesn't
    // change its size.
    width = whole_width(box.stroke_width);
    rect = {crisp(rect.x, width), crisp(rect.y, width), std::round(rect.w), std::round(rect.h)};
  }
  const float radius = std::clamp(box.radius, 0.0F, std::min(rect.w, rect.h) / 2);
  const float dash = stroked ? std::max(box.dash, 0.0F) : 0;
  if (radius > 0 || dash > 0) {
    add_shaped_box(shapes,
                   {.geometry = numbers_of(rect),
                    .detail = {radius, dash, 0, 0},
                    .fill = box.fill,
                    .stroke = box.stroke,
                    .width = width,
                    .kind = ShapeInstance::kBox},
                   rect, radius);
  } else {
    add_plain_box(shapes, rect, box, width);
  }
}

void add_shapes(Shapes& shapes, const picture::Hatch& hatch) {
  const picture::Rect& rect = hatch.rect;
  if (!finite({rect.x, rect.y, rect.w, rect.h}) || rect.w <= 0 || rect.h <= 0 ||
      hatch.color.a == 0 || hatch.spacing <= 0) {
    return;
  }
  shapes.push_back({.corners = corners_of(grown(rect, kFringe)),
                    .geometry = numbers_of(rect),
                    .detail = {hatch.spacing, 0, 0, 0},
                    .fill = hatch.color,
                    .width = hatch.width,
                    .kind = ShapeInstance::kHatch});
}

void add_shapes(Shapes& shapes, const picture::Line& line) {
  constexpr float kSame = 1.0F / 256;
  picture::Point from = line.from;
  picture::Point to = line.to;
  if (!finite({from.x, from.y, to.x, to.y}) || line.color.a == 0 || line.width <= 0) {
    return;
  }
  float width = line.width;
  const bool vertical = std::abs(from.x - to.x) < kSame;
  const bool horizontal = !vertical && std::abs(from.y - to.y) < kSame;
  if (vertical) {
    width = whole_width(width);
    from.x = to.x = crisp(from.x, width);
  } else if (horizontal) {
    width = whole_width(width);
    from.y = to.y = crisp(from.y, width);
  }
  if ((vertical || horizontal) && line.dash <= 0) {
    const picture::Rect along = {std::min(from.x, to.x), std::min(from.y, to.y),
                                 std::abs(to.x - from.x), std::abs(to.y - from.y)};
    const picture::Point half =
        vertical ? picture::Point{width / 2, 0} : picture::Point{0, width / 2};
    add_fill(shapes,
             {along.x - half.x, along.y - half.y, along.w + 2 * half.x, along.h + 2 * half.y},
             line.color);
    return;
  }
  const float length = std::hypot(to.x - from.x, to.y - from.y);
  if (length <= 0) {
    return;
  }
  // Half the extent of the covered quad, along the line and across it.
  const picture::Point along = {(to.x - from.x) / length * kFringe,
                                (to.y - from.y) / length * kFringe};
  const float reach = width / 2 / kFringe + 1;
  const picture::Point across = {-along.y * reach, along.x * reach};
  const picture::Point start = {from.x - along.x, from.y - along.y};
  const picture::Point end = {to.x + along.x, to.y + along.y};
  shapes.push_back({.corners = {picture::Point{start.x - across.x, start.y - across.y},
                                picture::Point{end.x - across.x, end.y - across.y},
                                picture::Point{start.x + across.x, start.y + across.y},
                                picture::Point{end.x + across.x, end.y + across.y}},
                    .geometry = {from.x, from.y, to.x, to.y},
                    .detail = {std::max(line.dash, 0.0F), 0, 0, 0},
                    .fill = line.color,
                    .width = width,
                    .kind = ShapeInstance::kLine});
}

void add_shapes(Shapes& shapes, const picture::Polygon& polygon) {
  std::vector<picture::Point> points = polygon.points;
  const bool bad = std::any_of(points.begin(), points.end(),
                               [](const picture::Point& p) { return !finite({p.x, p.y}); });
  if (points.size() < 3 || bad) {
    return;
  }
  if (signed_area(points) < 0) {
    std::reverse(points.begin(), points.end());
  }
  const float width = polygon.stroke.a != 0 ? std::max(polygon.stroke_width, 0.0F) : 0;
  // A fan of pieces of four points each, sharing the first point.
  const std::size_t last = points.size() - 1;
  for (std::size_t i = 1; i < last; i += 2) {
    const std::size_t end = std::min(i + 2, last);
    const std::vector<picture::Point> piece = {points[0], points[i], points[i + 1], points[end]};
    std::uint32_t kind = ShapeInstance::kPolygon;
    kind |= i > 1 ? ShapeInstance::kFirstEdgeInside : 0U;
    kind |= end < last ? ShapeInstance::kLastEdgeInside : 0U;
    // The outline of a sharp corner extends beyond the stroke's width.
    shapes.push_back({.corners = corners_of(grown(bounds_of(piece), 2 * width + kFringe)),
                      .geometry = {piece[0].x, piece[0].y, piece[1].x, piece[1].y},
                      .detail = {piece[2].x, piece[2].y, piece[3].x, piece[3].y},
                      .fill = polygon.fill,
                      .stroke = width > 0 ? polygon.stroke : picture::kTransparent,
                      .width = width,
                      .kind = kind});
  }
}

void add_glyph(Shapes& shapes, const picture::Rect& place, picture::Point in_atlas,
               picture::Rgba color) {
  shapes.push_back({.corners = corners_of(place),
                    .geometry = numbers_of(place),
                    .detail = {in_atlas.x, in_atlas.y, 0, 0},
                    .fill = color,
                    .kind = ShapeInstance::kGlyph});
}

}  // namespace convscope::paint
