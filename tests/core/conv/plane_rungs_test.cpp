// The direct and separable rungs, which compute rows of whole planes, compared with the exact one,
// on every instruction set of this machine.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <ostream>
#include <vector>

#include "core/conv/rungs/direct/kernel_factors.h"
#include "core/conv/rungs/exact/exact.h"
#include "core/conv/rungs/rungs.h"
#include "tests/core/conv/instruction_sets.h"
#include "tests/core/conv/loose_floats.h"
#include "tests/core/conv/random_layer.h"
#include "tests/core/conv/worse_of.h"

namespace convscope::conv {
namespace {

// |got - exact| in units of 2^-24 · the sum of the products' magnitudes.
constexpr double kMostError = 8.0;

struct Case {
  rungs::Windows windows;
  bool flip = false;
  Floats input;
  Floats weight;
  Floats bias;  // may be empty

  std::int64_t outputs() const {
    const rungs::Windows& w = windows;
    return w.batch * w.groups * w.filters * w.output.h * w.output.w;
  }
  rungs::Correlation job(const Floats& in, const Floats& kernel, const Floats& offset,
                         float* out) const {
    const std::int64_t cells = windows.kernel.h * windows.kernel.w;
    const std::int64_t taps = windows.taps();
    rungs::Correlation job{
        .windows = windows,
        .input = in.data(),
        .weight = kernel.data(),
        .weight_strides = {windows.filters * taps, taps, cells, windows.kernel.w, 1},
        .bias = offset.count() == 0 ? nullptr : offset.data(),
        .output = out};
    if (flip) {
      job.weight += cells - 1;
      job.weight_strides.row = -windows.kernel.w;
      job.weight_strides.column = -1;
    }
    return job;
  }
};

void print(std::ostream& out, const char* name, const Floats& floats) {
  out << name << " = [";
  for (std::int64_t i = 0; i < std::min<std::int64_t>(floats.count(), 4000); ++i) {
    out << floats.data()[i] << ", ";
  }
  out << "]\n";
}

std::ostream& operator<<(std::ostream& out, const Case& c) {
  const rungs::Windows& w = c.windows;
  out << "batch " << w.batch << ", groups " << w.groups << ", channels " << w.channels
      << ", filters " << w.filters << ", input " << w.input << ", output " << w.output
      << ", kernel " << w.kernel << ", stride " << w.stride << ", dilation " << w.dilation
      << ", top " << w.top << ", left " << w.left << ", mode " << static_cast<int>(w.mode)
      << ", flip " << c.flip << '\n';
  print(out, "input", c.input);
  print(out, "weight", c.weight);
  print(out, "bias", c.bias);
  return out;
}

Case case_of(const rungs::Windows& w, Dice& dice, bool with_bias = true) {
  const std::int64_t planes = w.batch * w.groups * w.channels;
  const std::int64_t filters = w.groups * w.filters;
  return {w, dice.roll(0, 3) == 0,
          Floats::random(planes * w.input.h * w.input.w, dice.roll(0, 17), dice),
          Floats::random(filters * w.taps(), dice.roll(0, 17), dice),
          Floats::random(with_bias ? filters : 0, dice.roll(0, 17), dice)};
}

// Makes every kernel of the case the product of its first column and first row.
void make_separable(Case& c) {
  const Size2 kernel = c.windows.kernel;
  const std::int64_t cells = kernel.h * kernel.w;
  for (float* weight = c.weight.data(); weight != c.weight.data() + c.weight.count();
       weight += cells) {
    const std::vector<float> old(weight, weight + cells);
    for (std::int64_t i = 0; i < cells; ++i) {
      weight[i] = old[static_cast<std::size_t>(i / kernel.w * kernel.w)] *
                  old[static_cast<std::size_t>(i % kernel.w)];
    }
  }
}

using Rung = bool (*)(const rungs::Correlation&, const RunOptions&);

// The worst error in the units of kMostError, after one run on `threads`.
double error_of(Rung rung, const Case& c, std::int64_t threads, bool& finite) {
  Floats expected(c.outputs(), 0);
  Floats scale(c.outputs(), 0);
  Floats got(c.outputs(), 1 + c.windows.output.w % 7);
  rungs::exact(c.job(c.input, c.weight, c.bias, expected.data()), {});
  rungs::exact(c.job(c.input.sizes(), c.weight.sizes(), c.bias.sizes(), scale.data()), {});
  finite = rung(c.job(c.input, c.weight, c.bias, got.data()), {.threads = threads});
  EXPECT_TRUE(got.untouched_before());
  double worst = 0;
  for (std::int64_t i = 0; i < c.outputs(); ++i) {
    const double error = std::abs(static_cast<double>(got.data()[i]) - expected.data()[i]);
    const double unit = 0x1p-24 * scale.data()[i] + std::numeric_limits<float>::min();
    worst = worse_of(worst, error / unit);
  }
  return worst;
}

void expect_close(Rung rung, const Case& c, std::int64_t threads = 1) {
  bool finite = false;
  const double error = error_of(rung, c, threads, finite);
  ASSERT_TRUE(finite) << c;
  ASSERT_LE(error, kMostError) << c;
}

// Small planes of every kind: pads larger than the input, cropped inputs, windows entirely in the
// padding.
rungs::Windows random_windows(Dice& dice) {
  rungs::Windows w;
  w.batch = dice.roll(1, 2);
  w.groups = dice.roll(1, 3);
  w.filters = dice.roll(1, 2);
  w.input = {dice.roll(1, 40), dice.roll(0, 2) == 0 ? dice.roll(1, 20) : dice.roll(1, 150)};
  w.kernel = {dice.roll(1, dice.heads() ? 4 : 19), dice.roll(1, dice.heads() ? 4 : 9)};
  const bool plain = dice.heads();
  w.stride = plain ? Size2{1, 1} : Size2{dice.roll(1, 4), dice.roll(1, 4)};
  w.dilation = plain ? Size2{1, 1} : Size2{dice.roll(1, 5), dice.roll(1, 4)};
  w.mode = static_cast<PaddingMode>(dice.roll(0, 3));
  w.top = dice.roll(-2, w.kernel.h + 2);
  w.left = dice.roll(-2, dice.roll(0, 5) == 0 ? 200 : w.kernel.w + 2);
  w.output = {dice.roll(1, w.input.h / w.stride.h + 3), dice.roll(1, w.input.w / w.stride.w + 3)};
  return w;
}

TEST(Direct, AgreesOverRandomPlanes) {
  on_each_target([] {
    int too_large = 0;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
      Dice dice(seed);
      rungs::Windows w = random_windows(dice);
      if (dice.heads()) {
        w.channels = dice.roll(1, 8);
        w.filters = dice.roll(1, 5);
      }
      const Case c = case_of(w, dice, dice.heads());
      if (w.channels > 1 && !rungs::direct_applies(w)) {
        ++too_large;  // copies of all channels would take too much scratch memory
        continue;
      }
      ASSERT_TRUE(rungs::direct_applies(w)) << c;
      ASSERT_NO_FATAL_FAILURE(expect_close(rungs::direct, c)) << "seed " << seed;
    }
    EXPECT_LT(too_large, 100);
  });
}

TEST(Separable, AgreesOverRandomPlanes) {
  on_each_target([] {
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
      Dice dice(seed);
      rungs::Windows w = random_windows(dice);
      w.kernel = {std::max<std::int64_t>(w.kernel.h, 2), std::max<std::int64_t>(w.kernel.w, 2)};
      Case c = case_of(w, dice, dice.heads());
      make_separable(c);
      ASSERT_TRUE(rungs::separable_applies(c.job(c.input, c.weight, c.bias, nullptr))) << c;
      ASSERT_NO_FATAL_FAILURE(expect_close(rungs::separable, c)) << "seed " << seed;
    }
  });
}

rungs::Windows same_windows(Size2 input, std::int64_t planes, std::int64_t kernel) {
  rungs::Windows w;
  w.groups = planes;
  w.input = input;
  w.output = input;
  w.kernel = {kernel, kernel};
  w.top = kernel / 2;
  w.left = kernel / 2;
  return w;
}

rungs::Windows with_channels(rungs::Windows w, std::int64_t channels, std::int64_t filters) {
  w.channels = channels;
  w.filters = filters;
  return w;
}

// The measured layers, with fewer rows where that makes no difference; some use non-temporal
// stores.
TEST(Direct, AgreesOnPhotosAndDepthwiseLayers) {
  const rungs::Windows kLayers[] = {same_windows({112, 112}, 8, 3),
                                    same_windows({67, 1920}, 1, 3),
                                    same_windows({67, 1920}, 1, 7),
                                    same_windows({41, 4000}, 1, 7),
                                    same_windows({50, 333}, 2, 5),
                                    same_windows({60, 100}, 1, 31),
                                    same_windows({7, 7}, 5, 3),
                                    same_windows({14, 14}, 5, 3),
                                    same_windows({1, 3000}, 1, 3),
                                    same_windows({3000, 1}, 1, 3),
                                    same_windows({1080, 1984}, 1, 3),
                                    with_channels(same_windows({1080, 1984}, 1, 3), 3, 1),
                                    with_channels(same_windows({67, 1920}, 1, 3), 3, 5),
                                    with_channels(same_windows({67, 1920}, 2, 7), 2, 2),
                                    with_channels(same_windows({100, 100}, 1, 3), 3, 5)};
  on_each_target([&] {
    Dice dice(1);
    for (const rungs::Windows& w : kLayers) {
      ASSERT_NO_FATAL_FAILURE(expect_close(rungs::direct, case_of(w, dice)));
    }
  });
}

// The layers that map_tile_rows() accepts: square kernels on maps of all widths, which end in every
// part of a vector and reach over every border.
TEST(Direct, AgreesOnSmallMaps) {
  on_each_target([] {
    for (std::uint64_t seed = 0; seed < 600; ++seed) {
      Dice dice(seed);
      const std::int64_t kernel = 3 + 2 * dice.roll(0, 2);
      const std::int64_t width = dice.roll(0, 3) == 0 ? dice.roll(1, 260) : dice.roll(1, 40);
      rungs::Windows w = same_windows({dice.roll(1, 30), width}, dice.roll(1, 3), kernel);
      w.batch = dice.roll(1, 2);
      if (dice.heads()) {
        w.top = dice.roll(-3, kernel + 20);
        w.left = dice.roll(-3, dice.heads() ? kernel + 20 : 300);
        w.output = {dice.roll(1, w.input.h + 10),
                    dice.roll(1, std::min<std::int64_t>(w.input.w + 40, 256))};
      }
      if (dice.heads()) {
        w.channels = dice.roll(1, 8);
        w.filters = dice.roll(1, 5);
      }
      const Case c = case_of(w, dice, dice.heads());
      ASSERT_NO_FATAL_FAILURE(expect_close(rungs::direct, c)) << "seed " << seed;
    }
  });
}

TEST(PlaneRungs, BitsDoNotDependOnThreads) {
  Dice dice(2);
  const std::pair<Rung, rungs::Windows> kJobs[] = {
      {rungs::direct, same_windows({531, 700}, 3, 7)},
      {rungs::direct, with_channels(same_windows({531, 700}, 1, 3), 3, 4)},
      {rungs::direct, same_windows({75, 230}, 90, 5)},
      {rungs::direct, with_channels(same_windows({530, 55}, 6, 3), 4, 4)},
      {rungs::separable, same_windows({531, 700}, 3, 7)}};
  for (const auto& [rung, windows] : kJobs) {
    Case c = case_of(windows, dice);
    make_separable(c);
    Floats one(c.outputs(), 0);
    Floats many(c.outputs(), 0);
    EXPECT_TRUE(rung(c.job(c.input, c.weight, c.bias, one.data()), {.threads = 1}));
    EXPECT_TRUE(rung(c.job(c.input, c.weight, c.bias, many.data()), {.threads = 3}));
    EXPECT_TRUE(std::equal(one.data(), one.data() + one.count(), many.data()));
  }
}

TEST(PlaneRungs, ReportNonFiniteValues) {
  on_each_target([] {
    Dice dice(3);
    for (const float value :
         {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
      for (int draw = 0; draw < 40; ++draw) {
        Case c = case_of(same_windows({dice.roll(1, 40), dice.roll(1, 90)}, 2, 3), dice);
        make_separable(c);
        Floats out(c.outputs(), 0);
        Case spoilt = c;
        spoilt.input.data()[dice.roll(0, c.input.count() - 1)] = value;
        EXPECT_FALSE(rungs::direct(spoilt.job(spoilt.input, c.weight, c.bias, out.data()), {}));
        EXPECT_FALSE(rungs::separable(spoilt.job(spoilt.input, c.weight, c.bias, out.data()), {}));
        spoilt.bias.data()[dice.roll(0, 1)] = value;
        EXPECT_FALSE(rungs::direct(spoilt.job(c.input, c.weight, spoilt.bias, out.data()), {}));
        EXPECT_FALSE(rungs::separable(spoilt.job(c.input, c.weight, spoilt.bias, out.data()), {}));
        spoilt.weight.data()[dice.roll(0, c.weight.count() - 1)] = value;
        EXPECT_FALSE(rungs::direct(spoilt.job(c.input, spoilt.weight, c.bias, out.data()), {}));
        EXPECT_FALSE(
            rungs::separable_applies(spoilt.job(c.input, spoilt.weight, c.bias, out.data())));
      }
    }
  });
}

TEST(Direct, ReportsAnyNonFiniteChannel) {
  Dice dice(4);
  for (int draw = 0; draw < 40; ++draw) {
    Case c = case_of(with_channels(same_windows({dice.roll(1, 40), dice.roll(1, 90)}, 2, 3), 3, 2),
                     dice);
    Floats out(c.outputs(), 0);
    EXPECT_TRUE(rungs::direct(c.job(c.input, c.weight, c.bias, out.data()), {}));
    c.input.data()[dice.roll(0, c.input.count() - 1)] = std::numeric_limits<float>::infinity();
    EXPECT_FALSE(rungs::direct(c.job(c.input, c.weight, c.bias, out.data()), {}));
  }
}

TEST(Direct, RefusesLayersThatNeedTooMuchScratch) {
  rungs::Windows w = same_windows({1, 1}, 1, 3);
  w.mode = PaddingMode::kReplicate;  // zeros are handled by masks on some targets
  w.dilation = {1, 1000000};
  w.left = 1000000;
  EXPECT_FALSE(rungs::direct_applies(w));
  w.dilation = {1000000, 1};
  w.left = 1;
  w.top = 1000000;
  EXPECT_TRUE(rungs::direct_applies(w));
  w.channels = 8;
  EXPECT_TRUE(rungs::direct_applies(w));
  w.channels = 9;
  EXPECT_FALSE(rungs::direct_applies(w));
}

std::optional<rungs::KernelFactors> factors(const std::vector<float>& kernel, Size2 size) {
  return rungs::factors_of(kernel.data(), size, {0, 0, 0, size.w, 1});
}

TEST(KernelFactors, FindsProductsOnly) {
  const std::vector<float> sobel = {-1, 0, 1, -2, 0, 2, -1, 0, 1};
  const auto found = factors(sobel, {3, 3});
  ASSERT_TRUE(found.has_value());
  for (std::size_t i = 0; i < 9; ++i) {
    EXPECT_NEAR(found->column[i / 3] * found->row[i % 3], sobel[i], 1e-6);
  }
  EXPECT_FALSE(factors({0, 1, 0, 1, -4, 1, 0, 1, 0}, {3, 3}).has_value());
  EXPECT_FALSE(factors({0, 0, 0, 0}, {2, 2}).has_value());
  EXPECT_FALSE(factors({1, 1, 1, std::numeric_limits<float>::quiet_NaN()}, {2, 2}).has_value());
  // All cells but one are a product: relative to that one the error would be large.
  EXPECT_FALSE(factors({1, 1, 1, 1.00001F}, {2, 2}).has_value());
  EXPECT_TRUE(factors({1, 1, 1, 1}, {2, 2}).has_value());
}

TEST(KernelFactors, FindsGaussians) {
  for (const int size : {3, 7, 15}) {
    std::vector<float> kernel;
    for (int i = 0; i < size * size; ++i) {
      const int y = i / size - size / 2;
      const int x = i % size - size / 2;
      kernel.push_back(static_cast<float>(std::exp(-(x * x + y * y) / (0.08 * size * size))));
    }
    EXPECT_TRUE(factors(kernel, {size, size}).has_value()) << size;
  }
}

}  // namespace
}  // namespace convscope::conv
