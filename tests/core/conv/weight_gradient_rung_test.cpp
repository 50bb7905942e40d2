// The fast rung for the weight's gradient, compared with the exact one, on every instruction set of
// this machine.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <ostream>
#include <vector>

#include "core/conv/rungs/exact/exact_gradients.h"
#include "core/conv/rungs/rungs.h"
#include "tests/core/conv/instruction_sets.h"
#include "tests/core/conv/loose_floats.h"
#include "tests/core/conv/random_layer.h"
#include "tests/core/conv/worse_of.h"

namespace convscope::conv {
namespace {

// |got - exact| in units of 2^-24 · the sum of the products' magnitudes.
constexpr double kMostError = 16.0;

// Floats between an aligned address and an operand.
constexpr std::int64_t kShift = 1;

struct Case {
  rungs::Windows windows;
  rungs::WeightStrides strides;
  std::int64_t first = 0;  // the place of tap (0, 0) of the gradient
  Floats input;
  Floats errors;

  std::int64_t weights() const { return windows.groups * windows.filters * windows.taps(); }
  rungs::WeightGradient job(const Floats& in, const Floats& out, Floats& gradient) const {
    return {windows, in.data(), out.data(), gradient.data() + first, strides};
  }
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  const rungs::Windows& w = c.windows;
  out << "batch " << w.batch << ", groups " << w.groups << ", channels " << w.channels
      << ", filters " << w.filters << ", input " << w.input << ", output " << w.output
      << ", kernel " << w.kernel << ", stride " << w.stride << ", dilation " << w.dilation
      << ", top " << w.top << ", left " << w.left << ", mode " << static_cast<int>(w.mode)
      << ", column stride of the gradient " << c.strides.column << "\ninput = [";
  for (std::int64_t n = 0; n < w.batch * w.groups * w.channels * w.input.h * w.input.w; ++n) {
    out << c.input.data()[n] << ", ";
  }
  out << "]\nerrors = [";
  for (std::int64_t n = 0; n < w.batch * w.groups * w.filters * w.output.h * w.output.w; ++n) {
    out << c.errors.data()[n] << ", ";
  }
  return out << "]\n";
}

Case case_of(const rungs::Windows& w, Dice& dice) {
  const std::int64_t kernel = w.kernel.h * w.kernel.w;
  Case result{
      w,
      {w.filters * w.taps(), w.taps(), kernel, w.kernel.w, 1},
      0,
      Floats::random(w.batch * w.groups * w.channels * w.input.h * w.input.w, kShift, dice),
      Floats::random(w.batch * w.groups * w.filters * w.output.h * w.output.w, kShift, dice)};
  if (dice.roll(0, 3) == 0) {  // a flipped kernel
    result.strides.row = -w.kernel.w;
    result.strides.column = -1;
    result.first = kernel - 1;
  }
  return result;
}

struct Layer {
  std::int64_t batch;
  std::int64_t groups;
  std::int64_t channels;  // of a group
  std::int64_t filters;
  Size2 input;
  std::int64_t kernel;
  std::int64_t stride;
  std::int64_t pad;
};

rungs::Windows windows_of(const Layer& layer) {
  rungs::Windows w;
  w.batch = layer.batch;
  w.groups = layer.groups;
  w.channels = layer.channels;
  w.filters = layer.filters;
  w.input = layer.input;
  w.kernel = {layer.kernel, layer.kernel};
  w.stride = {layer.stride, layer.stride};
  w.top = layer.pad;
  w.left = layer.pad;
  w.output = {(layer.input.h + 2 * layer.pad - layer.kernel) / layer.stride + 1,
              (layer.input.w + 2 * layer.pad - layer.kernel) / layer.stride + 1};
  w.dilation = {1, 1};
  return w;
}

rungs::Windows random_windows(Dice& dice) {
  rungs::Windows w;
  w.batch = dice.roll(1, 3);
  w.groups = dice.roll(0, 2) == 0 ? dice.roll(2, 4) : 1;
  w.channels = dice.heads() ? dice.roll(1, 4) : dice.roll(1, 70);
  w.filters = dice.heads() ? dice.roll(1, 9) : dice.roll(1, 30);
  w.input = {dice.roll(1, 12), dice.heads() ? dice.roll(1, 12) : dice.roll(1, 50)};
  w.output = {dice.roll(1, 12), dice.heads() ? dice.roll(1, 12) : dice.roll(1, 50)};
  w.kernel = {dice.roll(1, 4), dice.roll(1, 5)};
  w.stride = {dice.roll(1, 3), dice.heads() ? 1 : dice.roll(1, 4)};
  w.dilation = {dice.roll(1, 3), dice.roll(1, 4)};
  w.top = dice.roll(-2, 14);
  w.left = dice.roll(-2, 14);
  if (dice.roll(0, 2) == 0) {  // no window reaches into the padding
    w.top = 0;
    w.left = 0;
    w.output.h = std::max<std::int64_t>(
        1, (w.input.h - w.dilation.h * (w.kernel.h - 1) - 1) / w.stride.h + 1);
    w.output.w = std::max<std::int64_t>(
        1, (w.input.w - w.dilation.w * (w.kernel.w - 1) - 1) / w.stride.w + 1);
  }
  w.mode = static_cast<PaddingMode>(dice.roll(0, 3));
  return w;
}

// The rung's error on this case in units of 2^-24 · the sum of the products' magnitudes. `refused`:
// counts the instruction sets on which it would need too much memory.
double check(const Case& c, int& refused) {
  Floats exact(c.weights(), kShift);
  Floats sizes(c.weights(), kShift);
  rungs::exact_gradient_of_weight(c.job(c.input, c.errors, exact), {});
  rungs::exact_gradient_of_weight(c.job(c.input.sizes(), c.errors.sizes(), sizes), {});
  double worst = 0.0;
  on_each_target([&] {
    Floats got(c.weights(), kShift);
    if (!rungs::gemm_weight_gradient(c.job(c.input, c.errors, got), {.threads = 1})) {
      EXPECT_TRUE(got.untouched()) << c;
      ++refused;
      return;
    }
    for (std::int64_t n = 0; n < c.weights(); ++n) {
      const double error = std::abs(static_cast<double>(got.data()[n]) - exact.data()[n]);
      const double unit = sizes.data()[n] * 0x1p-24;
      worst = worse_of(worst, error == 0.0 ? 0.0 : error / unit);
    }
  });
  EXPECT_LE(worst, kMostError) << c;
  return worst;
}

TEST(WeightGradientRung, AgreesWithTheExactOne) {
  double worst = 0.0;
  int refused = 0;
  for (std::uint64_t seed = 0; seed < 250 && !testing::Test::HasFailure(); ++seed) {
    Dice dice(seed);
    worst = std::max(worst, check(case_of(random_windows(dice), dice), refused));
  }
  EXPECT_LT(refused, 10);
  RecordProperty("error", std::to_string(worst));
  EXPECT_GT(worst, 0.1);
}

// The layers of the benchmark, smaller; a band that doesn't cover the whole image.
TEST(WeightGradientRung, Layers) {
  int refused = 0;
  Dice dice(1);
  const Layer kLayers[] = {
      {1, 1, 3, 5, {100, 100}, 3, 1, 0}, {1, 1, 64, 64, {15, 112}, 3, 1, 1},
      {1, 1, 2, 2, {4, 9000}, 3, 1, 1},  {3, 1, 150, 200, {7, 7}, 3, 2, 1},
      {1, 20, 1, 1, {30, 40}, 5, 1, 2},  {1, 1, 33, 70, {9, 300}, 1, 1, 0},
      {2, 1, 3, 20, {50, 60}, 7, 2, 3},
  };
  double worst = 0.0;
  for (const Layer& layer : kLayers) {
    worst = std::max(worst, check(case_of(windows_of(layer), dice), refused));
  }
  EXPECT_EQ(refused, 0);
  RecordProperty("error", std::to_string(worst));
}

TEST(WeightGradientRung, DoesNotDependOnThreads) {
  Dice dice(2);
  for (const std::int64_t channels : {2, 20}) {
    const rungs::Windows w = windows_of({40 / channels, 1, channels, 30, {40, 50}, 3, 1, 1});
    const Case c = case_of(w, dice);
    Floats one(c.weights(), kShift);
    Floats four(c.weights(), kShift);
    ASSERT_TRUE(rungs::gemm_weight_gradient(c.job(c.input, c.errors, one), {.threads = 1}));
    ASSERT_TRUE(rungs::gemm_weight_gradient(c.job(c.input, c.errors, four), {.threads = 4}));
    EXPECT_TRUE(std::equal(one.data(), one.data() + c.weights(), four.data()));
  }
}

TEST(WeightGradientRung, ReportsNonFiniteValues) {
  Dice dice(3);
  for (const std::int64_t channels : {2, 20}) {
    const rungs::Windows w = windows_of({1, 1, channels, 3, {9, 17}, 3, 1, 1});
    for (const float odd :
         {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), 3e38F}) {
      Case c = case_of(w, dice);
      Floats gradient(c.weights(), kShift);
      c.input.data()[40] = odd;
      c.errors.data()[40] = 8.0F;
      EXPECT_FALSE(rungs::gemm_weight_gradient(c.job(c.input, c.errors, gradient), {}));
      c.input.data()[40] = 8.0F;
      EXPECT_TRUE(rungs::gemm_weight_gradient(c.job(c.input, c.errors, gradient), {}));
      c.errors.data()[40] = odd;
      EXPECT_FALSE(rungs::gemm_weight_gradient(c.job(c.input, c.errors, gradient), {}));
    }
  }
}

}  // namespace
}  // namespace convscope::conv
