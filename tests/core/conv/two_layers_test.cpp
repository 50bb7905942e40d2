// Training of several layers against PyTorch's numbers; tests/golden/training has the script that
// made them.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/conv/training/descent_history.h"

namespace convscope::conv {
namespace {

using nlohmann::json;

constexpr double kNear = 2e-5;  // our maps and gradients are float32

struct Training {
  std::string name;
  Tensor input;
  Tensor target;
  std::vector<LayerSpec> chain;
  ChainState start;
  Optimizer optimizer;
  std::int64_t steps = 0;
};

Shape shape_of(const json& sides) { return {sides.at(0), sides.at(1), sides.at(2), sides.at(3)}; }

LayerSpec spec_of(const json& layer) {
  LayerSpec spec;
  const Shape weight = shape_of(layer.at("shape"));
  spec.groups = layer.at("groups");
  spec.out_channels = weight.n;
  spec.in_channels = weight.c * spec.groups;
  spec.kernel_size = {weight.h, weight.w};
  const std::int64_t stride = layer.at("stride");
  const std::int64_t dilation = layer.at("dilation");
  const std::int64_t padding = layer.at("padding");
  spec.stride = {stride, stride};
  spec.dilation = {dilation, dilation};
  spec.padding = PaddingRule::kExplicit;
  spec.pads = {padding, padding, padding, padding};
  spec.bias = layer.at("bias");
  return spec;
}

Training run_of(const json& golden) {
  Training run;
  run.name = golden.at("name");
  const Shape image = shape_of(golden.at("image"));
  run.input = Tensor(image, golden.at("input").get<std::vector<float>>());
  run.target =
      Tensor(shape_of(golden.at("target_shape")), golden.at("target").get<std::vector<float>>());
  Shape shape = image;
  std::size_t start = 0;
  for (const json& layer : golden.at("layers")) {
    LayerSpec spec;
    Tensor weight;
    Tensor bias;
    if (layer.at("op") == "relu") {
      spec.op = Op::kRelu;
      spec = fitted(spec, shape);
    } else {
      spec = spec_of(layer);
      weight =
          Tensor(weight_shape(spec), golden.at("starts").at(start++).get<std::vector<float>>());
      if (spec.bias) {
        bias = Tensor({1, 1, 1, spec.out_channels},
                      std::vector<float>(static_cast<std::size_t>(spec.out_channels)));
      }
    }
    shape = output_shape(spec, shape);
    run.chain.push_back(spec);
    run.start.push_back(descent_start(weight, bias));
  }
  const json& optimizer = golden.at("optimizer");
  run.optimizer.lr = optimizer.at("lr");
  if (optimizer.at("kind") == "adam") {
    run.optimizer.kind = Optimizer::Kind::kAdam;
  } else {
    run.optimizer.momentum = optimizer.at("momentum");
  }
  run.steps = golden.at("steps");
  return run;
}

json golden_runs() {
  std::ifstream file(std::string(CONVSCOPE_SOURCE_DIR) + "/tests/golden/training/two_layers.json");
  return json::parse(file).at("cases");
}

template <typename Values>
void expect_near(const Values& got, const json& wanted) {
  ASSERT_EQ(got.size(), wanted.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    EXPECT_NEAR(got[i], wanted.at(i).get<double>(), kNear) << i;
  }
}

TEST(TwoLayers, TheGradientReachesEveryLayerAsInPyTorch) {
  for (const json& golden : golden_runs()) {
    SCOPED_TRACE(golden.at("name").get<std::string>());
    const Training run = run_of(golden);
    const ChainStep step = chain_step(run.start, run.input, run.target, run.chain);
    EXPECT_NEAR(step.loss, golden.at("losses").at(0).get<double>(), kNear);
    std::size_t conv = 0;
    for (std::size_t i = 0; i < run.chain.size(); ++i) {
      if (run.chain[i].op == Op::kConv) {
        expect_near(step.layers[i].grad_weight.values(), golden.at("first_gradients").at(conv++));
      }
    }
    EXPECT_EQ(conv, golden.at("starts").size());
  }
}

TEST(TwoLayers, EveryLayerMovesAsInPyTorch) {
  for (const json& golden : golden_runs()) {
    SCOPED_TRACE(golden.at("name").get<std::string>());
    const Training run = run_of(golden);
    for (const std::int64_t most_values : {1'000'000, 1}) {  // every state kept; almost none
      const DescentHistory history = descend(run.start, run.input, run.target, run.chain,
                                             run.optimizer, run.steps, most_values);
      expect_near(history.losses, golden.at("losses"));
      const ChainState last = state_at(history, run.steps);
      std::size_t conv = 0;
      for (std::size_t i = 0; i < run.chain.size(); ++i) {
        if (run.chain[i].op == Op::kConv) {
          expect_near(last[i].weight, golden.at("weights").at(conv));
          expect_near(last[i].bias, golden.at("biases").at(conv));
          ++conv;
        }
      }
    }
  }
}

TEST(TwoLayers, AnyStepCanBeReplayedFromAnyCheckpoint) {
  const Training run = run_of(golden_runs().at(0));
  const auto states = [&](std::int64_t most_values) {
    const DescentHistory history =
        descend(run.start, run.input, run.target, run.chain, run.optimizer, run.steps, most_values);
    std::vector<double> numbers;
    for (std::int64_t step = run.steps; step >= 0; --step) {
      for (const DescentState& layer : state_at(history, step)) {
        numbers.insert(numbers.end(), layer.weight.begin(), layer.weight.end());
        numbers.insert(numbers.end(), layer.bias.begin(), layer.bias.end());
      }
    }
    return numbers;
  };
  EXPECT_EQ(states(1), states(1'000'000));
}

TEST(TwoLayers, OnlyConvolutionsAndRelusAreTrained) {
  LayerSpec conv;
  LayerSpec relu;
  relu.op = Op::kRelu;
  LayerSpec pool;
  pool.op = Op::kMaxPool;
  EXPECT_TRUE(is_trainable({conv, relu, conv}));
  EXPECT_FALSE(is_trainable({relu, conv}));
  EXPECT_FALSE(is_trainable({conv, pool}));
  EXPECT_FALSE(is_trainable({}));
}

}  // namespace
}  // namespace convscope::conv
