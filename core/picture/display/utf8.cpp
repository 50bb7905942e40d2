#include <cstdint>

#include "core/picture/display/text_metrics.h"

namespace convscope::picture {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Decoded {
  char32_t character = kReplacement;
  std::size_t bytes = 1;  // one byte is skipped where nothing can be read
};

std::uint32_t byte_at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

// The character at the start of a text that is not empty.
Decoded decode_first(std::string_view text) {
  const std::uint32_t lead = byte_at(text, 0);
  if (lead < 0x80) {
    return {static_cast<char32_t>(lead), 1};
  }
  const std::size_t size = (lead & 0xE0U) == 0xC0   ? 2
                           : (lead & 0xF0U) == 0xE0 ? 3
                           : (lead & 0xF8U) == 0xF0 ? 4
                                                    : 0;
  if (size == 0 || text.size() < size) {
    return {};
  }
  std::uint32_t code = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte_at(text, i) & 0xC0U) != 0x80) {
      return {};
    }
    code = code << 6U | (byte_at(text, i) & 0x3FU);
  }
  constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kSmallest[size] || code > 0x10FFFF || surrogate) {
    return {};
  }
  return {static_cast<char32_t>(code), size};
}

}  // namespace

char32_t take_character(std::string_view& utf8) {
  const Decoded decoded = decode_first(utf8);
  utf8.remove_prefix(decoded.bytes);
  return decoded.character;
}

std::u32string decode_utf8(std::string_view utf8) {
  std::u32string characters;
  characters.reserve(utf8.size());
  while (!utf8.empty()) {
    characters.push_back(take_character(utf8));
  }
  return characters;
}

void append_utf8(std::string& utf8, char32_t character) {
  const auto byte = [&](char32_t value) { utf8 += static_cast<char>(value); };
  if (character < 0x80) {
    byte(character);
  } else if (character < 0x800) {
    byte(0xC0 | character >> 6U);
    byte(0x80 | (character & 0x3FU));
  } else if (character < 0x10000) {
    byte(0xE0 | character >> 12U);
    byte(0x80 | (character >> 6U & 0x3FU));
    byte(0x80 | (character & 0x3FU));
  } else {
    byte(0xF0 | character >> 18U);
    byte(0x80 | (character >> 12U & 0x3FU));
    byte(0x80 | (character >> 6U & 0x3FU));
    byte(0x80 | (character & 0x3FU));
  }
}

}  // namespace convscope::picture
