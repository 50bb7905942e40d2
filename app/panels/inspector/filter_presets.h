// Well-known 3x3 filters.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace convscope::panels {

struct FilterPreset {
  std::string_view label;  // below "panel." in the locale
  std::array<float, 9> values;
};

std::span<const FilterPreset> filter_presets();

// The preset on every one of so many channels.
std::vector<float> preset_values(const FilterPreset& preset, std::int64_t channels);

// The preset that these values are; null for others.
const FilterPreset* preset_of(std::span<const float> values);

}  // namespace convscope::panels
