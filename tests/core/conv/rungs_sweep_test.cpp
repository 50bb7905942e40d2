// Every rung compared with the exact one, over random layers of all kinds, forward and backward:
// operands at any address, with guards around them, on several threads.
//
// The tolerance: |got - exact| <= factor · 2^-24 · size, where size is the sum of the magnitudes of
// the products (and the bias). kWinograd and kFft mix the cells of a tile, so their size is the
// largest one in the plane, or the largest possible product.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <map>
#include <sstream>

#include "core/conv/correlate.h"
#include "core/conv/forward.h"
#include "core/conv/rungs/dense/gemm.h"
#include "core/conv/rungs/rungs.h"
#include "core/conv/training/gradients.h"
#include "tests/core/conv/random_layer.h"

namespace convscope::conv {
namespace {

// In units of 2^-24 · size: about twice the worst error in the sweep.
double factor(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::kExact:
      return 0;  // bit-identical
    case Algorithm::kDirect:
    case Algorithm::kGemm:
    case Algorithm::kSeparable:
    case Algorithm::kFft:
      return 12;
    case Algorithm::kWinograd:
    case Algorithm::kAuto:
      return 48;
  }
  return 0;
}

bool mixes_cells(Algorithm algorithm) {
  return algorithm == Algorithm::kWinograd || algorithm == Algorithm::kFft ||
         algorithm == Algorithm::kAuto;
}

// CONVSCOPE_SWEEP=10 generates ten times as many layers.
std::uint64_t seeds(std::uint64_t count) {
  const char* times = std::getenv("CONVSCOPE_SWEEP");
  return times == nullptr ? count : count * std::strtoull(times, nullptr, 10);
}

enum class Pass { kForward, kInputGradient, kWeightGradient };
constexpr Pass kPasses[] = {Pass::kForward, Pass::kInputGradient, Pass::kWeightGradient};

const char* name_of(Pass pass) {
  constexpr const char* kNames[] = {"forward", "gradient of input", "gradient of weight"};
  return kNames[static_cast<int>(pass)];
}

// The purpose of a random layer; each rung has one that it can compute.
enum class Profile { kAny, kPlanes, kThreeByThree, kLargeKernel, kDense };
constexpr int kProfiles = 5;

LayerSpec sweep_spec(Op op, Profile profile, Dice& dice) {
  LayerSpec spec = random_spec(op, dice);
  const auto channels = [&](std::int64_t groups, std::int64_t in, std::int64_t out) {
    spec.groups = groups;
    spec.in_channels = groups * in;
    spec.out_channels = groups * out;
  };
  switch (profile) {
    case Profile::kAny:
      break;
    case Profile::kPlanes:
      channels(dice.roll(1, 5), 1, dice.roll(0, 3) == 0 ? 2 : 1);
      spec.kernel_size = {dice.roll(1, 8), dice.roll(1, 8)};
      spec.stride = dice.heads() ? Size2{1, 1} : spec.stride;
      break;
    case Profile::kThreeByThree:
      channels(dice.roll(1, 2), dice.roll(1, 19), dice.roll(1, 21));
      spec.kernel_size = {3, 3};
      spec.stride = spec.dilation = {1, 1};
      break;
    case Profile::kLargeKernel:
      channels(dice.roll(1, 2), 1, 1);
      spec.kernel_size = {dice.roll(1, 33), dice.roll(1, 33)};
      spec.stride = {1, 1};
      spec.dilation = {1, dice.roll(0, 5) == 0 ? 2 : 1};
      spec.pads = {dice.roll(0, 20), dice.roll(0, 40), dice.roll(0, 20), dice.roll(0, 40)};
      break;
    case Profile::kDense:
      channels(dice.roll(1, 2), dice.roll(1, 40), dice.roll(1, 40));
      spec.kernel_size = {dice.roll(1, 3), dice.roll(1, 3)};
      spec.stride = {dice.roll(1, 2), dice.roll(1, 2)};
      break;
  }
  if (spec.padding == PaddingRule::kSame) {
    spec.stride = {1, 1};
  }
  if (op == Op::kConvTranspose) {
    spec.pads.bottom = spec.pads.top;
    spec.pads.right = spec.pads.left;
  }
  return spec;
}

// Makes every kernel the product of a column and a row.
Tensor of_rank_one(const Tensor& weight) {
  const Shape& shape = weight.shape();
  std::vector<float> values;
  for (std::int64_t p = 0; p < shape.count(); ++p) {
    const std::int64_t plane = p / (shape.h * shape.w) * (shape.h * shape.w);
    const std::int64_t y = p % (shape.h * shape.w) / shape.w;
    const std::int64_t x = p % shape.w;
    values.push_back(weight.data()[plane + y * shape.w] * weight.data()[plane + x]);
  }
  return Tensor(shape, std::move(values));
}

// Occasionally large enough for several threads.
RandomLayer sweep_layer(Op op, std::uint64_t seed) {
  Dice dice(seed);
  const auto profile = static_cast<Profile>(dice.roll(0, kProfiles - 1));
  const bool large = dice.roll(0, 15) == 0;
  const auto [least, most] = large ? std::pair(5e6, 2e7) : std::pair(1.0, 1.5e6);
  RandomLayer layer;
  while (true) {
    layer.spec = sweep_spec(op, profile, dice);
    const std::int64_t side = large ? 150 : 70;
    const std::int64_t width = dice.roll(0, 8) == 0 ? 1 : dice.roll(1, side);
    layer.input_shape = {dice.roll(1, 2), layer.spec.in_channels, dice.roll(1, side / 2), width};
    if (problems(layer.spec, layer.input_shape).empty()) {
      const auto work = static_cast<double>(work_count(layer.spec, layer.input_shape));
      if (work >= least && work <= most) {
        break;
      }
    }
  }
  layer.input = random_tensor(layer.input_shape, {.seed = dice.seed()});
  layer.weight = random_tensor(weight_shape(layer.spec), {.seed = dice.seed()});
  if ((profile == Profile::kPlanes || profile == Profile::kLargeKernel) && dice.heads()) {
    layer.weight = of_rank_one(layer.weight);
  }
  if (layer.spec.bias) {
    layer.bias = random_tensor({1, 1, 1, layer.spec.out_channels}, {.seed = dice.seed()});
  }
  return layer;
}

// Numbers at any address, between guards: reading a guard gives a huge number, and writing one is
// detected. Half of the buffers end with their allocation, for the address sanitizer.
class Guarded {
 public:
  Guarded(const Shape& shape, float fill, Dice& dice)
      : shape_(shape),
        before_(static_cast<std::size_t>(dice.roll(1, 37))),
        after_(dice.heads() ? 0 : 37),
        floats_(before_ + static_cast<std::size_t>(shape.count()) + after_, kGuard) {
    std::fill(values().begin(), values().end(), fill);
  }
  Guarded(const Tensor& tensor, Dice& dice) : Guarded(tensor.shape(), 0, dice) {
    std::copy(tensor.values().begin(), tensor.values().end(), values().begin());
  }

  TensorView view() const { return {shape_, floats_.data() + before_}; }
  std::span<float> values() {
    return std::span(floats_).subspan(before_, static_cast<std::size_t>(shape_.count()));
  }
  bool intact() const {
    const auto is_guard = [](float value) { return value == kGuard; };
    const auto before = static_cast<std::ptrdiff_t>(before_);
    const auto after = static_cast<std::ptrdiff_t>(after_);
    return std::all_of(floats_.begin(), floats_.begin() + before, is_guard) &&
           std::all_of(floats_.end() - after, floats_.end(), is_guard);
  }

 private:
  static constexpr float kGuard = 1e30F;

  Shape shape_;
  std::size_t before_;
  std::size_t after_;
  std::vector<float> floats_;
};

// A layer, the incoming gradient, and which of the tensors is to be computed.
struct Case {
  RandomLayer layer;
  Tensor grad_out;
  Pass pass = Pass::kForward;
};

Shape result_shape(const Case& c) {
  switch (c.pass) {
    case Pass::kForward:
      return output_shape(c.layer.spec, c.layer.input_shape);
    case Pass::kInputGradient:
      return c.layer.input_shape;
    case Pass::kWeightGradient:
      return weight_shape(c.layer.spec);
  }
  return {};
}

// The operands of a case, wherever they are in memory.
struct Operands {
  TensorView input;
  TensorView weight;
  TensorView bias;
  TensorView grad_out;
};

bool compute(const Case& c, const Operands& at, std::span<float> out, const RunOptions& run) {
  const LayerSpec& spec = c.layer.spec;
  switch (c.pass) {
    case Pass::kForward:
      return forward_into(out, at.input, at.weight, at.bias, spec, run);
    case Pass::kInputGradient:
      return gradient_of_input_into(out, at.grad_out, at.weight, spec, c.layer.input_shape, run);
    case Pass::kWeightGradient:
      return gradient_of_weight_into(out, at.grad_out, at.input, spec, run);
  }
  return false;
}

std::vector<float> on_the_exact_rung(const Case& c) {
  std::vector<float> values(static_cast<std::size_t>(result_shape(c).count()));
  EXPECT_TRUE(compute(c, {c.layer.input, c.layer.weight, c.layer.bias, c.grad_out}, values,
                      {.algorithm = Algorithm::kExact, .threads = 1}));
  return values;
}

Tensor sizes_of(const Tensor& tensor) {
  std::vector<float> values(tensor.values().begin(), tensor.values().end());
  for (float& value : values) {
    value = std::abs(value);
  }
  return tensor.empty() ? tensor : Tensor(tensor.shape(), std::move(values));
}

// The expected result of a case, and the magnitude of what is summed.
struct Expected {
  std::vector<float> values;
  std::vector<float> sizes;
  std::vector<float> plane_sizes;  // the largest of the plane, or the largest product
};

Expected expected_of(const Case& c) {
  Case sizes = c;
  sizes.layer.input = sizes_of(c.layer.input);
  sizes.layer.weight = sizes_of(c.layer.weight);
  sizes.layer.bias = sizes_of(c.layer.bias);
  sizes.grad_out = sizes_of(c.grad_out);
  Expected expected = {on_the_exact_rung(c), on_the_exact_rung(sizes), {}};
  const Shape shape = result_shape(c);
  const auto plane = static_cast<std::ptrdiff_t>(shape.h * shape.w);
  const auto largest = [](const Tensor& tensor) {
    const auto values = tensor.values();
    return values.empty() ? 0.0F : *std::max_element(values.begin(), values.end());
  };
  // Tile cells beyond the map's border contribute their error to those inside.
  const Tensor& cells = c.pass == Pass::kForward ? sizes.layer.input : sizes.grad_out;
  const float product =
      c.pass == Pass::kWeightGradient ? 0.0F : largest(cells) * largest(sizes.layer.weight);
  for (auto at = expected.sizes.begin(); at != expected.sizes.end(); at += plane) {
    const float size = *std::max_element(at, at + plane);
    expected.plane_sizes.insert(expected.plane_sizes.end(), static_cast<std::size_t>(plane),
                                std::isfinite(product) ? std::max(size, product) : size);
  }
  return expected;
}

// The rung that the public functions use for this case.
Algorithm rung_of(const Case& c, Algorithm wanted) {
  const RandomLayer& layer = c.layer;
  switch (c.pass) {
    case Pass::kForward:
      return *forward_algorithm(layer.weight, layer.spec, layer.input_shape, wanted);
    case Pass::kInputGradient:
      return gradient_of_input_algorithm(layer.weight, layer.spec, layer.input_shape, wanted);
    case Pass::kWeightGradient:
      break;
  }
  return gradient_of_weight_algorithm(layer.spec, layer.input_shape, wanted);
}

// The largest error in units of 2^-24 · size, and where it is.
struct Error {
  double units = 0;
  std::size_t at = 0;
};

double error_units(float got, float want, float size) {
  if (std::isnan(want) || std::isinf(want)) {
    const bool same = std::isnan(want) ? std::isnan(got) : got == want;
    return same ? 0 : std::numeric_limits<double>::infinity();
  }
  // For sums close to float32's limits nothing is known except that they are finite.
  if (!std::isfinite(size)) {
    return std::isfinite(got) ? 0 : std::numeric_limits<double>::infinity();
  }
  constexpr double kTiny = 1e-36;
  const double units = std::abs(static_cast<double>(got) - want) /
                       (std::ldexp(static_cast<double>(size), -24) + kTiny);
  return std::isnan(units) ? std::numeric_limits<double>::infinity() : units;
}

Error worst_error(std::span<const float> got, const Expected& expected, bool mixes) {
  const std::vector<float>& sizes = mixes ? expected.plane_sizes : expected.sizes;
  Error worst;
  for (std::size_t i = 0; i < got.size(); ++i) {
    const double units = error_units(got[i], expected.values[i], sizes[i]);
    if (units > worst.units) {
      worst = {units, i};
    }
  }
  return worst;
}

std::string described(const Case& c, std::uint64_t seed, Algorithm algorithm) {
  std::ostringstream out;
  out << name_of(c.pass) << ", --algorithm " << name_of(algorithm) << ", seed " << seed << '\n';
  if (c.layer.input_shape.count() + c.layer.weight.shape().count() < 300) {
    out << c.layer;
    print(out, "grad_out", c.grad_out);
  } else {
    out << "input " << c.layer.input_shape << '\n' << c.layer.spec << '\n';
  }
  return out.str();
}

using Key = std::pair<Pass, Algorithm>;

struct Tally {
  std::map<Key, int> cases;
  std::map<Key, double> worst;

  void note(Pass pass, Algorithm algorithm, double units) {
    ++cases[{pass, algorithm}];
    double& largest = worst[{pass, algorithm}];
    largest = std::max(largest, units);
  }
  void print() const {
    for (const auto& [key, units] : worst) {
      std::cout << name_of(key.first) << ", " << name_of(key.second) << ": " << cases.at(key)
                << " cases, worst error " << units << " of " << factor(key.second) << '\n';
    }
  }
};

void check(const Case& c, std::uint64_t seed, Algorithm algorithm, const Expected& expected,
           Tally& tally) {
  const Algorithm rung = rung_of(c, algorithm);
  if (rung != algorithm && algorithm != Algorithm::kAuto) {
    return;  // falls back to kAuto, which is tested once
  }
  Dice dice(seed);
  const Guarded input(c.layer.input, dice);
  const Guarded weight(c.layer.weight, dice);
  const Guarded bias(c.layer.bias, dice);
  const Guarded grad_out(c.grad_out, dice);
  const Operands operands = {input.view(), weight.view(),
                             c.layer.bias.empty() ? TensorView() : bias.view(), grad_out.view()};
  std::vector<float> first;
  for (const std::int64_t threads : {1, 2, 3}) {
    // Filled with a value larger than any result, so that unwritten cells are detected.
    Guarded out(result_shape(c), 3e33F, dice);
    ASSERT_TRUE(compute(c, operands, out.values(), {.algorithm = algorithm, .threads = threads}));
    ASSERT_TRUE(out.intact()) << "written beyond the end: " << described(c, seed, algorithm);
    const std::span<const float> got = out.values();
    if (first.empty()) {
      first.assign(got.begin(), got.end());
    } else {
      ASSERT_EQ(std::memcmp(first.data(), got.data(), got.size_bytes()), 0)
          << "other bits on " << threads << " threads: " << described(c, seed, algorithm);
    }
  }
  const Error error = worst_error(first, expected, mixes_cells(algorithm));
  ASSERT_LE(error.units, factor(algorithm))
      << "element " << error.at << ": got " << first[error.at] << ", expected "
      << expected.values[error.at] << ", size " << expected.sizes[error.at] << "; "
      << described(c, seed, algorithm);
  tally.note(c.pass, algorithm, error.units);
}

Case case_of(RandomLayer layer, Pass pass, std::uint64_t seed) {
  if (pass == Pass::kInputGradient && seed % 4 != 0) {
    layer.spec.padding_mode = PaddingMode::kZeros;  // other modes always use the exact rung
  }
  Case c;
  c.grad_out = random_tensor(output_shape(layer.spec, layer.input_shape), {.seed = seed});
  c.layer = std::move(layer);
  c.pass = pass;
  return c;
}

void sweep(Op op, std::uint64_t count, Tally& tally) {
  for (std::uint64_t seed = 0; seed < seeds(count); ++seed) {
    for (const Pass pass : kPasses) {
      const Case c = case_of(sweep_layer(op, seed), pass, seed);
      const Expected expected = expected_of(c);
      for (const Algorithm algorithm : kAlgorithms) {
        check(c, seed, algorithm, expected, tally);
        if (testing::Test::HasFatalFailure()) {
          return;
        }
      }
    }
  }
  tally.print();
}

TEST(RungsSweep, Convolutions) {
  Tally tally;
  sweep(Op::kConv, 250, tally);
  for (const Algorithm algorithm : kAlgorithms) {
    EXPECT_GT((tally.cases[{Pass::kForward, algorithm}]), 25) << name_of(algorithm);
  }
  for (const Algorithm algorithm : {Algorithm::kGemm, Algorithm::kWinograd}) {
    EXPECT_GT((tally.cases[{Pass::kInputGradient, algorithm}]), 25) << name_of(algorithm);
    EXPECT_GT((tally.cases[{Pass::kWeightGradient, algorithm}]), 25) << name_of(algorithm);
  }
}

TEST(RungsSweep, TransposedConvolutions) {
  Tally tally;
  sweep(Op::kConvTranspose, 150, tally);
  for (const Pass pass : kPasses) {
    for (const Algorithm algorithm : {Algorithm::kGemm, Algorithm::kWinograd}) {
      EXPECT_GT((tally.cases[{pass, algorithm}]), 15) << name_of(algorithm);
    }
  }
}

// Wide enough for blocks of columns, some of which don't touch the padding.
TEST(RungsSweep, WideRows) {
  Tally tally;
  for (const std::int64_t width : {601, 997, 2048}) {
    RandomLayer layer;
    layer.spec = {.in_channels = 40, .out_channels = 3, .padding = PaddingRule::kSame};
    layer.input_shape = {1, 40, 9, width};
    layer.input = random_tensor(layer.input_shape, {.seed = 1});
    layer.weight = random_tensor(weight_shape(layer.spec), {.seed = 2});
    const Case c = case_of(layer, Pass::kForward, 3);
    const Expected expected = expected_of(c);
    for (const Algorithm algorithm : kAlgorithms) {
      check(c, 0, algorithm, expected, tally);
    }
  }
}

// Kernels whose taps are further apart than blocks, borders and maps are wide.
TEST(RungsSweep, KernelsThatReachFar) {
  struct Far {
    Op op;
    std::int64_t in_channels;
    std::int64_t out_channels;
    Size2 kernel;
    Size2 stride;
    Size2 dilation;
    Pads pads;
    PaddingMode mode;
    Size2 input;
  };
  const Pads none;
  const Far kLayers[] = {
      // Several blocks per row, with zeros on both sides of it.
      {Op::kConv, 40, 9, {3, 3}, {1, 1}, {1, 130}, {1, 1, 130, 130}, PaddingMode::kZeros, {5, 300}},
      // The same with nearly all zeros on the right.
      {Op::kConv, 40, 2, {1, 3}, {1, 1}, {1, 100}, {0, 0, 1, 1000}, PaddingMode::kZeros, {16, 450}},
      // Borders many times larger than the map.
      {Op::kConv,
       64,
       8,
       {3, 3},
       {1, 1},
       {100, 100},
       {100, 100, 100, 100},
       PaddingMode::kZeros,
       {10, 10}},
      {Op::kConv, 12, 8, {3, 3}, {3, 3}, {40, 40}, {50, 50, 50, 50}, PaddingMode::kZeros, {9, 9}},
      // Columns are copied only if the output isn't aligned.
      {Op::kConv, 1, 1, {31, 31}, {1, 1}, {2, 20}, none, PaddingMode::kReflect, {61, 664}},
      // Strides larger than the output.
      {Op::kConvTranspose, 64, 64, {4, 4}, {1000, 1000}, {1, 1}, none, PaddingMode::kZeros, {1, 1}},
      {Op::kConvTranspose, 40, 40, {4, 4}, {2, 1 << 20}, {1, 1}, none, PaddingMode::kZeros, {9, 1}},
  };
  Tally tally;
  for (const Far& far : kLayers) {
    RandomLayer layer;
    layer.spec = {.op = far.op,
                  .in_channels = far.in_channels,
                  .out_channels = far.out_channels,
                  .kernel_size = far.kernel,
                  .stride = far.stride,
                  .padding = PaddingRule::kExplicit,
                  .pads = far.pads,
                  .padding_mode = far.mode,
                  .dilation = far.dilation};
    layer.input_shape = {1, far.in_channels, far.input.h, far.input.w};
    ASSERT_TRUE(problems(layer.spec, layer.input_shape).empty()) << layer.spec;
    layer.input = random_tensor(layer.input_shape, {.seed = 1});
    layer.weight = random_tensor(weight_shape(layer.spec), {.seed = 2});
    for (const Pass pass : kPasses) {
      const Case c = case_of(layer, pass, 3);
      const Expected expected = expected_of(c);
      for (const Algorithm algorithm : kAlgorithms) {
        for (const std::uint64_t alignment : {0, 1, 2}) {
          check(c, alignment, algorithm, expected, tally);
          ASSERT_FALSE(HasFatalFailure());
        }
      }
    }
  }
}

// Atrous layers on maps smaller than their kernels remain fast.
TEST(RungsSweep, WideDilationsFit) {
  for (const std::int64_t dilation : {6, 12, 18}) {
    const LayerSpec spec = {.in_channels = 512,
                            .out_channels = 256,
                            .padding = PaddingRule::kSame,
                            .dilation = {dilation, dilation}};
    const rungs::Correlation job =
        correlation_of(nullptr, {{1, 512, 14, 14}, nullptr}, {}, {}, spec);
    EXPECT_NE(rungs::gemm_order(job), rungs::GemmOrder::kNone) << spec;
  }
}

// The kinds of layers that networks have, with fewer channels: each form of the rungs has its own
// conditions, which random layers seldom meet.
TEST(RungsSweep, LayersOfNetworks) {
  struct Kind {
    Op op = Op::kConv;
    std::int64_t in = 0;
    std::int64_t out = 0;
    std::int64_t size = 0;
    std::int64_t kernel = 1;
    std::int64_t stride = 1;
    std::int64_t pad = 0;
    std::int64_t dilation = 1;
    std::int64_t groups = 1;
  };
  constexpr Op kBack = Op::kConvTranspose;
  const Kind kinds[] = {
      // Pointwise, also with a few positions past the last vector, and with a stride.
      {.in = 70, .out = 90, .size = 7},
      {.in = 300, .out = 41, .size = 13},
      {.in = 33, .out = 26, .size = 14, .stride = 2},
      {.in = 24, .out = 64, .size = 9, .stride = 3},
      // Dense, with every kind of border.
      {.in = 40, .out = 50, .size = 13, .kernel = 3, .pad = 1},
      {.in = 64, .out = 64, .size = 8, .kernel = 3, .pad = 1},
      {.in = 30, .out = 36, .size = 15, .kernel = 3, .stride = 2, .pad = 1},
      {.in = 3, .out = 48, .size = 33, .kernel = 7, .stride = 2, .pad = 3},
      {.in = 6, .out = 28, .size = 12, .kernel = 5},
      {.in = 130, .out = 40, .size = 14, .kernel = 3, .pad = 9, .dilation = 9},
      {.in = 64, .out = 96, .size = 8, .kernel = 3, .pad = 1, .groups = 2},
      // With positions past the last vector; cut by rows and columns; read in place.
      {.in = 70, .out = 43, .size = 14, .kernel = 3, .stride = 2, .pad = 1},
      {.in = 36, .out = 40, .size = 20, .kernel = 3, .pad = 9, .dilation = 9},
      {.in = 80, .out = 50, .size = 16, .kernel = 3, .pad = 17, .dilation = 17},
      {.in = 20, .out = 30, .size = 5, .kernel = 3},
      {.in = 90, .out = 30, .size = 9, .kernel = 2},
      // Depthwise.
      {.in = 37, .out = 37, .size = 14, .kernel = 3, .stride = 2, .pad = 1, .groups = 37},
      {.in = 24, .out = 48, .size = 7, .kernel = 3, .pad = 1, .groups = 24},
      {.in = 33, .out = 33, .size = 11, .kernel = 5, .stride = 3, .pad = 2, .groups = 33},
      {.in = 18, .out = 18, .size = 20, .kernel = 3, .pad = 4, .dilation = 4, .groups = 18},
      // Transposed: from a single cell, small maps, without overlap, in phases.
      {.op = kBack, .in = 50, .out = 40, .size = 1, .kernel = 4},
      {.op = kBack, .in = 64, .out = 24, .size = 4, .kernel = 4, .stride = 2, .pad = 1},
      {.op = kBack, .in = 40, .out = 30, .size = 6, .kernel = 2, .stride = 2},
      {.op = kBack, .in = 36, .out = 28, .size = 9, .kernel = 3, .stride = 2, .pad = 1},
      {.op = kBack, .in = 20, .out = 27, .size = 5, .kernel = 3, .stride = 3, .groups = 1},
  };
  Tally tally;
  std::uint64_t seed = 0;
  for (const Kind& kind : kinds) {
    Dice dice(++seed);
    const LayerSpec spec = {.op = kind.op,
                            .in_channels = kind.in,
                            .out_channels = kind.out,
                            .kernel_size = {kind.kernel, kind.kernel},
                            .stride = {kind.stride, kind.stride},
                            .padding = PaddingRule::kExplicit,
                            .pads = {kind.pad, kind.pad, kind.pad, kind.pad},
                            .dilation = {kind.dilation, kind.dilation},
                            .groups = kind.groups};
    const RandomLayer layer =
        filled(spec, {1 + dice.roll(0, 1), kind.in, kind.size, kind.size}, dice);
    for (const Pass pass : kPasses) {
      const Case c = case_of(layer, pass, seed);
      const Expected expected = expected_of(c);
      for (const Algorithm algorithm : kAlgorithms) {
        check(c, seed, algorithm, expected, tally);
        ASSERT_FALSE(HasFatalFailure());
      }
    }
  }
}

// NaN and infinity appear where the exact rung has them, and close to float32's limits nothing
// overflows unnecessarily.
TEST(RungsSweep, OddOperands) {
  Tally tally;
  int with_nan = 0;
  for (const Op op : {Op::kConv, Op::kConvTranspose}) {
    for (std::uint64_t seed = 0; seed < seeds(60); ++seed) {
      for (const Pass pass : kPasses) {
        Case c = case_of(sweep_layer(op, seed), pass, seed);
        Dice dice(seed);
        c.layer.input = dice.heads() ? with_oddities(c.layer.input, dice) : c.layer.input;
        c.layer.weight = dice.heads() ? with_oddities(c.layer.weight, dice) : c.layer.weight;
        c.grad_out = dice.heads() ? with_oddities(c.grad_out, dice) : c.grad_out;
        const Expected expected = expected_of(c);
        with_nan += std::any_of(expected.values.begin(), expected.values.end(),
                                [](float value) { return std::isnan(value); });
        for (const Algorithm algorithm : kAlgorithms) {
          check(c, seed, algorithm, expected, tally);
          ASSERT_FALSE(HasFatalFailure());
        }
      }
    }
  }
  EXPECT_GT(with_nan, 40);
}

// Detects a rung that reads outside its operands: the memory there is NaN, and nothing else is.
TEST(RungsSweep, FiniteOperandsStayOnTheirRung) {
  using Rung = bool (*)(const rungs::Correlation&, const RunOptions&);
  const std::pair<Algorithm, Rung> kRungs[] = {{Algorithm::kDirect, rungs::direct},
                                               {Algorithm::kGemm, rungs::gemm},
                                               {Algorithm::kWinograd, rungs::winograd},
                                               {Algorithm::kFft, rungs::fft},
                                               {Algorithm::kSeparable, rungs::separable}};
  constexpr std::size_t kAround = 64;
  const auto surrounded = [](const Tensor& tensor) {
    std::vector<float> values(kAround, std::numeric_limits<float>::quiet_NaN());
    values.insert(values.end(), tensor.values().begin(), tensor.values().end());
    values.insert(values.end(), kAround, std::numeric_limits<float>::quiet_NaN());
    return values;
  };
  for (std::uint64_t seed = 0; seed < seeds(300); ++seed) {
    const Case c = case_of(sweep_layer(Op::kConv, seed), Pass::kForward, seed);
    const std::vector<float> input = surrounded(c.layer.input);
    const std::vector<float> weight = surrounded(c.layer.weight);
    std::vector<float> out(static_cast<std::size_t>(result_shape(c).count()));
    rungs::Correlation job =
        correlation_of(out.data(), {c.layer.input_shape, input.data() + kAround},
                       {c.layer.weight.shape(), weight.data() + kAround}, {}, c.layer.spec);
    for (const auto& [algorithm, rung] : kRungs) {
      if (choose(job, algorithm) == algorithm) {
        ASSERT_TRUE(rung(job, {.threads = 1})) << described(c, seed, algorithm);
      }
    }
  }
}

}  // namespace
}  // namespace convscope::conv
