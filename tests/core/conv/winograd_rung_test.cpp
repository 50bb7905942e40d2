// Winograd's rungs compared with the exact ones. The error in one output is that of its whole tile,
// so it is compared with the largest sum of |products| in the map (forward) or in the kernel.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/conv/correlate.h"
#include "core/conv/rungs/exact/exact.h"
#include "core/conv/rungs/exact/exact_gradients.h"
#include "core/conv/rungs/rungs.h"
#include "core/conv/rungs/winograd/winograd_axis.h"
#include "tests/core/conv/instruction_sets.h"
#include "tests/core/conv/loose_floats.h"
#include "tests/core/conv/random_layer.h"

namespace convscope::conv {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

// Units of 2^-24 of the sum of |products|: the sweeps reach 28.
constexpr double kMostError = 40;

LayerSpec spec_of(std::int64_t channels, std::int64_t filters, Pads pads = {1, 1, 1, 1}) {
  return {.in_channels = channels,
          .out_channels = filters,
          .padding = PaddingRule::kExplicit,
          .pads = pads};
}

// Any padding mode, pads from cropped to larger than the input, flips, few or many channels.
RandomLayer random_3x3(std::uint64_t seed) {
  Dice dice(seed);
  const std::int64_t groups = dice.roll(0, 3) == 0 ? dice.roll(2, 3) : 1;
  const std::int64_t most = dice.roll(0, 3) == 0 ? 70 : 9;
  LayerSpec spec = spec_of(groups * dice.roll(1, most), groups * dice.roll(1, most));
  spec.groups = groups;
  spec.padding_mode = static_cast<PaddingMode>(dice.roll(0, 3));
  spec.bias = dice.heads();
  spec.flip = dice.heads();
  const std::int64_t side = dice.roll(0, 3) == 0 ? 40 : 10;
  const Shape input = {dice.roll(1, 3), spec.in_channels, dice.roll(1, side), dice.roll(1, side)};
  Pads& pads = spec.pads;
  do {
    const std::int64_t reach = dice.roll(0, 5) == 0 ? 12 : 2;
    pads = {dice.roll(-2, reach), dice.roll(-2, reach), dice.roll(-2, reach), dice.roll(-2, reach)};
  } while (input.h + pads.top + pads.bottom < 3 || input.w + pads.left + pads.right < 3);
  return filled(spec, input, dice);
}

Tensor absolute(const Tensor& tensor) {
  std::vector<float> values(tensor.values().begin(), tensor.values().end());
  for (float& value : values) {
    value = std::abs(value);
  }
  return Tensor(tensor.shape(), std::move(values));
}

std::vector<float> exact_outputs(const RandomLayer& layer) {
  std::vector<float> out(
      static_cast<std::size_t>(output_shape(layer.spec, layer.input_shape).count()));
  rungs::exact(correlation_of(out.data(), layer.input, layer.weight, layer.bias, layer.spec), {});
  return out;
}

RandomLayer absolute(RandomLayer layer) {
  layer.input = absolute(layer.input);
  layer.weight = absolute(layer.weight);
  layer.bias = layer.bias.empty() ? layer.bias : absolute(layer.bias);
  return layer;
}

// The largest |got - wanted| in units of 2^-24 of the largest sum within its run of `stretch`.
double worst_error(const float* got, const std::vector<float>& wanted,
                   const std::vector<float>& sums, std::int64_t stretch) {
  double worst = 0;
  const auto length = static_cast<std::size_t>(stretch);
  for (std::size_t begin = 0; begin < wanted.size(); begin += length) {
    const double sum =
        *std::max_element(sums.begin() + static_cast<std::ptrdiff_t>(begin),
                          sums.begin() + static_cast<std::ptrdiff_t>(begin + length));
    for (std::size_t i = begin; i < begin + length; ++i) {
      const double error = std::abs(static_cast<double>(got[i]) - wanted[i]);
      // A NaN counts as infinite.
      worst = std::max(worst, error == 0 ? 0 : (error <= sum ? error / sum * 0x1p24 : HUGE_VAL));
    }
  }
  return worst;
}

// The error of winograd() on operands at odd addresses; nullopt if it doesn't apply.
std::optional<double> forward_error(const RandomLayer& layer, std::int64_t shift) {
  Floats input(layer.input, shift);
  Floats weight(layer.weight, shift + 1);
  const Shape output = output_shape(layer.spec, layer.input_shape);
  Floats out(output.count(), shift + 2, kNan);
  rungs::Correlation job =
      correlation_of(out.data(), layer.input, layer.weight, layer.bias, layer.spec);
  if (!rungs::winograd_applies(job.windows)) {
    return std::nullopt;
  }
  job.input = input.data();
  job.weight = weight.data() + (job.weight - layer.weight.data());
  EXPECT_TRUE(rungs::winograd(job, {.threads = 1})) << layer;
  EXPECT_TRUE(out.untouched_before());
  return worst_error(out.data(), exact_outputs(layer), exact_outputs(absolute(layer)),
                     output.h * output.w);
}

TEST(Winograd, ForwardAgreesOnRandomLayers) {
  double worst = 0;
  int modes[4] = {};
  int cut = 0;
  for (std::uint64_t seed = 0; seed < 240; ++seed) {
    const OnTarget target = OnTarget::in_turn(seed / 2);
    const RandomLayer layer = random_3x3(seed);
    const auto error = forward_error(layer, static_cast<std::int64_t>(seed % 7));
    if (error) {
      ASSERT_LT(*error, kMostError) << "seed " << seed << '\n' << layer;
      worst = std::max(worst, *error);
      ++modes[static_cast<int>(layer.spec.padding_mode)];
      cut += layer.spec.pads.top < 0;
    }
  }
  EXPECT_GT(*std::min_element(modes, modes + 4), 40);
  EXPECT_GT(cut, 40);
  RecordProperty("worst", std::to_string(worst));
}

TEST(Winograd, ForwardAgreesOnWorkloads) {
  Dice dice(1);
  const Shape kInputs[] = {{1, 64, 28, 28}, {2, 32, 14, 37}, {1, 80, 7, 7}, {5, 16, 9, 150}};
  for (const Shape& input : kInputs) {
    const RandomLayer layer = filled(spec_of(input.c, 80), input, dice);
    const auto error = forward_error(layer, 1);
    ASSERT_TRUE(error) << layer;
    EXPECT_LT(*error, kMostError) << layer.spec;
  }
}

// One axis of the kind that winograd_axis.h splits.
struct AxisDraw {
  std::int64_t kernel = 0;
  std::int64_t stride = 1;
  std::int64_t dilation = 1;
};

AxisDraw random_axis(Dice& dice) {
  AxisDraw axis;
  switch (dice.roll(0, 2)) {
    case 0:
      axis.kernel = dice.roll(2, 5);
      break;
    case 1:
      axis.kernel = dice.roll(2, 5);
      axis.dilation = dice.roll(2, 5);
      break;
    default:
      axis.stride = dice.roll(2, 3);
      axis.kernel = dice.roll(axis.stride + 1, 5 * axis.stride);
  }
  return axis;
}

// Strides, dilations and kernels, separately for each axis.
RandomLayer random_axes(std::uint64_t seed, bool dilated) {
  RandomLayer layer = random_3x3(seed);
  Dice dice(seed + 1000);
  AxisDraw rows;
  AxisDraw columns;
  do {
    rows = random_axis(dice);
    columns = random_axis(dice);
  } while (!dilated && rows.dilation * columns.dilation > 1);
  LayerSpec& spec = layer.spec;
  spec.kernel_size = {rows.kernel, columns.kernel};
  spec.stride = {rows.stride, columns.stride};
  spec.dilation = {rows.dilation, columns.dilation};
  const auto grown = [&](std::int64_t size, const AxisDraw& axis, std::int64_t pads) {
    return std::max(size, (axis.kernel - 1) * axis.dilation + 1 - pads + dice.roll(0, 9));
  };
  Shape input = layer.input_shape;
  input.h = grown(input.h, rows, spec.pads.top + spec.pads.bottom);
  input.w = grown(input.w, columns, spec.pads.left + spec.pads.right);
  return filled(spec, input, dice);
}

// The worst error by the taps of rows and columns.
class WorstByTaps {
 public:
  void meet(const rungs::WinogradAxes& axes, double error) {
    double& worst = worst_[static_cast<std::size_t>(axes.rows.taps - rungs::kLeastTaps)]
                          [static_cast<std::size_t>(axes.columns.taps - rungs::kLeastTaps)];
    worst = std::max(worst, error);
  }
  // Whether every pair of taps occurred.
  bool complete() const {
    return std::all_of(std::begin(worst_), std::end(worst_), [](const auto& row) {
      return std::all_of(std::begin(row), std::end(row), [](double worst) { return worst > 0; });
    });
  }
  void print(const char* name) const {
    for (const auto& row : worst_) {
      std::cout << name << ", columns of 2 to 5 taps:";
      for (const double worst : row) {
        std::cout << ' ' << worst;
      }
      std::cout << '\n';
    }
  }

 private:
  static constexpr std::size_t kCount = rungs::kMostTaps - rungs::kLeastTaps + 1;
  double worst_[kCount][kCount] = {};
};

TEST(Winograd, ForwardAgreesWhateverTheAxes) {
  WorstByTaps worst;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const OnTarget target = OnTarget::in_turn(seed / 2);
    const RandomLayer layer = random_axes(seed, true);
    const auto axes = rungs::winograd_axes(windows_of(layer.spec, layer.input_shape));
    ASSERT_TRUE(axes) << layer;
    const auto error = forward_error(layer, static_cast<std::int64_t>(seed % 7));
    if (error) {
      ASSERT_LT(*error, kMostError) << "seed " << seed << '\n' << layer;
      worst.meet(*axes, *error);
    }
  }
  EXPECT_TRUE(worst.complete());
  worst.print("forward");
}

// The gradient of the input for this layer's weight and errors.
template <typename Compute>
std::vector<float> transposed_by(const RandomLayer& layer, const Tensor& weight,
                                 const Tensor& errors, const Compute& compute) {
  std::vector<float> out(static_cast<std::size_t>(layer.input_shape.count()), kNan);
  const rungs::Correlation forward =
      correlation_of(nullptr, layer.input, layer.weight, layer.bias, layer.spec);
  rungs::Transposed job;
  job.windows = forward.windows;
  job.windows.mode = PaddingMode::kZeros;
  job.values = errors.data();
  job.weight = weight.data() + (forward.weight - layer.weight.data());
  job.weight_strides = forward.weight_strides;
  job.output = out.data();
  compute(job);
  return out;
}

TEST(Winograd, TransposedAgreesWhateverTheAxes) {
  WorstByTaps worst;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const OnTarget target = OnTarget::in_turn(seed / 2);
    const RandomLayer layer = random_axes(seed, false);
    const rungs::Windows windows = windows_of(layer.spec, layer.input_shape);
    const auto axes = rungs::transposed_axes(windows);
    ASSERT_TRUE(axes) << layer;
    if (!rungs::winograd_transposed_applies(windows)) {
      continue;
    }
    Dice dice(seed);
    const Tensor errors =
        random_tensor(output_shape(layer.spec, layer.input_shape), {.seed = dice.seed()});
    const auto by_exact = [](const rungs::Transposed& job) {
      rungs::exact_gradient_of_input(job, {});
    };
    const auto wanted = transposed_by(layer, layer.weight, errors, by_exact);
    const auto sums = transposed_by(layer, absolute(layer.weight), absolute(errors), by_exact);
    const auto got = transposed_by(layer, layer.weight, errors, [](const rungs::Transposed& job) {
      EXPECT_TRUE(rungs::winograd_transposed(job, {.threads = 1}));
    });
    const double error =
        worst_error(got.data(), wanted, sums, layer.input_shape.h * layer.input_shape.w);
    ASSERT_LT(error, kMostError) << "seed " << seed << '\n' << layer;
    worst.meet(*axes, error);
  }
  EXPECT_TRUE(worst.complete());
  worst.print("transposed");
}

rungs::Windows windows_3x3(std::int64_t channels, std::int64_t filters, Size2 map) {
  rungs::Windows windows;
  windows.channels = channels;
  windows.filters = filters;
  windows.input = map;
  windows.output = map;
  windows.kernel = {3, 3};
  windows.top = 1;
  windows.left = 1;
  return windows;
}

TEST(Winograd, AppliesWhereItsMemoryIsBounded) {
  const rungs::Windows usual = windows_3x3(64, 64, {112, 112});
  EXPECT_TRUE(rungs::winograd_applies(usual));
  EXPECT_TRUE(rungs::winograd_applies(windows_3x3(1, 1, {1, 1})));
  EXPECT_TRUE(rungs::winograd_applies(windows_3x3(512, 512, {14, 14})));
  // The values of one tile are 36 times the size of the map.
  EXPECT_FALSE(rungs::winograd_applies(windows_3x3(4096, 1, {1, 1})));
  EXPECT_TRUE(rungs::winograd_gradient_applies(usual));
  EXPECT_FALSE(rungs::winograd_gradient_applies(windows_3x3(4096, 1, {1, 1})));
}

TEST(Winograd, AppliesToTwoToFiveTapsOfAPhase) {
  const rungs::Windows usual = windows_3x3(64, 64, {112, 112});
  struct Axis {
    std::int64_t kernel;
    std::int64_t stride;
    std::int64_t dilation;
    bool applies;
  };
  const Axis axes[] = {{1, 1, 1, false},  {2, 1, 1, true},  {5, 1, 1, true}, {6, 1, 1, false},
                       {3, 1, 2, true},   {2, 2, 1, false}, {7, 2, 1, true}, {10, 2, 1, true},
                       {11, 2, 1, false}, {3, 2, 2, false}};
  for (const Axis& axis : axes) {
    rungs::Windows other = usual;
    other.kernel.w = axis.kernel;
    other.stride.w = axis.stride;
    other.dilation.w = axis.dilation;
    EXPECT_EQ(rungs::winograd_applies(other), axis.applies) << axis.kernel << ' ' << axis.stride;
    EXPECT_FALSE(rungs::winograd_gradient_applies(other)) << axis.kernel << ' ' << axis.stride;
  }
  EXPECT_TRUE(rungs::winograd_gradient_applies(usual));
}

// The gradient, by `compute`.
template <typename Compute>
std::vector<float> gradient(const RandomLayer& layer, const float* input, const float* errors,
                            const Compute& compute) {
  std::vector<float> out(static_cast<std::size_t>(layer.weight.shape().count()), kNan);
  const rungs::Correlation forward =
      correlation_of(nullptr, layer.input, layer.weight, layer.bias, layer.spec);
  rungs::WeightGradient job;
  job.windows = forward.windows;
  job.strides = forward.weight_strides;
  job.input = input;
  job.errors = errors;
  job.gradient = out.data() + (forward.weight - layer.weight.data());
  compute(job);
  return out;
}

// nullopt if the rung doesn't apply.
std::optional<double> gradient_error(const RandomLayer& layer, const Tensor& errors,
                                     std::int64_t shift) {
  if (!rungs::winograd_gradient_applies(windows_of(layer.spec, layer.input_shape))) {
    return std::nullopt;
  }
  const auto by_exact = [](const rungs::WeightGradient& job) {
    rungs::exact_gradient_of_weight(job, {});
  };
  const RandomLayer positive = absolute(layer);
  const auto wanted = gradient(layer, layer.input.data(), errors.data(), by_exact);
  const auto sums = gradient(layer, positive.input.data(), absolute(errors).data(), by_exact);
  Floats input(layer.input, shift);
  Floats shifted(errors, shift + 1);
  const auto got =
      gradient(layer, input.data(), shifted.data(), [&](const rungs::WeightGradient& job) {
        EXPECT_TRUE(rungs::winograd_weight_gradient(job, {.threads = 1})) << layer;
      });
  return worst_error(got.data(), wanted, sums, 9);
}

Tensor random_errors(const RandomLayer& layer, Dice& dice) {
  return random_tensor(output_shape(layer.spec, layer.input_shape), {.seed = dice.seed()});
}

TEST(Winograd, WeightGradientAgreesOnRandomLayers) {
  int applied = 0;
  for (std::uint64_t seed = 0; seed < 120; ++seed) {
    const OnTarget target = OnTarget::in_turn(seed / 2);
    const RandomLayer layer = random_3x3(seed);
    Dice dice(seed);
    const Tensor errors = random_errors(layer, dice);
    const auto error = gradient_error(layer, errors, static_cast<std::int64_t>(seed % 7));
    applied += error.has_value();
    ASSERT_LT(error.value_or(0), kMostError) << "seed " << seed << '\n' << layer;
  }
  EXPECT_GT(applied, 100);
}

TEST(Winograd, WeightGradientAgreesOnWorkloads) {
  Dice dice(2);
  const std::pair<Shape, std::int64_t> kLayers[] = {
      {{1, 64, 28, 28}, 80}, {{2, 32, 14, 37}, 64}, {{1, 128, 7, 7}, 128}, {{5, 16, 9, 150}, 80}};
  for (const auto& [input, filters] : kLayers) {
    const RandomLayer layer = filled(spec_of(input.c, filters), input, dice);
    EXPECT_LT(gradient_error(layer, random_errors(layer, dice), 1).value(), kMostError)
        << layer.spec;
  }
}

// With as many blocks as tasks, and with so few that they are split into panels of filters.
TEST(Winograd, ThreadsChangeNothing) {
  const Shape kInputs[] = {{2, 48, 50, 61}, {1, 48, 26, 30}};
  for (const Shape& input : kInputs) {
    Dice dice(3);
    const RandomLayer layer = filled(spec_of(48, 80), input, dice);
    const Tensor errors = random_errors(layer, dice);
    const auto forward = [&](std::int64_t threads) {
      std::vector<float> out(static_cast<std::size_t>(errors.shape().count()));
      EXPECT_TRUE(rungs::winograd(
          correlation_of(out.data(), layer.input, layer.weight, layer.bias, layer.spec),
          {.threads = threads}));
      return out;
    };
    const auto transposed = [&](std::int64_t threads) {
      return transposed_by(layer, layer.weight, errors, [&](const rungs::Transposed& job) {
        EXPECT_TRUE(rungs::winograd_transposed(job, {.threads = threads}));
      });
    };
    const auto backward = [&](std::int64_t threads) {
      return gradient(layer, layer.input.data(), errors.data(),
                      [&](const rungs::WeightGradient& job) {
                        EXPECT_TRUE(rungs::winograd_weight_gradient(job, {.threads = threads}));
                      });
    };
    const auto one = forward(1);
    const auto one_transposed = transposed(1);
    const auto one_back = backward(1);
    for (const std::int64_t threads : {2, 3, 8}) {
      EXPECT_EQ(one, forward(threads));
      EXPECT_EQ(one_transposed, transposed(threads));
      EXPECT_EQ(one_back, backward(threads));
    }
  }
}

// Small maps are also split into several tasks, as progress shows.
TEST(Winograd, SmallMapsAreSeveralTasks) {
  Dice dice(5);
  const Shape kInputs[] = {{1, 32, 28, 28}, {1, 32, 14, 14}};
  for (const Shape& input : kInputs) {
    const RandomLayer layer = filled(spec_of(32, input.h == 28 ? 32 : 256), input, dice);
    Floats out(output_shape(layer.spec, input).count(), 0);
    Progress progress;
    EXPECT_TRUE(rungs::winograd(
        correlation_of(out.data(), layer.input, layer.weight, layer.bias, layer.spec),
        {.threads = 1, .progress = &progress}));
    EXPECT_GE(progress.total, 4) << layer;
    EXPECT_EQ(progress.done, progress.total) << layer;
  }
}

Tensor with_value(const Tensor& tensor, std::int64_t at, float value) {
  std::vector<float> values(tensor.values().begin(), tensor.values().end());
  values[static_cast<std::size_t>(at)] = value;
  return Tensor(tensor.shape(), std::move(values));
}

bool all_finite(const std::vector<float>& values) {
  return std::all_of(values.begin(), values.end(),
                     [](float value) { return std::isfinite(value); });
}

// Wherever an operand isn't finite and the exact result shows it, so does Winograd's.
TEST(Winograd, ReportsNonFiniteValues) {
  int shown = 0;
  int hidden = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const OnTarget target = OnTarget::in_turn(seed / 2);
    const RandomLayer plain = random_3x3(seed);
    if (plain.input.shape().count() > 2000 || plain.weight.shape().count() > 2000) {
      continue;
    }
    Dice dice(seed);
    const float kValues[] = {kNan, kInfinity, -kInfinity, std::numeric_limits<float>::max()};
    const float value = kValues[seed % 4];
    const auto place = [&](const Tensor& tensor) {
      return dice.roll(0, tensor.shape().count() - 1);
    };
    RandomLayer layer = plain;
    Tensor errors = random_errors(layer, dice);
    const bool in_errors = dice.heads();
    if (dice.heads()) {
      layer.input = with_value(layer.input, place(layer.input), value);
    } else {
      layer.weight = with_value(layer.weight, place(layer.weight), value);
      errors = with_value(errors, place(errors), value);
    }
    if (in_errors && !layer.bias.empty()) {
      layer.bias = with_value(layer.bias, place(layer.bias), value);
    }
    const auto wanted = exact_outputs(layer);
    std::vector<float> out(wanted.size());
    const rungs::Correlation job =
        correlation_of(out.data(), layer.input, layer.weight, layer.bias, layer.spec);
    if (rungs::winograd_applies(job.windows)) {
      const bool finite = rungs::winograd(job, {.threads = 1});
      EXPECT_EQ(finite, all_finite(out)) << "seed " << seed << '\n' << layer;
      ASSERT_TRUE(all_finite(wanted) || !finite) << "seed " << seed << '\n' << layer;
      (finite ? hidden : shown) += 1;
    }
    if (!rungs::winograd_gradient_applies(job.windows)) {
      continue;
    }
    const auto back =
        gradient(layer, layer.input.data(), errors.data(),
                 [](const rungs::WeightGradient& w) { rungs::exact_gradient_of_weight(w, {}); });
    gradient(layer, layer.input.data(), errors.data(), [&](const rungs::WeightGradient& w) {
      ASSERT_TRUE(all_finite(back) || !rungs::winograd_weight_gradient(w, {.threads = 1}))
          << "seed " << seed << '\n'
          << layer;
    });
  }
  EXPECT_GT(shown, 150);
  EXPECT_GT(hidden, 2);
}

TEST(Winograd, CellsThatNoWindowReadsMayBeAnything) {
  Dice dice(4);
  RandomLayer layer = filled(spec_of(3, 4, {-1, -2, -1, -2}), {1, 3, 12, 11}, dice);
  for (std::int64_t x = 0; x < 11; ++x) {
    layer.input = with_value(layer.input, x, kNan);
    layer.input = with_value(layer.input, 10 * 11 + x, kNan);
  }
  for (std::int64_t y = 0; y < 12; ++y) {
    layer.input = with_value(layer.input, y * 11, kNan);
    layer.input = with_value(layer.input, y * 11 + 9, kNan);
  }
  EXPECT_LT(forward_error(layer, 0).value(), kMostError);
  EXPECT_LT(gradient_error(layer, random_errors(layer, dice), 0).value(), kMostError);
}

}  // namespace
}  // namespace convscope::conv
