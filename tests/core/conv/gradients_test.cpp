// Gradients compared with finite differences. A layer is linear in each of its arguments, so a
// central difference of double sums over numbers with few bits is exact for any step size.
#include "core/conv/training/gradients.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/conv/analysis/step.h"
#include "tests/core/conv/random_layer.h"

namespace convscope::conv {
namespace {

constexpr float kNudge = 0.125F;
constexpr std::int64_t kMostTerms = 6000;

// sum(grad_out · layer(input, weight)) in double.
double pairing(const RandomLayer& layer, const Tensor& grad_out) {
  double sum = 0;
  for (std::int64_t p = 0; p < grad_out.shape().count(); ++p) {
    sum += grad_out.at(output_index(grad_out.shape(), p)) *
           step_at(layer.input, layer.weight, layer.bias, layer.spec, p).value;
  }
  return sum;
}

// Compares some places of `gradient` with differences of the tensor that `member` names.
void expect_differences(const RandomLayer& layer, const Tensor& grad_out,
                        Tensor RandomLayer::* member, const Tensor& gradient, Dice& dice) {
  ASSERT_EQ(gradient.shape(), (layer.*member).shape());
  for (int draw = 0; draw < 5; ++draw) {
    const Index at = output_index(gradient.shape(), dice.roll(0, gradient.shape().count() - 1));
    const float value = (layer.*member).at(at);
    RandomLayer nudged = layer;
    nudged.*member = (layer.*member).with(at, value + kNudge);
    const double above = pairing(nudged, grad_out);
    nudged.*member = (layer.*member).with(at, value - kNudge);
    const double below = pairing(nudged, grad_out);
    const double expected = (above - below) / (2.0 * kNudge);
    ASSERT_NEAR(gradient.at(at), expected, 1e-6 * (1 + std::abs(expected)))
        << "at (" << at.n << ", " << at.c << ", " << at.y << ", " << at.x << ")\n"
        << layer;
  }
}

struct Reached {
  int cases = 0;
  int modes[4] = {};
  int flipped = 0;
  int grouped = 0;
  int dilated = 0;
};

Reached check(Op op) {
  Reached reached;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const RandomLayer layer = random_layer(op, seed, /*odd=*/false);
    const Size2 kernel = layer.spec.kernel_size;
    const std::int64_t outputs = output_shape(layer.spec, layer.input_shape).count();
    if (outputs * layer.spec.in_channels / layer.spec.groups * kernel.h * kernel.w > kMostTerms) {
      continue;
    }
    Dice dice(seed);
    const Tensor grad_out =
        random_tensor(output_shape(layer.spec, layer.input_shape), {.seed = dice.seed()});
    expect_differences(layer, grad_out, &RandomLayer::input,
                       gradient_of_input(grad_out, layer.weight, layer.spec, layer.input_shape),
                       dice);
    expect_differences(layer, grad_out, &RandomLayer::weight,
                       gradient_of_weight(grad_out, layer.input, layer.spec), dice);
    if (layer.spec.bias) {
      expect_differences(layer, grad_out, &RandomLayer::bias, gradient_of_bias(grad_out), dice);
    }
    ++reached.cases;
    ++reached.modes[static_cast<int>(layer.spec.padding_mode)];
    reached.flipped += layer.spec.flip;
    reached.grouped += layer.spec.groups > 1;
    reached.dilated += layer.spec.dilation.h > 1;
  }
  return reached;
}

TEST(Gradients, OfConvolutionEqualDifferences) {
  const Reached reached = check(Op::kConv);
  for (const int mode : reached.modes) {
    EXPECT_GT(mode, 20);
  }
  EXPECT_GT(reached.flipped, 20);
  EXPECT_GT(reached.grouped, 20);
  EXPECT_GT(reached.dilated, 20);
}

TEST(Gradients, OfTransposedConvolutionEqualDifferences) {
  const Reached reached = check(Op::kConvTranspose);
  EXPECT_GT(reached.cases, 100);
  EXPECT_GT(reached.grouped, 20);
  EXPECT_GT(reached.dilated, 20);
}

}  // namespace
}  // namespace convscope::conv
