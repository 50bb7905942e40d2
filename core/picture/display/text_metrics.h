// Text metrics: how wide a text is, from advance tables alone, so that a layout is the same with
// and without GL.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "core/picture/display/picture.h"

namespace convscope::picture {

// In units of one em. Digits, the minus sign and the plus sign all advance alike (tabular figures).
// Lengths are whole ten-thousandths, so that a committed table is short and exact.
struct FontMetrics {
  float ascent = 0;      // above the baseline
  float descent = 0;     // below it, positive
  float cap_height = 0;  // of "H"
  float digit_advance = 0;
  std::map<char32_t, float> advances;  // of the characters that the font or its fallback has
};

// Advance of a character in em; one that has none counts as a digit.
float advance_of(const FontMetrics& font, char32_t character);

struct TextMetrics {
  std::array<FontMetrics, 3> fonts;  // by Font

  const FontMetrics& of(Font font) const { return fonts[static_cast<std::size_t>(font)]; }
  // Width in pixels at `size` pixels per em.
  float width(std::string_view utf8, Font font, float size) const;
};

// From font files in memory (sans, bold, mono) with `fallback` for characters they lack;
// stb_truetype. Covers Latin, Cyrillic, Greek, and the punctuation, arrows and mathematics that the
// program uses.
TextMetrics measure_fonts(std::span<const std::byte> sans, std::span<const std::byte> bold,
                          std::span<const std::byte> mono, std::span<const std::byte> fallback);

// Metrics as JSON and back: goldens use a committed table, as fonts differ by distribution.
std::string metrics_json(const TextMetrics& metrics);
// Throws Failure "metrics_malformed".
TextMetrics parse_metrics(std::string_view json);

// The characters of a UTF-8 text; malformed bytes become U+FFFD.
std::u32string decode_utf8(std::string_view utf8);

// True for the characters that share the digits' advance.
bool is_tabular(char32_t character);

}  // namespace convscope::picture
