// Text metrics: how wide a text is, from advance tables alone, so that a layout is the same with
// and without GL.
#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/picture/display/picture.h"

namespace convscope::picture {

// The advances of a font's characters. A table by code, as a picture asks for thousands of them.
class Advances {
 public:
  Advances() = default;
  Advances(std::initializer_list<std::pair<char32_t, float>> advances) {
    for (const auto& [character, advance] : advances) {
      set(character, advance);
    }
  }

  void set(char32_t character, float advance) {
    if (character >= table_.size()) {
      table_.resize(character + 1, kNone);
    }
    table_[character] = advance;
  }
  bool contains(char32_t character) const {
    return character < table_.size() && table_[character] >= 0;
  }
  float of(char32_t character, float otherwise) const {
    return contains(character) ? table_[character] : otherwise;
  }
  // All characters that have one, by their codes.
  std::u32string characters() const;

  bool operator==(const Advances&) const = default;

 private:
  static constexpr float kNone = -1;
  std::vector<float> table_;
};

// In units of one em. Digits, the minus sign and the plus sign all advance alike (tabular figures).
// Lengths are whole ten-thousandths, so that a committed table is short and exact.
struct FontMetrics {
  float ascent = 0;      // above the baseline
  float descent = 0;     // below it, positive
  float cap_height = 0;  // of "H"
  float digit_advance = 0;
  Advances advances;  // of the characters that the font or its fallback has
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

// Takes the first character off a UTF-8 text that is not empty; a malformed byte is U+FFFD.
char32_t take_character(std::string_view& utf8);

// The characters of a UTF-8 text; malformed bytes become U+FFFD.
std::u32string decode_utf8(std::string_view utf8);
// The other way round.
void append_utf8(std::string& utf8, char32_t character);

// True for the characters that share the digits' advance.
bool is_tabular(char32_t character);

}  // namespace convscope::picture
