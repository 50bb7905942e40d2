// At most 256 colours for many pixels: exact when that is enough, else the median cut.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace convscope::files {

// 0xRRGGBB.
using Rgb24 = std::uint32_t;

// How many pixels have each colour.
using Histogram = std::unordered_map<Rgb24, std::uint64_t>;

// Not empty, at most `most` colours, sorted.
std::vector<Rgb24> choose_palette(const Histogram& histogram, std::size_t most);

// Finds the index of the nearest palette colour; remembers what it has found.
class PaletteLookup {
 public:
  explicit PaletteLookup(std::vector<Rgb24> palette);
  std::uint8_t index_of(Rgb24 color);
  std::span<const Rgb24> colors() const { return palette_; }

 private:
  std::vector<Rgb24> palette_;
  std::unordered_map<Rgb24, std::uint8_t> known_;
};

}  // namespace convscope::files
