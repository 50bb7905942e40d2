#include "core/picture/display/text_metrics.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/tensor/problem.h"

#define STB_TRUETYPE_IMPLEMENTATION
#define STBTT_STATIC
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#endif
#include <stb_truetype.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

namespace convscope::picture {

namespace {

// First and last of each block of characters that the program may show.
struct CharacterBlock {
  char32_t first;
  char32_t last;
};
constexpr CharacterBlock kBlocks[] = {
    {0x0020, 0x007E},  // ASCII
    {0x00A0, 0x00FF},  // Latin-1
    {0x0370, 0x03FF},  // Greek
    {0x0400, 0x045F},  // Cyrillic
    {0x2000, 0x206F},  // punctuation
    {0x2070, 0x209F},  // superscripts and subscripts
    {0x2100, 0x214F},  // letter-like symbols
    {0x2190, 0x21FF},  // arrows
    {0x2200, 0x22FF},  // mathematical operators
    {0x2300, 0x23FF},  // technical: floor and ceiling brackets, keys, media controls
    {0x2500, 0x257F},  // box drawing
    {0x25A0, 0x25FF},  // geometric shapes
    {0x2713, 0x2718},  // check marks
    {0xFFFD, 0xFFFD},  // the mark of a malformed byte
};

float to_table(float em) { return std::round(em * 10000.0F) / 10000.0F; }

// A font file, measured in em. The bytes must outlive it.
class Face {
 public:
  explicit Face(std::span<const std::byte> file) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(file.data());
    const int offset = file.empty() ? -1 : stbtt_GetFontOffsetForIndex(bytes, 0);
    valid_ = offset >= 0 && stbtt_InitFont(&info_, bytes, offset) != 0;
    scale_ = valid_ ? stbtt_ScaleForMappingEmToPixels(&info_, 1.0F) : 0.0F;
  }

  bool has(char32_t character) const {
    return valid_ && stbtt_FindGlyphIndex(&info_, static_cast<int>(character)) != 0;
  }

  float advance(char32_t character) const {
    int advance = 0;
    int bearing = 0;
    stbtt_GetCodepointHMetrics(&info_, static_cast<int>(character), &advance, &bearing);
    return to_table(static_cast<float>(advance) * scale_);
  }

  void measure_lines(FontMetrics& metrics) const {
    if (!valid_) {
      return;
    }
    int ascent = 0;
    int descent = 0;
    int gap = 0;
    stbtt_GetFontVMetrics(&info_, &ascent, &descent, &gap);
    metrics.ascent = to_table(static_cast<float>(ascent) * scale_);
    metrics.descent = to_table(static_cast<float>(-descent) * scale_);
    int x0 = 0;
    int y0 = 0;
    int x1 = 0;
    int y1 = 0;
    stbtt_GetCodepointBox(&info_, 'H', &x0, &y0, &x1, &y1);
    metrics.cap_height = to_table(static_cast<float>(y1) * scale_);
  }

 private:
  stbtt_fontinfo info_{};
  bool valid_ = false;
  float scale_ = 0;
};

FontMetrics measure(const Face& face, const Face& fallback) {
  FontMetrics metrics;
  face.measure_lines(metrics);
  for (const CharacterBlock& block : kBlocks) {
    for (char32_t c = block.first; c <= block.last; ++c) {
      if (face.has(c)) {
        metrics.advances.set(c, face.advance(c));
      } else if (fallback.has(c)) {
        metrics.advances.set(c, fallback.advance(c));
      }
    }
  }
  for (char32_t digit = U'0'; digit <= U'9'; ++digit) {
    metrics.digit_advance = std::max(metrics.digit_advance, metrics.advances.of(digit, 0));
  }
  for (const char32_t character : metrics.advances.characters()) {
    if (is_tabular(character)) {
      metrics.advances.set(character, metrics.digit_advance);
    }
  }
  return metrics;
}

constexpr std::array<const char*, 3> kFontNames = {"sans", "bold", "mono"};

// The double nearest to the decimal that the table means, so that JSON shows four decimals.
double table_number(float em) { return std::round(static_cast<double>(em) * 10000.0) / 10000.0; }

// Advances as runs: the first character's code, then the advances of it and its successors.
nlohmann::ordered_json runs_of(const Advances& advances) {
  nlohmann::ordered_json runs = nlohmann::ordered_json::array();
  char32_t next = 0;
  for (const char32_t character : advances.characters()) {
    if (runs.empty() || character != next) {
      runs.push_back({static_cast<std::uint32_t>(character)});
    }
    runs.back().push_back(table_number(advances.of(character, 0)));
    next = character + 1;
  }
  return runs;
}

FontMetrics parse_font(const nlohmann::json& json) {
  FontMetrics metrics;
  json.at("ascent").get_to(metrics.ascent);
  json.at("descent").get_to(metrics.descent);
  json.at("cap_height").get_to(metrics.cap_height);
  json.at("digit_advance").get_to(metrics.digit_advance);
  for (const nlohmann::json& run : json.at("advances")) {
    auto character = static_cast<char32_t>(run.at(0).get<std::uint32_t>());
    for (std::size_t i = 1; i < run.size(); ++i) {
      metrics.advances.set(character++, run.at(i).get<float>());
    }
  }
  return metrics;
}

}  // namespace

std::u32string Advances::characters() const {
  std::u32string characters;
  for (char32_t character = 0; character < table_.size(); ++character) {
    if (contains(character)) {
      characters.push_back(character);
    }
  }
  return characters;
}

float advance_of(const FontMetrics& font, char32_t character) {
  return font.advances.of(character, font.digit_advance);
}

float TextMetrics::width(std::string_view utf8, Font font, float size) const {
  const FontMetrics& metrics = of(font);
  float em = 0;
  while (!utf8.empty()) {
    em += advance_of(metrics, take_character(utf8));
  }
  return em * size;
}

TextMetrics measure_fonts(std::span<const std::byte> sans, std::span<const std::byte> bold,
                          std::span<const std::byte> mono, std::span<const std::byte> fallback) {
  const Face other(fallback);
  return {{measure(Face(sans), other), measure(Face(bold), other), measure(Face(mono), other)}};
}

std::string metrics_json(const TextMetrics& metrics) {
  nlohmann::ordered_json json;
  for (std::size_t i = 0; i < kFontNames.size(); ++i) {
    const FontMetrics& font = metrics.fonts[i];
    json[kFontNames[i]] = {{"ascent", table_number(font.ascent)},
                           {"descent", table_number(font.descent)},
                           {"cap_height", table_number(font.cap_height)},
                           {"digit_advance", table_number(font.digit_advance)},
                           {"advances", runs_of(font.advances)}};
  }
  return json.dump() + "\n";
}

TextMetrics parse_metrics(std::string_view text) {
  try {
    const nlohmann::json json = nlohmann::json::parse(text);
    TextMetrics metrics;
    for (std::size_t i = 0; i < kFontNames.size(); ++i) {
      metrics.fonts[i] = parse_font(json.at(kFontNames[i]));
    }
    return metrics;
  } catch (const nlohmann::json::exception& error) {
    throw Failure({"metrics_malformed", "", {{"reason", std::string(error.what())}}});
  }
}

bool is_tabular(char32_t character) {
  constexpr char32_t kMinusSign = 0x2212;
  constexpr char32_t kFigureSpace = 0x2007;
  return (character >= U'0' && character <= U'9') || character == kMinusSign || character == U'+' ||
         character == kFigureSpace;
}

}  // namespace convscope::picture
