#include "app/files/image/exif.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>

namespace convscope::files {
namespace {

using Bytes = std::span<const std::byte>;

constexpr int kUpright = 1;

bool begins_with(Bytes bytes, std::span<const char> text) {
  return bytes.size() >= text.size() && std::memcmp(bytes.data(), text.data(), text.size()) == 0;
}

// Reads numbers at offsets in a block; nullopt if out of range.
struct Reader {
  Bytes bytes;
  bool big_endian = true;

  std::optional<std::uint32_t> number(std::size_t at, std::size_t size) const {
    if (at > bytes.size() || bytes.size() - at < size) {
      return std::nullopt;
    }
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t place = big_endian ? i : size - 1 - i;
      value = value << 8 | std::to_integer<std::uint32_t>(bytes[at + place]);
    }
    return value;
  }
};

// A TIFF block: byte order, 42, and the offset of a directory of 12-byte entries.
int tiff_orientation(Bytes tiff) {
  constexpr std::uint32_t kOrientationTag = 0x0112;
  constexpr std::uint32_t kShort = 3;
  Reader reader{tiff};
  reader.big_endian = begins_with(tiff, std::array{'M', 'M'});
  if (!reader.big_endian && !begins_with(tiff, std::array{'I', 'I'})) {
    return kUpright;
  }
  const auto directory = reader.number(4, 4);
  if (reader.number(2, 2) != 42u || !directory) {
    return kUpright;
  }
  const std::uint32_t entries = reader.number(*directory, 2).value_or(0);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = std::size_t{*directory} + 2 + 12 * i;
    const auto tag = reader.number(entry, 2);
    if (!tag) {
      return kUpright;
    }
    if (tag == kOrientationTag) {
      const std::uint32_t value = reader.number(entry + 8, 2).value_or(kUpright);
      const bool valid = reader.number(entry + 2, 2) == kShort && value >= 1 && value <= 8;
      return valid ? static_cast<int>(value) : kUpright;
    }
  }
  return kUpright;
}

}  // namespace

int exif_orientation(Bytes jpeg) {
  constexpr std::uint32_t kStartOfImage = 0xffd8;
  constexpr std::uint32_t kApp1 = 0xffe1;
  constexpr std::uint32_t kStartOfScan = 0xffda;
  constexpr std::array kSignature = {'E', 'x', 'i', 'f', '\0', '\0'};
  const Reader reader{jpeg};
  if (reader.number(0, 2) != kStartOfImage) {
    return kUpright;
  }
  std::size_t at = 2;
  while (const auto marker = reader.number(at, 2)) {
    if (*marker == 0xffff) {  // a fill byte
      ++at;
      continue;
    }
    const std::uint32_t length = reader.number(at + 2, 2).value_or(0);  // counts itself
    if (*marker < 0xff00 || *marker == kStartOfScan || length < 2) {
      return kUpright;
    }
    const std::size_t end = at + 2 + length;
    if (end > jpeg.size()) {
      return kUpright;
    }
    const Bytes segment = jpeg.subspan(at + 4, length - 2);
    if (*marker == kApp1 && begins_with(segment, kSignature)) {
      return tiff_orientation(segment.subspan(kSignature.size()));
    }
    at = end;
  }
  return kUpright;
}

}  // namespace convscope::files
