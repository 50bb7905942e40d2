#include "app/panels/inspector/filter_presets.h"

#include <algorithm>

namespace convscope::panels {
namespace {

constexpr float kNinth = 1.0f / 9;

// Kernels as they are applied (correlation, not flipped).
constexpr std::array kPresets = {
    FilterPreset{"filter_identity", {0, 0, 0, 0, 1, 0, 0, 0, 0}},
    FilterPreset{"filter_edges", {-1, -1, -1, -1, 8, -1, -1, -1, -1}},
    FilterPreset{"filter_sobel_x", {-1, 0, 1, -2, 0, 2, -1, 0, 1}},
    FilterPreset{"filter_sobel_y", {-1, -2, -1, 0, 0, 0, 1, 2, 1}},
    FilterPreset{"filter_sharpen", {0, -1, 0, -1, 5, -1, 0, -1, 0}},
    FilterPreset{"filter_box",
                 {kNinth, kNinth, kNinth, kNinth, kNinth, kNinth, kNinth, kNinth, kNinth}},
    FilterPreset{"filter_gaussian",
                 {1.0f / 16, 2.0f / 16, 1.0f / 16, 2.0f / 16, 4.0f / 16, 2.0f / 16, 1.0f / 16,
                  2.0f / 16, 1.0f / 16}},
    FilterPreset{"filter_emboss", {-2, -1, 0, -1, 1, 1, 0, 1, 2}},
};

}  // namespace

std::span<const FilterPreset> filter_presets() { return kPresets; }

std::vector<float> preset_values(const FilterPreset& preset, std::int64_t channels) {
  std::vector<float> values;
  for (std::int64_t c = 0; c < channels; ++c) {
    values.insert(values.end(), preset.values.begin(), preset.values.end());
  }
  return values;
}

const FilterPreset* preset_of(std::span<const float> values) {
  if (values.empty() || values.size() % 9 != 0) {
    return nullptr;
  }
  const auto is_these = [values](const FilterPreset& preset) {
    return std::ranges::equal(values,
                              preset_values(preset, static_cast<std::int64_t>(values.size() / 9)));
  };
  const auto found = std::ranges::find_if(kPresets, is_these);
  return found == kPresets.end() ? nullptr : &*found;
}

}  // namespace convscope::panels
