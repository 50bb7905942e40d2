// Other numbers for a tensor: what fits, what is refused, undo, and files that have changed.
#include "core/session/edit/put_tensor.h"

#include <gtest/gtest.h>

#include "core/lesson/json/lesson_json.h"
#include "core/session/update.h"

namespace convscope::session {
namespace {

// What the files of these lessons hold.
Tensor nine(const lesson::FileSource&) {
  return Tensor({1, 1, 3, 3}, std::vector<float>{1, 2, 3, 4, 5, 6, 7, 8, 9});
}

// A scene of one layer.
Session session_with(const std::string& layer, const std::string& input) {
  const std::string json = R"({"format": 1, "id": "x", "title": "X", "scenes": [{"input": )" +
                           input + R"(, "layers": [)" + layer + "]}]}";
  return open_session(lesson::parse_lesson(json, "x.json", nine), Theme::kDark,
                      lesson::Language::kEnglish);
}

Session planes() {
  return session_with(R"({"op": "conv2d", "bias": {"values": [1, 2]},
                          "weight": {"seed": 1, "shape": [2, 3, 3, 3]}})",
                      R"({"seed": 1, "shape": [3, 6, 7]})");
}

action::SetTensor tensor(TensorRole role, const Shape& shape) {
  std::vector<float> values(static_cast<std::size_t>(shape.count()));
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = static_cast<float>(i);
  }
  return {role, shape, values};
}

std::string notice_of(const Session& session) {
  return session.transient.notice ? session.transient.notice->code : "";
}

TEST(PutTensor, AnInputOfAnotherSizeIsTakenAndUndone) {
  const Session before = planes();
  const Session after = update(before, tensor(TensorRole::kInput, {1, 3, 9, 5}));
  EXPECT_EQ(notice_of(after), "");
  EXPECT_EQ(scene_of(after).input.base.shape(), (Shape{1, 3, 9, 5}));
  EXPECT_EQ(scene_of(after).input.base.at({0, 0, 1, 0}), 5.0F);
  ASSERT_EQ(after.document.history->past.size(), 1u);
  EXPECT_EQ(after.document.history->past.back().change, "put_input");
  EXPECT_EQ(update(after, action::Undo{}).document.lesson, before.document.lesson);
}

TEST(PutTensor, AnInputThatDoesNotFitIsRefusedWithItsReason) {
  const Session before = planes();
  for (const auto& [shape, code] : {std::pair{Shape{1, 1, 6, 7}, "channels_differ"},
                                    std::pair{Shape{1, 3, 2, 7}, "kernel_too_tall"}}) {
    const Session after = update(before, tensor(TensorRole::kInput, shape));
    EXPECT_EQ(notice_of(after), code);
    EXPECT_EQ(after.document.lesson, before.document.lesson);
    const auto problem = tensor_problem(before, TensorRole::kInput, shape);
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->code, code);
  }
}

TEST(PutTensor, APoolTakesWhateverChannelsCome) {
  const Session before = session_with(R"({"op": "max_pool2d", "kernel_size": 2})",
                                      R"({"seed": 1, "shape": [1, 6, 7]})");
  const Session after = update(before, tensor(TensorRole::kInput, {1, 3, 4, 4}));
  EXPECT_EQ(notice_of(after), "");
  EXPECT_EQ(lesson::layer_output_shape(scene_of(after), 0), (Shape{1, 3, 2, 2}));
}

TEST(PutTensor, AWeightBringsItsKernelAndItsFilters) {
  const Session after = update(planes(), tensor(TensorRole::kWeight, {5, 3, 2, 4}));
  EXPECT_EQ(notice_of(after), "");
  const lesson::Layer& layer = layer_of(after);
  EXPECT_EQ(layer.spec.out_channels, 5);
  EXPECT_EQ(layer.spec.kernel_size, (conv::Size2{2, 4}));
  EXPECT_EQ(layer.bias.base.shape(), (Shape{1, 1, 1, 5}));
  EXPECT_EQ(layer.bias.base.at({0, 0, 0, 1}), 2.0F) << "the two that were there stay";
  EXPECT_EQ(layer.bias.base.at({0, 0, 0, 4}), 0.0F);
  EXPECT_EQ(after.document.history->past.back().change, "put_weight");
}

TEST(PutTensor, OneChannelForEachFilterMakesTheLayerDepthwise) {
  const Session after = update(planes(), tensor(TensorRole::kWeight, {6, 1, 3, 3}));
  EXPECT_EQ(layer_of(after).spec.groups, 3);
  EXPECT_EQ(layer_of(after).spec.out_channels, 6);
  const Session refused = update(planes(), tensor(TensorRole::kWeight, {4, 2, 3, 3}));
  EXPECT_EQ(notice_of(refused), "weight_channels");
}

TEST(PutTensor, ATransposedWeightHasItsInputsFirst) {
  const Session before =
      session_with(R"({"op": "conv_transpose2d", "weight": {"seed": 1, "shape": [3, 2, 3, 3]}})",
                   R"({"seed": 1, "shape": [3, 4, 4]})");
  EXPECT_EQ(layer_of(update(before, tensor(TensorRole::kWeight, {3, 5, 2, 2}))).spec.out_channels,
            5);
  EXPECT_EQ(notice_of(update(before, tensor(TensorRole::kWeight, {5, 3, 2, 2}))),
            "weight_channels");
}

TEST(PutTensor, SignalsHaveNoHeight) {
  const Session before =
      session_with(R"({"op": "conv1d", "weight": {"seed": 1, "shape": [1, 2, 3]}})",
                   R"({"seed": 1, "shape": [2, 8]})");
  // As arrays of rank 2 and 3 come: (C, L) and (K, C, k).
  const Session input = update(before, tensor(TensorRole::kInput, {1, 1, 2, 12}));
  EXPECT_EQ(scene_of(input).input.base.shape(), (Shape{1, 2, 1, 12}));
  const Session weight = update(before, tensor(TensorRole::kWeight, {1, 4, 2, 5}));
  EXPECT_EQ(layer_of(weight).weight.base.shape(), (Shape{4, 2, 1, 5}));
  const Session depthwise = update(before, tensor(TensorRole::kWeight, {1, 4, 1, 5}));
  EXPECT_EQ(layer_of(depthwise).weight.base.shape(), (Shape{4, 1, 1, 5}));
  EXPECT_EQ(layer_of(depthwise).spec.groups, 2);
}

TEST(PutTensor, ABiasHasANumberForEachFilter) {
  EXPECT_EQ(layer_of(update(planes(), tensor(TensorRole::kBias, {1, 1, 1, 2})))
                .bias.base.at({0, 0, 0, 1}),
            1.0F);
  EXPECT_EQ(notice_of(update(planes(), tensor(TensorRole::kBias, {1, 1, 1, 3}))), "bias_count");
}

TEST(PutTensor, NumbersAndShapeHaveToAgree) {
  action::SetTensor wrong = tensor(TensorRole::kInput, {1, 3, 6, 7});
  wrong.values.pop_back();
  EXPECT_EQ(notice_of(update(planes(), wrong)), "tensor_values");
  action::SetTensor flat = tensor(TensorRole::kInput, {1, 1, 1, 0});
  EXPECT_EQ(notice_of(update(planes(), flat)), "tensor_values");
  EXPECT_EQ(notice_of(update(planes(), tensor(TensorRole::kOutput, {1, 1, 1, 1}))),
            "value_not_editable");
}

// A scene that reads its weight from a file.
Session reading() {
  return session_with(R"({"op": "conv2d", "weight": {"npz": "w.npz", "name": "w"}})",
                      R"({"seed": 1, "shape": [1, 64, 64]})");
}

action::Refreshed fresh(const Session& session, const Shape& shape) {
  const lesson::TensorRef& weight = layer_of(session).weight;
  return {{{std::get<lesson::FileSource>(weight.source),
            Tensor(shape, std::vector<float>(static_cast<std::size_t>(shape.count()), 0.5F))}}};
}

TEST(Refresh, ATensorFollowsItsFileAndKeepsItsEdits) {
  Session session = reading();
  const Shape shape = layer_of(session).weight.base.shape();
  session = update(session, action::SetValue{{TensorRole::kWeight, {}}, 9});
  session = update(session, action::Seek{240 * 5});
  const Session after = update(session, fresh(session, shape));
  EXPECT_EQ(layer_of(after).weight.tensor().at({0, 0, 0, 0}), 9.0F);
  EXPECT_EQ(layer_of(after).weight.tensor().at({0, 0, 0, 1}), 0.5F);
  EXPECT_EQ(after.clock.frame, session.clock.frame);
  EXPECT_EQ(after.document.history->past.size(), 1u) << "the file's change is nobody's edit";
  const Session back = update(after, action::ResetScene{});
  EXPECT_EQ(layer_of(back).weight.tensor().at({0, 0, 0, 0}), 0.5F);
}

TEST(Refresh, OtherShapesAreTakenWhereTheLayersCan) {
  const Session session = reading();
  const Session more = update(session, fresh(session, {4, 1, 5, 5}));
  EXPECT_EQ(notice_of(more), "");
  EXPECT_EQ(layer_of(more).spec.out_channels, 4);
  EXPECT_EQ(layer_of(more).spec.kernel_size, (conv::Size2{5, 5}));
  const Session refused = update(session, fresh(session, {1, 1, 65, 65}));
  EXPECT_NE(notice_of(refused), "");
  EXPECT_EQ(refused.document.lesson, session.document.lesson);
}

TEST(Refresh, WhatIsNotReadChangesNothing) {
  const Session session = reading();
  action::Refreshed other = fresh(session, {1, 1, 3, 3});
  other.files.front().source.path = "v.npz";
  EXPECT_EQ(update(session, other).document.lesson, session.document.lesson);
}

}  // namespace
}  // namespace convscope::session
