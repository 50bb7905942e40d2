#include "core/session/edit/stroke.h"

#include <algorithm>
#include <cmath>

namespace convscope::session {
namespace {

// A line in cells; the middle of cell (y, x) is the point (y, x).
struct Way {
  double y0, x0, y1, x1;
  double radius;

  // Whether the brush covers the cell.
  bool covers(double y, double x) const {
    const double dy = y1 - y0;
    const double dx = x1 - x0;
    const double length = dy * dy + dx * dx;
    const double along =
        length > 0 ? std::clamp(((y - y0) * dy + (x - x0) * dx) / length, 0.0, 1.0) : 0;
    return std::hypot(y - (y0 + along * dy), x - (x0 + along * dx)) <= radius;
  }

  // The columns, at most, that it covers in a row: those near the part of the line near the row.
  std::pair<double, double> reach(double y) const {
    double begin = x0;
    double end = x1;
    if (y0 != y1) {
      const auto x_at = [&](double at) {
        return x0 + std::clamp((at - y0) / (y1 - y0), 0.0, 1.0) * (x1 - x0);
      };
      begin = x_at(y - radius);
      end = x_at(y + radius);
    }
    return {std::min(begin, end) - radius, std::max(begin, end) + radius};
  }
};

// A brush of an even size has its middle between cells.
Way way_of(const Stroke& stroke) {
  const std::int64_t size = std::clamp<std::int64_t>(stroke.size, 1, kMostBrushSize);
  const double shift = size % 2 == 0 ? 0.5 : 0.0;
  const auto place = [shift](std::int64_t at) { return static_cast<double>(at) + shift; };
  return {place(stroke.from.y), place(stroke.from.x), place(stroke.to.y), place(stroke.to.x),
          static_cast<double>(size) / 2};
}

std::int64_t first_cell(double at, std::int64_t size) {
  return static_cast<std::int64_t>(std::ceil(std::clamp(at, 0.0, static_cast<double>(size))));
}
std::int64_t last_cell(double at, std::int64_t size) {
  return static_cast<std::int64_t>(std::floor(std::clamp(at, -1.0, static_cast<double>(size - 1))));
}

}  // namespace

std::optional<std::vector<Index>> cells_of(const Stroke& stroke, const Shape& shape) {
  std::vector<Index> cells;
  const Index& from = stroke.from;
  if (from.n < 0 || from.n >= shape.n || from.c < 0 || from.c >= shape.c) {
    return cells;
  }
  const Way way = way_of(stroke);
  const std::int64_t first_channel = stroke.all_channels ? 0 : from.c;
  const std::int64_t end_channel = stroke.all_channels ? shape.c : from.c + 1;
  const std::int64_t bottom = last_cell(std::max(way.y0, way.y1) + way.radius, shape.h);
  for (std::int64_t c = first_channel; c < end_channel; ++c) {
    for (std::int64_t y = first_cell(std::min(way.y0, way.y1) - way.radius, shape.h); y <= bottom;
         ++y) {
      const auto [left, right] = way.reach(static_cast<double>(y));
      const std::int64_t end = last_cell(right, shape.w);
      for (std::int64_t x = first_cell(left, shape.w); x <= end; ++x) {
        if (way.covers(static_cast<double>(y), static_cast<double>(x))) {
          cells.push_back({from.n, c, y, x});
        }
      }
      if (static_cast<std::int64_t>(cells.size()) > kMostStroke) {
        return std::nullopt;
      }
    }
  }
  return cells;
}

}  // namespace convscope::session
