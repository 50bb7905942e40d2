// Well-known filters for any odd size, each by its formula. Kernels as they are applied
// (correlation, not flipped); x and y count from the centre, to the right and down.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/conv/layer_spec.h"

namespace convscope::lesson {

enum class FilterKind {
  kIdentity,
  kBox,
  kBinomial,
  kGaussian,
  kSharpen,
  kEdges,
  kLaplacian,
  kLog,
  kSobelX,
  kSobelY,
  kScharrX,
  kScharrY,
  kPrewittX,
  kPrewittY,
  kEmboss,
  kMotion,
  kGabor,
  kX,
  kPlus,
  kDiagonal,
  kAntidiagonal,
  kRandom,
};

struct FilterPreset {
  FilterKind kind = FilterKind::kIdentity;
  std::string_view word;     // in JSON; its name is "preset." + word in the locale
  std::string_view formula;  // of a weight
  // Which of FilterNumbers it reads.
  bool sigma = false;
  bool angle = false;
  bool wavelength = false;
  bool seed = false;
};

// In the order of FilterKind.
std::span<const FilterPreset> filter_presets();
const FilterPreset& preset_of_kind(FilterKind kind);

struct FilterNumbers {
  double sigma = 1;
  double angle = 0;  // in degrees
  double wavelength = 4;
  std::int64_t seed = 1;

  bool operator==(const FilterNumbers&) const = default;
};

// Why a kernel of this size can't hold the filter; nothing when it can.
std::optional<Problem> preset_problem(FilterKind kind, const FilterNumbers& numbers,
                                      conv::Size2 kernel);

// (channels, kh, kw): the same in every channel, but for kRandom. Asserts no preset_problem().
std::vector<float> preset_values(FilterKind kind, const FilterNumbers& numbers, conv::Size2 kernel,
                                 std::int64_t channels);

// The preset with its usual numbers that these values are in every channel; null for others.
const FilterPreset* preset_of(std::span<const float> values, conv::Size2 kernel);

// Uniform within ±1/sqrt(fan_in), as PyTorch starts a convolution; multiples of 2^-10.
std::vector<float> random_weights(std::int64_t count, std::int64_t fan_in, std::uint64_t seed);

enum class FilterTransform { kNormalize, kNegate, kFlip, kTranspose, kRotate };

// Of (channels, kh, kw), plane by plane. kNormalize divides by the sum of all values, where that is
// zero by the sum of their magnitudes. kFlip turns by 180 degrees, kRotate by 90, clockwise.
// kTranspose and kRotate assert a square kernel.
std::vector<float> transformed(std::span<const float> values, conv::Size2 kernel,
                               FilterTransform transform);

// Whether the transform keeps the kernel's shape.
bool keeps_shape(FilterTransform transform, conv::Size2 kernel);

}  // namespace convscope::lesson
