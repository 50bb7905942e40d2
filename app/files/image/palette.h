// Chooses at most 256 colours: exact if that is enough, otherwise by median cut.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace convscope::files {

// 0xRRGGBB.
using Rgb24 = std::uint32_t;

// The number of pixels of each colour.
using Histogram = std::unordered_map<Rgb24, std::uint64_t>;

// Non-empty, at most `most` colours, sorted.
std::vector<Rgb24> choose_palette(const Histogram& histogram, std::size_t most);

// Finds the index of the nearest palette colour; caches its results.
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
