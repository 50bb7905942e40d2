// Random layers of every kind: three ways to compute them, one answer, bit for bit.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <sstream>

#include "core/conv/conv2d.h"
#include "core/conv/rounding.h"
#include "core/conv/step.h"
#include "core/tensor/random.h"

namespace convscope {
namespace {

struct Case {
  Conv2dSpec spec;
  Shape input_shape;
  Tensor input;
  Tensor weight;
  Tensor bias;
};

std::ostream& operator<<(std::ostream& out, const Case& layer) {
  const Conv2dSpec& s = layer.spec;
  const auto list = [&](const char* name, const Tensor& tensor) {
    out << name << " = [";
    for (const float value : tensor.values()) {
      out << value << ", ";
    }
    out << "]\n";
  };
  out << "input (" << layer.input_shape.n << ", " << layer.input_shape.c << ", "
      << layer.input_shape.h << ", " << layer.input_shape.w << ")\nin_channels " << s.in_channels
      << ", out_channels " << s.out_channels << ", kernel_size (" << s.kernel_size.h << ", "
      << s.kernel_size.w << "), stride (" << s.stride.h << ", " << s.stride.w << "), dilation ("
      << s.dilation.h << ", " << s.dilation.w << "), groups " << s.groups << ", padding rule "
      << static_cast<int>(s.padding) << " (" << s.pads.top << ", " << s.pads.bottom << ", "
      << s.pads.left << ", " << s.pads.right << "), mode " << static_cast<int>(s.padding_mode)
      << '\n';
  list("input", layer.input);
  list("weight", layer.weight);
  list("bias", layer.bias);
  return out;
}

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : generator_(seed) {}
  // A whole number from low to high.
  std::int64_t roll(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(generator_.next() %
                                           static_cast<std::uint64_t>(high - low + 1));
  }
  std::uint64_t seed() { return generator_.next(); }

 private:
  SplitMix64 generator_;
};

// Now and then a value that arithmetic treats in its own way.
Tensor with_oddities(Tensor tensor, Dice& dice) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  constexpr float kOdd[] = {std::numeric_limits<float>::quiet_NaN(),
                            kInfinity,
                            -kInfinity,
                            -0.0F,
                            std::numeric_limits<float>::max(),
                            std::numeric_limits<float>::denorm_min()};
  std::vector<float> values(tensor.values().begin(), tensor.values().end());
  for (float& value : values) {
    if (dice.roll(0, 9) == 0) {
      value = kOdd[dice.roll(0, 5)];
    }
  }
  return Tensor(tensor.shape(), std::move(values));
}

Conv2dSpec random_spec(Dice& dice) {
  Conv2dSpec spec;
  spec.groups = dice.roll(1, 3);
  spec.in_channels = spec.groups * dice.roll(1, 3);
  spec.out_channels = spec.groups * dice.roll(1, 2);
  spec.kernel_size = {dice.roll(1, 4), dice.roll(1, 5)};
  spec.stride = {dice.roll(1, 3), dice.roll(1, 4)};
  spec.dilation = {dice.roll(1, 3), dice.roll(1, 2)};
  spec.padding = static_cast<PaddingRule>(dice.roll(0, 3));
  spec.padding_mode = static_cast<PaddingMode>(dice.roll(0, 3));
  spec.pads = {dice.roll(0, 4), dice.roll(0, 3), dice.roll(0, 5), dice.roll(0, 3)};
  spec.bias = dice.roll(0, 1) == 1;
  if (spec.padding == PaddingRule::kSame) {
    spec.stride = {1, 1};
  }
  return spec;
}

Case random_case(std::uint64_t seed) {
  Dice dice(seed);
  Case layer;
  do {
    layer.spec = random_spec(dice);
    layer.input_shape = {dice.roll(1, 2), layer.spec.in_channels, dice.roll(1, 7), dice.roll(1, 9)};
  } while (!problems(layer.spec, layer.input_shape).empty());
  layer.input = random_tensor(layer.input_shape, {.seed = dice.seed()});
  layer.weight = random_tensor(weight_shape(layer.spec), {.seed = dice.seed()});
  if (layer.spec.bias) {
    layer.bias = random_tensor({1, 1, 1, layer.spec.out_channels}, {.seed = dice.seed()});
  }
  if (dice.roll(0, 2) == 0) {
    layer.input = with_oddities(layer.input, dice);
    layer.weight = with_oddities(layer.weight, dice);
    layer.bias = layer.bias.empty() ? layer.bias : with_oddities(layer.bias, dice);
  }
  return layer;
}

Tensor by_steps(const Case& layer) {
  const Shape output = output_shape(layer.spec, layer.input_shape);
  std::vector<float> values;
  for (std::int64_t p = 0; p < output.count(); ++p) {
    values.push_back(
        static_cast<float>(step_at(layer.input, layer.weight, layer.bias, layer.spec, p).value));
  }
  return Tensor(output, std::move(values));
}

TEST(Sweep, FastReferenceAndStepsAgreeBitForBit) {
  int modes[4] = {};
  int with_nan = 0;
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    const Case layer = random_case(seed);
    const Tensor reference = conv2d_reference(layer.input, layer.weight, layer.bias, layer.spec);
    const Tensor fast = conv2d(layer.input, layer.weight, layer.bias, layer.spec);
    ASSERT_TRUE(identical(reference, fast)) << "conv2d, seed " << seed << '\n' << layer;
    ASSERT_TRUE(identical(reference, by_steps(layer))) << "step_at, seed " << seed << '\n' << layer;
    ++modes[static_cast<int>(layer.spec.padding_mode)];
    with_nan += std::isnan(*std::max_element(
        reference.values().begin(), reference.values().end(),
        [](float a, float b) { return !std::isnan(a) && (std::isnan(b) || a < b); }));
  }
  // The sweep reaches what it is there for.
  EXPECT_GT(*std::min_element(modes, modes + 4), 100);
  EXPECT_GT(with_nan, 100);
}

TEST(Sweep, RowsLongerThanABlockAgree) {
  for (const std::int64_t stride : {1, 3}) {
    const Conv2dSpec spec{.in_channels = 2,
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
  // 2^24 + 1 - 2^24: float32 sums would lose the one.
  const Tensor input({1, 1, 1, 3}, {16777216.0F, 1.0F, -16777216.0F});
  const Tensor weight({1, 1, 1, 3}, {1, 1, 1});
  const Conv2dSpec spec{.kernel_size = {1, 3}};
  EXPECT_EQ(conv2d(input, weight, Tensor(), spec).at({}), 1.0F);
  EXPECT_EQ(conv2d_reference(input, weight, Tensor(), spec).at({}), 1.0F);
}

TEST(Sweep, PaddingZerosMeetInfiniteWeights) {
  // 0 · infinity is NaN in the padding too, as libraries compute it.
  const Tensor input({1, 1, 1, 1}, {1});
  const Tensor weight({1, 1, 1, 3}, {std::numeric_limits<float>::infinity(), 1, 1});
  const Conv2dSpec spec{.kernel_size = {1, 3}, .padding = PaddingRule::kSame};
  EXPECT_TRUE(std::isnan(conv2d(input, weight, Tensor(), spec).at({})));
  EXPECT_TRUE(std::isnan(step_at(input, weight, Tensor(), spec, 0).value));
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

TEST(Steps, ShuffledEqualsSequential) {
  for (const std::uint64_t seed : {3U, 14U, 159U}) {
    const Case layer = random_case(seed);
    const Shape output = output_shape(layer.spec, layer.input_shape);
    std::vector<Step> sequential;
    for (std::int64_t p = 0; p < output.count(); ++p) {
      sequential.push_back(step_at(layer.input, layer.weight, layer.bias, layer.spec, p));
    }
    Dice dice(seed);
    for (int draw = 0; draw < 200; ++draw) {
      const std::int64_t p = dice.roll(0, output.count() - 1);
      const Step& expected = sequential[static_cast<std::size_t>(p)];
      const Step step = step_at(layer.input, layer.weight, layer.bias, layer.spec, p);
      ASSERT_EQ(step.position, p);
      ASSERT_EQ(step.output_at, output_index(output, p));
      ASSERT_EQ(position_of(output, step.output_at), p);
      ASSERT_TRUE(same_bits(step.partial_sums, expected.partial_sums)) << layer;
      ASSERT_TRUE(same_bits({step.value}, {expected.value})) << layer;
    }
  }
}

TEST(Steps, TermsTellTheWholeSum) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Case layer = random_case(seed);
    const Step step = step_at(layer.input, layer.weight, layer.bias, layer.spec, 0);
    const Size2 kernel = layer.spec.kernel_size;
    ASSERT_EQ(step.terms.size(),
              static_cast<std::size_t>(layer.weight.shape().c * kernel.h * kernel.w));
    double value = 0;
    std::size_t next = 0;
    for (std::size_t c = 0; c < step.partial_sums.size(); ++c) {
      double sum = 0;
      for (std::int64_t tap = 0; tap < kernel.h * kernel.w; ++tap) {
        const Term& term = step.terms[next++];
        sum += term.product;
        EXPECT_EQ(term.padding, !contains(layer.input_shape, term.input_at));
        EXPECT_EQ(term.has_source, !term.padding || layer.spec.padding_mode != PaddingMode::kZeros);
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
}  // namespace convscope
