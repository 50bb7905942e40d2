#include "app/files/jpeg_tables.h"

namespace convscope {
namespace {

using Bytes = std::span<const std::byte>;

constexpr int kHuffmanTables = 0xc4;
constexpr int kStartOfImage = 0xd8;
constexpr int kStartOfScan = 0xda;

// 0 beyond the end.
int byte_at(Bytes bytes, std::size_t at) {
  return at < bytes.size() ? std::to_integer<int>(bytes[at]) : 0;
}

std::size_t length_at(Bytes bytes, std::size_t at) {
  return static_cast<std::size_t>(byte_at(bytes, at) << 8 | byte_at(bytes, at + 1));
}

// The tables of one segment that begins, with its length, at `at`: each has a class, 16 counts of
// codes, and the codes' symbols.
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

}  // namespace

bool huffman_tables_fit(Bytes jpeg) {
  bool in_header =
      true;  // segments have lengths; after the first scan any marker may come anywhere
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

}  // namespace convscope
