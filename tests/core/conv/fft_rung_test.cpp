// The FFT rung against the exact one. A transform spreads its rounding errors over the whole tile,
// so the error in one output is measured against the largest sum of |products| in its map.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <set>
#include <vector>

#include "core/conv/correlate.h"
#include "core/conv/rungs/exact/exact.h"
#include "core/conv/rungs/fft/fft_plan.h"
#include "core/conv/rungs/rungs.h"
#include "tests/core/conv/random_layer.h"
#include "tests/core/conv/worse_of.h"

namespace convscope::conv {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

// In units of 2^-24 of the largest sum of |products|: about three times the worst measured.
constexpr double kMostError = 12;

LayerSpec plane_spec(Size2 kernel, Pads pads, PaddingMode mode = PaddingMode::kZeros) {
  return {
      .kernel_size = kernel, .padding = PaddingRule::kExplicit, .pads = pads, .padding_mode = mode};
}

Tensor changed(const Tensor& tensor, std::int64_t at, float value) {
  std::vector<float> values(tensor.values().begin(), tensor.values().end());
  values[static_cast<std::size_t>(at)] = value;
  return Tensor(tensor.shape(), std::move(values));
}

Tensor mapped(const Tensor& tensor, float (*function)(float)) {
  std::vector<float> values(tensor.values().begin(), tensor.values().end());
  std::transform(values.begin(), values.end(), values.begin(), function);
  return Tensor(tensor.shape(), std::move(values));
}

struct Outcome {
  std::vector<float> values;
  bool finite = false;
};

enum class Rung { kFft, kExact };

// The layer with its operands `shift` floats past an aligned address, and with no memory after
// them.
Outcome outcome(Rung rung, const RandomLayer& layer, std::int64_t threads = 2, int shift = 0) {
  const auto moved = [&](const Tensor& tensor) {
    std::vector<float> values(static_cast<std::size_t>(shift));
    values.insert(values.end(), tensor.values().begin(), tensor.values().end());
    return values;
  };
  const std::vector<float> input = moved(layer.input);
  const std::vector<float> weight = moved(layer.weight);
  const std::vector<float> bias = moved(layer.bias);
  const TensorView bias_view =
      layer.bias.empty() ? TensorView() : TensorView(layer.bias.shape(), bias.data() + shift);
  const std::int64_t count = output_shape(layer.spec, layer.input_shape).count();
  std::vector<float> output(static_cast<std::size_t>(count + 2 * shift), 77.0F);
  const rungs::Correlation job =
      correlation_of(output.data() + shift, {layer.input_shape, input.data() + shift},
                     {layer.weight.shape(), weight.data() + shift}, bias_view, layer.spec);
  const RunOptions run{.threads = threads};
  Outcome result;
  result.finite = true;
  if (rung == Rung::kFft) {
    result.finite = rungs::fft(job, run);
  } else {
    rungs::exact(job, run);
  }
  for (int i = 0; i < shift; ++i) {
    EXPECT_EQ(output[static_cast<std::size_t>(i)], 77.0F);
    EXPECT_EQ(output[output.size() - 1 - static_cast<std::size_t>(i)], 77.0F);
  }
  result.values.assign(output.begin() + shift, output.end() - shift);
  return result;
}

// The largest error, in units of 2^-24 of the largest sum of |products| in the same map.
double error_of(const std::vector<float>& values, const RandomLayer& layer) {
  const std::vector<float> expected = outcome(Rung::kExact, layer).values;
  RandomLayer sizes = layer;
  sizes.input = mapped(layer.input, [](float value) { return std::abs(value); });
  sizes.weight = mapped(layer.weight, [](float value) { return std::abs(value); });
  sizes.bias = mapped(layer.bias, [](float value) { return std::abs(value); });
  const std::vector<float> sums = outcome(Rung::kExact, sizes).values;
  const Shape shape = output_shape(layer.spec, layer.input_shape);
  const auto map = static_cast<std::size_t>(shape.h * shape.w);
  double most = 0;
  for (std::size_t first = 0; first < values.size(); first += map) {
    const double largest =
        *std::max_element(sums.begin() + static_cast<std::ptrdiff_t>(first),
                          sums.begin() + static_cast<std::ptrdiff_t>(first + map));
    for (std::size_t i = first; i < first + map; ++i) {
      const double error = std::abs(double{values[i]} - double{expected[i]});
      most = worse_of(most, error == 0 ? 0 : error / largest * 0x1p24);
    }
  }
  return most;
}

rungs::Windows windows(const RandomLayer& layer) {
  return windows_of(layer.spec, layer.input_shape);
}

// Stride 1, all padding modes, pads from cropped to larger than the input, flips, several channels.
RandomLayer random_fft_layer(std::uint64_t seed) {
  Dice dice(seed);
  const std::int64_t most_kernel = dice.roll(0, 3) == 0 ? 60 : 12;
  const std::int64_t most_side = dice.roll(0, 3) == 0 ? 150 : 40;
  LayerSpec spec;
  Shape input;
  do {
    spec = plane_spec({dice.roll(1, most_kernel), dice.roll(1, most_kernel)}, {},
                      static_cast<PaddingMode>(dice.roll(0, 3)));
    spec.dilation = {dice.roll(0, 3) == 0 ? dice.roll(2, 5) : 1,
                     dice.roll(0, 3) == 0 ? dice.roll(2, 5) : 1};
    const bool many = dice.roll(0, 2) == 0;
    spec.groups = many ? dice.roll(1, 3) : 1;
    spec.in_channels = spec.groups * (many ? dice.roll(1, 3) : 1);
    spec.out_channels = spec.groups * (many ? dice.roll(1, 2) : 1);
    spec.bias = dice.heads();
    spec.flip = dice.heads();
    input = {dice.roll(1, 2), spec.in_channels, dice.roll(1, most_side), dice.roll(1, most_side)};
    spec.pads = {dice.roll(-2, 30), dice.roll(-2, 30), dice.roll(-2, 30), dice.roll(-2, 30)};
  } while (output_shape(spec, input).h < 1 || output_shape(spec, input).w < 1 ||
           !rungs::fft_applies(windows_of(spec, input)));
  return filled(spec, input, dice);
}

TEST(FftRung, AgreesWithTheExactRung) {
  double most = 0;
  int several_channels = 0;
  int cut = 0;
  for (std::uint64_t seed = 0; seed < 250; ++seed) {
    const RandomLayer layer = random_fft_layer(seed);
    const Outcome got = outcome(Rung::kFft, layer, 2, static_cast<int>(seed % 16));
    ASSERT_TRUE(got.finite) << "seed " << seed << '\n' << layer;
    const double error = error_of(got.values, layer);
    ASSERT_LE(error, kMostError) << "seed " << seed << '\n' << layer;
    most = std::max(most, error);
    several_channels += windows(layer).channels > 1;
    cut += layer.spec.pads.top < 0;
  }
  RecordProperty("most_error", std::to_string(most));
  EXPECT_GT(several_channels, 20);
  EXPECT_GT(cut, 5);
}

TEST(FftRung, TilesOfAllLengths) {
  std::set<std::int64_t> heights;
  std::set<std::int64_t> widths;
  Dice dice(1);
  for (const Size2 kernel : {Size2{1, 1}, Size2{13, 1}, Size2{1, 13}, Size2{13, 40}, Size2{40, 100},
                             Size2{100, 13}, Size2{1, 200}, Size2{200, 2}}) {
    const Shape input = {1, 1, 3 * kernel.h + 20, 3 * kernel.w + 20};
    const RandomLayer layer = filled(plane_spec(kernel, {1, 2, 0, 1}), input, dice);
    const auto plan = rungs::fft_plan(windows(layer));
    ASSERT_TRUE(plan.has_value()) << kernel;
    heights.insert(plan->tile.h);
    widths.insert(plan->tile.w);
    const Outcome got = outcome(Rung::kFft, layer);
    ASSERT_TRUE(got.finite) << kernel;
    ASSERT_LE(error_of(got.values, layer), kMostError) << kernel;
  }
  EXPECT_EQ(heights,
            std::set<std::int64_t>(std::begin(rungs::kFftLengths), std::end(rungs::kFftLengths)));
  EXPECT_EQ(widths, heights);
}

TEST(FftRung, PhotosWithLargeKernels) {
  Dice dice(2);
  for (const PaddingMode mode : {PaddingMode::kZeros, PaddingMode::kReflect,
                                 PaddingMode::kReplicate, PaddingMode::kCircular}) {
    const RandomLayer layer =
        filled(plane_spec({31, 31}, {15, 15, 15, 15}, mode), {1, 1, 270, 480}, dice);
    const Outcome got = outcome(Rung::kFft, layer);
    EXPECT_TRUE(got.finite);
    EXPECT_LE(error_of(got.values, layer), kMostError) << "mode " << static_cast<int>(mode);
  }
}

TEST(FftRung, TheSameBitsOnAnyNumberOfThreads) {
  Dice dice(3);
  const RandomLayer layer = filled(plane_spec({31, 31}, {15, 15, 15, 15}), {2, 1, 270, 480}, dice);
  const std::vector<float> one = outcome(Rung::kFft, layer, 1).values;
  for (const std::int64_t threads : {2, 3, 8}) {
    const std::vector<float> many = outcome(Rung::kFft, layer, threads).values;
    EXPECT_EQ(std::memcmp(one.data(), many.data(), one.size() * sizeof(float)), 0);
  }
}

TEST(FftRung, PicturesOfABatchDoNotDisturbEachOther) {
  Dice dice(4);
  const RandomLayer single = filled(plane_spec({9, 9}, {4, 4, 4, 4}), {1, 1, 30, 30}, dice);
  RandomLayer batch = single;
  batch.input_shape = {2, 1, 30, 30};
  std::vector<float> values(900, 1e12F);
  values.insert(values.end(), single.input.values().begin(), single.input.values().end());
  batch.input = Tensor(batch.input_shape, std::move(values));
  const std::vector<float> alone = outcome(Rung::kFft, single).values;
  const std::vector<float> both = outcome(Rung::kFft, batch).values;
  EXPECT_EQ(std::memcmp(alone.data(), both.data() + 900, 900 * sizeof(float)), 0);
}

// Every operand, at places everywhere, wherever its value meets the kernel.
TEST(FftRung, ReportsNonFiniteValues) {
  Dice dice(5);
  LayerSpec spec = plane_spec({11, 7}, {5, 5, 3, 3});
  spec.in_channels = 2;
  spec.bias = true;
  const RandomLayer layer = filled(spec, {1, 2, 75, 140}, dice);
  ASSERT_TRUE(outcome(Rung::kFft, layer).finite);
  for (const float odd : {kNan, kInfinity, -kInfinity}) {
    for (int draw = 0; draw < 20; ++draw) {
      RandomLayer broken = layer;
      broken.input = changed(layer.input, dice.roll(0, layer.input.shape().count() - 1), odd);
      EXPECT_FALSE(outcome(Rung::kFft, broken).finite);
      broken = layer;
      broken.weight = changed(layer.weight, dice.roll(0, layer.weight.shape().count() - 1), odd);
      EXPECT_FALSE(outcome(Rung::kFft, broken).finite);
    }
    RandomLayer broken = layer;
    broken.bias = changed(layer.bias, 0, odd);
    EXPECT_FALSE(outcome(Rung::kFft, broken).finite);
  }
}

// Where it reports that all values are finite, they are all correct, however close to overflow.
TEST(FftRung, NearOverflow) {
  Dice dice(6);
  const RandomLayer layer = filled(plane_spec({15, 15}, {7, 7, 7, 7}), {1, 1, 60, 70}, dice);
  int refused = 0;
  for (int exponent = 0; exponent < 128; exponent += 3) {
    RandomLayer large = layer;
    std::vector<float> values(layer.input.values().begin(), layer.input.values().end());
    for (float& value : values) {
      value = std::ldexp(value, exponent);
    }
    large.input = Tensor(layer.input_shape, std::move(values));
    const Outcome got = outcome(Rung::kFft, large);
    refused += !got.finite;
    if (got.finite) {
      EXPECT_LE(error_of(got.values, large), kMostError) << exponent;
    }
    // correlate() gives what the exact rung gives.
    const Tensor through =
        correlate(large.input, large.weight, large.bias, large.spec, {Algorithm::kFft});
    if (!got.finite) {
      const std::vector<float> expected = outcome(Rung::kExact, large).values;
      EXPECT_EQ(std::memcmp(through.data(), expected.data(), expected.size() * sizeof(float)), 0);
    }
  }
  EXPECT_GT(refused, 2);
  EXPECT_LT(refused, 15);
}

TEST(FftRung, AppliesWhereATileHoldsTheKernel) {
  const auto applies = [](Size2 kernel, Size2 stride, Size2 dilation) {
    LayerSpec spec = plane_spec(kernel, {});
    spec.stride = stride;
    spec.dilation = dilation;
    return rungs::fft_applies(windows_of(spec, {1, 1, 1000, 1000}));
  };
  EXPECT_TRUE(applies({31, 31}, {1, 1}, {1, 1}));
  EXPECT_TRUE(applies({257, 257}, {1, 1}, {1, 1}));
  EXPECT_FALSE(applies({258, 3}, {1, 1}, {1, 1}));
  EXPECT_TRUE(applies({3, 3}, {1, 1}, {128, 128}));
  EXPECT_FALSE(applies({3, 3}, {1, 1}, {1, 129}));
  EXPECT_FALSE(applies({31, 31}, {1, 2}, {1, 1}));
}

TEST(FftRung, PlansOfOneThreadKeepToTheMemoryAllowed) {
  for (std::uint64_t seed = 0; seed < 250; ++seed) {
    const RandomLayer layer = random_fft_layer(seed);
    const rungs::Windows w = windows(layer);
    const rungs::FftPlan plan = *rungs::fft_plan(w);
    const std::int64_t operands = layer.input.shape().count() + layer.weight.shape().count() +
                                  output_shape(layer.spec, layer.input_shape).count();
    EXPECT_LE(plan.spectra * plan.spectrum_floats() + plan.worker_floats(),
              4 * operands + (1 << 15));
  }
}

// The table in correlate.cpp: for photos from about 10x10 on.
TEST(FftRung, WorthIt) {
  const auto worth_it = [](std::int64_t side, const Shape& input) {
    return rungs::fft_worth_it(
        windows_of(plane_spec({side, side}, {side / 2, side / 2, side / 2, side / 2}), input));
  };
  EXPECT_FALSE(worth_it(7, {1, 1, 1080, 1920}));
  EXPECT_TRUE(worth_it(13, {1, 1, 1080, 1920}));
  EXPECT_TRUE(worth_it(31, {1, 1, 1080, 1920}));
  EXPECT_FALSE(worth_it(9, {1, 1, 20, 20}));
}

}  // namespace
}  // namespace convscope::conv
