#include "core/picture/kit/plane_rows.h"

#include <algorithm>
#include <cmath>

namespace convscope::picture::kit {

namespace {

// Lengths at scale 1.
constexpr float kMargin = 14;
constexpr float kBetween = 20;

float along(const PlaneRows& rows, float cells, std::int64_t planes) {
  return cells * rows.cell * static_cast<float>(planes) +
         rows.between * static_cast<float>(planes - 1) + 2 * rows.margin;
}

}  // namespace

float PlaneRows::width() const { return std::ceil(along(*this, size.columns(), columns)); }
float PlaneRows::height() const { return std::ceil(along(*this, size.rows(), rows())); }

Plane PlaneRows::at(std::int64_t i) const {
  const auto x = static_cast<float>(i % columns);
  const auto y = static_cast<float>(i / columns);
  return plane_at(margin + x * (size.columns() * cell + between),
                  margin + y * (size.rows() * cell + between), size, cell);
}

PlaneRows plane_rows(const PlaneSize& size, std::int64_t count, const Viewport& viewport) {
  PlaneRows rows{.size = size,
                 .count = std::min(count, kMostPlanes),
                 .margin = std::round(kMargin * viewport.scale),
                 .between = std::round(kBetween * viewport.scale)};
  PlaneRows best = rows;
  for (rows.columns = 1; rows.columns <= rows.count; ++rows.columns) {
    const auto fit = [&](float room, float cells, std::int64_t planes) {
      return (room - along(rows, 0, planes)) / (cells * static_cast<float>(planes));
    };
    const float cell = std::min(fit(viewport.width, size.columns(), rows.columns),
                                fit(viewport.height, size.rows(), rows.rows()));
    // Smaller ones lose too much by that.
    rows.cell = std::max(cell >= 2 ? std::floor(cell) : cell, 1e-4F);
    if (rows.columns == 1 || rows.cell >= best.cell) {
      best = rows;
    }
  }
  return best;
}

Viewport fitted_to(const PlaneRows& rows, const Viewport& room) {
  Viewport fitted = room;
  fitted.width = std::min(rows.width(), room.width);
  fitted.height = std::min(rows.height(), room.height);
  return fitted;
}

}  // namespace convscope::picture::kit
