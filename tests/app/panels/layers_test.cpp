// The panels on layers other than a plain convolution.
#include "app/panels/stage_cells.h"
#include "tests/app/panels/panel_bench.h"

namespace convscope {
namespace {

class LayerBench : public PanelBench {
 protected:
  void show(Op op, Tensor weight = {}) {
    Lesson lesson = cross_lesson();
    Layer& layer = lesson.scenes[0].layers[0];
    layer.spec = {};
    layer.spec.op = op;
    layer.spec.kernel_size = {2, 2};
    layer.spec = fitted(layer.spec, lesson.scenes[0].input.base.shape());
    layer.weight = {};
    layer.weight.base = std::move(weight);
    session_ = open_session(std::move(lesson), Theme::kDark, Language::kEnglish);
    settle();
  }
  const LayerSpec& spec() const { return layer_of(session_).spec; }
};

TEST_F(LayerBench, EveryLayerHasAFormThatAsksForNothingByItself) {
  const Tensor kernel({1, 1, 2, 2}, {1, 2, 3, 4});
  for (const Op op : {Op::kConvTranspose, Op::kMaxPool, Op::kAvgPool, Op::kRelu, Op::kUnfold}) {
    show(op, has_weight(op) ? kernel : Tensor());
    emitted_.clear();
    settle();
    EXPECT_TRUE(emitted_.empty()) << static_cast<int>(op);
  }
}

// A pool's form begins with its kernel: in_channels and out_channels are no choice of its own.
TEST_F(LayerBench, APoolsKernelIsTyped) {
  show(Op::kMaxPool);
  type_setting(0, U"3");
  EXPECT_EQ(spec().kernel_size, (Size2{3, 2}));
  EXPECT_EQ(derived_.layers[0].output_shape, (Shape{1, 1, 3, 4}));
}

TEST_F(LayerBench, APoolsPaddingIsAlikeOnBothSidesAndHasItsLimit) {
  show(Op::kMaxPool);
  type_setting(2, U"1");
  EXPECT_EQ(spec().padding, PaddingRule::kExplicit);
  EXPECT_EQ(spec().pads, (Pads{1, 1, 0, 0}));
  type_setting(2, U"2");
  ASSERT_TRUE(session_.draft);
  EXPECT_EQ(session_.draft->problems[0].field, "padding");
  EXPECT_EQ(spec().pads, (Pads{1, 1, 0, 0}));
}

TEST_F(LayerBench, OutputPaddingOfATransposedConvolution) {
  show(Op::kConvTranspose, Tensor({1, 1, 2, 2}, {1, 2, 3, 4}));
  type_setting(3, U"2");
  EXPECT_EQ(derived_.layers[0].output_shape, (Shape{1, 1, 10, 6}));
  type_setting(5, U"1");
  EXPECT_EQ(spec().output_padding, (Size2{1, 0}));
  EXPECT_EQ(derived_.layers[0].output_shape, (Shape{1, 1, 11, 6}));
}

TEST_F(LayerBench, ACellOfTheTurnedKernelIsTheOwnOneOppositeIt) {
  show(Op::kConvTranspose, Tensor({1, 1, 2, 2}, {1, 2, 3, 4}));
  const Target first{TensorRole::kTurned, {0, 0, 0, 0}};
  EXPECT_EQ(document_cell(session_, first), (Target{TensorRole::kWeight, {0, 0, 1, 1}}));
  EXPECT_EQ(cell_value(session_, derived_, first), 4.0f);
  // Tab goes on as the picture reads.
  EXPECT_EQ(next_cell(session_, derived_, first), (Target{TensorRole::kTurned, {0, 0, 0, 1}}));
  session_ = update(session_, action::SetValue{first, 9, true});
  EXPECT_EQ(layer_of(session_).weight.tensor().at({0, 0, 1, 1}), 9.0f);
}

TEST_F(LayerBench, StretchedZerosAreNobodysCells) {
  show(Op::kConvTranspose, Tensor({1, 1, 2, 2}, {1, 2, 3, 4}));
  LayerSpec stretched = spec();
  stretched.stride = {2, 2};
  session_ = update(session_, action::SetSpec{stretched, true});
  settle();
  const Target real{TensorRole::kStretched, {0, 0, 0, 2}};
  EXPECT_EQ(document_cell(session_, real), (Target{TensorRole::kInput, {0, 0, 0, 1}}));
  EXPECT_EQ(document_cell(session_, Target{TensorRole::kStretched, {0, 0, 0, 1}}), std::nullopt);
  EXPECT_EQ(next_cell(session_, derived_, real), (Target{TensorRole::kStretched, {0, 0, 0, 4}}));
}

TEST_F(LayerBench, ADrawnTargetIsEditedAndAComputedOneIsNot) {
  const Target cell{TensorRole::kTarget, {0, 0, 1, 2}};
  settle();
  EXPECT_EQ(cell_value(session_, derived_, cell), std::nullopt);
  session_ = update(session_, action::DrawTarget{true});
  EXPECT_EQ(cell_value(session_, derived_, cell), 3.0f);
  session_ = update(session_, action::SetValue{cell, 8, true});
  EXPECT_EQ(cell_value(session_, derived_, cell), 8.0f);
  EXPECT_EQ(next_cell(session_, derived_, cell), (Target{TensorRole::kTarget, {0, 0, 2, 0}}));
}

TEST_F(LayerBench, CellsOfOtherLayersAreNotEditedHere) {
  session_ = update(session_, action::SetRelu{true});
  settle();
  EXPECT_EQ(cell_value(session_, derived_, Target{TensorRole::kWeight, {0, 0, 0, 0}, 0}), 1.0f);
  session_ = update(session_, action::SetLayer{1});
  settle();
  EXPECT_EQ(cell_value(session_, derived_, Target{TensorRole::kWeight, {0, 0, 0, 0}, 0}),
            std::nullopt);
}

}  // namespace
}  // namespace convscope
