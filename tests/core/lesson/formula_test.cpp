#include "core/lesson/formula.h"

#include <gtest/gtest.h>

namespace convscope::lesson {
namespace {

// Numbers from the lecture, its course and conv_arithmetic's table of relationships.
TEST(Formula, WritesTheFormulaWithItsNumbers) {
  EXPECT_EQ(size_formula({5, 1, 1, 3, 2, 1}), "⌊(5 + 2·1 - 1·(3-1) - 1)/2⌋ + 1 = 3");
}

TEST(Formula, FloorsAsConvArithmeticDoes) {
  EXPECT_EQ(size_formula({6, 1, 1, 3, 2, 1}), "⌊(6 + 2·1 - 1·(3-1) - 1)/2⌋ + 1 = 3");
  EXPECT_EQ(size_formula({7, 0, 0, 3, 1, 2}), "⌊(7 + 2·0 - 2·(3-1) - 1)/1⌋ + 1 = 3");
}

TEST(Formula, UnequalPaddingIsWrittenApart) {
  conv::LayerSpec spec;
  spec.kernel_size = {1, 6};
  spec.stride = {1, 5};
  spec.padding = conv::PaddingRule::kSameTf;
  EXPECT_EQ(size_formula(width_numbers(spec, {1, 1, 1, 13})),
            "⌊(13 + 1 + 2 - 1·(6-1) - 1)/5⌋ + 1 = 3");
}

TEST(Formula, CountsParameters) {
  conv::LayerSpec spec;
  spec.in_channels = 3;
  spec.out_channels = 5;
  spec.bias = true;
  EXPECT_EQ(parameter_formula(spec), "(3·3·3 + 1)·5 = 140");
  spec.bias = false;
  EXPECT_EQ(parameter_formula(spec), "3·3·3·5 = 135");
  spec.out_channels = 6;
  spec.bias = true;
  EXPECT_EQ(parameter_formula(spec), "(3·3·3 + 1)·6 = 168");
}

TEST(Formula, CountsMultiplications) {
  conv::LayerSpec spec;
  spec.in_channels = 3;
  spec.out_channels = 6;
  spec.padding = conv::PaddingRule::kExplicit;
  spec.pads = {1, 1, 1, 1};
  EXPECT_EQ(multiply_add_formula(spec, {1, 3, 32, 32}), "6·32·32·3·3·3 = 165\u202F888");
}

conv::LayerSpec window(conv::Op op, conv::Size2 kernel, conv::Size2 stride, bool ceil = false) {
  conv::LayerSpec spec;
  spec.op = op;
  spec.kernel_size = kernel;
  spec.stride = stride;
  spec.ceil_mode = ceil;
  return spec;
}

// torch.nn.MaxPool2d; the lecture's 4x4 with 2x2, and sizes that do not divide.
TEST(Formula, PoolsRoundDownOrUp) {
  const auto height = [](const conv::LayerSpec& spec, std::int64_t size) {
    return size_formula(height_numbers(spec, {1, 3, size, size}));
  };
  EXPECT_EQ(height(window(conv::Op::kMaxPool, {2, 2}, {2, 2}), 4),
            "⌊(4 + 2·0 - 1·(2-1) - 1)/2⌋ + 1 = 2");
  EXPECT_EQ(height(window(conv::Op::kMaxPool, {2, 2}, {2, 2}, true), 5),
            "⌈(5 + 2·0 - 1·(2-1) - 1)/2⌉ + 1 = 3");
  // The third window would start in the padding after the input: PyTorch omits it.
  conv::LayerSpec behind = window(conv::Op::kAvgPool, {2, 2}, {3, 3}, true);
  behind.padding = conv::PaddingRule::kExplicit;
  behind.pads = {1, 1, 1, 1};
  EXPECT_EQ(height(behind, 5), "⌈(5 + 2·1 - 1·(2-1) - 1)/3⌉ + 1 - 1 = 2");
  for (std::int64_t size = 2; size < 12; ++size) {
    const std::string formula = height(behind, size);
    EXPECT_TRUE(
        formula.ends_with("= " + std::to_string(conv::output_shape(behind, {1, 3, size, size}).h)))
        << formula;
  }
}

TEST(Formula, TransposedConvolutionHasTheInverseFormula) {
  conv::LayerSpec spec = window(conv::Op::kConvTranspose, {3, 3}, {2, 2});
  spec.padding = conv::PaddingRule::kExplicit;
  spec.pads = {1, 1, 1, 1};
  spec.output_padding = {1, 1};
  EXPECT_EQ(size_formula(height_numbers(spec, {1, 1, 5, 5})),
            "(5-1)·2 - 2·1 + 1·(3-1) + 1 + 1 = 10");
  spec.in_channels = 5;
  spec.out_channels = 3;
  spec.bias = true;
  EXPECT_EQ(parameter_formula(spec), "5·3·3·3 + 3 = 138");
  EXPECT_EQ(multiply_add_formula(spec, {1, 5, 4, 4}), "5·4·4·3·3·3 = 2160");
  spec.groups = 1;
  spec.bias = false;
  EXPECT_EQ(parameter_formula(spec), "5·3·3·3 = 135");
}

TEST(Formula, LayersWithoutWeightsHaveNothingToLearn) {
  const Shape input = {1, 3, 227, 227};
  const conv::LayerSpec unfold = window(conv::Op::kUnfold, {11, 11}, {4, 4});
  EXPECT_EQ(unfold_formula(unfold, input), "(3·11·11, 55·55) = (363, 3025)");  // CS231n
  EXPECT_EQ(size_formula(width_numbers(unfold, input)), "⌊(227 + 2·0 - 1·(11-1) - 1)/4⌋ + 1 = 55");
  const conv::LayerSpec relu = window(conv::Op::kRelu, {3, 3}, {2, 2});
  EXPECT_EQ(size_formula(height_numbers(relu, {1, 3, 6, 7})), "6");
  for (const conv::LayerSpec& spec : {unfold, relu, window(conv::Op::kMaxPool, {2, 2}, {2, 2})}) {
    EXPECT_EQ(parameter_formula(spec), "0");
    EXPECT_EQ(multiply_add_formula(spec, input), "0");
  }
}

// MobileNet's pair: every channel its own filter, then 1x1.
TEST(Formula, DepthwiseLayersCountOneChannel) {
  conv::LayerSpec spec;
  spec.in_channels = spec.out_channels = spec.groups = 32;
  spec.bias = true;
  EXPECT_EQ(parameter_formula(spec), "(1·3·3 + 1)·32 = 320");
  EXPECT_EQ(multiply_add_formula(spec, {1, 32, 6, 6}), "32·4·4·1·3·3 = 4608");
}

TEST(Formula, GroupsDigitsFrom10000On) {
  EXPECT_EQ(grouped_digits(9999), "9999");
  EXPECT_EQ(grouped_digits(10000), "10\u202F000");
  EXPECT_EQ(grouped_digits(-1234567), "-1\u202F234\u202F567");
  EXPECT_EQ(grouped_digits(0), "0");
}

TEST(Formula, ShapesAreTuples) { EXPECT_EQ(shape_text({1, 3, 100, 98}), "(1, 3, 100, 98)"); }

}  // namespace
}  // namespace convscope::lesson
