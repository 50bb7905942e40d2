#include "app/files/image/exact_palette.h"

namespace convscope::files {

bool ExactPalette::take(std::span<const Rgb24> colors, std::vector<std::uint8_t>& indexes) {
  constexpr std::uint32_t kSpread = 0x9e3779b1;  // odd, so that close colours land far apart
  indexes.resize(colors.size());
  Rgb24 last = 0;
  int last_index = -1;
  for (std::size_t i = 0; i < colors.size(); ++i) {
    if (last_index < 0 || colors[i] != last) {  // most pixels are like the one before
      last = colors[i];
      std::size_t at = last * kSpread >> 22;
      while (slots_[at].index >= 0 && slots_[at].color != last) {
        at = (at + 1) % kSlots;
      }
      if (slots_[at].index < 0) {
        if (colors_.size() == kMostGifColors) {
          return false;
        }
        slots_[at] = {last, static_cast<std::int16_t>(colors_.size())};
        colors_.push_back(last);
      }
      last_index = slots_[at].index;
    }
    indexes[i] = static_cast<std::uint8_t>(last_index);
  }
  return true;
}

}  // namespace convscope::files
