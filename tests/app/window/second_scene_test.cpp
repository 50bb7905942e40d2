// The second scene of a comparison: computed at once where it is small, else by a worker.
#include <gtest/gtest.h>

#include <cmath>

#include "app/window/store.h"
#include "core/conv/forward.h"
#include "core/tensor/random.h"

namespace convscope::window {
namespace {

session::Session noise_session(std::int64_t side) {
  lesson::Layer layer;
  layer.spec.in_channels = 3;
  layer.spec.padding = conv::PaddingRule::kSame;
  layer.weight.base = random_tensor(conv::weight_shape(layer.spec), {.seed = 2});
  lesson::Scene scene;
  scene.input.base = random_tensor({1, 3, side, side}, {.seed = 1});
  scene.layers = {layer};
  lesson::Lesson lesson;
  lesson.id = "noise";
  lesson.scenes = {scene};
  return session::open_session(std::move(lesson), session::Theme::kDark,
                               lesson::Language::kEnglish);
}

class SecondSceneTest : public ::testing::TestWithParam<std::int64_t> {};

// Reflected values change a map with a kernel of 3 only at its rim.
TEST_P(SecondSceneTest, TheDifferenceIsThatOfTheTwoMaps) {
  Store store(noise_session(GetParam()));
  store.wait();
  EXPECT_FALSE(store.shown({}).beside);
  store.dispatch(session::action::Compare{session::Comparison::kPadding});
  store.wait();
  const picture::Shown shown = store.shown({});
  ASSERT_TRUE(shown.beside);
  ASSERT_TRUE(shown.difference);
  conv::LayerSpec reflected = session::layer_of(store.session()).spec;
  reflected.padding_mode = conv::PaddingMode::kReflect;
  const lesson::Scene& scene = session::scene_of(store.session());
  const Tensor other =
      conv::forward(scene.input.base, scene.layers[0].weight.base, Tensor(), reflected);
  const Tensor& first = store.derived().layers[0].output;
  const std::int64_t last = GetParam() - 1;
  for (const Index& at : {Index{0, 0, 0, 0}, Index{0, 0, last, 5}, Index{0, 0, 3, 3}}) {
    EXPECT_NEAR(shown.difference->at(at), first.at(at) - other.at(at), 1e-4);
  }
  EXPECT_NE(shown.difference->at({0, 0, 0, 0}), 0);
  EXPECT_EQ(shown.difference->at({0, 0, 3, 3}), 0);
  store.dispatch(session::action::Compare{});
  EXPECT_FALSE(store.shown({}).beside);
}

TEST_P(SecondSceneTest, AnEditFlowsIntoTheDifference) {
  Store store(noise_session(GetParam()));
  store.dispatch(session::action::SetValue{{session::TensorRole::kInput, {0, 1, 4, 4}}, 100});
  store.dispatch(session::action::Compare{session::Comparison::kLesson});
  store.wait();
  ASSERT_TRUE(store.shown({}).difference);
  const float once = store.shown({}).difference->at({0, 0, 4, 4});
  EXPECT_GT(std::abs(once), 1);
  EXPECT_EQ(store.shown({}).difference->at({0, 0, 8, 8}), 0);
  store.dispatch(session::action::Undo{});
  store.wait();
  EXPECT_EQ(store.shown({}).difference->at({0, 0, 4, 4}), 0);
}

INSTANTIATE_TEST_SUITE_P(Sizes, SecondSceneTest, ::testing::Values(12, 1000));

}  // namespace
}  // namespace convscope::window
