// Editing layers of every kind, and pointing at their cells.
#include <gtest/gtest.h>

#include <memory>

#include "core/derive/derived.h"
#include "tests/core/lesson/zoo.h"

namespace convscope::session {
namespace {

using testing::after;
using testing::values_of;
using testing::zoo;
using testing::zoo_scene;

Session with_spec(const Session& session, const conv::LayerSpec& spec, bool commit = true) {
  return update(session, action::SetSpec{spec, commit});
}

TEST(EditLayers, WhatHasNoWeightsFollowsTheChannels) {
  Session session = update(zoo(), action::SetRelu{true});
  const std::string before = lesson::lesson_json(session.document.lesson);
  // conv, relu, pool, and a conv that wants 2 channels.
  conv::LayerSpec spec = layer_of(session).spec;
  spec.out_channels = 3;
  EXPECT_EQ(with_spec(session, spec).transient.draft->problems.front().code, "next_layer_breaks");

  session = zoo_scene(3);  // conv1d, relu, pool, transposed: the same
  spec = layer_of(session).spec;
  spec.out_channels = 5;
  EXPECT_EQ(with_spec(session, spec).transient.draft->problems.front().values.front().second,
            ProblemValue(std::int64_t{4}));

  session = zoo_scene(2);  // pool, unfold
  spec = layer_of(session).spec;
  spec.kernel_size = {3, 3};
  session = with_spec(session, spec);
  EXPECT_FALSE(session.transient.draft);
  EXPECT_EQ(derive::derive(scene_of(session)).layers[1].output.shape(), (Shape{1, 18, 5, 3}));
}

TEST(EditLayers, PoolsAndReluAreRefitted) {
  const lesson::Lesson lesson =
      lesson::parse_lesson(R"({"format": 1, "id": "c", "title": "C", "scenes": [{
    "input": {"seed": 1, "shape": [2, 8, 8]},
    "layers": [{"op": "conv2d", "weight": {"seed": 2, "shape": [2, 2, 3, 3]}}, {"op": "relu"},
               {"op": "max_pool2d", "kernel_size": 2}, {"op": "unfold", "kernel_size": 2}]}]})",
                           "c.json", {});
  Session session = open_session(lesson, Theme::kDark, lesson::Language::kEnglish);
  conv::LayerSpec spec = layer_of(session).spec;
  spec.out_channels = 6;
  session = with_spec(session, spec);
  ASSERT_FALSE(session.transient.draft);
  const std::vector<lesson::Layer>& layers = scene_of(session).layers;
  EXPECT_EQ(layers[1].spec.in_channels, 6);
  EXPECT_EQ(layers[2].spec.groups, 6);
  EXPECT_EQ(layers[3].spec.out_channels, 24);
  EXPECT_EQ(derive::derive(scene_of(session)).layers[3].output.shape(), (Shape{1, 24, 2, 2}));
  EXPECT_EQ(lesson::lesson_json(
                lesson::parse_lesson(lesson::lesson_json(session.document.lesson), "c", {})),
            lesson::lesson_json(session.document.lesson));
}

TEST(EditLayers, SettingsOfOtherOpsDoNotStay) {
  conv::LayerSpec spec;
  spec.op = conv::Op::kMaxPool;
  spec.kernel_size = {2, 2};
  spec.flip = spec.bias = true;
  spec.count_include_pad = false;
  spec.divisor_override = 4;
  spec.output_padding = {1, 1};
  const Session session = with_spec(zoo_scene(4), spec);
  ASSERT_FALSE(session.transient.draft);
  const lesson::Layer& layer = layer_of(session);
  EXPECT_EQ(layer.spec.op, conv::Op::kMaxPool);
  EXPECT_FALSE(layer.spec.flip || layer.spec.bias);
  EXPECT_TRUE(layer.weight.base.empty() && layer.bias.base.empty());
  EXPECT_FALSE(scene_of(session).training);  // nothing can be trained
  EXPECT_NO_THROW(lesson::parse_lesson(lesson::lesson_json(session.document.lesson), "p", {}));
}

TEST(EditLayers, AnUnfoldTakesNoSignal) {
  conv::LayerSpec spec;
  spec.op = conv::Op::kUnfold;
  spec.kernel_size = {1, 2};
  const Session session = with_spec(update(zoo_scene(3), action::SetLayer{3}), spec);
  ASSERT_TRUE(session.transient.draft);
  EXPECT_EQ(session.transient.draft->problems.front().code, "layer_needs_planes");
}

TEST(EditLayers, ADragGivesBackWhatItTookAway) {
  const Session start = zoo_scene(4);
  conv::LayerSpec spec = layer_of(start).spec;
  spec.kernel_size = {2, 2};
  Session session = with_spec(start, spec, false);
  EXPECT_TRUE(scene_of(session).training->start.base.empty());
  spec.kernel_size = {3, 3};
  session = with_spec(session, spec);
  EXPECT_TRUE(session.document.lesson == start.document.lesson);
  EXPECT_TRUE(session.document.history->past.empty());
}

TEST(EditLayers, AReluComesAndGoes) {
  Session session = update(zoo_scene(4), action::SetRelu{true});
  ASSERT_EQ(scene_of(session).layers.size(), 2U);
  EXPECT_EQ(scene_of(session).layers[1].spec.op, conv::Op::kRelu);
  session = after(session, action::SetLayer{1}, action::Undo{});
  EXPECT_EQ(scene_of(session).layers.size(), 1U);
  EXPECT_EQ(session.look.layer, 0);
  session = after(session, action::Redo{}, action::SetRelu{false});
  EXPECT_EQ(scene_of(session).layers.size(), 1U);
  EXPECT_EQ(after(session, action::SetRelu{false}).document.history->past.size(),
            session.document.history->past.size());
}

TEST(EditLayers, AFilterOfATransposedLayerIsItsOutputMap) {
  // Weight (1, 2, 3, 3): filter 1 is the second of its two kernels.
  const Session session = update(zoo_scene(1), action::SetFilter{1, {1, 2, 3, 4, 5, 6, 7, 8, 9}});
  const Tensor weight = layer_of(session).weight.tensor();
  EXPECT_EQ(weight.at({0, 1, 1, 2}), 6);
  EXPECT_EQ(weight.at({0, 0, 1, 1}), 3);
  EXPECT_EQ(update(session, action::SetFilter{2, std::vector<float>(9)}).transient.notice->code,
            "value_outside");
  const Session relu = update(zoo(), action::SetLayer{1});
  EXPECT_EQ(update(relu, action::SetFilter{0, {1}}).transient.notice->code, "value_outside");
}

TEST(EditLayers, AValueGoesIntoTheLayerThatIsNamed) {
  const Target last = {TensorRole::kWeight, {3, 0, 1, 1}, 3};
  const Session session = update(zoo(), action::SetValue{last, 42});
  EXPECT_EQ(scene_of(session).layers[3].weight.tensor().at({3, 0, 1, 1}), 42);
  const Target computed = {TensorRole::kInput, {0, 0, 0, 0}, 3};
  EXPECT_EQ(update(zoo(), action::SetValue{computed, 1}).transient.notice->code,
            "value_not_editable");
  const Target nowhere = {TensorRole::kWeight, {0, 0, 0, 0}, 9};
  EXPECT_EQ(update(zoo(), action::SetValue{nowhere, 1}).transient.notice->code,
            "value_not_editable");
}

TEST(Targets, CellsOfTheStageStandForTheLayersOwn) {
  const auto hovered = [](const Session& session, TensorRole role, const Index& at,
                          std::int64_t layer = -1) {
    return update(session, action::Hover{Target{role, at, layer}}).transient.hover;
  };
  const Session transposed = zoo_scene(1);  // stride 2: real cells stand at even places
  EXPECT_EQ(hovered(transposed, TensorRole::kZeroInserted, {0, 0, 2, 0}),
            (Target{TensorRole::kInput, {0, 0, 1, 0}}));
  EXPECT_EQ(hovered(transposed, TensorRole::kZeroInserted, {0, 0, 1, 0}), std::nullopt);
  EXPECT_EQ(hovered(transposed, TensorRole::kZeroInserted, {0, 0, -2, 0}), std::nullopt);
  // Filter 1's cell (0, 0) on the stage is the kernel's last cell, as it is turned by 180 degrees.
  EXPECT_EQ(hovered(transposed, TensorRole::kFlipped, {1, 0, 0, 0}),
            (Target{TensorRole::kWeight, {0, 1, 2, 2}}));
  EXPECT_EQ(hovered(transposed, TensorRole::kFlipped, {2, 0, 0, 0}), std::nullopt);
  // The same with another layer on the stage.
  EXPECT_EQ(hovered(update(transposed, action::SetLayer{1}), TensorRole::kFlipped, {1, 0, 0, 0}, 0),
            (Target{TensorRole::kWeight, {0, 1, 2, 2}, 0}));
  EXPECT_EQ(hovered(zoo(), TensorRole::kFlipped, {0, 1, 0, 2}),
            (Target{TensorRole::kWeight, {0, 1, 2, 0}}));  // flipped
  EXPECT_EQ(hovered(zoo_scene(4), TensorRole::kFlipped, {0, 0, 0, 2}),
            (Target{TensorRole::kWeight, {0, 0, 0, 2}}));  // not turned
}

TEST(Targets, ATypedValueOfATurnedCellGoesToItsOwnCell) {
  const Session session =
      update(zoo_scene(1), action::SetValue{{TensorRole::kFlipped, {1, 0, 0, 0}}, 9});
  EXPECT_EQ(layer_of(session).weight.tensor().at({0, 1, 2, 2}), 9);
  const Session zero_inserted =
      update(zoo_scene(1), action::SetValue{{TensorRole::kZeroInserted, {0, 0, 2, 2}}, 7});
  EXPECT_EQ(scene_of(zero_inserted).input.tensor().at({0, 0, 1, 1}), 7);
  EXPECT_EQ(update(zoo_scene(1), action::SetValue{{TensorRole::kZeroInserted, {0, 0, 1, 1}}, 7})
                .transient.notice->code,
            "value_not_editable");
}

TEST(Targets, EveryLayerHasItsCells) {
  const auto hovers = [](const Session& session, const Target& target) {
    return update(session, action::Hover{target}).transient.hover.has_value();
  };
  EXPECT_TRUE(hovers(zoo(), {TensorRole::kInput, {0, 1, -1, 9}, 0}));
  EXPECT_FALSE(hovers(zoo(), {TensorRole::kInput, {0, 1, -1, 9}, 1}));  // ReLU has no padding
  EXPECT_TRUE(hovers(zoo(), {TensorRole::kOutput, {0, 3, 3, 3}, 3}));
  EXPECT_FALSE(hovers(zoo(), {TensorRole::kOutput, {0, 3, 4, 3}, 3}));
  EXPECT_FALSE(hovers(zoo(), {TensorRole::kOutput, {0, 0, 0, 0}, 4}));
  EXPECT_TRUE(hovers(zoo(), {TensorRole::kProduct, {1, 0, 1, 1}, 2}));  // a pool's window
  EXPECT_FALSE(hovers(zoo(), {TensorRole::kWeight, {0, 0, 0, 0}, 2}));
  EXPECT_TRUE(hovers(zoo_scene(4), {TensorRole::kTarget, {0, 0, 2, 2}}));
  EXPECT_FALSE(hovers(zoo_scene(4), {TensorRole::kTarget, {0, 0, 3, 2}}));
}

TEST(Documents, ABrokenOneIsRefused) {
  const Session start = testing::opened("cross-5x5");
  const auto code = [&](const lesson::Lesson& lesson) {
    const Session session = update(start, action::Opened{lesson});
    return session.transient.notice ? session.transient.notice->code : session.document.lesson->id;
  };
  const auto spoilt = [&](std::size_t scene, auto&& spoil) {
    lesson::Lesson lesson = zoo().document.lesson;
    lesson.scenes[scene].change(spoil);
    return code(lesson);
  };
  lesson::Lesson lesson = zoo().document.lesson;
  EXPECT_EQ(code(lesson), "zoo");
  EXPECT_EQ(spoilt(1, [](lesson::Scene& s) { s.layers.clear(); }), "lesson_broken");
  EXPECT_EQ(spoilt(2, [](lesson::Scene& s) { s.input = {}; }), "lesson_broken");
  EXPECT_EQ(spoilt(0, [](lesson::Scene& s) { s.layers[0].weight = {}; }), "lesson_broken");
  EXPECT_EQ(spoilt(0, [](lesson::Scene& s) { s.layers[0].spec.bias = false; }), "lesson_broken");
  EXPECT_EQ(spoilt(0, [&](lesson::Scene& s) { s.reference_map->map = lesson.scenes[2]->input; }),
            "lesson_broken");
  EXPECT_EQ(spoilt(0, [](lesson::Scene& s) { s.second_view = lesson::View::kFlat; }),
            "lesson_broken");
  EXPECT_EQ(spoilt(2, [](lesson::Scene& s) { s.training = lesson::Training{}; }), "lesson_broken");
  lesson.scenes.clear();
  EXPECT_EQ(code(lesson), "lesson_broken");
}

// The maps of a scene are all kept; the numbers of the input are never read here.
TEST(EditLayers, ALayerWhoseMapWouldBeTooMuchIsRefused) {
  const auto numbers = std::make_shared<float[]>(16);
  const lesson::LoadTensor huge = [&](const lesson::FileSource&) {
    return Tensor({1, 1, 1 << 14, 1 << 14}, std::shared_ptr<const float[]>(numbers));
  };
  Session session =
      open_session(lesson::parse_lesson(R"({"format": 1, "id": "h", "title": "H", "scenes": [{
    "input": {"npy": "huge.npy"}, "layers": [{"op": "relu"}]}]})",
                                        "h.json", huge),
                   Theme::kDark, lesson::Language::kEnglish);
  session = update(session, action::AddLayer{conv::Op::kRelu, 1});
  EXPECT_EQ(scene_of(session).layers.size(), 1u);
  ASSERT_TRUE(session.transient.notice);
  EXPECT_EQ(session.transient.notice->code, "scene_too_large");
}

}  // namespace
}  // namespace convscope::session
