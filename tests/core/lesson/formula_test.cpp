#include "core/lesson/formula.h"

#include <gtest/gtest.h>

namespace convscope {
namespace {

// Numbers from the lecture, its course and conv_arithmetic's table of relationships.
TEST(Formula, WritesTheExampleOfTheExperiencePage) {
  EXPECT_EQ(size_formula({5, 1, 1, 3, 2, 1}), "⌊(5 + 2·1 - 1·(3-1) - 1)/2⌋ + 1 = 3");
}

TEST(Formula, FloorsAsConvArithmeticDoes) {
  EXPECT_EQ(size_formula({6, 1, 1, 3, 2, 1}), "⌊(6 + 2·1 - 1·(3-1) - 1)/2⌋ + 1 = 3");
  EXPECT_EQ(size_formula({7, 0, 0, 3, 1, 2}), "⌊(7 + 2·0 - 2·(3-1) - 1)/1⌋ + 1 = 3");
}

TEST(Formula, UnequalPaddingIsWrittenApart) {
  LayerSpec spec;
  spec.kernel_size = {1, 6};
  spec.stride = {1, 5};
  spec.padding = PaddingRule::kSameTf;
  EXPECT_EQ(size_formula(width_numbers(spec, {1, 1, 1, 13})),
            "⌊(13 + 1 + 2 - 1·(6-1) - 1)/5⌋ + 1 = 3");
}

TEST(Formula, CountsParameters) {
  LayerSpec spec;
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
  LayerSpec spec;
  spec.in_channels = 3;
  spec.out_channels = 6;
  spec.padding = PaddingRule::kExplicit;
  spec.pads = {1, 1, 1, 1};
  EXPECT_EQ(multiply_add_formula(spec, {1, 3, 32, 32}), "6·32·32·3·3·3 = 165\u202F888");
}

TEST(Formula, GroupsDigitsFromFiveOn) {
  EXPECT_EQ(grouped_digits(9999), "9999");
  EXPECT_EQ(grouped_digits(10000), "10\u202F000");
  EXPECT_EQ(grouped_digits(-1234567), "-1\u202F234\u202F567");
  EXPECT_EQ(grouped_digits(0), "0");
}

TEST(Formula, ShapesAreTuples) { EXPECT_EQ(shape_text({1, 3, 100, 98}), "(1, 3, 100, 98)"); }

}  // namespace
}  // namespace convscope
