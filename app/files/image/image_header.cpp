#include "app/files/image/image_header.h"

#include <cstring>
#include <string_view>

namespace convscope::files {
namespace {

using Bytes = std::span<const std::byte>;

// A PNG starts with its signature and the chunk IHDR, whose data are: width and height (four bytes
// each, big-endian), the bit depth, and the colour type.
constexpr std::size_t kHeaderData = 16;
constexpr std::size_t kHeaderEnd = 29;
constexpr std::size_t kColorKind = 25;
constexpr std::byte kPalette{3};

bool holds_at(Bytes bytes, std::string_view text, std::size_t at = 0) {
  return bytes.size() >= at + text.size() &&
         std::memcmp(bytes.data() + at, text.data(), text.size()) == 0;
}

bool is_png(Bytes bytes) {
  return bytes.size() >= kHeaderEnd && holds_at(bytes, "\x89PNG\r\n\x1a\n") &&
         holds_at(bytes, "IHDR", kHeaderData - 4);
}

std::int64_t header_number(Bytes bytes, std::size_t at) {
  std::int64_t value = 0;
  for (const std::byte part : bytes.subspan(at, 4)) {
    value = value << 8 | std::to_integer<std::int64_t>(part);
  }
  return value;
}

}  // namespace

std::optional<ReferenceSize> png_size(Bytes bytes) {
  if (!is_png(bytes)) {
    return std::nullopt;
  }
  return ReferenceSize{header_number(bytes, kHeaderData), header_number(bytes, kHeaderData + 4)};
}

bool is_gray_by_colors_only(Bytes bytes) {
  return holds_at(bytes, "BM") || holds_at(bytes, "GIF8") ||
         (is_png(bytes) && bytes[kColorKind] == kPalette);
}

}  // namespace convscope::files
