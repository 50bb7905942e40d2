// Random layers of every kind: all implementations give the same bits.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/conv/analysis/step.h"
#include "core/conv/conv_transpose2d.h"
#include "core/conv/forward.h"
#include "core/conv/rounding.h"
#include "core/tensor/random.h"
#include "tests/core/conv/random_layer.h"

namespace convscope::conv {
namespace {

constexpr Op kOps[] = {Op::kConv,    Op::kConvTranspose, Op::kMaxPool,
                       Op::kAvgPool, Op::kRelu,          Op::kUnfold};

Tensor by_forward(const RandomLayer& layer) {
  return forward(layer.input, layer.weight, layer.bias, layer.spec);
}

Step step_of(const RandomLayer& layer, std::int64_t position) {
  return step_at(layer.input, layer.weight, layer.bias, layer.spec, position);
}

Tensor by_steps(const RandomLayer& layer) {
  const Shape output = output_shape(layer.spec, layer.input_shape);
  std::vector<float> values;
  for (std::int64_t p = 0; p < output.count(); ++p) {
    values.push_back(rounded(step_of(layer, p).value));
  }
  return Tensor(output, std::move(values));
}

bool has_nan(const Tensor& tensor) {
  return std::any_of(tensor.values().begin(), tensor.values().end(),
                     [](float value) { return std::isnan(value); });
}

TEST(Sweep, FastReferenceAndStepsAgreeBitForBit) {
  int modes[4] = {};
  int with_nan = 0;
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    const RandomLayer layer = random_layer(Op::kConv, seed);
    const Tensor reference = conv2d_reference(layer.input, layer.weight, layer.bias, layer.spec);
    ASSERT_TRUE(identical(reference, by_forward(layer))) << "conv2d, seed " << seed << '\n'
                                                         << layer;
    ASSERT_TRUE(identical(reference, by_steps(layer))) << "step_at, seed " << seed << '\n' << layer;
    ++modes[static_cast<int>(layer.spec.padding_mode)];
    with_nan += has_nan(reference);
  }
  // The sweep covers what it is meant to.
  EXPECT_GT(*std::min_element(modes, modes + 4), 100);
  EXPECT_GT(with_nan, 100);
}

TEST(Sweep, TransposedAgreesBitForBit) {
  int cut_further_than_the_kernel = 0;
  int dilated = 0;
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    const RandomLayer layer = random_layer(Op::kConvTranspose, seed);
    const Tensor reference =
        conv_transpose2d_reference(layer.input, layer.weight, layer.bias, layer.spec);
    ASSERT_TRUE(identical(reference, by_forward(layer))) << "fast, seed " << seed << '\n' << layer;
    ASSERT_TRUE(identical(reference, by_steps(layer))) << "step_at, seed " << seed << '\n' << layer;
    const Pads pads = resolved_pads(layer.spec, layer.input_shape);
    cut_further_than_the_kernel += pads.top >= dilated_kernel(layer.spec).h;
    dilated += layer.spec.dilation.h > layer.spec.stride.h;
  }
  EXPECT_GT(cut_further_than_the_kernel, 20);
  EXPECT_GT(dilated, 50);
}

TEST(Sweep, LayersWithoutWeightsAgreeBitForBit) {
  for (const Op op : {Op::kMaxPool, Op::kAvgPool, Op::kRelu, Op::kUnfold}) {
    int overhanging = 0;
    for (std::uint64_t seed = 0; seed < 800; ++seed) {
      const RandomLayer layer = random_layer(op, seed);
      const Tensor fast = by_forward(layer);
      ASSERT_EQ(fast.shape(), output_shape(layer.spec, layer.input_shape));
      ASSERT_TRUE(identical(fast, by_steps(layer))) << "seed " << seed << '\n' << layer;
      LayerSpec floor = layer.spec;
      floor.ceil_mode = false;
      overhanging += !problems(floor, layer.input_shape).empty() ||
                     output_shape(floor, layer.input_shape) != fast.shape();
    }
    EXPECT_GT(overhanging, op == Op::kMaxPool || op == Op::kAvgPool ? 50 : -1);
  }
}

TEST(Sweep, RowsLongerThanABlockAgree) {
  for (const std::int64_t stride : {1, 3}) {
    const LayerSpec spec{.in_channels = 2,
                         .out_channels = 2,
                         .kernel_size = {2, 3},
                         .stride = {1, stride},
                         .padding = PaddingRule::kExplicit,
                         .pads = {1, 0, 1100, 2},
                         .padding_mode = PaddingMode::kReflect};
    const Tensor input = random_tensor({1, 2, 3, 5000}, {.seed = 1});
    const Tensor weight = random_tensor(weight_shape(spec), {.seed = 2});
    EXPECT_TRUE(identical(conv2d(input, weight, Tensor(), spec),
                          conv2d_reference(input, weight, Tensor(), spec)));
  }
}

TEST(Sweep, SumsStayInDoubleUntilTheEnd) {
  // 2^24 + 1 - 2^24: float32 sums would lose the 1.
  const Tensor input({1, 1, 1, 3}, {16777216.0F, 1.0F, -16777216.0F});
  const Tensor weight({1, 1, 1, 3}, {1, 1, 1});
  const LayerSpec spec{.kernel_size = {1, 3}};
  EXPECT_EQ(conv2d(input, weight, Tensor(), spec).at({}), 1.0F);
  EXPECT_EQ(conv2d_reference(input, weight, Tensor(), spec).at({}), 1.0F);
}

TEST(Sweep, PaddingZerosMeetInfiniteWeights) {
  // 0 · infinity is NaN in the padding too, as in libraries.
  const Tensor input({1, 1, 1, 1}, {1});
  const Tensor weight({1, 1, 1, 3}, {std::numeric_limits<float>::infinity(), 1, 1});
  const LayerSpec spec{.kernel_size = {1, 3}, .padding = PaddingRule::kSame};
  EXPECT_TRUE(std::isnan(conv2d(input, weight, Tensor(), spec).at({})));
  EXPECT_TRUE(std::isnan(step_at(input, weight, Tensor(), spec, 0).value));
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

bool same_term(const Term& a, const Term& b) {
  return a.input_at == b.input_at && a.weight_at == b.weight_at && a.source == b.source &&
         a.counted == b.counted && same_bits({a.product}, {b.product});
}

TEST(Steps, ShuffledEqualsSequential) {
  for (const Op op : kOps) {
    for (const std::uint64_t seed : {3U, 14U, 159U}) {
      const RandomLayer layer = random_layer(op, seed);
      const Shape output = output_shape(layer.spec, layer.input_shape);
      std::vector<Step> sequential;
      for (std::int64_t p = 0; p < output.count(); ++p) {
        sequential.push_back(step_of(layer, p));
      }
      Dice dice(seed);
      for (int draw = 0; draw < 200; ++draw) {
        const std::int64_t p = dice.roll(0, output.count() - 1);
        const Step& expected = sequential[static_cast<std::size_t>(p)];
        const Step step = step_of(layer, p);
        ASSERT_EQ(step.position, p);
        ASSERT_EQ(step.output_at, output_index(output, p));
        ASSERT_EQ(position_of(output, step.output_at), p);
        ASSERT_EQ(step.winner, expected.winner);
        ASSERT_TRUE(std::equal(step.terms.begin(), step.terms.end(), expected.terms.begin(),
                               expected.terms.end(), same_term))
            << layer;
        ASSERT_TRUE(same_bits(step.partial_sums, expected.partial_sums)) << layer;
        ASSERT_TRUE(same_bits({step.value}, {expected.value})) << layer;
      }
    }
  }
}

TEST(Steps, TermsGiveTheWholeSum) {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const Op op = seed % 2 == 0 ? Op::kConv : Op::kConvTranspose;
    const RandomLayer layer = random_layer(op, seed, /*odd=*/false);
    const Step step = step_of(layer, 0);
    const Size2 kernel = layer.spec.kernel_size;
    const std::int64_t channels = layer.spec.in_channels / layer.spec.groups;
    ASSERT_EQ(step.terms.size(), static_cast<std::size_t>(channels * kernel.h * kernel.w));
    double value = 0;
    std::size_t next = 0;
    for (std::size_t c = 0; c < step.partial_sums.size(); ++c) {
      double sum = 0;
      for (std::int64_t tap = 0; tap < kernel.h * kernel.w; ++tap) {
        const Term& term = step.terms[next++];
        sum += term.product;
        EXPECT_EQ(term.weight, layer.weight.at(term.weight_at)) << layer;
        if (op == Op::kConv) {
          EXPECT_EQ(term.padding, !contains(layer.input_shape, term.input_at));
          EXPECT_EQ(term.has_source,
                    !term.padding || layer.spec.padding_mode != PaddingMode::kZeros);
        }
        if (term.has_source) {
          EXPECT_TRUE(contains(layer.input_shape, term.source));
        } else {
          EXPECT_EQ(term.input, 0.0F);
        }
      }
      EXPECT_TRUE(same_bits({one_nan(sum)}, {step.partial_sums[c]})) << layer;
      value += sum;
    }
    value = layer.bias.empty() ? value : value + step.bias;
    EXPECT_TRUE(same_bits({one_nan(value)}, {step.value})) << layer;
  }
}

}  // namespace
}  // namespace convscope::conv
