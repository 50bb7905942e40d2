// A palette that grows by the colours as they come, up to the 256 that a GIF can hold.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "app/files/image/palette.h"

namespace convscope::files {

inline constexpr std::size_t kMostGifColors = 256;

class ExactPalette {
 public:
  // The index of each colour; false if they don't all fit. Then `indexes` is of no use.
  bool take(std::span<const Rgb24> colors, std::vector<std::uint8_t>& indexes);
  std::span<const Rgb24> colors() const { return colors_; }

 private:
  static constexpr std::size_t kSlots = 1024;  // a power of two, far more than colours

  struct Slot {
    Rgb24 color = 0;
    std::int16_t index = -1;  // free
  };

  std::vector<Rgb24> colors_;
  std::array<Slot, kSlots> slots_{};  // open addressing
};

}  // namespace convscope::files
