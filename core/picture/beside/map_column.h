// A map in a column beside the stage, with words above and below it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/picture/kit/canvas.h"
#include "core/picture/kit/plane.h"

namespace convscope::picture::beside {

constexpr float kMapCell = 64;  // at scale 1, as the margin
constexpr float kMapMargin = 24;

struct MapColumn {
  std::vector<std::string> title = {};
  float size = 0;  // of the text
  float line = 0;
  kit::Plane plane = {};

  // The left end of the first baseline below the map.
  Point below() const { return {plane.rect.x, plane.rect.bottom() + line * 1.15F}; }
};

// Breaks a text into lines of a column of this width.
std::vector<std::string> column_words(const kit::Canvas& canvas, const std::string& text, Font font,
                                      float width);

// The map leaves room for `lines_below` lines below it.
MapColumn lay_out_column(const kit::Canvas& canvas, const std::string& title, const Shape& map,
                         std::size_t lines_below, const Rect& rect);

void draw_column_title(kit::Canvas& canvas, const MapColumn& column);

}  // namespace convscope::picture::beside
