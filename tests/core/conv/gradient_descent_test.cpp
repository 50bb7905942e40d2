#include "core/conv/training/descent_history.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/conv/analysis/step.h"
#include "tests/core/conv/grid.h"
#include "tests/core/conv/random_layer.h"

namespace convscope::conv {
namespace {

// One weight, one bias: input 2, weight 3, bias 1, target 5, so the error is 2 and the loss 4.
struct Point {
  LayerSpec spec{.kernel_size = {1, 1}, .bias = true};
  Tensor input = grid({{2}});
  Tensor target = grid({{5}});
  DescentState start = descent_start(grid({{3}}), bias_of(std::vector<float>{1}));
};

TEST(Descent, OneStepByHand) {
  const Point point;
  const DescentStep step = descent_step(point.start, point.input, point.target, point.spec);
  EXPECT_EQ(step.prediction.at({}), 7);
  EXPECT_EQ(step.error.at({}), 2);
  EXPECT_EQ(step.loss, 4);
  EXPECT_EQ(step.grad_out.at({}), 4);
  EXPECT_EQ(step.grad_weight.at({}), 8);
  EXPECT_EQ(step.grad_bias.at({}), 4);
}

TEST(Descent, SgdKeepsItsVelocity) {
  const Point point;
  const Optimizer sgd{.lr = 0.125, .momentum = 0.5};
  const DescentStep step = descent_step(point.start, point.input, point.target, point.spec);
  DescentState state = advanced(point.start, step, sgd);
  EXPECT_EQ(state.step, 1);
  EXPECT_EQ(state.weight, std::vector<double>{2});
  EXPECT_EQ(state.bias, std::vector<double>{0.5});
  state = advanced(state, step, sgd);  // the same gradient again: v = 4 + 8, 2 + 4
  EXPECT_EQ(state.weight, std::vector<double>{0.5});
  EXPECT_EQ(state.bias, std::vector<double>{-0.25});
}

TEST(Descent, AdamsFirstStepIsTheLearningRate) {
  const Point point;
  const Optimizer adam{.kind = Optimizer::Kind::kAdam, .lr = 0.25};
  const DescentStep step = descent_step(point.start, point.input, point.target, point.spec);
  const DescentState state = advanced(point.start, step, adam);
  EXPECT_NEAR(state.weight[0], 2.75, 1e-8);
  EXPECT_NEAR(state.bias[0], 0.75, 1e-8);
}

// Learns the lecture's X from its response to a random image.
struct Fit {
  LayerSpec spec;
  Tensor input = random_tensor({1, 1, 8, 8}, {.seed = 5});
  Tensor target = conv2d(input, grid({{1, 0, 1}, {0, 1, 0}, {1, 0, 1}}), Tensor(), spec);
  DescentState start = descent_start(random_tensor({1, 1, 3, 3}, {.seed = 6}), Tensor());

  DescentHistory run(const Optimizer& optimizer, std::int64_t steps,
                     std::int64_t most_values) const {
    return descend({start}, input, target, {spec}, optimizer, steps, most_values);
  }
};

TEST(Descent, FindsTheFilter) {
  const Fit fit;
  for (const Optimizer& optimizer : {Optimizer{.lr = 0.05, .momentum = 0.9},
                                     Optimizer{.kind = Optimizer::Kind::kAdam, .lr = 0.05}}) {
    const DescentHistory history = fit.run(optimizer, 1000, 1000);
    EXPECT_LT(history.losses.back(), 1e-9);
    const Tensor found = weight_of(history.states.back().front(), fit.spec);
    const float x[] = {1, 0, 1, 0, 1, 0, 1, 0, 1};
    for (std::size_t i = 0; i < 9; ++i) {
      EXPECT_NEAR(found.values()[i], x[i], 1e-4);
    }
  }
}

bool same(const DescentState& a, const DescentState& b) {
  return a.step == b.step && a.weight == b.weight && a.bias == b.bias && a.first == b.first &&
         a.second == b.second;
}

TEST(Descent, ShuffledEqualsSequential) {
  const Fit fit;
  constexpr std::int64_t kSteps = 203;
  for (const Optimizer& optimizer : {Optimizer{.lr = 0.02, .momentum = 0.9},
                                     Optimizer{.kind = Optimizer::Kind::kAdam, .lr = 0.05}}) {
    std::vector<DescentState> sequential = {fit.start};
    std::vector<double> losses;
    for (std::int64_t i = 0; i <= kSteps; ++i) {
      const DescentStep step = descent_step(sequential.back(), fit.input, fit.target, fit.spec);
      losses.push_back(step.loss);
      sequential.push_back(advanced(sequential.back(), step, optimizer));
    }
    for (const std::int64_t most_values : {1, 200, 1000, 1'000'000}) {
      const DescentHistory history = fit.run(optimizer, kSteps, most_values);
      EXPECT_EQ(history.losses, losses);
      EXPECT_LE(history.states.size(), static_cast<std::size_t>(most_values / 18 + 2));
      Dice dice(1);
      for (int draw = 0; draw < 60; ++draw) {
        const std::int64_t step = dice.roll(0, kSteps);
        EXPECT_TRUE(
            same(state_at(history, step).front(), sequential[static_cast<std::size_t>(step)]))
            << "step " << step << ", a state every " << history.stride;
      }
      EXPECT_TRUE(same(state_at(history, 0).front(), fit.start));
      EXPECT_TRUE(same(state_at(history, kSteps).front(), sequential[kSteps]));
    }
  }
}

TEST(Descent, TooLargeALearningRateDivergesAndBreaksNothing) {
  const Fit fit;
  const DescentHistory history = fit.run({.lr = 10}, 500, 1000);
  EXPECT_GT(history.losses[20], 1e6 * history.losses[0]);
  EXPECT_FALSE(std::isfinite(history.losses.back()));
  const DescentState last = state_at(history, 499).front();
  EXPECT_FALSE(std::isfinite(weight_of(last, fit.spec).at({})));
  EXPECT_EQ(descent_step(last, fit.input, fit.target, fit.spec).prediction.shape(),
            fit.target.shape());
}

TEST(Descent, CancelledGivesNothing) {
  const Fit fit;
  Progress progress;
  progress.cancel = true;
  EXPECT_TRUE(
      descend({fit.start}, fit.input, fit.target, {fit.spec}, {}, 10, 100, &progress).empty());
}

TEST(Descent, NoStepsIsTheStart) {
  const Fit fit;
  const DescentHistory history = fit.run({}, 0, 100);
  EXPECT_EQ(history.losses.size(), 1U);
  EXPECT_TRUE(same(state_at(history, 0).front(), fit.start));
}

}  // namespace
}  // namespace convscope::conv
