#include "core/picture/display/text_layout.h"

namespace convscope::picture {

std::vector<PlacedGlyph> place_text(const Text& text, const TextMetrics& metrics) {
  const FontMetrics& font = metrics.of(text.font);
  const std::u32string characters = decode_utf8(text.text);
  std::vector<PlacedGlyph> places;
  places.reserve(characters.size());
  float pen = 0;
  for (const char32_t character : characters) {
    const float cell = advance_of(font, character) * text.size;
    places.push_back({character, pen, cell});
    pen += cell;
  }
  const float start = text.align == Align::kLeft     ? text.at.x
                      : text.align == Align::kCenter ? text.at.x - pen / 2
                                                     : text.at.x - pen;
  for (PlacedGlyph& place : places) {
    place.x += start;
  }
  return places;
}

}  // namespace convscope::picture
