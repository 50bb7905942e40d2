#include "core/lesson/training.h"

#include <gtest/gtest.h>

#include <limits>

#include "core/derive/derived.h"
#include "core/lesson/limits.h"
#include "core/session/update.h"
#include "tests/core/lesson/bundled.h"

namespace convscope::session {
namespace {

using testing::bundled;

// One cell with a 1x1 kernel: the curvature of the loss (a·w - t)² is 2·a² everywhere.
lesson::Scene one_cell(float a) {
  lesson::Scene scene;
  scene.input.base = Tensor({1, 1, 1, 1}, {a});
  lesson::Layer layer;
  layer.spec.kernel_size = {1, 1};
  layer.weight.base = Tensor({1, 1, 1, 1}, {1});
  scene.layers.push_back(layer);
  return scene;
}

double usual_rate(const lesson::Scene& scene) {
  return lesson::usual_optimizer(scene, conv::Optimizer::Kind::kSgd).lr;
}

TEST(Training, TheUsualRateIsOneOverTheCurvatureInOneDigit) {
  EXPECT_DOUBLE_EQ(usual_rate(one_cell(1)), 0.5);
  EXPECT_DOUBLE_EQ(usual_rate(one_cell(2)), 0.1);  // 0.125
  EXPECT_DOUBLE_EQ(usual_rate(one_cell(10)), 0.005);
  EXPECT_DOUBLE_EQ(usual_rate(one_cell(0.25F)), 8);
}

TEST(Training, TheUsualRateSurvivesInputsThatTeachNothing) {
  EXPECT_DOUBLE_EQ(usual_rate(one_cell(0)), 0.1);
  EXPECT_DOUBLE_EQ(usual_rate(one_cell(std::numeric_limits<float>::infinity())), 0.1);
  EXPECT_DOUBLE_EQ(usual_rate(one_cell(std::numeric_limits<float>::quiet_NaN())), 0.1);
}

TEST(Training, TheUsualTrainingLearnsInEveryLessonOfAConvolution) {
  for (const char* id : {"cross-5x5", "rgb-same", "valid-vs-same", "stride", "dilation"}) {
    for (const lesson::Scene& scene : bundled(id).scenes) {
      const conv::DescentHistory run = derive::derive(scene, {}, {}, true).training;
      ASSERT_FALSE(run.empty()) << id;
      EXPECT_LT(run.losses.back(), run.losses.front() / 20) << id;
    }
  }
}

TEST(Training, ImpossibleNumbersAreProblems) {
  EXPECT_TRUE(lesson::optimizer_problems({}).empty());
  conv::Optimizer optimizer;
  optimizer.lr = 0;
  EXPECT_TRUE(lesson::optimizer_problems(optimizer).empty());
  optimizer.lr = -0.1;
  EXPECT_EQ(lesson::optimizer_problems(optimizer).front().code, "learning_rate_negative");
  optimizer.lr = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(lesson::optimizer_problems(optimizer).front().code, "value_not_finite");
  for (const auto number :
       {&conv::Optimizer::momentum, &conv::Optimizer::beta1, &conv::Optimizer::beta2}) {
    conv::Optimizer forgetful;
    forgetful.*number = 1;
    EXPECT_EQ(lesson::optimizer_problems(forgetful).front().code, "momentum_range");
  }
}

TEST(Training, InvalidSettingsLeaveTheDocumentUnchanged) {
  Session session =
      open_session(bundled("weights-are-learned"), Theme::kDark, lesson::Language::kEnglish);
  action::SetTraining wrong;
  wrong.optimizer.lr = -1;
  const Session after = update(session, wrong);
  ASSERT_TRUE(after.transient.notice);
  EXPECT_EQ(after.transient.notice->code, "learning_rate_negative");
  EXPECT_TRUE(after.document.lesson == session.document.lesson);
  action::SetTraining endless;
  endless.steps = std::numeric_limits<std::int64_t>::max();
  session = update(session, endless);
  EXPECT_EQ(scene_of(session).training->steps, lesson::kMaxTrainingSteps);
}

TEST(Training, WhatHasNoWeightsOrIsTooLargeHasProblems) {
  EXPECT_EQ(lesson::training_problems(bundled("pooling").scenes[0]).front().code,
            "training_needs_conv");
  lesson::Scene scene = one_cell(1);
  scene.input.base = Tensor({1, 1, 4000, 4000}, std::vector<float>(16'000'000));
  EXPECT_EQ(lesson::training_problems(scene).front().code, "training_too_large");
  EXPECT_TRUE(derive::derive(scene, {}, {}, true).training->empty());
}

TEST(Training, AHistoryIsReusedUntilSomethingItDependsOnChanges) {
  Session session =
      open_session(bundled("weights-are-learned"), Theme::kDark, lesson::Language::kEnglish);
  derive::Derived before = derive::derive(scene_of(session), {}, {}, true);
  // A marker that no computation would produce.
  before.training.change([](conv::DescentHistory& run) { run.losses.front() = -1; });
  EXPECT_EQ(derive::derive(scene_of(session), {}, before, true).training->losses.front(), -1);
  session = update(session, action::SetValue{{TensorRole::kWeight, {0, 0, 1, 1}}, 5, true});
  EXPECT_GT(derive::derive(scene_of(session), {}, before, true).training->losses.front(), 0);
  EXPECT_TRUE(derive::derive(scene_of(session), {}, before, false).training->empty());
}

TEST(Training, OtherWeightsToStartFromAreOtherRuns) {
  Session session = open_session(bundled("cross-5x5"), Theme::kDark, lesson::Language::kEnglish);
  const auto start = [&] {
    return derive::derive(scene_of(session), {}, {}, true).training->states.front().front().weight;
  };
  const std::vector<double> first = start();
  session = update(session, action::SetStart{2});
  const std::vector<double> second = start();
  EXPECT_NE(first, second);
  session = update(session, action::SetStart{1});
  EXPECT_EQ(first, start());
}

TEST(Training, AllLayersAreTrainedWhenAskedFor) {
  Session session =
      open_session(bundled("two-layers-learn"), Theme::kDark, lesson::Language::kEnglish);
  session = update(session, action::SetScene{1});
  const auto run = [&]() -> conv::DescentHistory {
    return derive::derive(scene_of(session), {}, {}, true).training;
  };
  const std::vector<double> all = run().losses;
  const conv::Optimizer optimizer = scene_of(session).training->optimizer;
  session = update(session, action::SetTraining{optimizer, 100, true, false});
  EXPECT_EQ(run().chain.size(), 1U);
  EXPECT_TRUE(scene_of(session).training->later_starts.empty());
  session = update(session, action::Undo{});
  EXPECT_EQ(run().losses, all);
  session = update(session, action::SetStart{7});
  EXPECT_NE(run().losses, all);
  EXPECT_EQ(scene_of(session).training->later_starts.size(), 1U);
  session = update(session, action::DrawTarget{true});
  EXPECT_EQ(scene_of(session).training->target.base.shape(), (Shape{1, 1, 4, 5}));
}

TEST(Training, LayersThatCannotBeTrainedLeaveTheFirstOneToTrain) {
  Session session =
      open_session(bundled("two-layers-learn"), Theme::kDark, lesson::Language::kEnglish);
  session = update(session, action::SetScene{1});
  session = update(session, action::AddLayer{conv::Op::kMaxPool, 3});
  ASSERT_EQ(scene_of(session).layers.size(), 4U);
  EXPECT_FALSE(scene_of(session).training->all_layers);
  EXPECT_FALSE(derive::derive(scene_of(session), {}, {}, true).training->empty());
  const action::SetTraining all{scene_of(session).training->optimizer, 100, true, true};
  const Session asked = update(session, all);
  ASSERT_TRUE(asked.transient.notice);
  EXPECT_EQ(asked.transient.notice->code, "training_chain");
}

TEST(Training, UpAndDownGoTenSteps) {
  Session session =
      open_session(bundled("weights-are-learned"), Theme::kDark, lesson::Language::kEnglish);
  const auto position = [&] { return beat_at(timeline_of(session), session.clock.frame).position; };
  session = update(session, action::GoTo{40});
  session = update(session, action::NextRow{});
  EXPECT_EQ(position(), 50);
  session = update(session, action::PreviousRow{});
  session = update(session, action::PreviousRow{});
  EXPECT_EQ(position(), 30);
}

}  // namespace
}  // namespace convscope::session
