#include "core/lesson/build/filter_presets.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <numeric>

#include "core/tensor/random.h"

namespace convscope::lesson {
namespace {

using Row = std::vector<double>;
using Plane = std::vector<double>;

constexpr std::array kPresets = {
    FilterPreset{.kind = FilterKind::kIdentity, .word = "identity", .formula = "1 : x = y = 0"},
    FilterPreset{.kind = FilterKind::kBox, .word = "box", .formula = "1/(h·w)"},
    FilterPreset{.kind = FilterKind::kBinomial,
                 .word = "binomial",
                 .formula = "C(h-1, i)·C(w-1, j) / 2^(h+w-2)"},
    FilterPreset{.kind = FilterKind::kGaussian,
                 .word = "gaussian",
                 .formula = "exp(-(x²+y²)/2σ²) / Σ",
                 .sigma = true},
    FilterPreset{
        .kind = FilterKind::kSharpen, .word = "sharpen", .formula = "identity - laplacian"},
    FilterPreset{.kind = FilterKind::kEdges, .word = "edges", .formula = "-1, h·w-1 : x = y = 0"},
    FilterPreset{.kind = FilterKind::kLaplacian,
                 .word = "laplacian",
                 .formula = "1 : x·y = 0, -(h+w-2) : x = y = 0"},
    FilterPreset{.kind = FilterKind::kLog,
                 .word = "log",
                 .formula = "(x²+y²-2σ²)/σ⁴·exp(-(x²+y²)/2σ²)/Σ - mean",
                 .sigma = true},
    FilterPreset{.kind = FilterKind::kSobelX, .word = "sobel_x", .formula = "[1; 2; 1]·[-1 0 1]"},
    FilterPreset{.kind = FilterKind::kSobelY, .word = "sobel_y", .formula = "[-1; 0; 1]·[1 2 1]"},
    FilterPreset{
        .kind = FilterKind::kScharrX, .word = "scharr_x", .formula = "[3; 10; 3]·[-1 0 1]"},
    FilterPreset{
        .kind = FilterKind::kScharrY, .word = "scharr_y", .formula = "[-1; 0; 1]·[3 10 3]"},
    FilterPreset{.kind = FilterKind::kPrewittX, .word = "prewitt_x", .formula = "x"},
    FilterPreset{.kind = FilterKind::kPrewittY, .word = "prewitt_y", .formula = "y"},
    FilterPreset{.kind = FilterKind::kEmboss, .word = "emboss", .formula = "x + y, 1 : x = y = 0"},
    FilterPreset{.kind = FilterKind::kMotion,
                 .word = "motion",
                 .formula = "1/n : y = -x·tan θ",
                 .angle = true},
    FilterPreset{.kind = FilterKind::kGabor,
                 .word = "gabor",
                 .formula = "exp(-(x²+y²)/2σ²)·cos(2π(x·cos θ + y·sin θ)/λ)",
                 .sigma = true,
                 .angle = true,
                 .wavelength = true},
    FilterPreset{.kind = FilterKind::kX, .word = "x", .formula = "1 : |x| = |y|"},
    FilterPreset{.kind = FilterKind::kPlus, .word = "plus", .formula = "1 : x·y = 0"},
    FilterPreset{.kind = FilterKind::kDiagonal, .word = "diagonal", .formula = "1 : x = y"},
    FilterPreset{
        .kind = FilterKind::kAntidiagonal, .word = "antidiagonal", .formula = "1 : x = -y"},
    FilterPreset{.kind = FilterKind::kRandom,
                 .word = "random",
                 .formula = "U(-1/√n, 1/√n), n = c·h·w",
                 .seed = true},
};

static_assert([] {
  for (std::size_t i = 0; i < kPresets.size(); ++i) {
    if (kPresets[i].kind != static_cast<FilterKind>(i)) {
      return false;
    }
  }
  return true;
}());

// A row of Pascal's triangle: 1 4 6 4 1.
Row binomial(std::int64_t size) {
  Row row = {1};
  while (static_cast<std::int64_t>(row.size()) < size) {
    Row next(row.size() + 1, 0.0);
    for (std::size_t i = 0; i < row.size(); ++i) {
      next[i] += row[i];
      next[i + 1] += row[i];
    }
    row = std::move(next);
  }
  return row;
}

Row convolved(const Row& a, const Row& b) {
  Row result(a.size() + b.size() - 1, 0.0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      result[i + j] += a[i] * b[j];
    }
  }
  return result;
}

// `core` of three, smoothed to the wanted size: larger Sobel and Scharr kernels.
Row smoothed(const Row& core, std::int64_t size) {
  return size < 3 ? Row{1} : convolved(core, binomial(size - 2));
}

// column · row
Plane product(const Row& column, const Row& row) {
  Plane plane;
  for (const double y : column) {
    for (const double x : row) {
      plane.push_back(y * x);
    }
  }
  return plane;
}

// A weight by its place.
template <typename Weight>
Plane by_place(conv::Size2 kernel, const Weight& weight) {
  Plane plane;
  const auto half_h = static_cast<double>(kernel.h - 1) / 2;
  const auto half_w = static_cast<double>(kernel.w - 1) / 2;
  for (std::int64_t y = 0; y < kernel.h; ++y) {
    for (std::int64_t x = 0; x < kernel.w; ++x) {
      plane.push_back(weight(static_cast<double>(x) - half_w, static_cast<double>(y) - half_h));
    }
  }
  return plane;
}

Plane divided_by_sum(Plane plane) {
  const double sum = std::accumulate(plane.begin(), plane.end(), 0.0);
  for (double& value : plane) {
    value /= sum;
  }
  return plane;
}

double bell(double x, double y, double sigma) {
  return std::exp(-(x * x + y * y) / (2 * sigma * sigma));
}

Plane laplacian_of_gaussian(conv::Size2 kernel, double sigma) {
  Plane bells =
      divided_by_sum(by_place(kernel, [&](double x, double y) { return bell(x, y, sigma); }));
  std::size_t i = 0;
  Plane plane = by_place(kernel, [&](double x, double y) {
    return (x * x + y * y - 2 * sigma * sigma) / std::pow(sigma, 4) * bells[i++];
  });
  const double mean =
      std::accumulate(plane.begin(), plane.end(), 0.0) / static_cast<double>(plane.size());
  for (double& value : plane) {
    value -= mean;
  }
  return plane;
}

// The cells nearest to a line through the centre; the angle is counted anticlockwise.
Plane line(conv::Size2 kernel, double angle) {
  constexpr double kStep = 0.25;
  const std::int64_t half_h = kernel.h / 2;
  const std::int64_t half_w = kernel.w / 2;
  Plane plane(static_cast<std::size_t>(kernel.h * kernel.w), 0.0);
  const double reach = std::hypot(static_cast<double>(half_h), static_cast<double>(half_w));
  for (double along = 0; along <= reach; along += kStep) {
    const std::int64_t x = std::llround(along * std::cos(angle));
    const std::int64_t y = std::llround(-along * std::sin(angle));
    if (std::abs(x) <= half_w && std::abs(y) <= half_h) {
      plane[static_cast<std::size_t>((half_h + y) * kernel.w + half_w + x)] = 1;
      plane[static_cast<std::size_t>((half_h - y) * kernel.w + half_w - x)] = 1;
    }
  }
  return divided_by_sum(std::move(plane));
}

Plane plane_of(FilterKind kind, const FilterNumbers& numbers, conv::Size2 kernel) {
  const auto h = static_cast<double>(kernel.h);
  const auto w = static_cast<double>(kernel.w);
  const double angle = numbers.angle * std::numbers::pi / 180;
  const auto is_centre = [](double x, double y) { return x == 0 && y == 0; };
  const Row slope = {-1, 0, 1};
  switch (kind) {
    case FilterKind::kIdentity:
      return by_place(kernel, [&](double x, double y) { return is_centre(x, y) ? 1.0 : 0.0; });
    case FilterKind::kBox:
      return Plane(static_cast<std::size_t>(kernel.h * kernel.w), 1 / (h * w));
    case FilterKind::kBinomial:
      return divided_by_sum(product(binomial(kernel.h), binomial(kernel.w)));
    case FilterKind::kGaussian:
      return divided_by_sum(
          by_place(kernel, [&](double x, double y) { return bell(x, y, numbers.sigma); }));
    case FilterKind::kSharpen:
      return by_place(kernel, [&](double x, double y) {
        return is_centre(x, y) ? h + w - 1 : x * y == 0 ? -1.0 : 0.0;
      });
    case FilterKind::kEdges:
      return by_place(kernel,
                      [&](double x, double y) { return is_centre(x, y) ? h * w - 1 : -1.0; });
    case FilterKind::kLaplacian:
      return by_place(kernel, [&](double x, double y) {
        return is_centre(x, y) ? 2 - h - w : x * y == 0 ? 1.0 : 0.0;
      });
    case FilterKind::kLog:
      return laplacian_of_gaussian(kernel, numbers.sigma);
    case FilterKind::kSobelX:
      return product(binomial(kernel.h), smoothed(slope, kernel.w));
    case FilterKind::kSobelY:
      return product(smoothed(slope, kernel.h), binomial(kernel.w));
    case FilterKind::kScharrX:
      return product(smoothed({3, 10, 3}, kernel.h), smoothed(slope, kernel.w));
    case FilterKind::kScharrY:
      return product(smoothed(slope, kernel.h), smoothed({3, 10, 3}, kernel.w));
    case FilterKind::kPrewittX:
      return by_place(kernel, [](double x, double) { return x; });
    case FilterKind::kPrewittY:
      return by_place(kernel, [](double, double y) { return y; });
    case FilterKind::kEmboss:
      return by_place(kernel, [&](double x, double y) { return is_centre(x, y) ? 1.0 : x + y; });
    case FilterKind::kMotion:
      return line(kernel, angle);
    case FilterKind::kGabor:
      return by_place(kernel, [&](double x, double y) {
        const double along = x * std::cos(angle) + y * std::sin(angle);
        return bell(x, y, numbers.sigma) *
               std::cos(2 * std::numbers::pi * along / numbers.wavelength);
      });
    case FilterKind::kX:
      return by_place(kernel,
                      [](double x, double y) { return std::abs(x) == std::abs(y) ? 1.0 : 0.0; });
    case FilterKind::kPlus:
      return by_place(kernel, [](double x, double y) { return x * y == 0 ? 1.0 : 0.0; });
    case FilterKind::kDiagonal:
      return by_place(kernel, [](double x, double y) { return x == y ? 1.0 : 0.0; });
    case FilterKind::kAntidiagonal:
      return by_place(kernel, [](double x, double y) { return x == -y ? 1.0 : 0.0; });
    case FilterKind::kRandom:
      break;
  }
  return {};
}

bool within(double value, double low, double high) { return value >= low && value <= high; }

std::optional<Problem> numbers_problem(const FilterPreset& preset, const FilterNumbers& numbers) {
  constexpr double kMost = 1000;
  if (preset.sigma && !within(numbers.sigma, 0.1, kMost)) {
    return Problem{"preset_sigma", "sigma", {}};
  }
  if (preset.wavelength && !within(numbers.wavelength, 1, kMost)) {
    return Problem{"preset_wavelength", "wavelength", {}};
  }
  if (preset.angle && !within(numbers.angle, -kMost, kMost)) {
    return Problem{"preset_angle", "angle", {}};
  }
  return std::nullopt;
}

}  // namespace

std::span<const FilterPreset> filter_presets() { return kPresets; }

const FilterPreset& preset_of_kind(FilterKind kind) {
  return kPresets[static_cast<std::size_t>(kind)];
}

std::optional<Problem> preset_problem(FilterKind kind, const FilterNumbers& numbers,
                                      conv::Size2 kernel) {
  const auto wrong = [&](const char* code) {
    return Problem{code, "kernel_size", {{"h", kernel.h}, {"w", kernel.w}}};
  };
  const bool any_size = kind == FilterKind::kBox || kind == FilterKind::kRandom;
  if (!any_size && (kernel.h % 2 == 0 || kernel.w % 2 == 0)) {
    return wrong("preset_needs_odd");
  }
  switch (kind) {
    case FilterKind::kSobelX:
    case FilterKind::kScharrX:
    case FilterKind::kPrewittX:
      if (kernel.w < 3) {
        return wrong("preset_needs_width");
      }
      break;
    case FilterKind::kSobelY:
    case FilterKind::kScharrY:
    case FilterKind::kPrewittY:
      if (kernel.h < 3) {
        return wrong("preset_needs_height");
      }
      break;
    case FilterKind::kEdges:
    case FilterKind::kLaplacian:
    case FilterKind::kLog:
      if (kernel.h * kernel.w < 3) {
        return wrong("preset_needs_width");
      }
      break;
    case FilterKind::kX:
    case FilterKind::kDiagonal:
    case FilterKind::kAntidiagonal:
      if (kernel.h != kernel.w) {
        return wrong("preset_needs_square");
      }
      break;
    default:
      break;
  }
  // Binomial coefficients of more than this are beyond a float.
  constexpr std::int64_t kMostBinomial = 63;
  const bool binomials = kind == FilterKind::kBinomial || kind == FilterKind::kSobelX ||
                         kind == FilterKind::kSobelY || kind == FilterKind::kScharrX ||
                         kind == FilterKind::kScharrY;
  if (binomials && std::max(kernel.h, kernel.w) > kMostBinomial) {
    return wrong("preset_too_large");
  }
  return numbers_problem(preset_of_kind(kind), numbers);
}

std::vector<float> preset_values(FilterKind kind, const FilterNumbers& numbers, conv::Size2 kernel,
                                 std::int64_t channels) {
  assert(!preset_problem(kind, numbers, kernel));
  const std::int64_t count = channels * kernel.h * kernel.w;
  if (kind == FilterKind::kRandom) {
    return random_weights(count, count, static_cast<std::uint64_t>(numbers.seed));
  }
  const Plane plane = plane_of(kind, numbers, kernel);
  std::vector<float> values;
  values.reserve(static_cast<std::size_t>(count));
  for (std::int64_t c = 0; c < channels; ++c) {
    for (const double value : plane) {
      // cos(π/2) in floating point is not 0, but nearly.
      constexpr double kRounding = 1e-12;
      values.push_back(std::abs(value) < kRounding ? 0.0F : static_cast<float>(value));
    }
  }
  return values;
}

const FilterPreset* preset_of(std::span<const float> values, conv::Size2 kernel) {
  const auto plane = static_cast<std::size_t>(kernel.h * kernel.w);
  if (values.empty() || plane == 0 || values.size() % plane != 0) {
    return nullptr;
  }
  for (const FilterPreset& preset : kPresets) {
    if (preset_problem(preset.kind, {}, kernel)) {
      continue;
    }
    const auto channels = static_cast<std::int64_t>(values.size() / plane);
    // The first plane tells most apart at less cost.
    const auto first = preset_values(preset.kind, {}, kernel, 1);
    if (preset.kind != FilterKind::kRandom && !std::ranges::equal(values.first(plane), first)) {
      continue;
    }
    if (std::ranges::equal(values, preset_values(preset.kind, {}, kernel, channels))) {
      return &preset;
    }
  }
  return nullptr;
}

std::vector<float> random_weights(std::int64_t count, std::int64_t fan_in, std::uint64_t seed) {
  const double bound = 1 / std::sqrt(static_cast<double>(std::max<std::int64_t>(fan_in, 1)));
  const Tensor drawn =
      random_tensor({1, 1, 1, count}, {seed, Distribution::kUniform, -bound, bound});
  return {drawn.values().begin(), drawn.values().end()};
}

}  // namespace convscope::lesson
