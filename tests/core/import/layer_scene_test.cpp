#include "core/import/layers/layer_scene.h"

#include <gtest/gtest.h>

#include "core/lesson/json/lesson_json.h"
#include "tests/core/import/golden.h"

namespace convscope::imports {
namespace {

using testing::value_of;

ScenedLayers scened(std::string_view text, const SceneOptions& options = {}) {
  return value_of(scene_of(value_of(read_layer_text(text)), options));
}

lesson::Scene scene(std::string_view text) { return scened(text).scene; }

Result<ScenedLayers> tried(std::string_view text, const SceneOptions& options = {}) {
  return scene_of(value_of(read_layer_text(text)), options);
}

TEST(LayerScene, TheInputIsNoiseOf16By16) {
  EXPECT_EQ(scene("nn.Conv2d(3, 8, 3)").input.base.shape(), (Shape{1, 3, 16, 16}));
  EXPECT_EQ(scene("nn.Conv1d(2, 8, 3)").input.base.shape(), (Shape{1, 2, 1, 16}));
  EXPECT_EQ(scene("nn.ReLU()\nnn.Unfold(2)\nnn.Conv2d(12, 1, 1)").input.base.shape(),
            (Shape{1, 3, 16, 16}));
}

TEST(LayerScene, TheInputIsLargerWhereTheLayersNeedIt) {
  // AlexNet's first layers: 11x11 with stride 4, padding 2, then a pool of 3 with stride 2: 7 cells
  // have to come out, so 4·6 + 11 - 4 = 31 have to go in, for the pool to have 3 outputs.
  EXPECT_EQ(scene("nn.Conv2d(3, 4, 31)").input.base.shape(), (Shape{1, 3, 31, 31}));
  EXPECT_EQ(
      scene("nn.Conv2d(3, 4, 11, 4, 2), nn.MaxPool2d(3, 2), nn.MaxPool2d(3, 2)").input.base.shape(),
      (Shape{1, 3, 31, 31}));
  EXPECT_EQ(scene("nn.Conv2d(1, 1, 3, padding=20, padding_mode='reflect')").input.base.shape(),
            (Shape{1, 1, 21, 21}));
}

TEST(LayerScene, WhatTheTextLeavesOpenFollowsFromTheLayerBefore) {
  const ScenedLayers keras =
      scened("Conv2D(8, 3), DepthwiseConv2D(3, depth_multiplier=2), Conv2D(4, 1)");
  EXPECT_EQ(keras.scene.layers[0].spec.in_channels, 3);
  EXPECT_EQ(keras.scene.layers[1].spec.groups, 8);
  EXPECT_EQ(keras.scene.layers[1].weight.base.shape(), (Shape{16, 1, 3, 3}));
  EXPECT_EQ(keras.scene.layers[2].spec.in_channels, 16);
  ASSERT_EQ(keras.remarks.size(), 1u);
  EXPECT_EQ(keras.remarks[0].code, "layer_channels_assumed");
  EXPECT_EQ(testing::number_of(keras.remarks[0], "channels"), 3);
  const ScenedLayers said = scened("Conv2D(8, 3, input_shape=(28, 30, 1))");
  EXPECT_TRUE(said.remarks.empty());
  EXPECT_EQ(said.scene.input.base.shape(), (Shape{1, 1, 28, 30}));
}

// TensorFlow's "SAME": ceil(size / stride) outputs. A pool of 2 pads 7 cells with one at the end.
TEST(LayerScene, PoolsTakeKerasPaddingWhereTheyCan) {
  const lesson::Scene even =
      scene("Conv2D(1, 1, input_shape=(8, 8, 1)), MaxPooling2D(2, padding='same')");
  EXPECT_EQ(conv::output_shape(even.layers[1].spec, {1, 1, 8, 8}), (Shape{1, 1, 4, 4}));
  const lesson::Scene odd =
      scene("Conv2D(1, 1, input_shape=(7, 7, 1)), MaxPooling2D(2, padding='same')");
  EXPECT_EQ(conv::output_shape(odd.layers[1].spec, {1, 1, 7, 7}), (Shape{1, 1, 4, 4}));
  const lesson::Scene three =
      scene("Conv2D(1, 1, input_shape=(7, 7, 1)), MaxPooling2D(3, 1, padding='same')");
  EXPECT_EQ(conv::output_shape(three.layers[1].spec, {1, 1, 7, 7}), (Shape{1, 1, 7, 7}));
  const auto uneven =
      tried("Conv2D(1, 1, input_shape=(8, 8, 1)), MaxPooling2D(6, 1, padding='same')");
  EXPECT_EQ(testing::code_of(uneven), "layer_pool_same");
}

TEST(LayerScene, ALayerThatCannotRunIsNamedWithItsSettingsPlace) {
  const auto wrong = tried("nn.Conv2d(3, 8, 3)\nnn.Conv2d(4, 8, 3)");
  EXPECT_EQ(testing::place_of(wrong), "channels_differ 2:11");
  EXPECT_EQ(testing::number_of(std::get<Problem>(wrong), "layer"), 2);
  EXPECT_EQ(testing::place_of(tried("nn.Conv2d(3, 8, 3, stride=0)")), "not_positive 1:27");
  EXPECT_EQ(testing::place_of(tried("nn.Conv2d(3, 8, 3, groups=2)")), "groups_do_not_divide 1:27");
  EXPECT_EQ(testing::place_of(tried("nn.MaxPool2d(3, padding=2)")), "pool_padding_too_large 1:25");
  EXPECT_EQ(testing::place_of(tried("Conv2D(8, 3, strides=-1)")), "not_positive 1:22");
  EXPECT_EQ(testing::code_of(tried("nn.Conv2d(3, 8, 5000)")), "kernel_too_tall");
  EXPECT_EQ(testing::code_of(tried("nn.Conv2d(65536, 65536, 9)")), "weight_too_large");
  EXPECT_EQ(testing::code_of(tried("nn.MaxPool2d(2), nn.Conv2d(4000000, 1, 1), nn.ReLU()")),
            "input_too_large");
  std::string many;
  for (int i = 0; i < 12; ++i) {
    many += "nn.Conv2d(1024, 1024, 3)\n";
  }
  EXPECT_EQ(testing::code_of(tried(many)), "layer_weights_too_many");
}

TEST(LayerScene, APrintOutThatIsNotAChainIsShownUpToTheBreak) {
  const ScenedLayers found = scened(R"(Block(
  (conv1): Conv2d(3, 8, kernel_size=(3, 3), stride=(1, 1))
  (conv2): Conv2d(8, 8, kernel_size=(3, 3), stride=(1, 1))
  (shortcut): Conv2d(3, 8, kernel_size=(1, 1), stride=(1, 1))
  (relu): ReLU()
))");
  EXPECT_EQ(found.scene.layers.size(), 2u);
  EXPECT_EQ(found.remarks.back().code, "layer_chain_breaks");
  EXPECT_EQ(testing::number_of(found.remarks.back(), "row"), 4);
  EXPECT_EQ(testing::number_of(found.remarks.back(), "count"), 2);
}

TEST(LayerScene, AGivenInputReplacesTheNoise) {
  SceneOptions options;
  options.input =
      lesson::TensorRef{lesson::InlineSource{}, random_tensor({1, 1, 5, 6}, {.seed = 2}), {}};
  const ScenedLayers found = scened("Conv2D(2, 3)", options);
  EXPECT_EQ(found.scene.layers[0].spec.in_channels, 1);
  EXPECT_TRUE(found.remarks.empty());
  EXPECT_EQ(testing::code_of(tried("nn.Conv2d(3, 2, 3)", options)), "channels_differ");
  EXPECT_EQ(testing::code_of(tried("nn.Conv2d(1, 2, 6)", options)), "kernel_too_tall");
  // An array (C, L) is a signal with C channels.
  const lesson::Scene signal = scened("nn.Conv1d(5, 2, 3)", options).scene;
  EXPECT_EQ(signal.input.base.shape(), (Shape{1, 5, 1, 6}));
}

TEST(LayerScene, TheSameSeedGivesTheSameWeights) {
  const lesson::Scene a = scened("nn.Conv2d(3, 8, 3)", {.seed = 5}).scene;
  const lesson::Scene b = scened("nn.Conv2d(3, 8, 3)", {.seed = 5}).scene;
  const lesson::Scene c = scened("nn.Conv2d(3, 8, 3)", {.seed = 6}).scene;
  EXPECT_TRUE(identical(a.layers[0].weight.base, b.layers[0].weight.base));
  EXPECT_FALSE(identical(a.layers[0].weight.base, c.layers[0].weight.base));
  EXPECT_FALSE(scene("nn.Conv2d(3, 8, 3, bias=False)").layers[0].bias.base.shape().count() > 0);
}

TEST(LayerScene, ItsLessonIsWrittenAndReadAgain) {
  for (const char* text :
       {"stem = nn.Conv2d(3, 8, 7, stride=2, padding=3), nn.ReLU(), nn.MaxPool2d(3, 2, 1)",
        "nn.Conv1d(2, 4, 5, padding='same'), nn.ReLU(), nn.AvgPool1d(2)",
        "nn.ConvTranspose2d(4, 2, 3, 2, output_padding=1), nn.Unfold(2)",
        "Conv2D(4, 3, strides=2, padding='same'), MaxPooling2D(2, padding='same')",
        "nn.Sequential(nn.ZeroPad2d((1, 2, 3, 4)), nn.Conv2d(3, 1, 3))"}) {
    const lesson::Lesson lesson = lesson_of(scene(text));
    const std::string json = lesson::lesson_json(lesson);
    const lesson::Lesson back = lesson::parse_lesson(json, "pasted.json", {});
    EXPECT_EQ(lesson::lesson_json(back), json) << text;
    ASSERT_EQ(back.scenes[0]->layers.size(), lesson.scenes[0]->layers.size());
    for (std::size_t i = 0; i < back.scenes[0]->layers.size(); ++i) {
      EXPECT_EQ(back.scenes[0]->layers[i].spec, lesson.scenes[0]->layers[i].spec) << text;
      EXPECT_TRUE(identical(back.scenes[0]->layers[i].weight.base,
                            lesson.scenes[0]->layers[i].weight.base));
    }
  }
}

}  // namespace
}  // namespace convscope::imports
