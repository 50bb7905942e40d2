#include "core/session/update.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/derive/derived.h"
#include "tests/core/lesson/bundled.h"

namespace convscope::session {
namespace {

using testing::after;
using testing::opened;
using testing::position_of;

Action value_at(TensorRole tensor, const Index& at, float value, bool commit = true) {
  return action::SetValue{{tensor, at}, value, commit};
}

TEST(Clock, NextRunsToTheRestAndStops) {
  Session session = after(opened("cross-5x5"), action::Next{});
  EXPECT_TRUE(is_moving(session));
  EXPECT_EQ(session.clock.frame, 0);
  session = after(session, action::Tick{100});
  EXPECT_EQ(session.clock.frame, 100);
  session = after(session, action::Tick{1000});
  EXPECT_EQ(session.clock.frame, 240);
  EXPECT_FALSE(is_moving(session));
}

TEST(Clock, QuickPressesAreNotLost) {
  Session session = opened("cross-5x5");
  session = after(session, action::Next{}, action::Tick{3}, action::Next{}, action::Next{});
  EXPECT_EQ(settle(session).clock.frame, 3 * 240);
  EXPECT_EQ(settle(after(session, action::Previous{})).clock.frame, 2 * 240);
}

TEST(Clock, PreviousRunsBackFourTimesAsFast) {
  Session session = after(opened("cross-5x5"), action::GoTo{3}, action::Previous{});
  session = after(session, action::Tick{10});
  EXPECT_EQ(session.clock.frame, 4 * 240 - 40);
  session = after(session, action::Tick{50});
  EXPECT_EQ(session.clock.frame, 3 * 240);
  EXPECT_FALSE(is_moving(session));
  EXPECT_FALSE(is_moving(after(opened("cross-5x5"), action::Previous{})));
}

TEST(Clock, SlowPlayDoesNotDrift) {
  Session session = after(opened("cross-5x5"), action::Switch{&Toggles::guided, false},
                          action::SetSpeed{0.25}, action::TogglePlay{});
  for (int i = 0; i < 1003; ++i) {
    session = after(session, action::Tick{1});
  }
  EXPECT_EQ(session.clock.frame, 250);
  EXPECT_EQ(session.clock.quarter_ticks, 3);
}

TEST(Clock, PlayStopsAtTheEndAndStartsAgain) {
  Session session = after(opened("cross-5x5"), action::Switch{&Toggles::guided, false},
                          action::TogglePlay{}, action::Tick{1000000});
  EXPECT_EQ(session.clock.frame, 9 * 240);
  EXPECT_FALSE(session.clock.playing);
  session = after(session, action::TogglePlay{});
  EXPECT_EQ(session.clock.frame, 0);
  EXPECT_TRUE(session.clock.playing);
}

TEST(Clock, LoopBeginsAgainWithTheEmptyMap) {
  Session session =
      after(opened("cross-5x5"), action::Switch{&Toggles::loop, true}, action::GoTo{8},
            action::TogglePlay{}, action::Seek{9 * 240}, action::Tick{1});
  EXPECT_EQ(session.clock.frame, 0);
  EXPECT_TRUE(session.clock.playing);
  EXPECT_EQ(after(session, action::Seek{9 * 240 - 5}, action::Tick{10}).clock.frame, 4);
}

TEST(Clock, RowsFiltersAndWindows) {
  Session session = after(opened("conv2d-3-to-5"), action::GoTo{98 * 2 + 7});
  EXPECT_EQ(position_of(after(session, action::NextRow{})), 98 * 3 + 7);
  EXPECT_EQ(position_of(after(session, action::PreviousRow{})), 98 + 7);
  EXPECT_EQ(position_of(after(session, action::NextFilter{})), 98 * 98 + 98 * 2 + 7);
  Session around = session;
  for (int i = 0; i < 5; ++i) {
    around = after(around, action::NextFilter{});
  }
  EXPECT_EQ(around.clock.frame, session.clock.frame);
  // The centre of a 3x3 window at output (y, x) is input cell (y + 1, x + 1).
  EXPECT_EQ(position_of(after(session, action::PlaceWindow{{0, 0, 11, 21}})), 98 * 10 + 20);
  EXPECT_EQ(position_of(after(session, action::PlaceWindow{{0, 0, -5, 1000}})), 97);
  EXPECT_EQ(position_of(after(opened("cross-5x5"), action::PreviousRow{})), -1);
  EXPECT_EQ(position_of(after(opened("cross-5x5"), action::Last{}, action::NextRow{})), 8);
}

TEST(Clock, WindowsWithStrideAndPadding) {
  Session session = opened("rgb-same");
  conv::LayerSpec spec = layer_of(session).spec;
  spec.padding = conv::PaddingRule::kExplicit;
  spec.pads = {1, 1, 1, 1};
  spec.stride = {2, 2};
  session = after(session, action::SetSpec{spec, true});
  // Centres at input rows and columns 0, 2, 4.
  EXPECT_EQ(position_of(after(session, action::PlaceWindow{{0, 0, 0, 0}})), 0);
  EXPECT_EQ(position_of(after(session, action::PlaceWindow{{0, 0, 2, 4}})), 5);
  EXPECT_EQ(position_of(after(session, action::PlaceWindow{{0, 0, 5, -1}})), 6);
}

TEST(Clock, GranularityKeepsThePosition) {
  Session session = after(opened("rgb-same"), action::GoTo{6});
  for (const auto granularity :
       {Granularity::kChannel, Granularity::kTerm, Granularity::kPosition}) {
    session = after(session, action::SetGranularity{granularity});
    EXPECT_EQ(session.clock.frame, frame_of(timeline_of(session), 6));
  }
}

TEST(Edit, AValueChangesTheMapAndUndoTakesItBack) {
  const Session start = after(opened("cross-5x5"), action::GoTo{4});
  Session session = after(start, value_at(TensorRole::kWeight, {0, 0, 1, 1}, 2));
  EXPECT_EQ(session.clock.frame, start.clock.frame);
  EXPECT_EQ(derive::derive(scene_of(session)).layers[0].output.at({0, 0, 0, 0}), 5);
  session = after(session, action::Undo{});
  EXPECT_TRUE(session.document.lesson == start.document.lesson);
  session = after(session, action::Redo{});
  EXPECT_EQ(layer_of(session).weight.edits.at({0, 0, 1, 1}), 2);
  EXPECT_TRUE(after(session, action::Redo{}).document.history->future.empty());
}

TEST(Edit, EqualValuesPushNothing) {
  Session session = after(opened("cross-5x5"), value_at(TensorRole::kInput, {0, 0, 0, 0}, 1));
  EXPECT_TRUE(session.document.history->past.empty());
  session = after(session, value_at(TensorRole::kInput, {0, 0, 0, 0}, 3),
                  value_at(TensorRole::kInput, {0, 0, 0, 0}, 1));
  EXPECT_EQ(session.document.history->past.size(), 2U);
  EXPECT_TRUE(scene_of(session).input.edits.empty());
}

TEST(Edit, ADragIsOneStep) {
  Session session = opened("cross-5x5");
  for (int i = 2; i < 50; ++i) {
    session =
        after(session, value_at(TensorRole::kInput, {0, 0, 2, 2}, static_cast<float>(i), false));
  }
  EXPECT_EQ(session.document.history->past.size(), 1U);
  session = after(session, action::Commit{}, value_at(TensorRole::kInput, {0, 0, 2, 2}, 7));
  EXPECT_EQ(session.document.history->past.size(), 2U);
  session = after(session, action::Undo{});
  EXPECT_EQ(scene_of(session).input.tensor().at({0, 0, 2, 2}), 49);
  session = after(session, action::Undo{});
  EXPECT_EQ(scene_of(session).input.tensor().at({0, 0, 2, 2}), 1);
}

TEST(Edit, EveryStepKeepsTheNameOfWhatWasDone) {
  const Session start = opened("cross-5x5");
  Session session = after(start, value_at(TensorRole::kInput, {0, 0, 2, 2}, 5, false),
                          value_at(TensorRole::kInput, {0, 0, 2, 2}, 6, false), action::Commit{},
                          value_at(TensorRole::kWeight, {0, 0, 1, 1}, 2),
                          action::SetFilter{0, std::vector<float>(9)}, action::SetRelu{true},
                          action::SetRelu{false}, action::ResetScene{},
                          action::Opened{testing::bundled("photo-edges")});
  const std::vector<std::string> done = {"set_input",   "set_weight",  "set_filter", "add_relu",
                                         "remove_relu", "reset_scene", "open"};
  const auto names = [](const std::vector<Snapshot>& steps) {
    std::vector<std::string> found;
    for (const Snapshot& step : steps) {
      found.push_back(step.change);
    }
    return found;
  };
  EXPECT_EQ(names(session.document.history->past), done);
  for (std::size_t i = 0; i < done.size(); ++i) {
    session = after(session, action::Undo{});
  }
  EXPECT_TRUE(session.document.history->past.empty());
  EXPECT_EQ(names(session.document.history->future),
            std::vector<std::string>(done.rbegin(), done.rend()));
  for (std::size_t i = 0; i < done.size(); ++i) {
    session = after(session, action::Redo{});
  }
  EXPECT_EQ(names(session.document.history->past), done);
}

TEST(Edit, ADragBackToItsStartLeavesNoTrace) {
  const Session session =
      after(opened("cross-5x5"), value_at(TensorRole::kInput, {0, 0, 2, 2}, 5, false),
            value_at(TensorRole::kInput, {0, 0, 2, 2}, 1, false), action::Commit{});
  EXPECT_TRUE(session.document.history->past.empty());
}

TEST(Edit, RefusesInvalidEdits) {
  const Session start = opened("cross-5x5");
  const auto code = [&](const Action& action) {
    const Session session = update(start, action);
    EXPECT_TRUE(session.document.lesson == start.document.lesson);
    return session.transient.notice ? session.transient.notice->code : "none";
  };
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  EXPECT_EQ(code(value_at(TensorRole::kInput, {0, 0, 0, 0}, kInfinity)), "value_not_finite");
  EXPECT_EQ(code(value_at(TensorRole::kInput, {0, 0, -1, 0}, 1)), "value_outside");
  EXPECT_EQ(code(value_at(TensorRole::kBias, {0, 0, 0, 0}, 1)), "value_outside");
  EXPECT_EQ(code(value_at(TensorRole::kOutput, {0, 0, 0, 0}, 1)), "value_not_editable");
  EXPECT_EQ(code(action::SetFilter{0, {1, 2}}), "filter_size");
  EXPECT_EQ(code(action::SetFilter{1, std::vector<float>(9)}), "value_outside");
  EXPECT_EQ(code(action::Opened{}), "lesson_broken");
  lesson::Lesson infinite = start.document.lesson;
  infinite.scenes.back().change(
      [](lesson::Scene& scene) { scene.layers.front().weight.edits.set({0, 0, 1, 1}, kInfinity); });
  EXPECT_EQ(code(action::Opened{infinite}), "lesson_not_finite");
}

// Each value of the input is a float, but the sum of two of them overflows.
TEST(Edit, AMapWithInfinityIsNoTarget) {
  const Session large =
      after(opened("cross-5x5"), value_at(TensorRole::kInput, {0, 0, 0, 0}, 3.4e38F),
            value_at(TensorRole::kInput, {0, 0, 1, 1}, 3.4e38F));
  Session session = update(large, action::DrawTarget{true});
  EXPECT_TRUE(session.document.lesson == large.document.lesson);
  ASSERT_TRUE(session.transient.notice);
  EXPECT_EQ(session.transient.notice->code, "target_not_finite");
  EXPECT_NO_THROW(lesson::lesson_json(session.document.lesson));
  session = after(session, action::Undo{}, action::DrawTarget{true});
  EXPECT_FALSE(scene_of(session).training->target.base.empty());
}

// An array file may contain infinity, a lesson's own text can't.
TEST(Edit, ACutKernelOfAFileBringsNoInfinityIntoTheLesson) {
  const lesson::LoadTensor infinite = [](const lesson::FileSource&) {
    std::vector<float> values(9, 1.0F);
    values[0] = std::numeric_limits<float>::infinity();
    return Tensor({1, 1, 3, 3}, std::move(values));
  };
  const Session start =
      open_session(lesson::parse_lesson(R"({"format": 1, "id": "file", "title": "File", "scenes": [
          {"input": {"values": [[1, 2, 3], [4, 5, 6], [7, 8, 9]]}, "view": "flat",
           "layers": [{"op": "conv2d", "weight": {"npy": "weight.npy"}}]}]})",
                                        "file.json", infinite),
                   Theme::kDark, lesson::Language::kEnglish);
  conv::LayerSpec spec = layer_of(start).spec;
  spec.kernel_size = {2, 2};
  const Session session = update(start, action::SetSpec{spec});
  EXPECT_TRUE(session.document.lesson == start.document.lesson);
  ASSERT_TRUE(session.transient.notice);
  EXPECT_EQ(session.transient.notice->code, "lesson_not_finite");
}

TEST(Edit, AFilterForEveryChannelOrForEach) {
  Session session = after(opened("rgb-same"), action::SetFilter{0, {0, 0, 0, 0, 1, 0, 0, 0, 0}});
  const derive::Derived derived = derive::derive(scene_of(session));
  // The sum of the three channels and the bias 1.
  EXPECT_EQ(derived.layers[0].output.at({0, 0, 0, 0}), 156 + 167 + 163 + 1);
  std::vector<float> last_only(27, 0.0F);
  last_only[26] = 2;
  session = after(session, action::SetFilter{0, last_only});
  EXPECT_EQ(layer_of(session).weight.tensor().at({0, 2, 2, 2}), 2);
  EXPECT_EQ(layer_of(session).weight.tensor().at({0, 1, 1, 1}), 0);
}

// A refused setting is the most recent change, so Undo takes it back first.
TEST(Undo, DropsADraftFirst) {
  const Session start = opened("cross-5x5");
  conv::LayerSpec spec = layer_of(start).spec;
  spec.stride = {2, 2};
  Session session = after(start, action::SetSpec{spec, true});
  spec.stride = {0, 2};
  session = after(session, action::SetSpec{spec, true});
  ASSERT_TRUE(session.transient.draft);
  session = after(session, action::Undo{});
  EXPECT_FALSE(session.transient.draft);
  EXPECT_EQ(layer_of(session).spec.stride, (conv::Size2{2, 2}));
  session = after(session, action::Undo{});
  EXPECT_TRUE(session.document.lesson == start.document.lesson);
}

TEST(Spec, AnImpossibleOneIsADraft) {
  const Session start = opened("cross-5x5");
  conv::LayerSpec spec = layer_of(start).spec;
  spec.kernel_size = {7, 7};
  Session session = after(start, action::SetSpec{spec, true});
  ASSERT_TRUE(session.transient.draft);
  EXPECT_EQ(session.transient.draft->spec, spec);
  EXPECT_FALSE(session.transient.draft->problems.empty());
  EXPECT_TRUE(session.document.lesson == start.document.lesson);
  EXPECT_FALSE(after(session, action::DropDraft{}).transient.draft);
  EXPECT_FALSE(after(session, action::SetSpec{layer_of(start).spec, true}).transient.draft);
}

TEST(Spec, TensorsTakeTheNewShape) {
  Session session = after(opened("cross-5x5"), action::Last{});
  conv::LayerSpec spec = layer_of(session).spec;
  spec.kernel_size = {2, 4};
  spec.out_channels = 2;
  spec.bias = true;
  session = after(session, action::SetSpec{spec, true});
  ASSERT_FALSE(session.transient.draft);
  // Rows 0 and 1 of the X, a new column of zeros; a second filter that is random within 1/sqrt(8).
  std::vector<float> weights = testing::values_of(layer_of(session).weight.tensor());
  ASSERT_EQ(weights.size(), 16U);
  for (auto weight = weights.begin() + 8; weight != weights.end(); ++weight) {
    EXPECT_LE(std::abs(*weight), 0.3536F);
    EXPECT_NE(*weight, 0.0F);
  }
  weights.resize(8);
  EXPECT_EQ(weights, (std::vector<float>{1, 0, 1, 0, 0, 1, 0, 0}));
  EXPECT_EQ(testing::values_of(layer_of(session).bias.tensor()), (std::vector<float>{0, 0}));
  EXPECT_EQ(position_of(session), 8);
  EXPECT_EQ(session.document.history->past.size(), 1U);
  spec.bias = false;
  EXPECT_TRUE(layer_of(after(session, action::SetSpec{spec, true})).bias.tensor().empty());
}

TEST(Spec, SeededTensorsAreRegeneratedAndPositionsClamped) {
  Session session = after(opened("conv2d-3-to-5"), action::Last{});
  conv::LayerSpec spec = layer_of(session).spec;
  spec.out_channels = 2;
  session = after(session, action::SetSpec{spec, true});
  const auto& source = std::get<lesson::SeededSource>(layer_of(session).weight.source);
  EXPECT_TRUE(identical(layer_of(session).weight.base, random_tensor({2, 3, 3, 3}, source.random)));
  EXPECT_EQ(position_of(session), 2 * 98 * 98 - 1);
}

TEST(Spec, HugeLayersAreRefusedBeforeMemoryIsTaken) {
  const Session start = opened("cross-5x5");
  conv::LayerSpec spec = layer_of(start).spec;
  spec.out_channels = std::int64_t{1} << 30;
  const Session session = after(start, action::SetSpec{spec, true});
  ASSERT_TRUE(session.transient.draft);
  EXPECT_EQ(session.transient.draft->problems.front().code, "weight_too_large");
}

TEST(Spec, TheNextLayerMustStillRun) {
  lesson::Lesson lesson = testing::bundled("cross-5x5");
  lesson.scenes[0].change([](lesson::Scene& scene) {
    scene.layers.push_back(lesson::Layer(scene.layers[0]));  // 5x5 -> 3x3 -> 1x1
  });
  const Session start = open_session(lesson, Theme::kDark, lesson::Language::kEnglish);
  conv::LayerSpec spec = layer_of(start).spec;
  spec.kernel_size = {4, 4};
  const Session session = after(start, action::SetSpec{spec, true});
  ASSERT_TRUE(session.transient.draft);
  EXPECT_EQ(session.transient.draft->problems.front().code, "next_layer_breaks");
  // Layers are counted from 1, as the inspector shows them.
  EXPECT_EQ(session.transient.draft->problems.front().values.front(),
            (std::pair<std::string, ProblemValue>{"layer", std::int64_t{2}}));
}

TEST(Undo, IsBounded) {
  Session session = opened("cross-5x5");
  for (int i = 0; i < 600; ++i) {
    session = after(session, value_at(TensorRole::kInput, {0, 0, 0, 0}, static_cast<float>(i + 2)));
  }
  EXPECT_EQ(session.document.history->past.size(), 500U);
}

TEST(Undo, LookingAndSteppingAreNotUndone) {
  Session session = after(opened("cross-5x5"), value_at(TensorRole::kInput, {0, 0, 0, 0}, 9),
                          action::GoTo{5}, action::SetTheme{Theme::kLight}, action::Undo{});
  EXPECT_EQ(position_of(session), 5);
  EXPECT_EQ(session.look.theme, Theme::kLight);
}

TEST(Documents, AnotherSceneOrLessonStartsTheClock) {
  Session session = after(opened("photo-edges"), action::GoTo{50}, action::SetCamera{{3, 1, 1}},
                          action::SetScene{1});
  EXPECT_EQ(session.look.scene, 1);
  EXPECT_EQ(session.clock.frame, opening_frame(session));  // a place of its own in the photo
  EXPECT_EQ(session.look.camera, Camera{});
  session = after(session, value_at(TensorRole::kInput, {0, 0, 0, 0}, 9),
                  action::SetLanguage{lesson::Language::kRussian},
                  action::Opened{testing::bundled("cross-5x5")});
  EXPECT_EQ(session.look.scene, 0);
  EXPECT_EQ(session.look.language, lesson::Language::kRussian);
}

TEST(Documents, UndoBringsALeftLessonBackWhereItWasLeft) {
  const Session edited = after(opened("photo-edges"), action::SetScene{1},
                               value_at(TensorRole::kInput, {0, 0, 0, 0}, 9));
  Session session = after(edited, action::Opened{testing::bundled("cross-5x5")});
  EXPECT_EQ(session.document.lesson->id, "cross-5x5");
  session = after(session, action::GoTo{4}, action::Undo{});
  EXPECT_TRUE(session.document.lesson == edited.document.lesson);
  EXPECT_EQ(session.document.number, edited.document.number);
  EXPECT_EQ(session.look.scene, 1);
  EXPECT_EQ(session.clock.frame, opening_frame(session));
  session = after(session, action::SetScene{0}, action::Redo{});
  EXPECT_EQ(session.document.lesson->id, "cross-5x5");
  EXPECT_EQ(session.look.scene, 0);
  session = after(session, action::Undo{}, action::Undo{}, action::Undo{});
  EXPECT_EQ(session.document.lesson->id, "photo-edges");
  EXPECT_TRUE(session.document.lesson->scenes[1]->input.edits.empty());
  EXPECT_TRUE(session.document.history->past.empty());
}

TEST(Documents, UndoRemembersTheLayerOfALeftLesson) {
  Session session = after(opened("receptive-field"), action::SetLayer{1},
                          action::Opened{testing::bundled("cross-5x5")});
  EXPECT_EQ(session.look.layer, 0);
  session = after(session, action::Undo{});
  EXPECT_EQ(session.document.lesson->id, "receptive-field");
  EXPECT_EQ(session.look.layer, 1);
}

TEST(Documents, NoTwoInReachOfUndoShareANumber) {
  const action::Opened open{testing::bundled("cross-5x5")};
  Session session = after(opened("photo-edges"), open, open);
  EXPECT_EQ(session.document.history->past.at(0).document, 0);
  EXPECT_EQ(session.document.history->past.at(1).document, 1);
  EXPECT_EQ(session.document.number, 2);
  // What was undone can't be redone after another document is opened.
  session = after(session, action::Undo{}, action::Undo{}, open);
  EXPECT_EQ(session.document.number, 1);
  EXPECT_TRUE(session.document.history->future.empty());
}

TEST(Documents, WhatWasSwitchedOffStaysOffInTheNextLesson) {
  Session session = after(opened("cross-5x5"), action::Switch{&Toggles::guided, false},
                          action::Switch{&Toggles::loop, true});
  session = after(session, action::Opened{*opened("rgb-same").document.lesson});
  EXPECT_FALSE(session.toggles.guided);
  EXPECT_TRUE(session.toggles.loop);
}

TEST(Documents, AnOpenDragIsClosedByAnotherDocument) {
  Session session = after(opened("cross-5x5"), value_at(TensorRole::kInput, {0, 0, 2, 2}, 5, false),
                          action::Opened{testing::bundled("rgb-same")}, action::Undo{});
  EXPECT_EQ(scene_of(session).input.tensor().at({0, 0, 2, 2}), 5);
  session = after(session, action::Undo{});
  EXPECT_EQ(scene_of(session).input.tensor().at({0, 0, 2, 2}), 1);
}

TEST(Looking, OnlyCellsCanBePointedAt) {
  const auto hovers = [](TensorRole tensor, const Index& at) {
    return after(opened("rgb-same"), action::Hover{Target{tensor, at}}).transient.hover.has_value();
  };
  EXPECT_TRUE(hovers(TensorRole::kInput, {0, 2, -1, 5}));  // the padding ring
  EXPECT_FALSE(hovers(TensorRole::kInput, {0, 2, -2, 5}));
  EXPECT_TRUE(hovers(TensorRole::kBias, {0, 0, 0, 0}));
  EXPECT_FALSE(hovers(TensorRole::kOutput, {0, 1, 0, 0}));
}

}  // namespace
}  // namespace convscope::session
