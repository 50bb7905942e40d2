#include "core/picture/beside/map_column.h"

#include <algorithm>
#include <cmath>

#include "core/picture/kit/header.h"

namespace convscope::picture::beside {

namespace {

float room_in(const kit::Canvas& canvas, float width) {
  return std::max(width - 1.5F * kMapMargin * canvas.scale, 1.0F);
}

float text_size(const kit::Canvas& canvas) { return canvas.text_size(14.5F); }

}  // namespace

std::vector<std::string> column_words(const kit::Canvas& canvas, const std::string& text, Font font,
                                      float width) {
  return kit::wrap_text(canvas.metrics, text, font, text_size(canvas), room_in(canvas, width));
}

MapColumn lay_out_column(const kit::Canvas& canvas, const std::string& title, const Shape& map,
                         std::size_t lines_below, const Rect& rect) {
  const float size = text_size(canvas);
  const float room = room_in(canvas, rect.w);
  MapColumn column{.title = column_words(canvas, title, Font::kSansBold, rect.w),
                   .size = size,
                   .line = size * 1.4F};
  const float above = static_cast<float>(column.title.size()) * column.line;
  const float words = above + static_cast<float>(lines_below + 1) * column.line;
  const float free = std::max(rect.h - words, 1.0F);
  float cell = std::min({kMapCell * canvas.scale, room / static_cast<float>(map.w),
                         free / static_cast<float>(map.h)});
  cell = cell >= 1 ? std::floor(cell) : cell;
  const float top = std::max(0.0F, (free - static_cast<float>(map.h) * cell) / 2);
  column.plane = kit::plane_at(std::floor(rect.x + kMapMargin * canvas.scale / 2),
                               std::floor(rect.y + top + above), {map.h, map.w}, cell);
  return column;
}

void draw_column_title(kit::Canvas& canvas, const MapColumn& column) {
  float baseline = column.plane.rect.y - column.size * 0.55F -
                   static_cast<float>(column.title.size() - 1) * column.line;
  for (const std::string& line : column.title) {
    canvas.text({column.plane.rect.x, baseline}, line, Font::kSansBold, column.size,
                canvas.palette.text);
    baseline += column.line;
  }
}

}  // namespace convscope::picture::beside
