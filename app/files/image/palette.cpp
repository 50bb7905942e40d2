#include "app/files/image/palette.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace convscope::files {
namespace {

// The weight is the square root of the count: the edges of letters are few pixels compared with the
// areas around them, but more noticeable.
struct Weighted {
  Rgb24 color = 0;
  std::uint64_t count = 0;
  std::uint64_t weight = 1;
};

int channel_of(Rgb24 color, int channel) { return static_cast<int>(color >> (8 * channel) & 255); }

// A box in colour space: colours first..last of the list.
struct ColorBox {
  std::size_t first = 0;
  std::size_t last = 0;
  int widest = 0;          // channel
  std::uint64_t cost = 0;  // approximate improvement from dividing it
};

ColorBox measured(std::span<const Weighted> colors, std::size_t first, std::size_t last) {
  ColorBox box{first, last};
  std::uint64_t weight = 0;
  std::array<int, 3> low = {255, 255, 255};
  std::array<int, 3> high = {0, 0, 0};
  for (const Weighted& entry : colors.subspan(first, last - first)) {
    weight += entry.weight;
    for (int channel = 0; channel < 3; ++channel) {
      const auto i = static_cast<std::size_t>(channel);
      low[i] = std::min(low[i], channel_of(entry.color, channel));
      high[i] = std::max(high[i], channel_of(entry.color, channel));
    }
  }
  int extent = 0;
  for (int channel = 0; channel < 3; ++channel) {
    const auto i = static_cast<std::size_t>(channel);
    if (high[i] - low[i] > extent) {
      extent = high[i] - low[i];
      box.widest = channel;
    }
  }
  box.cost = weight * static_cast<std::uint64_t>(extent) * static_cast<std::uint64_t>(extent);
  return box;
}

// Splits at the median of the weight along the widest channel; both parts are non-empty.
std::size_t divide(std::span<Weighted> colors, const ColorBox& box) {
  const auto part = colors.subspan(box.first, box.last - box.first);
  std::sort(part.begin(), part.end(), [&](const Weighted& a, const Weighted& b) {
    return std::pair(channel_of(a.color, box.widest), a.color) <
           std::pair(channel_of(b.color, box.widest), b.color);
  });
  std::uint64_t weight = 0;
  for (const Weighted& entry : part) {
    weight += entry.weight;
  }
  std::uint64_t below = 0;
  std::size_t split = 0;
  while (split + 1 < part.size() && (split == 0 || below + part[split].weight / 2 < weight / 2)) {
    below += part[split++].weight;
  }
  return box.first + split;
}

// A colour that most of the pixels have is kept exactly: an area must not change its colour because
// of a few similar pixels.
Rgb24 color_for(std::span<const Weighted> colors) {
  std::array<std::uint64_t, 3> sums{};
  std::uint64_t pixels = 0;
  for (const Weighted& entry : colors) {
    pixels += entry.count;
    for (int channel = 0; channel < 3; ++channel) {
      sums[static_cast<std::size_t>(channel)] +=
          entry.count * static_cast<std::uint64_t>(channel_of(entry.color, channel));
    }
  }
  const auto most =
      std::max_element(colors.begin(), colors.end(),
                       [](const Weighted& a, const Weighted& b) { return a.count < b.count; });
  if (most->count > pixels / 2) {
    return most->color;
  }
  Rgb24 mean = 0;
  for (std::size_t channel = 0; channel < 3; ++channel) {
    mean |= static_cast<Rgb24>((sums[channel] + pixels / 2) / pixels) << (8 * channel);
  }
  return mean;
}

int distance(Rgb24 a, Rgb24 b) {
  int sum = 0;
  for (int channel = 0; channel < 3; ++channel) {
    const int difference = channel_of(a, channel) - channel_of(b, channel);
    sum += difference * difference;
  }
  return sum;
}

}  // namespace

std::vector<Rgb24> choose_palette(const Histogram& histogram, std::size_t most) {
  std::vector<Weighted> colors;
  for (const auto& [color, count] : histogram) {
    const auto weight = static_cast<std::uint64_t>(std::sqrt(static_cast<double>(count)));
    colors.push_back(
        {color, std::max<std::uint64_t>(count, 1), std::max<std::uint64_t>(weight, 1)});
  }
  // Sorted, so that the same picture gives the same file regardless of the order of the hash table.
  std::sort(colors.begin(), colors.end(),
            [](const Weighted& a, const Weighted& b) { return a.color < b.color; });
  std::vector<Rgb24> palette;
  if (colors.size() <= most) {
    for (const Weighted& entry : colors) {
      palette.push_back(entry.color);
    }
  } else {
    std::vector<ColorBox> boxes = {measured(colors, 0, colors.size())};
    while (boxes.size() < most) {
      const auto worst =
          std::max_element(boxes.begin(), boxes.end(),
                           [](const ColorBox& a, const ColorBox& b) { return a.cost < b.cost; });
      const ColorBox box = *worst;
      const std::size_t split = divide(colors, box);
      *worst = measured(colors, box.first, split);
      boxes.push_back(measured(colors, split, box.last));
    }
    for (const ColorBox& box : boxes) {
      palette.push_back(color_for(std::span(colors).subspan(box.first, box.last - box.first)));
    }
    std::sort(palette.begin(), palette.end());
    palette.erase(std::unique(palette.begin(), palette.end()), palette.end());
  }
  if (palette.empty()) {
    palette.push_back(0);
  }
  return palette;
}

PaletteLookup::PaletteLookup(std::vector<Rgb24> palette) : palette_(std::move(palette)) {}

std::uint8_t PaletteLookup::index_of(Rgb24 color) {
  const auto [entry, added] = known_.try_emplace(color);
  if (added) {
    const auto nearest = std::min_element(palette_.begin(), palette_.end(), [&](Rgb24 a, Rgb24 b) {
      return distance(a, color) < distance(b, color);
    });
    entry->second = static_cast<std::uint8_t>(nearest - palette_.begin());
  }
  return entry->second;
}

}  // namespace convscope::files
