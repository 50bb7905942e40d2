#include "core/lesson/build/input_fill.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "core/conv/operators/operator.h"
#include "core/lesson/build/new_layer.h"
#include "core/tensor/random.h"

namespace convscope::lesson {
namespace {

using Values = std::vector<float>;

Values numbers_of(const Tensor& tensor) { return {tensor.values().begin(), tensor.values().end()}; }

Values fill(InputFill how, const Shape& shape) {
  return numbers_of(filled(how, shape, 1).tensor());
}

Values change(const Tensor& input, InputChange how, std::int64_t size = 1) {
  return numbers_of(changed_input(input, how, size));
}

TEST(InputFill, WritesWhatItsNameSays) {
  EXPECT_EQ(fill(InputFill::kZeros, {1, 1, 2, 2}), Values(4, 0.0F));
  EXPECT_EQ(fill(InputFill::kOnes, {1, 2, 1, 2}), Values(4, 1.0F));
  EXPECT_EQ(fill(InputFill::kRamp, {1, 1, 2, 3}), (Values{0, 1, 2, 0, 1, 2}));
  EXPECT_EQ(fill(InputFill::kChecker, {1, 1, 2, 3}), (Values{0, 1, 0, 1, 0, 1}));
  EXPECT_EQ(fill(InputFill::kImpulse, {1, 1, 3, 3}), (Values{0, 0, 0, 0, 1, 0, 0, 0, 0}));
  EXPECT_EQ(fill(InputFill::kNoise, {1, 1, 4, 4}),
            numbers_of(random_tensor({1, 1, 4, 4}, {.seed = 1})));
}

// A photo's size of zeros takes no room in the file.
TEST(InputFill, WhatCanBeSaidInALineIsNoList) {
  for (const auto how : {InputFill::kZeros, InputFill::kOnes, InputFill::kImpulse}) {
    EXPECT_TRUE(std::holds_alternative<SeededSource>(filled(how, {1, 1, 3, 3}, 1).source));
  }
}

TEST(InputChange, GrayWeighsTheColoursAsTelevisionDoes) {
  EXPECT_NEAR(change(Tensor({1, 3, 1, 1}, Values{255, 0, 0}), InputChange::kGray)[0], 76.245, 1e-3);
  EXPECT_NEAR(change(Tensor({1, 3, 1, 1}, Values{255, 255, 255}), InputChange::kGray)[0], 255,
              1e-3);
  EXPECT_EQ(change(Tensor({1, 2, 1, 2}, Values{1, 2, 3, 6}), InputChange::kGray), (Values{2, 4}));
  EXPECT_EQ(change(Tensor({1, 1, 1, 2}, Values{1, 2}), InputChange::kRgb),
            (Values{1, 2, 1, 2, 1, 2}));
  EXPECT_EQ(change_problem(InputChange::kRgb, {1, 2, 1, 1}, 0)->code, "input_not_gray");
}

TEST(InputChange, RangesGoThereAndBack) {
  const Tensor bytes({1, 1, 1, 3}, Values{0, 51, 255});
  EXPECT_EQ(change(bytes, InputChange::kUnit), (Values{0, 0.2F, 1}));
  EXPECT_EQ(change(bytes, InputChange::kBytes), (Values{0, 51, 255}));  // as it is
  const Tensor unit = changed_input(bytes, InputChange::kUnit, 0);
  EXPECT_EQ(change(unit, InputChange::kUnit), numbers_of(unit));
  EXPECT_EQ(change(unit, InputChange::kBytes), (Values{0, 51, 255}));
}

// By hand: mean 3, deviation sqrt(5); the second channel is flat.
// As written in the textbook, plane by plane.
std::vector<float> standardized_plane(std::span<const float> plane) {
  const auto count = static_cast<double>(plane.size());
  double sum = 0;
  for (const float value : plane) {
    sum += static_cast<double>(value);
  }
  double squares = 0;
  for (const float value : plane) {
    squares +=
        (static_cast<double>(value) - sum / count) * (static_cast<double>(value) - sum / count);
  }
  std::vector<float> values;
  for (const float value : plane) {
    const double off = static_cast<double>(value) - sum / count;
    values.push_back(static_cast<float>(off / std::sqrt(squares / count)));
  }
  return values;
}

TEST(InputChange, StandardizingManyPlanesIsEachAlone) {
  for (const std::int64_t planes : {1, 2, 3, 4, 5, 7, 11}) {
    const Tensor input = random_tensor({1, planes, 300, 301}, {.seed = 4});
    const Tensor output = changed_input(input, InputChange::kStandardize, 1);
    for (std::int64_t p = 0; p < planes; ++p) {
      const auto plane = [&](const Tensor& all) {
        return all.values().subspan(static_cast<std::size_t>(p) * 300 * 301, 300 * 301);
      };
      EXPECT_TRUE(std::ranges::equal(plane(output), standardized_plane(plane(input)))) << p;
    }
  }
}

TEST(InputChange, StandardizingIsByChannel) {
  const Values values =
      change(Tensor({1, 2, 1, 4}, Values{0, 2, 4, 6, 7, 7, 7, 7}), InputChange::kStandardize);
  EXPECT_NEAR(values[0], -1.3416408, 1e-6);
  EXPECT_NEAR(values[2], 0.4472136, 1e-6);
  EXPECT_EQ(Values(values.begin() + 4, values.end()), Values(4, 0.0F));
}

TEST(InputChange, ScalingTakesTheMeanOfWhatACellCovers) {
  EXPECT_EQ(change(Tensor({1, 1, 2, 4}, Values{1, 3, 5, 7, 1, 3, 5, 7}), InputChange::kScale, 2),
            (Values{2, 6, 2, 6}));
  EXPECT_EQ(change(Tensor({1, 1, 1, 1}, Values{4}), InputChange::kScale, 3), Values(9, 4.0F));
  // Three cells as two: each covers one and a half.
  const Values two = change(Tensor({1, 1, 1, 3}, Values{0, 3, 6}), InputChange::kScale, 2);
  EXPECT_NEAR(two[0], 1, 1e-6);
  EXPECT_NEAR(two[1], 5, 1e-6);
}

TEST(InputChange, CroppingIsFromTheMiddle) {
  const Tensor input({1, 1, 4, 4}, Values{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15});
  EXPECT_EQ(change(input, InputChange::kCrop, 2), (Values{5, 6, 9, 10}));
  EXPECT_EQ(change(Tensor({1, 1, 1, 1}, Values{4}), InputChange::kCrop, 3),
            (Values{0, 0, 0, 0, 4, 0, 0, 0, 0}));
  EXPECT_EQ(change_problem(InputChange::kCrop, {1, 3, 4, 4}, 4000)->code, "input_too_many_values");
  EXPECT_EQ(change_problem(InputChange::kScale, {1, 1, 4, 4}, 0)->code, "input_size_range");
}

// What PyTorch's own layers give on 8x8 with these settings.
TEST(NewLayers, KeepTheSizeOrHalveIt) {
  const Shape input = {1, 3, 8, 8};
  const auto output = [&](conv::Op op) {
    return conv::output_shape(new_layer(op, input, false, 1).spec, input);
  };
  EXPECT_EQ(output(conv::Op::kConv), input);
  EXPECT_EQ(output(conv::Op::kMaxPool), (Shape{1, 3, 4, 4}));
  EXPECT_EQ(output(conv::Op::kAvgPool), (Shape{1, 3, 4, 4}));
  EXPECT_EQ(output(conv::Op::kRelu), input);
  EXPECT_EQ(output(conv::Op::kConvTranspose), (Shape{1, 3, 16, 16}));
  EXPECT_EQ(output(conv::Op::kUnfold), (Shape{1, 27, 6, 6}));
}

TEST(NewLayers, AnOperatorThatChangesKeepsWhatItCan) {
  conv::LayerSpec spec;
  spec.in_channels = 2;
  spec.out_channels = 5;
  spec.kernel_size = {5, 3};
  spec.stride = {2, 1};
  spec.padding = conv::PaddingRule::kExplicit;
  spec.pads = {1, 2, 0, 1};
  spec.padding_mode = conv::PaddingMode::kReflect;
  spec.dilation = {1, 2};
  spec.bias = true;
  const Shape input = {1, 2, 12, 12};
  for (const conv::Operator* op : conv::all_operators()) {
    const conv::LayerSpec other = spec_of_operator(spec, op->op, input, false);
    EXPECT_TRUE(conv::problems(other, input).empty()) << op->torch_class;
    if (!op->one_cell) {
      EXPECT_EQ(other.kernel_size, spec.kernel_size) << op->torch_class;
      EXPECT_EQ(other.stride, spec.stride) << op->torch_class;
      EXPECT_EQ(other.pads.top, 1) << op->torch_class;
    }
    const conv::LayerSpec back = spec_of_operator(other, conv::Op::kConv, input, false);
    EXPECT_TRUE(conv::problems(back, input).empty()) << op->torch_class;
  }
  const conv::LayerSpec pool = spec_of_operator(spec, conv::Op::kMaxPool, input, false);
  EXPECT_EQ(pool.pads, (conv::Pads{1, 1, 0, 0}));
  EXPECT_EQ(pool.dilation, (conv::Size2{1, 2}));
  EXPECT_EQ(spec_of_operator(spec, conv::Op::kAvgPool, input, false).dilation, (conv::Size2{1, 1}));
}

TEST(NewLayers, ChannelsFollowDownTheChain) {
  conv::LayerSpec conv;
  conv.in_channels = 2;
  conv.out_channels = 4;
  conv::LayerSpec relu;
  relu.op = conv::Op::kRelu;
  conv::LayerSpec depthwise;
  depthwise.in_channels = depthwise.groups = 3;
  depthwise.out_channels = 6;
  conv::LayerSpec grouped;
  grouped.in_channels = grouped.out_channels = 4;
  grouped.groups = 2;
  std::vector<conv::LayerSpec> specs = {conv, relu, depthwise, grouped};
  follow_channels(specs, 0, {1, 3, 16, 16});
  EXPECT_EQ(specs[0].in_channels, 3);
  EXPECT_EQ(specs[2].in_channels, 4);
  EXPECT_EQ(specs[2].groups, 4);
  EXPECT_EQ(specs[2].out_channels, 8);
  EXPECT_EQ(specs[3].in_channels, 8);
  EXPECT_EQ(specs[3].groups, 2);
}

}  // namespace
}  // namespace convscope::lesson
