// Building: the input, filters and layers of one's own.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/derive/derived.h"
#include "core/session/edit/build_filter.h"
#include "core/session/edit/edit.h"
#include "tests/core/lesson/zoo.h"

namespace convscope::session {
namespace {

using testing::after;
using testing::opened;
using testing::zoo;
using Values = std::vector<float>;

const std::vector<lesson::Layer>& layers(const Session& session) {
  return scene_of(session).layers;
}
Values input_of(const Session& session) {
  return testing::values_of(scene_of(session).input.tensor());
}
std::size_t steps(const Session& session) { return session.document.history->past.size(); }
std::string notice(const Session& session) {
  return session.transient.notice ? session.transient.notice->code : "";
}

// A chain of its own: conv 1 -> 2, ReLU, conv 2 -> 1.
Session chain() {
  Session session = opened("cross-5x5");
  session = after(std::move(session), action::AddLayer{conv::Op::kRelu, 1});
  session = after(std::move(session), action::AddLayer{conv::Op::kConv, 2});
  return after(std::move(session), action::SetLayer{0});
}

TEST(BuildInput, IsCutAndGrownWithZerosInOneStep) {
  const Session start = opened("cross-5x5");
  Session session = after(start, action::SetInputSize{1, 4, 6});
  ASSERT_FALSE(session.transient.draft);
  EXPECT_EQ(input_of(session),
            (Values{1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0}));
  EXPECT_EQ(derive::derive(scene_of(session)).layers[0].output.shape(), (Shape{1, 1, 2, 4}));
  EXPECT_EQ(steps(session), 1U);
  EXPECT_EQ(session.document.history->past.back().change, "set_input_size");
  EXPECT_TRUE(after(session, action::Undo{}).document.lesson == start.document.lesson);
}

// What a drag over a smaller size cut off comes back.
TEST(BuildInput, ADragGivesBackWhatItCut) {
  Session session = opened("cross-5x5");
  const Values before = input_of(session);
  session = after(session, action::SetInputSize{1, 3, 3, Mend::kNone, false});
  EXPECT_EQ(input_of(session), (Values{1, 1, 1, 0, 1, 1, 0, 0, 1}));
  session = after(session, action::SetInputSize{1, 5, 5, Mend::kNone, false});
  session = after(session, action::Commit{});
  EXPECT_EQ(input_of(session), before);
  EXPECT_EQ(steps(session), 0U);
}

TEST(BuildInput, ChannelsThatTheLayerDoesNotReadAreRefusedOrMended) {
  const Session start = opened("cross-5x5");
  Session session = after(start, action::SetInputSize{3, 5, 5});
  EXPECT_EQ(notice(session), "channels_differ");
  EXPECT_TRUE(session.document.lesson == start.document.lesson);
  session = after(session, action::SetInputSize{3, 5, 5, Mend::kLayers});
  EXPECT_EQ(layer_of(session).spec.in_channels, 3);
  EXPECT_EQ(layer_of(session).weight.base.shape(), (Shape{1, 3, 3, 3}));
  EXPECT_TRUE(after(session, action::Undo{}).document.lesson == start.document.lesson);
}

TEST(BuildInput, TheLayerCanAskForTheChannelsInstead) {
  const Session start = opened("cross-5x5");
  conv::LayerSpec spec = layer_of(start).spec;
  spec.in_channels = 4;
  Session session = after(start, action::SetSpec{spec});
  ASSERT_TRUE(session.transient.draft);
  EXPECT_TRUE(spec_problems(session, spec, Mend::kInput).empty());
  session = after(session, action::SetSpec{spec, true, Mend::kInput});
  EXPECT_FALSE(session.transient.draft);
  EXPECT_EQ(scene_of(session).input.base.shape(), (Shape{1, 4, 5, 5}));
  EXPECT_EQ(layer_of(session).spec.in_channels, 4);
  EXPECT_TRUE(after(session, action::Undo{}).document.lesson == start.document.lesson);
}

TEST(BuildInput, LayersBehindFollowTheFilters) {
  Session session = zoo();  // conv, relu, pool, and a conv of two groups
  conv::LayerSpec spec = layer_of(session).spec;
  spec.out_channels = 6;
  EXPECT_FALSE(spec_problems(session, spec).empty());
  session = after(session, action::SetSpec{spec, true, Mend::kLayers});
  EXPECT_FALSE(session.transient.draft);
  EXPECT_EQ(layers(session)[3].spec.in_channels, 6);
}

TEST(BuildInput, IsFilledAndConverted) {
  Session session = after(opened("cross-5x5"), action::FillInput{lesson::InputFill::kChecker});
  EXPECT_EQ(input_of(session)[1], 1.0F);
  EXPECT_EQ(input_of(session)[2], 0.0F);
  session = after(session, action::ChangeInput{lesson::InputChange::kCrop, 3});
  EXPECT_EQ(scene_of(session).input.base.shape(), (Shape{1, 1, 3, 3}));
  EXPECT_EQ(steps(session), 2U);
  // A kernel of 3 has no room on 2x2.
  const Session refused = after(session, action::ChangeInput{lesson::InputChange::kScale, 2});
  EXPECT_EQ(notice(refused), "kernel_too_tall");
  EXPECT_TRUE(refused.document.lesson == session.document.lesson);
  const Session rgb =
      after(session, action::ChangeInput{lesson::InputChange::kRgb, 0, Mend::kLayers});
  EXPECT_EQ(scene_of(rgb).input.base.shape().c, 3);
  EXPECT_EQ(layer_of(rgb).spec.in_channels, 3);
}

// "rgb" paints the only channel red, and numbers between 0 and 1 black.
TEST(BuildInput, ColoursChosenForOtherNumbersAreNotKept) {
  const Session start = opened("rgb-same");
  ASSERT_EQ(scene_of(start).colors, lesson::InputColors::kRgb);
  const auto colors_after = [&](const Action& action) {
    return scene_of(after(start, action)).colors;
  };
  using enum lesson::InputColors;
  EXPECT_EQ(colors_after(action::ChangeInput{lesson::InputChange::kGray, 32, Mend::kLayers}),
            kAuto);
  EXPECT_EQ(colors_after(action::ChangeInput{lesson::InputChange::kStandardize}), kAuto);
  EXPECT_EQ(colors_after(action::FillInput{lesson::InputFill::kNoise, 1}), kAuto);
  EXPECT_EQ(colors_after(action::SetInputSize{3, 8, 8}), kRgb);
  EXPECT_EQ(colors_after(action::SetInputSize{4, 8, 8, Mend::kLayers}), kAuto);
  conv::LayerSpec spec = layer_of(start).spec;
  spec.in_channels = 4;
  EXPECT_EQ(colors_after(action::SetSpec{spec, true, Mend::kInput}), kAuto);
  Session dragged = after(start, action::SetInputSize{1, 8, 8, Mend::kLayers, false});
  dragged = after(dragged, action::SetInputSize{3, 8, 8, Mend::kLayers});
  EXPECT_EQ(scene_of(dragged).colors, kRgb);
}

TEST(BuildInput, ASizeBeyondWhatALessonKeepsIsRefused) {
  const Session session = after(opened("cross-5x5"), action::SetInputSize{1, 40'000, 40'000});
  EXPECT_EQ(notice(session), "input_too_many_values");
}

TEST(BuildFilter, APresetGoesToAllChannelsOrToOne) {
  const Session start = opened("rgb-same");
  const auto sobel = lesson::FilterKind::kSobelX;
  Session session = after(start, action::PresetFilter{sobel, 0});
  const Values plane = {-1, 0, 1, -2, 0, 2, -1, 0, 1};
  Values all = plane;
  all.insert(all.end(), plane.begin(), plane.end());
  all.insert(all.end(), plane.begin(), plane.end());
  EXPECT_EQ(filter_values(session, 0), all);
  Values before = filter_values(start, 0);
  session = after(start, action::PresetFilter{sobel, 0, 1});
  std::ranges::copy(plane, before.begin() + 9);
  EXPECT_EQ(filter_values(session, 0), before);
  EXPECT_EQ(notice(after(start, action::PresetFilter{sobel, 99})), "value_outside");
  EXPECT_EQ(notice(after(start, action::PresetFilter{sobel, 0, 3})), "value_outside");
}

TEST(BuildFilter, IsTurnedNegatedAndBack) {
  const Session start =
      after(opened("cross-5x5"), action::PresetFilter{lesson::FilterKind::kSobelX});
  Session session = after(start, action::TransformFilter{lesson::FilterTransform::kTranspose});
  EXPECT_EQ(filter_values(session, 0), (Values{-1, -2, -1, 0, 0, 0, 1, 2, 1}));
  session = after(session, action::TransformFilter{lesson::FilterTransform::kNegate});
  session = after(session, action::TransformFilter{lesson::FilterTransform::kNegate});
  session = after(session, action::TransformFilter{lesson::FilterTransform::kTranspose});
  EXPECT_EQ(filter_values(session, 0), filter_values(start, 0));
}

TEST(BuildFilter, ANewOneIsRandomOrACopyAndTheLayersBehindFollow) {
  const Session start = chain();
  Session session = after(start, action::AddFilter{});
  EXPECT_EQ(layer_of(session).spec.out_channels, 2);
  EXPECT_EQ(filter_values(session, 0), filter_values(start, 0));
  const Values fresh = filter_values(session, 1);
  EXPECT_TRUE(std::ranges::any_of(fresh, [](float value) { return value != 0; }));
  EXPECT_EQ(layers(session)[2].spec.in_channels, 2);
  session = after(session, action::AddFilter{1});
  EXPECT_EQ(filter_values(session, 2), fresh);
  session = after(session, action::RemoveFilter{1});
  EXPECT_EQ(filter_values(session, 0), filter_values(start, 0));
  EXPECT_EQ(filter_values(session, 1), fresh);
  session = after(session, action::RemoveFilter{1});
  EXPECT_EQ(notice(after(session, action::RemoveFilter{0})), "last_filter");
}

TEST(BuildLayers, ComeGoAndMove) {
  Session session = opened("cross-5x5");
  const Session start = session;
  session = after(session, action::AddLayer{conv::Op::kMaxPool, 1});
  ASSERT_EQ(layers(session).size(), 2U);
  EXPECT_EQ(session.look.layer, 1);
  session = after(session, action::AddLayer{conv::Op::kRelu, 0});
  EXPECT_EQ(session.look.layer, 0);
  session = after(session, action::MoveLayer{0, 2});
  EXPECT_EQ(layers(session)[2].spec.op, conv::Op::kRelu);
  EXPECT_EQ(session.look.layer, 2);
  session = after(session, action::RemoveLayer{1});
  ASSERT_EQ(layers(session).size(), 2U);
  EXPECT_EQ(session.look.layer, 1);
  EXPECT_EQ(layers(session)[1].spec.op, conv::Op::kRelu);
  EXPECT_EQ(steps(session), 4U);
  for (int i = 0; i < 4; ++i) {
    session = after(session, action::Undo{});
  }
  EXPECT_TRUE(session.document.lesson == start.document.lesson);
  EXPECT_EQ(notice(after(start, action::RemoveLayer{0})), "last_layer");
  EXPECT_EQ(notice(after(start, action::AddLayer{conv::Op::kRelu, 7})), "value_outside");
}

TEST(BuildLayers, ANewConvolutionHasWeights) {
  const Session session = after(opened("cross-5x5"), action::AddLayer{conv::Op::kConv, 1});
  const Values weights = testing::values_of(layer_of(session).weight.tensor());
  EXPECT_EQ(weights.size(), 9U);
  EXPECT_TRUE(std::ranges::all_of(weights, [](float value) { return value != 0; }));
  EXPECT_EQ(derive::derive(scene_of(session)).layers[1].output.shape(), (Shape{1, 1, 3, 3}));
}

TEST(BuildLayers, AnOperatorChangesAndTheRestFollows) {
  Session session = chain();
  conv::LayerSpec spec = layer_of(session).spec;
  spec.out_channels = 5;
  spec.stride = {2, 2};
  session = after(session, action::SetSpec{spec, true, Mend::kLayers});
  ASSERT_FALSE(session.transient.draft);
  session = after(session, action::SetOperator{conv::Op::kAvgPool});
  EXPECT_EQ(layer_of(session).spec.op, conv::Op::kAvgPool);
  EXPECT_EQ(layer_of(session).spec.stride, (conv::Size2{2, 2}));
  EXPECT_EQ(layers(session)[2].spec.in_channels, 1);
  session = after(session, action::SetOperator{conv::Op::kConvTranspose});
  EXPECT_EQ(layer_of(session).weight.base.shape(), (Shape{1, 1, 3, 3}));
  EXPECT_NE(filter_values(session, 0), Values(9, 0.0F));
}

TEST(BuildLayers, WhatDoesNotExistForSignalsIsRefused) {
  Session session = after(zoo(), action::SetScene{3});
  EXPECT_EQ(notice(after(session, action::AddLayer{conv::Op::kUnfold, 0})), "layer_not_here");
  EXPECT_EQ(notice(after(session, action::SetOperator{conv::Op::kUnfold})), "layer_not_here");
  EXPECT_EQ(notice(after(session, action::SetInputSize{2, 2, 13})), "input_signal_height");
}

TEST(BuildLayers, WhatLeavesNoRoomIsSaidAndNothingChanges) {
  Session session = opened("cross-5x5");  // its map is 3x3
  session = after(session, action::AddLayer{conv::Op::kMaxPool, 1});
  const Session full = after(session, action::AddLayer{conv::Op::kMaxPool, 0});
  EXPECT_FALSE(notice(full).empty());  // 2x2 is too small for the kernel of 3
  EXPECT_TRUE(full.document.lesson == session.document.lesson);
}

}  // namespace
}  // namespace convscope::session
