// Published numbers: lectures, conv_arithmetic, CS231n.
#include <gtest/gtest.h>

#include "core/conv/analysis/step.h"
#include "core/conv/conv2d.h"
#include "tests/core/conv/grid.h"

namespace convscope::conv {
namespace {

// Expects that both computations and every step give `expected`.
void expect_output(const Tensor& input, const Tensor& weight, const Tensor& bias,
                   const LayerSpec& spec, const Tensor& expected) {
  ASSERT_TRUE(problems(spec, input.shape()).empty());
  ASSERT_EQ(output_shape(spec, input.shape()), expected.shape());
  EXPECT_TRUE(identical(conv2d_reference(input, weight, bias, spec), expected));
  EXPECT_TRUE(identical(conv2d(input, weight, bias, spec), expected));
  for (std::int64_t p = 0; p < expected.shape().count(); ++p) {
    EXPECT_EQ(step_at(input, weight, bias, spec, p).value,
              expected.at(output_index(expected.shape(), p)));
  }
}

void expect_output(const Rows& input, const Rows& kernel, const Rows& expected,
                   Size2 stride = {1, 1}, std::int64_t pad = 0) {
  const Tensor weight = grid(kernel);
  LayerSpec spec = spec_for(weight);
  spec.stride = stride;
  spec.padding = PaddingRule::kExplicit;
  spec.pads = {pad, pad, pad, pad};
  expect_output(grid(input), weight, Tensor(), spec, grid(expected));
}

TEST(Lecture, CrossFilter) {
  expect_output(
      {{1, 1, 1, 0, 0}, {0, 1, 1, 1, 0}, {0, 0, 1, 1, 1}, {0, 0, 1, 1, 0}, {0, 1, 1, 0, 0}},
      {{1, 0, 1}, {0, 1, 0}, {1, 0, 1}}, {{4, 3, 4}, {2, 4, 3}, {2, 3, 4}});
}

TEST(Lecture, PlusAndCorner) {
  expect_output(
      {{0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}, {0, 0, 0, 1, 0}, {0, 0, 1, 1, 1}, {0, 0, 0, 1, 0}},
      {{-1, 1, -1}, {1, 1, 1}, {-1, 1, -1}}, {{0, -1, 1}, {-1, 1, 0}, {1, 0, 5}});
}

TEST(Lecture, TwoByTwo) {
  const Rows nine = {{0, 1, 2}, {3, 4, 5}, {6, 7, 8}};
  expect_output(nine, {{6, 7}, {8, 9}}, {{67, 97}, {157, 187}});
  expect_output(nine, {{0, 1}, {2, 3}}, {{19, 25}, {37, 43}});
  expect_output(nine, {{0, 1}, {2, 3}}, {{0, 8}, {6, 8}}, {3, 2}, 1);
}

struct Rgb {
  Tensor input = maps({{{156, 155, 156, 158, 158},
                        {153, 154, 157, 159, 159},
                        {149, 151, 155, 158, 159},
                        {146, 146, 149, 153, 158},
                        {145, 143, 143, 148, 158}},
                       {{167, 166, 167, 169, 169},
                        {164, 165, 168, 170, 170},
                        {160, 162, 166, 169, 170},
                        {156, 156, 159, 163, 168},
                        {155, 153, 153, 158, 168}},
                       {{163, 162, 163, 165, 165},
                        {160, 161, 164, 166, 166},
                        {156, 158, 162, 165, 166},
                        {155, 155, 158, 162, 167},
                        {154, 152, 152, 157, 167}}});
  Tensor weight = maps({{{-1, -1, 1}, {0, 1, -1}, {0, 1, 1}},
                        {{1, 0, 0}, {1, -1, -1}, {1, 0, -1}},
                        {{0, 1, 1}, {0, 1, 0}, {1, -1, 1}}});
  Tensor bias = bias_of({1});
  LayerSpec spec = [this] {
    LayerSpec same = spec_for(weight);
    same.padding = PaddingRule::kSame;
    same.bias = true;
    return same;
  }();
};

TEST(Lecture, RgbSame) {
  const Rgb rgb;
  expect_output(rgb.input, rgb.weight, rgb.bias, rgb.spec,
                grid({{-25, 466, 466, 475, 653},
                      {295, 787, 798, 812, 671},
                      {291, 776, 784, 800, 659},
                      {293, 771, 773, 782, 645},
                      {159, 328, 324, 319, 335}}));
}

TEST(Lecture, RgbFirstStepIsSpelledOut) {
  const Rgb rgb;
  const Step step = step_at(rgb.input, rgb.weight, rgb.bias, rgb.spec, 0);
  EXPECT_EQ(step.partial_sums, (std::vector<double>{308, -498, 164}));
  EXPECT_EQ(step.bias, 1);
  EXPECT_EQ(step.value, -25);
  EXPECT_EQ(step.window_y, -1);
  EXPECT_EQ(step.window_x, -1);
  ASSERT_EQ(step.terms.size(), 27U);
  const Term& corner = step.terms[0];
  EXPECT_TRUE(corner.padding);
  EXPECT_FALSE(corner.has_source);
  EXPECT_EQ(corner.input_at, (Index{0, 0, -1, -1}));
  const Term& centre = step.terms[4];
  EXPECT_FALSE(centre.padding);
  EXPECT_EQ(centre.source, (Index{0, 0, 0, 0}));
  EXPECT_EQ(centre.input, 156);
  EXPECT_EQ(centre.product, 156);
}

TEST(Lecture, ShapesAndCounts) {
  LayerSpec spec{.in_channels = 3, .out_channels = 5, .bias = true};
  EXPECT_EQ(output_shape(spec, {1, 3, 100, 100}), (Shape{1, 5, 98, 98}));
  EXPECT_EQ(parameter_count(spec), 140);
  spec.out_channels = 6;
  EXPECT_EQ(parameter_count(spec), 168);
  spec.padding = PaddingRule::kExplicit;
  spec.pads = {1, 1, 1, 1};
  EXPECT_EQ(multiply_add_count(spec, {1, 3, 32, 32}), 165888);
  EXPECT_EQ(output_shape({.in_channels = 3}, {1, 3, 8, 8}), (Shape{1, 1, 6, 6}));
}

TEST(Lecture, ValidDropsAndSamePads) {
  LayerSpec spec{.kernel_size = {1, 6}, .stride = {1, 5}};
  EXPECT_EQ(output_shape(spec, {1, 1, 1, 13}).w, 2);
  spec.padding = PaddingRule::kSameTf;
  EXPECT_EQ(output_shape(spec, {1, 1, 1, 13}).w, 3);
  EXPECT_EQ(resolved_pads(spec, {1, 1, 1, 13}), (Pads{0, 0, 1, 2}));
}

TEST(ConvArithmetic, Figure) {
  const Rows x = {
      {3, 3, 2, 1, 0}, {0, 0, 1, 3, 1}, {3, 1, 2, 2, 3}, {2, 0, 0, 2, 2}, {2, 0, 0, 0, 1}};
  const Rows k = {{0, 1, 2}, {2, 2, 0}, {0, 1, 2}};
  expect_output(x, k, {{12, 12, 17}, {10, 17, 19}, {9, 6, 14}});
  expect_output(x, k, {{6, 17, 3}, {8, 17, 13}, {6, 4, 4}}, {2, 2}, 1);
}

TEST(ConvArithmetic, FigureThatWasPublishedWrong) {
  expect_output(
      {{2, 2, 3, 3, 3}, {0, 1, 3, 0, 3}, {2, 3, 0, 1, 3}, {3, 3, 2, 1, 2}, {3, 3, 0, 2, 3}},
      {{2, 0, 1}, {1, 0, 0}, {0, 1, 1}}, {{1, 5, 6}, {7, 8, 3}, {3, 10, 4}}, {2, 2}, 1);
}

TEST(ConvArithmetic, OutputSizes) {
  struct Picture {
    std::int64_t i, k, s, p, d, o;
  };
  for (const auto& [i, k, s, p, d, o] :
       {Picture{4, 3, 1, 0, 1, 2}, Picture{5, 4, 1, 2, 1, 6}, Picture{5, 3, 1, 1, 1, 5},
        Picture{5, 3, 1, 2, 1, 7}, Picture{5, 3, 2, 0, 1, 2}, Picture{5, 3, 2, 1, 1, 3},
        Picture{6, 3, 2, 1, 1, 3}, Picture{7, 3, 1, 0, 2, 3}}) {
    const LayerSpec spec{.kernel_size = {k, k},
                         .stride = {s, s},
                         .padding = PaddingRule::kExplicit,
                         .pads = {p, p, p, p},
                         .dilation = {d, d}};
    EXPECT_EQ(output_shape(spec, {1, 1, i, i}), (Shape{1, 1, o, o})) << i << ' ' << k << ' ' << s;
  }
}

TEST(Cs231n, Shapes) {
  LayerSpec spec{.in_channels = 3,
                 .out_channels = 2,
                 .stride = {2, 2},
                 .padding = PaddingRule::kExplicit,
                 .pads = {1, 1, 1, 1},
                 .bias = true};
  EXPECT_EQ(output_shape(spec, {1, 3, 5, 5}), (Shape{1, 2, 3, 3}));
  const LayerSpec alex{.in_channels = 3, .kernel_size = {11, 11}, .stride = {4, 4}};
  const Shape output = output_shape(alex, {1, 3, 227, 227});
  EXPECT_EQ(output.h * output.w, 3025);
  EXPECT_EQ(weight_shape(alex).count(), 363);
}

TEST(TensorFlow, SamePads) {
  struct Row {
    std::int64_t i, k, s, before, after;
  };
  for (const auto& [i, k, s, before, after] :
       {Row{6, 3, 2, 0, 1}, Row{224, 7, 2, 2, 3}, Row{5, 2, 1, 0, 1}, Row{5, 4, 1, 1, 2},
        Row{7, 3, 2, 1, 1}}) {
    const LayerSpec spec{.kernel_size = {k, k}, .stride = {s, s}, .padding = PaddingRule::kSameTf};
    EXPECT_EQ(resolved_pads(spec, {1, 1, i, i}), (Pads{before, after, before, after})) << i;
    EXPECT_EQ(output_shape(spec, {1, 1, i, i}).h, (i + s - 1) / s);
  }
}

}  // namespace
}  // namespace convscope::conv
