// The place of every character of a Text. The painter and the SVG writer use these places, so
// neither has a layout of its own.
#pragma once

#include <vector>

#include "core/picture/display/picture.h"
#include "core/picture/display/text_metrics.h"

namespace convscope::picture {

// One character in its advance cell. A tabular character (see is_tabular) whose own advance
// differs from the cell is centred in it; any other starts at `x`.
struct PlacedGlyph {
  char32_t character = 0;
  float x = 0;     // left edge of the cell in stage pixels, after alignment
  float cell = 0;  // its width

  bool operator==(const PlacedGlyph&) const = default;
};

// In reading order; the baseline is text.at.y.
std::vector<PlacedGlyph> place_text(const Text& text, const TextMetrics& metrics);

}  // namespace convscope::picture
