// A picture being drawn, with what every view needs at hand.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "core/lesson/locale.h"
#include "core/picture/display/picture.h"
#include "core/picture/display/text_metrics.h"
#include "core/picture/display/theme.h"

namespace convscope::picture::kit {

// What two scenes that are compared agree on, so that one input is as large in both.
struct SharedCell {
  float most = 0;  // of an input cell, in pixels without the camera; 0: as it fits
  float used = 0;  // told by the flat view
};

struct Canvas {
  Picture& picture;
  const Palette& palette;
  const TextMetrics& metrics;
  const lesson::Locale& locale;
  float scale = 1;       // of the canvas
  float text_scale = 1;  // of words, on top of it
  bool titled = true;    // false: no title and texts (a second view beside the first)
  // Where the value of a sum stands that belongs to the whole stage, on this canvas; nothing: the
  // view has a sum of its own.
  std::optional<Rect> whole_sum = std::nullopt;
  float corner = 0;  // of the viewport
  float whole = 0;   // height of what this canvas is a part of; 0: it is no part
  SharedCell* shared_cell = nullptr;

  // Text sizes and line widths are given at scale 1 and follow canvas and theme.
  float text_size(float size) const { return size * scale * text_scale; }
  float line_width(float width) const { return width * scale * palette.line_scale; }

  template <typename Kind>
  void add(Kind&& record) {
    picture.records.emplace_back(std::forward<Kind>(record));
  }
  void fill(const Rect& rect, Rgba color, float radius = 0) {
    add(Box{.rect = rect, .fill = color, .radius = radius});
  }
  // `width` and `dash` are in pixels.
  void outline(const Rect& rect, Rgba color, float width, float radius = 0, float dash = 0) {
    add(Box{.rect = rect, .stroke = color, .stroke_width = width, .radius = radius, .dash = dash});
  }
  void line(Point from, Point to, Rgba color, float width, float dash = 0) {
    add(Line{from, to, color, width, dash});
  }
  // `size` in pixels. Returns the width of the text.
  float text(Point at, const std::string& text, Font font, float size, Rgba color,
             Align align = Align::kLeft) {
    add(Text{.at = at, .text = text, .font = font, .size = size, .color = color, .align = align});
    return metrics.width(text, font, size);
  }
  // Centred in `rect` both ways, by the height of capitals.
  void centered_text(const Rect& rect, const std::string& text, Font font, float size, Rgba color) {
    const Point middle = rect.center();
    const float baseline = middle.y + metrics.of(font).cap_height * size / 2;
    add(Text{.at = {middle.x, baseline},
             .text = text,
             .font = font,
             .size = size,
             .color = color,
             .align = Align::kCenter});
  }
};

}  // namespace convscope::picture::kit
