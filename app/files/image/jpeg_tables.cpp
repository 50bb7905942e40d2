#include "app/files/image/jpeg_tables.h"

namespace convscope::files {
namespace {

using Bytes = std::span<const std::byte>;

constexpr int kHuffmanTables = 0xc4;
constexpr int kStartOfImage = 0xd8;
constexpr int kStartOfScan = 0xda;

// 0 past the end.
int byte_at(Bytes bytes, std::size_t at) {
  return at < bytes.size() ? std::to_integer<int>(bytes[at]) : 0;
}

std::size_t length_at(Bytes bytes, std::size_t at) {
  return static_cast<std::size_t>(byte_at(bytes, at) << 8 | byte_at(bytes, at + 1));
}

// Whether the tables of the segment at `at` fit; it starts with its length, and each table has a
// class, 16 counts of codes, and the codes' symbols.
bool segment_fits(Bytes jpeg, std::size_t at) {
  constexpr int kMostCodes = 256;
  constexpr std::size_t kCounts = 16;
  const std::size_t end = at + length_at(jpeg, at);
  for (at += 2; at < end && at < jpeg.size();) {
    int codes = 0;
    for (std::size_t i = 1; i <= kCounts; ++i) {
      codes += byte_at(jpeg, at + i);
    }
    if (codes > kMostCodes) {
      return false;
    }
    at += 1 + kCounts + static_cast<std::size_t>(codes);
  }
  return true;
}

bool starts_frame(int marker) {
  constexpr int kFirstFrame = 0xc0;
  constexpr int kLastFrame = 0xcf;
  constexpr int kReserved = 0xc8;
  constexpr int kArithmetic = 0xcc;
  return marker >= kFirstFrame && marker <= kLastFrame && marker != kHuffmanTables &&
         marker != kReserved && marker != kArithmetic;
}

}  // namespace

bool huffman_tables_fit(Bytes jpeg) {
  // Segments have lengths; after the first scan any marker may come anywhere.
  bool in_header = true;
  for (std::size_t at = 0; at + 1 < jpeg.size();) {
    const int marker = byte_at(jpeg, at + 1);
    if (byte_at(jpeg, at) != 0xff || marker == 0xff) {
      ++at;
      continue;
    }
    if (marker == kHuffmanTables && !segment_fits(jpeg, at + 2)) {
      return false;
    }
    in_header = in_header && marker != kStartOfScan;
    const bool skip = in_header && marker != kStartOfImage && marker != 0;
    at += 2 + (skip ? length_at(jpeg, at + 2) : 0);
  }
  return true;
}

bool has_unexplained_inks(Bytes jpeg) {
  constexpr int kAdobe = 0xee;
  constexpr std::size_t kComponents = 9;  // offset from the marker: length, depth, height, width
  bool inks = false;
  for (std::size_t at = 2; at + 1 < jpeg.size();) {
    const int marker = byte_at(jpeg, at + 1);
    if (byte_at(jpeg, at) != 0xff || marker == kStartOfScan) {
      break;
    }
    if (marker == 0xff) {  // a fill byte
      ++at;
      continue;
    }
    if (marker == kAdobe) {
      return false;
    }
    inks = inks || (starts_frame(marker) && byte_at(jpeg, at + kComponents) == 4);
    at += 2 + length_at(jpeg, at + 2);
  }
  return inks;
}

}  // namespace convscope::files
