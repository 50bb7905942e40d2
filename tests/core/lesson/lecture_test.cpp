// The lessons' numbers, read from the lesson files and compared with published ones: the lecture,
// "A guide to convolution arithmetic" (Dumoulin and Visin), CS231n, TensorFlow's and PyTorch's
// manuals.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/conv/analysis/coverage.h"
#include "core/conv/analysis/receptive_field.h"
#include "core/derive/derived.h"
#include "tests/core/lesson/bundled.h"

namespace convscope::lesson {
namespace {

using testing::bundled;
using testing::values_of;
using Values = std::vector<float>;

derive::LayerResult result_of(const Lesson& lesson, std::size_t scene, std::size_t layer = 0) {
  return derive::derive(lesson.scenes[scene]).layers[layer];
}

Values last_map(const Lesson& lesson, std::size_t scene) {
  return values_of(derive::derive(lesson.scenes[scene]).layers.back().output);
}

TEST(Lecture, ALinearLayerGivesTheFiltersMap) {
  const Lesson lesson = bundled("linear-layer");
  EXPECT_EQ(last_map(lesson, 0), (Values{4, 3, 4, 2, 4, 3, 2, 3, 4}));
  EXPECT_EQ(lesson.scenes[0]->code, CodeStrip::kLinear);
  EXPECT_EQ(conv::parameter_count(lesson.scenes[0]->layers[0].spec), 9);
}

TEST(Lecture, ValidDropsTwoInputsAndSamePadsWithThreeZeros) {
  const Lesson lesson = bundled("valid-vs-same");
  const derive::LayerResult valid = result_of(lesson, 0);
  EXPECT_EQ(valid.output_shape, (Shape{1, 1, 1, 2}));
  EXPECT_EQ(values_of(valid.output), (Values{1 + 2 + 3 + 4 + 5 + 6, 6 + 7 + 8 + 9 + 10 + 11}));
  const Values read = values_of(conv::input_coverage(valid.spec, valid.input.shape()));
  EXPECT_EQ(read, (Values{1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 0, 0}));
  const derive::LayerResult same = result_of(lesson, 1);
  EXPECT_EQ(same.pads, (conv::Pads{0, 0, 1, 2}));
  EXPECT_EQ(values_of(same.output),
            (Values{1 + 2 + 3 + 4 + 5, 5 + 6 + 7 + 8 + 9 + 10, 10 + 11 + 12 + 13}));
  EXPECT_EQ(result_of(lesson, 2).output_shape, (Shape{1, 1, 1, 13}));
}

TEST(Lecture, TheWeightsAreFound) {
  const Lesson lesson = bundled("weights-are-learned");
  const Lesson faster = bundled("optimizers");
  for (const std::size_t scene : {std::size_t{0}, std::size_t{1}, std::size_t{2}}) {
    const conv::DescentHistory history =
        derive::derive(scene == 0 ? lesson.scenes[0] : faster.scenes[scene - 1], {}, {},
                       /*with_training=*/true)
            .training;
    ASSERT_FALSE(history.empty());
    const std::vector<double> wanted = {1, 0, 1, 0, 1, 0, 1, 0, 1};
    const std::vector<double> found = conv::state_at(history, 200).front().weight;
    const double near = scene == 0 ? 0.2 : 0.12;  // without momentum it takes longer
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      EXPECT_NEAR(found[i], wanted[i], near) << "scene " << scene << ", weight " << i;
    }
    EXPECT_LT(history.losses.back(), 0.01 * history.losses.front());
  }
  const conv::DescentHistory diverging =
      derive::derive(lesson.scenes[1], {}, {}, /*with_training=*/true).training;
  EXPECT_GT(diverging.losses[20], 1000 * diverging.losses.front());
}

// The same runs in plain Python: after ten iterations 4.1 % of the loss is left, Adam is behind
// then and ahead in the end.
TEST(Lecture, TheLossFallsAsTheTextsTell) {
  const auto losses = [](const char* lesson, std::size_t scene) {
    return derive::derive(bundled(lesson).scenes[scene], {}, {}, /*with_training=*/true)
        .training->losses;
  };
  const std::vector<double> plain = losses("weights-are-learned", 0);
  const std::vector<double> adam = losses("optimizers", 1);
  EXPECT_NEAR(plain[10] / plain[0], 0.041, 0.0005);
  EXPECT_GT(adam[10], plain[10]);
  EXPECT_LT(adam[200], plain[200]);
}

// The same descent in plain Python: 0.99772 of the bias of 1 after 200 iterations.
TEST(Lecture, TheBiasIsFoundToo) {
  const conv::DescentHistory history =
      derive::derive(bundled("weights-are-learned").scenes[2], {}, {}, /*with_training=*/true)
          .training;
  EXPECT_NEAR(conv::state_at(history, 200).front().bias[0], 0.99772, 0.0001);
}

// The same runs in PyTorch. One layer can do no better than least squares: weights of -1/7, a bias
// of 4/7 and a loss of 8/35. Two layers find the map, with other weights than those that made it.
TEST(Lecture, TwoLayersLearnWhatOneCannot) {
  const Lesson lesson = bundled("two-layers-learn");
  const conv::DescentHistory one =
      derive::derive(lesson.scenes[0], {}, {}, /*with_training=*/true).training;
  EXPECT_NEAR(one.losses.front(), 0.3875, 1e-6);
  EXPECT_NEAR(one.losses.back(), 8.0 / 35, 1e-6);
  EXPECT_NEAR(conv::state_at(one, 100).front().weight[0], -1.0 / 7, 1e-5);
  const conv::DescentHistory two =
      derive::derive(lesson.scenes[1], {}, {}, /*with_training=*/true).training;
  ASSERT_EQ(two.chain.size(), 3U);
  EXPECT_TRUE(identical(two.target, one.target));
  EXPECT_NEAR(two.losses.front(), 0.290625, 1e-6);
  EXPECT_NEAR(two.losses[50] / two.losses[0], 0.1739, 0.001);
  EXPECT_LT(two.losses.back(), 1e-5);
  const conv::ChainState last = conv::state_at(two, 100);
  const double first[] = {-0.8480, 0.8497, 0.8458, -0.8821};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(last[0].weight[i], first[i], 1e-3);
  }
  EXPECT_NEAR(last[2].weight[0], 1.1693, 1e-3);
  EXPECT_NEAR(last[2].weight[1], 1.1823, 1e-3);
}

TEST(Lecture, ABiasMovesEveryValueAlike) {
  EXPECT_EQ(last_map(bundled("linear-layer"), 2), (Values{1, 0, 1, -1, 1, 0, -1, 0, 1}));
  EXPECT_EQ(conv::parameter_count(bundled("linear-layer").scenes[2]->layers[0].spec), 10);
}

// Applied to all the data: 25 weights for each of nine outputs give the map of the convolution.
TEST(Lecture, TheDenseLayerGivesTheMapOfTheConvolution) {
  const Lesson lesson = bundled("linear-layer");
  const Layer& dense = lesson.scenes[3]->layers[0];
  EXPECT_EQ(dense.weight.base.shape(), (Shape{9, 1, 5, 5}));
  EXPECT_EQ(dense.weight.base.shape().count(), 225);
  EXPECT_EQ(std::ranges::count(dense.weight.base.values(), 1.0F), 9 * 5);
  EXPECT_EQ(last_map(lesson, 3), (Values{4, 3, 4, 2, 4, 3, 2, 3, 4}));
}

TEST(Lecture, AnImpulseGivesTheKernelTurnedOrNot) {
  const Lesson lesson = bundled("true-convolution");
  EXPECT_EQ(last_map(lesson, 0), (Values{9, 8, 7, 6, 5, 4, 3, 2, 1}));
  EXPECT_EQ(last_map(lesson, 1), (Values{1, 2, 3, 4, 5, 6, 7, 8, 9}));
  EXPECT_EQ(last_map(lesson, 2), values_of(result_of(lesson, 2).unflipped));
}

// The plus and its map are from a later page of the lecture's course.
TEST(Lecture, WhiteFoolsZerosButNotMinusOnes) {
  const Lesson lesson = bundled("template-match");
  EXPECT_EQ(last_map(lesson, 0), (Values{5, 0, 4, 3, 5}));
  EXPECT_EQ(last_map(lesson, 1), (Values{5, -3, 3, 0, 1}));
  EXPECT_EQ(last_map(lesson, 2), (Values{0, -1, 1, -1, 1, 0, 1, 0, 5}));
  EXPECT_EQ(last_map(lesson, 3).front(), 10);
  EXPECT_NEAR(10 / (std::sqrt(20.0) * 3), 0.745, 0.0005);  // |X·2| = √20, |template| = 3
}

TEST(Lecture, SobelsTwoFiltersAreAVector) {
  const Lesson lesson = bundled("edge-direction");
  const Tensor vertical = result_of(lesson, 0).output;
  EXPECT_EQ(vertical.at({0, 0, 1, 1}), 16);
  EXPECT_EQ(vertical.at({0, 1, 1, 1}), 0);
  const Tensor slanting = result_of(lesson, 1).output;
  for (std::int64_t i = 0; i < 16; ++i) {
    EXPECT_EQ(slanting.at({0, 0, i / 4, i % 4}), slanting.at({0, 1, i / 4, i % 4})) << i;
  }
  const Tensor strength = result_of(lesson, 2, 2).output;
  EXPECT_EQ(values_of(strength), (Values{8,  16, 16, 16, 8,  16, 24, 16, 24, 16, 16, 16, 0,
                                         16, 16, 16, 24, 16, 24, 16, 8,  16, 16, 16, 8}));
}

TEST(Lecture, AShiftComesThroughUnlessAStrideOrAnEdgeIsInTheWay) {
  const Lesson lesson = bundled("shift-equivariance");
  EXPECT_EQ(last_map(lesson, 0), (Values{0, 1, 4, 6, 4, 1, 0, 0, 0}));
  EXPECT_EQ(last_map(lesson, 1), (Values{0, 0, 1, 4, 6, 4, 1, 0, 0}));
  EXPECT_EQ(last_map(lesson, 2), (Values{0, 4, 4, 0, 0}));
  EXPECT_EQ(last_map(lesson, 3), (Values{0, 1, 6, 1, 0}));
  EXPECT_EQ(last_map(lesson, 4), (Values{4, 6, 4, 1, 0, 0, 0, 0, 0}));
}

TEST(Lecture, StripesVanishUnderAStrideAndBlurMakesThemGrey) {
  const Lesson lesson = bundled("aliasing");
  EXPECT_EQ(last_map(lesson, 0), Values(8, 1));
  EXPECT_EQ(last_map(lesson, 1), Values(8, 0));
  EXPECT_EQ(last_map(lesson, 2), Values(6, 0.5F));
}

TEST(Lecture, BlurAfterBlurIsOneFilterUnlessAReluStandsBetween) {
  const Lesson lesson = bundled("repeated-blur");
  EXPECT_EQ(values_of(result_of(lesson, 0, 1).output), (Values{0, 0, 1, 2, 3, 2, 1, 0, 0}));
  EXPECT_EQ(last_map(lesson, 0), (Values{0, 1, 3, 6, 7, 6, 3, 1, 0}));
  EXPECT_EQ(last_map(lesson, 1), last_map(lesson, 2));
  const Values weights = values_of(lesson.scenes[2]->layers[0].weight.base);
  EXPECT_EQ(std::accumulate(weights.begin(), weights.end(), 0.0F), 256);
  EXPECT_EQ(last_map(lesson, 3), (Values{0, -1, 0}));
}

TEST(Lecture, WhatANetworkCosts) {
  const Scene scene = bundled("what-it-costs").scenes[0];
  const std::vector<std::int64_t> parameters = {224, 0, 1168, 0, 4640};
  const std::vector<std::int64_t> work = {221184, 0, 294912, 0, 294912};
  const std::vector<std::int64_t> numbers = {8192, 2048, 4096, 1024, 2048};
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const auto layer = static_cast<std::int64_t>(i);
    const conv::LayerSpec& spec = scene.layers[i].spec;
    EXPECT_EQ(lesson::layer_output_shape(scene, layer).count(), numbers[i]) << i;
    if (conv::has_weight(spec.op)) {
      EXPECT_EQ(conv::parameter_count(spec), parameters[i]) << i;
      EXPECT_EQ(conv::multiply_add_count(spec, lesson::layer_input_shape(scene, layer)), work[i]);
    }
  }
}

TEST(Lecture, EvenKernelsMoveByHalfACell) {
  const Lesson lesson = bundled("even-kernels");
  EXPECT_EQ(last_map(lesson, 0), (Values{0, 0, 0, 1, 2, 1, 0, 0, 0}));
  EXPECT_EQ(last_map(lesson, 1), (Values{0, 0, 0, 1, 1, 0, 0, 0, 0}));
  EXPECT_EQ(last_map(lesson, 2), last_map(lesson, 0));
}

TEST(Lecture, BatchNormIsAWeightAndABias) {
  const Lesson lesson = bundled("batch-norm");
  const Values both = {0, 2, 0, -2, -2, 4, 0, 0, 0, 1, 2.5F, 3, 2.5F, 3, 1, 2, 1, 2};
  EXPECT_EQ(last_map(lesson, 0), both);
  EXPECT_EQ(last_map(lesson, 1), both);
}

// A guide's figure again, and its gradients as PyTorch has them.
TEST(Lecture, TheGradientsAreConvolutions) {
  const Lesson lesson = bundled("gradient-to-input");
  EXPECT_EQ(last_map(lesson, 0), (Values{12, 12, 17, 10, 17, 19, 9, 6, 14}));
  EXPECT_EQ(last_map(lesson, 1), (Values{0,  1, 2, -1, -2, 2, 4, 3, 0, 0,  4,  7, 3,
                                         -2, 0, 0, 0,  5,  4, 0, 0, 0, -1, -1, 2}));
  EXPECT_EQ(last_map(lesson, 2), (Values{2, 3, 8, 6, 3, 6, 5, -1, 2}));
}

TEST(Lecture, AMirroredRampTurnsBackAtTheEdge) {
  const Tensor map = result_of(bundled("padding-modes"), 1).output;
  EXPECT_EQ(map.at({0, 0, 0, 0}), 96);
  EXPECT_EQ(map.at({0, 0, 1, 0}), 64);
  EXPECT_EQ(map.at({0, 0, 2, 0}), 96);
}

TEST(Lecture, SevenByThreeByThreeLeavesTheLastRowAndColumn) {
  const Lesson lesson = bundled("never-read");
  const auto touched = [&](std::size_t scene) {
    return conv::input_coverage(lesson.scenes[scene]->layers[0].spec, {1, 1, 7, 7});
  };
  const Tensor bare = touched(0);
  for (std::int64_t y = 0; y < 7; ++y) {
    for (std::int64_t x = 0; x < 7; ++x) {
      EXPECT_EQ(bare.at({0, 0, y, x}), y < 6 && x < 6 ? 1 : 0) << y << ", " << x;
    }
  }
  EXPECT_EQ(values_of(touched(2)), Values(49, 1));
  EXPECT_EQ(touched(3).at({0, 0, 0, 0}), 1);
  EXPECT_EQ(touched(3).at({0, 0, 3, 3}), 9);
}

TEST(Lecture, StridesAndDilationsHaveTheSizesInTheirTexts) {
  const Lesson stride = bundled("stride");
  EXPECT_EQ(result_of(stride, 0).output_shape, (Shape{1, 1, 5, 5}));
  EXPECT_EQ(result_of(stride, 1).output_shape, (Shape{1, 1, 3, 3}));
  EXPECT_EQ(result_of(stride, 2).output_shape, (Shape{1, 1, 5, 3}));
  EXPECT_EQ(result_of(stride, 3).output_shape, (Shape{1, 1, 2, 2}));
  const Lesson dilation = bundled("dilation");
  EXPECT_EQ(result_of(dilation, 0).output_shape, (Shape{1, 1, 5, 5}));
  EXPECT_EQ(result_of(dilation, 1).output_shape, (Shape{1, 1, 3, 3}));
  EXPECT_EQ(result_of(dilation, 2).output_shape, (Shape{1, 1, 1, 1}));
}

TEST(Lecture, DepthwiseSeparableCostsWhatItsTextSays) {
  const Lesson lesson = bundled("depthwise-separable");
  const Scene& whole = lesson.scenes[0];
  EXPECT_EQ(conv::parameter_count(whole.layers[0].spec), 162);
  EXPECT_EQ(conv::multiply_add_count(whole.layers[0].spec, {1, 3, 6, 6}), 5832);
  const Scene& pair = lesson.scenes[1];
  EXPECT_EQ(conv::parameter_count(pair.layers[0].spec), 27);
  EXPECT_EQ(conv::parameter_count(pair.layers[1].spec), 18);
  EXPECT_EQ(conv::multiply_add_count(pair.layers[0].spec, {1, 3, 6, 6}) +
                conv::multiply_add_count(pair.layers[1].spec, {1, 3, 6, 6}),
            1620);
  EXPECT_EQ(lesson::layer_output_shape(whole, 0), lesson::layer_output_shape(pair, 1));
}

TEST(Lecture, Pooling) {
  const Lesson lesson = bundled("pooling");
  EXPECT_EQ(last_map(lesson, 0), (Values{6, 8, 3, 4}));
  EXPECT_EQ(last_map(lesson, 1), (Values{3.25F, 5.25F, 2, 2}));
  EXPECT_EQ(last_map(lesson, 2), (Values{3, 3, 3, 3, 3, 3, 3, 2, 3}));
  EXPECT_EQ(result_of(lesson, 3).output.at({0, 0, 0, 0}), (1 + 1 + 5 + 6) / 4.0F);
  EXPECT_EQ(result_of(lesson, 4, 2).output_shape, (Shape{1, 1, 2, 2}));
}

TEST(Lecture, TransposedBothWays) {
  const Lesson lesson = bundled("transposed");
  const Values stride_1 = {0, 0, 1, 0, 4, 6, 4, 12, 9};
  const Values stride_2 = {0, 0, 0, 1, 0, 0, 2, 3, 0, 2, 0, 3, 4, 6, 6, 9};
  EXPECT_EQ(last_map(lesson, 0), stride_1);
  EXPECT_EQ(last_map(lesson, 1), stride_1);
  EXPECT_EQ(last_map(lesson, 2), stride_2);
  EXPECT_EQ(last_map(lesson, 3), stride_2);
  EXPECT_EQ(last_map(lesson, 4), (Values{4}));
  EXPECT_EQ(result_of(lesson, 5).output_shape, (Shape{1, 1, 6, 6}));
  EXPECT_EQ(lesson.scenes[0]->transposed_as, TransposedAs::kScatterAdd);
  EXPECT_EQ(lesson.scenes[1]->transposed_as, TransposedAs::kZeroInsert);
}

TEST(Lecture, TheCheckerboardIsOnesTwosAndFours) {
  const Lesson lesson = bundled("checkerboard");
  const Tensor map = result_of(lesson, 0).output;
  ASSERT_EQ(map.shape(), (Shape{1, 1, 9, 9}));
  const auto overlap = [](std::int64_t i) { return i > 0 && i < 8 && i % 2 == 0 ? 2 : 1; };
  for (std::int64_t y = 0; y < 9; ++y) {
    for (std::int64_t x = 0; x < 9; ++x) {
      EXPECT_EQ(map.at({0, 0, y, x}), overlap(y) * overlap(x)) << y << ", " << x;
    }
  }
  // Nearest-neighbour upsampling is even.
  EXPECT_EQ(values_of(result_of(lesson, 3, 0).output), Values(64, 1));
}

TEST(Lecture, UnfoldThenOneByOneIsTheConvolution) {
  const Lesson lesson = bundled("im2col");
  EXPECT_EQ(last_map(lesson, 2), (Values{4, 3, 4, 2, 4, 3, 2, 3, 4}));
  EXPECT_EQ(lesson.scenes[0]->second_view, View::kMatrix);
}

std::vector<std::int64_t> fields_of(const Scene& scene) {
  std::vector<conv::LayerSpec> specs;
  for (const Layer& layer : scene.layers) {
    specs.push_back(layer.spec);
  }
  std::vector<std::int64_t> sizes;
  for (const conv::ReceptiveField& field :
       conv::receptive_fields(specs, scene.input.base.shape())) {
    sizes.push_back(field.size.h);
  }
  return sizes;
}

TEST(Lecture, ReceptiveFields) {
  const Lesson lesson = bundled("receptive-field");
  EXPECT_EQ(fields_of(lesson.scenes[0]), (std::vector<std::int64_t>{3, 5, 6, 10, 14, 16}));
  EXPECT_EQ(fields_of(lesson.scenes[1]).back(), 5);
  EXPECT_EQ(fields_of(lesson.scenes[2]), (std::vector<std::int64_t>{3, 7, 15}));
  EXPECT_EQ(fields_of(lesson.scenes[3]).back(), 212);
}

TEST(Lecture, Cs231nsShapesAndBiases) {
  const Scene scene = bundled("cs231n").scenes[0];
  EXPECT_EQ(lesson::layer_output_shape(scene, 0), (Shape{1, 2, 3, 3}));
  EXPECT_EQ(values_of(scene.layers[0].bias.base), (Values{1, 0}));
}

// The guide's relationship for each picture: input, kernel, stride, padding, dilation -> output;
// and back.
struct Setting {
  std::int64_t i, k, s, p, d, o;
};
constexpr Setting kSettings[] = {{4, 3, 1, 0, 1, 2}, {5, 4, 1, 2, 1, 6}, {5, 3, 1, 1, 1, 5},
                                 {5, 3, 1, 2, 1, 7}, {5, 3, 2, 0, 1, 2}, {5, 3, 2, 1, 1, 3},
                                 {6, 3, 2, 1, 1, 3}, {7, 3, 1, 0, 2, 3}};

TEST(Lecture, ConvolutionArithmetic) {
  const Lesson lesson = bundled("conv-arithmetic");
  ASSERT_EQ(lesson.scenes.size(), 15U);
  for (std::size_t n = 0; n < 8; ++n) {
    const Setting& setting = kSettings[n];
    const conv::LayerSpec& spec = lesson.scenes[n]->layers[0].spec;
    const Shape input = lesson::layer_input_shape(lesson.scenes[n], 0);
    EXPECT_EQ(input.h, setting.i) << n;
    EXPECT_EQ(spec.kernel_size, (conv::Size2{setting.k, setting.k})) << n;
    EXPECT_EQ(spec.stride.h, setting.s) << n;
    EXPECT_EQ(conv::resolved_pads(spec, input).top, setting.p) << n;
    EXPECT_EQ(spec.dilation.h, setting.d) << n;
    EXPECT_EQ(lesson::layer_output_shape(lesson.scenes[n], 0).h, setting.o) << n;
  }
  for (std::size_t n = 0; n < 7; ++n) {
    const Scene& scene = lesson.scenes[8 + n];
    const conv::LayerSpec& spec = scene.layers[0].spec;
    EXPECT_EQ(spec.op, conv::Op::kConvTranspose) << n;
    EXPECT_EQ(lesson::layer_input_shape(scene, 0).h, kSettings[n].o) << n;
    EXPECT_EQ(lesson::layer_output_shape(scene, 0).h, kSettings[n].i) << n;
    EXPECT_EQ(spec.kernel_size.h, kSettings[n].k) << n;
    EXPECT_EQ(spec.stride.h, kSettings[n].s) << n;
  }
  EXPECT_EQ(last_map(lesson, 5), (Values{6, 17, 3, 8, 17, 13, 6, 4, 4}));
}

TEST(Lecture, TheMistakeIsTheCornerOfStrideOne) {
  const Lesson lesson = bundled("find-the-mistake");
  EXPECT_EQ(last_map(lesson, 0), (Values{1, 5, 6, 7, 8, 3, 3, 10, 4}));
  ASSERT_TRUE(lesson.scenes[0]->reference_map.has_value());
  const Tensor published = lesson.scenes[0]->reference_map->map.tensor();
  EXPECT_EQ(values_of(published), (Values{1, 6, 5, 7, 10, 9, 7, 10, 8}));
  const Tensor dense = result_of(lesson, 1).output;
  for (std::int64_t y = 0; y < 3; ++y) {
    for (std::int64_t x = 0; x < 3; ++x) {
      EXPECT_EQ(dense.at({0, 0, y, x}), published.at({0, 0, y, x})) << y << ", " << x;
    }
  }
  EXPECT_EQ(lesson.scenes[2]->layers[0].weight.base.shape(), (Shape{1, 3, 3, 3}));
  EXPECT_EQ(lesson.scenes[3]->layers[0].weight.base.shape(), (Shape{1, 3, 5, 5}));
}

}  // namespace
}  // namespace convscope::lesson
