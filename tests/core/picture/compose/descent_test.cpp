#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "core/conv/conv2d.h"
#include "core/conv/training/gradients.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/svg/svg.h"
#include "tests/core/picture/scene_fixture.h"
#include "tests/support/golden_text.h"

namespace convscope::picture {
namespace {

// A bundled lesson in the descent view, with its training.
Stage descent_stage(const std::string& lesson, const session::Actions& actions = {},
                    session::Theme theme = session::Theme::kDark,
                    lesson::Language language = lesson::Language::kEnglish) {
  Stage stage(lesson, theme, language);
  stage.session =
      session::update(std::move(stage.session), session::action::SetView{lesson::View::kDescent});
  for (const session::Action& action : actions) {
    stage.session = session::settle(session::update(std::move(stage.session), action));
  }
  stage.derived = derive::derive(session::scene_of(stage.session), {}, {}, /*with_training=*/true);
  return stage;
}

std::string svg_at(Stage stage, session::Frame frame) {
  stage.session.clock.frame = frame;
  return svg::svg_of(compose_stage(stage), golden_metrics());
}

std::vector<TensorGrid> grids_of(const Picture& picture, session::TensorRole role) {
  std::vector<TensorGrid> grids;
  for (const Record& record : picture.records) {
    const auto* grid = std::get_if<TensorGrid>(&record);
    if (grid != nullptr && grid->role == role) {
      grids.push_back(*grid);
    }
  }
  return grids;
}

bool shows(const std::vector<TensorGrid>& grids, const Tensor& tensor) {
  return std::ranges::any_of(
      grids, [&](const TensorGrid& grid) { return identical(grid.tensor, tensor); });
}

session::action::SetTraining sgd(double lr, double momentum, std::int64_t steps) {
  session::action::SetTraining training;
  training.optimizer.lr = lr;
  training.optimizer.momentum = momentum;
  training.steps = steps;
  return training;
}

// The lesson's weights before the first step predict [.75 .5 .75; 0 1.5 1; 1.25 1.5 0] where the
// cross gives [4 3 4; 2 4 3; 2 3 4]; by hand, the mean of the squared errors is 967/144 and the
// gradient of the first weight, 2/9 · (-3.25 - 2.5 - 3.25 - 2.5 - 2 - 4), is -35/9.
TEST(ComposeDescent, TheFirstStepIsTheOneDoneByHand) {
  const Stage stage = descent_stage("weights-are-learned");
  EXPECT_NEAR(stage.derived.training->losses.front(), 967.0 / 144, 1e-6);
  const Picture picture = compose_stage(stage);
  EXPECT_TRUE(says(picture, "6.715"));
  EXPECT_TRUE(says(picture, "dL/dw[0,0,0,0] = 1·(−0.722) + 1·(−0.556) + 1·(−0.722) + 0·(−0.444)"));
  EXPECT_TRUE(says(picture, " = 0.500 − 0.1·(−3.889) = 0.889"));
}

TEST(ComposeDescent, TheGradientOnStageIsTheCorrelationOfInputAndError) {
  Stage stage = descent_stage("weights-are-learned", {session::action::GoTo{6}});
  const conv::DescentHistory& history = stage.derived.training;
  const Tensor weight = conv::weight_of(conv::state_at(history, 7).front(), history.chain.front());
  const Tensor prediction =
      conv::conv2d_reference(history.input, weight, Tensor(), history.chain.front());
  std::vector<float> scaled;
  for (std::size_t i = 0; i < prediction.values().size(); ++i) {
    scaled.push_back(static_cast<float>(
        2.0 * (static_cast<double>(prediction.values()[i]) - history.target.values()[i]) / 9));
  }
  const Tensor grad_out(prediction.shape(), scaled);
  const Picture picture = compose_stage(stage);
  EXPECT_TRUE(shows(grids_of(picture, session::TensorRole::kOutput), prediction));
  EXPECT_TRUE(shows(grids_of(picture, session::TensorRole::kOutput), grad_out));
  EXPECT_TRUE(shows(grids_of(picture, session::TensorRole::kProduct), weight));
  EXPECT_TRUE(shows(grids_of(picture, session::TensorRole::kProduct),
                    conv::gradient_of_weight(grad_out, history.input, history.chain.front())));
  EXPECT_TRUE(shows(grids_of(picture, session::TensorRole::kTarget), history.target));
  EXPECT_TRUE(
      shows(grids_of(picture, session::TensorRole::kWeight), stage.derived.layers[0].weight));
}

// The hidden layer shows what flows back to it; the last one a target and an error, as one layer
// does.
TEST(ComposeDescent, EachOfTwoLayersShowsItsGradient) {
  Stage first =
      descent_stage("two-layers-learn", {session::action::SetScene{1}, session::action::GoTo{6}});
  const conv::DescentHistory& history = first.derived.training;
  const conv::ChainStep step =
      conv::chain_step(conv::state_at(history, 7), history.input, history.target, history.chain);
  const Picture hidden = compose_stage(first);
  const auto maps = grids_of(hidden, session::TensorRole::kOutput);
  EXPECT_TRUE(shows(maps, step.layers[0].prediction));
  EXPECT_TRUE(shows(maps, step.layers[1].grad_out));
  EXPECT_TRUE(shows(maps, step.layers[0].grad_out));
  EXPECT_TRUE(shows(grids_of(hidden, session::TensorRole::kProduct), step.layers[0].grad_weight));
  EXPECT_TRUE(grids_of(hidden, session::TensorRole::kTarget).empty());
  EXPECT_TRUE(says(hidden, "dL/dReLU(z)"));
  EXPECT_FALSE(says(hidden, "distance to the filter"));
  Stage second = first;
  second.session = session::update(std::move(second.session), session::action::SetLayer{2});
  second.session = session::update(std::move(second.session), session::action::GoTo{6});
  const Picture last = compose_stage(second);
  EXPECT_TRUE(shows(grids_of(last, session::TensorRole::kOutput), step.layers[2].error));
  EXPECT_TRUE(shows(grids_of(last, session::TensorRole::kTarget), history.target));
  EXPECT_TRUE(shows(grids_of(last, session::TensorRole::kInput), step.inputs[2]));
  EXPECT_TRUE(shows(grids_of(last, session::TensorRole::kProduct), step.layers[2].grad_weight));
}

// Inside a window of 1280 x 720, below the strip of layers.
TEST(ComposeDescent, MapsOfTwoLayersKeepTheirNumbersOnASmallStage) {
  Stage stage =
      descent_stage("two-layers-learn", {session::action::SetScene{1}, session::action::GoTo{6}});
  for (const std::int64_t layer : {0, 2}) {
    stage.session = session::update(std::move(stage.session), session::action::SetLayer{layer});
    const Picture picture = compose_stage(stage, {976, 556, 1});
    for (const session::TensorRole role :
         {session::TensorRole::kInput, session::TensorRole::kOutput}) {
      for (const TensorGrid& grid : grids_of(picture, role)) {
        EXPECT_GE(grid.rect.h / static_cast<float>(grid.tensor.shape().h), 20) << layer;
      }
    }
  }
}

TEST(ComposeDescent, ScrubbingInAnyOrderShowsTheSamePictures) {
  for (const session::Granularity granularity :
       {session::Granularity::kPosition, session::Granularity::kTerm}) {
    const Stage stage = descent_stage(
        "weights-are-learned", {sgd(0.05, 0.9, 40), session::action::SetGranularity{granularity}});
    const session::Timeline timeline = session::timeline_of(stage.session);
    std::vector<session::Frame> frames;
    for (session::Frame frame = 0; frame <= timeline.last(); frame += timeline.last() / 30) {
      frames.push_back(frame);
    }
    std::vector<std::string> in_order;
    for (const session::Frame frame : frames) {
      in_order.push_back(svg_at(stage, frame));
    }
    std::vector<std::size_t> order(frames.size());
    std::iota(order.begin(), order.end(), 0);
    std::shuffle(order.begin(), order.end(), std::mt19937(3));
    for (const std::size_t i : order) {
      EXPECT_EQ(svg_at(stage, frames[i]), in_order[i]) << "frame " << frames[i];
    }
    EXPECT_NE(in_order.front(), in_order.back());
  }
}

TEST(ComposeDescent, ALearningRateThatIsTooHighDivergesAndSaysSo) {
  Stage stage = descent_stage("weights-are-learned", {sgd(3, 0.9, 60)});
  ASSERT_FALSE(std::isfinite(stage.derived.training->losses.back()));
  for (std::int64_t position = -1; position < 60; ++position) {
    stage.session.clock.frame = session::frame_of(session::timeline_of(stage.session), position);
    const Picture picture = compose_stage(stage);
    EXPECT_TRUE(
        says(picture, "The learning rate 3 is too high: the loss grows from iteration 1 on."))
        << position;
    EXPECT_TRUE(std::ranges::any_of(picture.records, [](const Record& record) {
      return std::holds_alternative<Polygon>(record);  // where the curve leaves
    }));
  }
  EXPECT_TRUE(says(compose_stage(stage), "NaN"));
}

TEST(ComposeDescent, ARunThatConvergesSaysHowFarTheFilterIs) {
  const Stage stage = descent_stage("weights-are-learned", {session::action::GoTo{199}});
  const conv::DescentHistory& history = stage.derived.training;
  double squares = 0;
  const std::vector<double> weight = conv::state_at(history, 200).front().weight;
  const std::vector<double> cross = {1, 0, 1, 0, 1, 0, 1, 0, 1};
  for (std::size_t i = 0; i < cross.size(); ++i) {
    squares += (weight[i] - cross[i]) * (weight[i] - cross[i]);
  }
  const Picture picture = compose_stage(stage);
  EXPECT_TRUE(says(picture, "iteration 200 of 200"));
  EXPECT_TRUE(
      says(picture, "distance to the filter " + kit::fixed_number_text(std::sqrt(squares), 3)));
  EXPECT_FALSE(says(picture, "too high"));
}

TEST(ComposeDescent, PhasesShowOnlyWhatTheyHaveMade) {
  Stage stage = descent_stage("weights-are-learned",
                              {session::action::SetGranularity{session::Granularity::kTerm}});
  const session::Timeline timeline = session::timeline_of(stage.session);
  ASSERT_EQ(timeline.parts, 4);
  // Cells of the trained maps and filters that are visible after each phase of the first step.
  const auto revealed = [&](session::TensorRole role) {
    std::int64_t cells = 0;
    for (const TensorGrid& grid : grids_of(compose_stage(stage), role)) {
      cells += grid.revealed < 0 ? 9 : grid.revealed;
    }
    return cells;
  };
  const std::vector<std::int64_t> maps = {0, 9, 27, 27, 27};
  const std::vector<std::int64_t> filters = {9, 9, 9, 18, 36};
  for (std::int64_t phase = 0; phase < 4; ++phase) {
    stage.session.clock.frame = phase * timeline.ticks_per_part;
    EXPECT_EQ(revealed(session::TensorRole::kOutput), maps[static_cast<std::size_t>(phase)])
        << phase;
    EXPECT_EQ(revealed(session::TensorRole::kProduct), filters[static_cast<std::size_t>(phase)])
        << phase;
  }
  stage.session.clock.frame = 4 * timeline.ticks_per_part - 1;
  EXPECT_EQ(revealed(session::TensorRole::kProduct), filters[4]);
}

// As in the transport bar: the current step, or the last completed one.
TEST(ComposeDescent, TheStepIsCountedLikeAnyPosition) {
  for (const auto granularity : {session::Granularity::kPosition, session::Granularity::kTerm}) {
    Stage stage =
        descent_stage("weights-are-learned", {session::action::SetGranularity{granularity}});
    const session::Timeline timeline = session::timeline_of(stage.session);
    const session::Frame end = session::frame_of(timeline, 23);
    for (const auto& [frame, words] :
         {std::pair{session::Frame{0}, "iteration 0 of 200"},
          std::pair{session::Frame{1}, "iteration 1 of 200"},
          std::pair{end - timeline.ticks_per_position() + 1, "iteration 24 of 200"},
          std::pair{end - 1, "iteration 24 of 200"}, std::pair{end, "iteration 24 of 200"},
          std::pair{end + 1, "iteration 25 of 200"}}) {
      stage.session.clock.frame = frame;
      EXPECT_TRUE(says(compose_stage(stage), words)) << words << ", frame " << frame;
      EXPECT_NE(
          std::string(words).find(
              "iteration " + std::to_string(session::beat_at(timeline, frame).position + 1) + " "),
          std::string::npos);
    }
  }
}

TEST(ComposeDescent, PointingAtAnotherFilterShowsIt) {
  Stage stage = descent_stage("conv2d-3-to-5", {sgd(0.1, 0, 3)});
  const auto captions = [&] { return read_aloud(compose_stage(stage, {1920, 1080, 1})); };
  EXPECT_NE(captions().find("weight[0, 0]"), std::string::npos);
  stage.session = session::update(
      std::move(stage.session),
      session::action::Hover{session::Target{session::TensorRole::kProduct, {3, 2, 0, 1}}});
  EXPECT_NE(captions().find("weight[3, 2]"), std::string::npos);
  EXPECT_NE(captions().find("dL/dw[3,2,0,1]"), std::string::npos);
}

TEST(ComposeDescent, ADrawnTargetCanBePointedAtAndHasNoFilterToFind) {
  const Stage stage = descent_stage("weights-are-learned", {session::action::DrawTarget{true}});
  const Picture picture = compose_stage(stage);
  EXPECT_TRUE(grids_of(picture, session::TensorRole::kWeight).empty());
  const auto targets = grids_of(picture, session::TensorRole::kTarget);
  ASSERT_FALSE(targets.empty());
  const Rect& rect = targets.front().rect;
  const auto cell = hit(picture, {rect.x + rect.w / 6, rect.y + rect.h / 2});
  EXPECT_EQ(cell, (session::Target{session::TensorRole::kTarget, {0, 0, 1, 0}}));
}

TEST(ComposeDescent, WhatCannotBeTrainedSaysWhy) {
  EXPECT_TRUE(says(compose_stage(descent_stage("pooling")), "Only a convolution"));
  EXPECT_TRUE(says(compose_stage(descent_stage("photo-edges")), "would take too"));
}

TEST(ComposeDescent, AnyCanvasAndAnyHistoryIsFine) {
  Stage stage = descent_stage("weights-are-learned", {session::action::GoTo{3}});
  for (const Viewport& viewport :
       {Viewport{70, 70, 1}, Viewport{3840, 2160, 2}, Viewport{200, 1500, 1},
        Viewport{1500, 200, 1}, Viewport{960, 1080, 1}}) {
    EXPECT_GT(compose_stage(stage, viewport).records.size(), 1u) << viewport.width;
  }
  // The history of a shorter run, shown while the new one is computed.
  stage.session = session::update(std::move(stage.session), sgd(0.1, 0, 900));
  stage.session = session::update(std::move(stage.session), session::action::Last{});
  EXPECT_TRUE(says(compose_stage(stage), "iteration 200 of 200"));
  stage.derived.training = {};
  EXPECT_TRUE(says(compose_stage(stage), "computing the training"));
}

class DescentGolden : public ::testing::TestWithParam<GoldenCase> {};

TEST_P(DescentGolden, MatchesTheReviewedSvg) {
  const GoldenCase& golden = GetParam();
  const Stage stage = descent_stage(golden.lesson, {session::action::GoTo{golden.position}},
                                    golden.theme, golden.language);
  EXPECT_TRUE(matches_golden_text(svg::svg_of(compose_stage(stage), golden_metrics()),
                                  std::string("svg/") + golden.name + ".svg"));
}

INSTANTIATE_TEST_SUITE_P(
    Lessons, DescentGolden,
    ::testing::Values(GoldenCase{"descent_cross_start", "weights-are-learned", -1,
                                 session::Theme::kDark, lesson::Language::kEnglish},
                      GoldenCase{"descent_cross_99", "weights-are-learned", 99,
                                 session::Theme::kLight, lesson::Language::kRussian},
                      GoldenCase{"descent_cross_last", "weights-are-learned", 199,
                                 session::Theme::kProjector, lesson::Language::kEnglish}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace convscope::picture
