// The panels with layers other than a plain convolution.
#include "app/panels/stage/stage_cells.h"
#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

class LayerBench : public PanelBench {
 protected:
  void show(conv::Op op, Tensor weight = {}, bool one_dimensional = false) {
    lesson::Lesson lesson = cross_lesson();
    lesson.scenes[0].change([&](lesson::Scene& scene) {
      lesson::Layer& layer = scene.layers[0];
      layer.spec = {};
      layer.spec.op = op;
      layer.one_dimensional = one_dimensional;
      layer.spec.kernel_size = {one_dimensional ? 1 : 2, 2};
      layer.spec = conv::fitted(layer.spec, scene.input.base.shape());
      layer.weight = {};
      layer.weight.base = std::move(weight);
    });
    session_ =
        session::open_session(std::move(lesson), session::Theme::kDark, lesson::Language::kEnglish);
    settle();
  }
  const conv::LayerSpec& spec() const { return session::layer_of(session_).spec; }
};

TEST_F(LayerBench, EveryLayersFormEmitsNothingWithoutInput) {
  const Tensor kernel({1, 1, 2, 2}, {1, 2, 3, 4});
  for (const conv::Op op : {conv::Op::kConvTranspose, conv::Op::kMaxPool, conv::Op::kAvgPool,
                            conv::Op::kRelu, conv::Op::kUnfold}) {
    show(op, conv::has_weight(op) ? kernel : Tensor());
    emitted_.clear();
    settle();
    EXPECT_TRUE(emitted_.empty()) << static_cast<int>(op);
  }
}

// torch.nn.AvgPool1d has no divisor_override.
TEST_F(LayerBench, TheFormShowsWhatTheLayerReads) {
  for (const bool one_dimensional : {false, true}) {
    show(conv::Op::kAvgPool, {}, one_dimensional);
    ui_.wanted_field = "divisor_override";
    settle();
    EXPECT_EQ(ui_.wanted_field.has_value(), one_dimensional);  // a row takes the request
    ui_.wanted_field.reset();
  }
}

// A pool's form starts with its kernel: its in_channels and out_channels can't be chosen.
TEST_F(LayerBench, APoolsKernelIsTyped) {
  show(conv::Op::kMaxPool);
  type_setting("kernel_size", U"3");
  EXPECT_EQ(spec().kernel_size, (conv::Size2{3, 2}));
  EXPECT_EQ(derived_.layers[0].output_shape, (Shape{1, 1, 3, 4}));
}

TEST_F(LayerBench, APoolsPaddingIsEqualOnBothSidesAndLimited) {
  show(conv::Op::kMaxPool);
  type_setting("padding", U"1");
  EXPECT_EQ(spec().padding, conv::PaddingRule::kExplicit);
  EXPECT_EQ(spec().pads, (conv::Pads{1, 1, 0, 0}));
  type_setting("padding", U"2");
  ASSERT_TRUE(session_.transient.draft);
  EXPECT_EQ(session_.transient.draft->problems[0].field, "padding");
  EXPECT_EQ(spec().pads, (conv::Pads{1, 1, 0, 0}));
}

TEST_F(LayerBench, OutputPaddingOfATransposedConvolution) {
  show(conv::Op::kConvTranspose, Tensor({1, 1, 2, 2}, {1, 2, 3, 4}));
  type_setting("stride", U"2");
  EXPECT_EQ(derived_.layers[0].output_shape, (Shape{1, 1, 10, 6}));
  type_setting("output_padding", U"1");
  EXPECT_EQ(spec().output_padding, (conv::Size2{1, 0}));
  EXPECT_EQ(derived_.layers[0].output_shape, (Shape{1, 1, 11, 6}));
}

TEST_F(LayerBench, ACellOfTheTurnedKernelIsTheOppositeCellOfTheWeight) {
  show(conv::Op::kConvTranspose, Tensor({1, 1, 2, 2}, {1, 2, 3, 4}));
  const session::Target first{session::TensorRole::kFlipped, {0, 0, 0, 0}};
  EXPECT_EQ(document_cell(session_, first),
            (session::Target{session::TensorRole::kWeight, {0, 0, 1, 1}}));
  EXPECT_EQ(cell_value(session_, derived_, first), 4.0f);
  // Tab continues in reading order.
  EXPECT_EQ(next_cell(session_, derived_, first),
            (session::Target{session::TensorRole::kFlipped, {0, 0, 0, 1}}));
  session_ = session::update(session_, session::action::SetValue{first, 9, true});
  EXPECT_EQ(session::layer_of(session_).weight.tensor().at({0, 0, 1, 1}), 9.0f);
}

TEST_F(LayerBench, InsertedZerosBelongToNoCell) {
  show(conv::Op::kConvTranspose, Tensor({1, 1, 2, 2}, {1, 2, 3, 4}));
  conv::LayerSpec zero_inserted = spec();
  zero_inserted.stride = {2, 2};
  session_ = session::update(session_, session::action::SetSpec{zero_inserted, true});
  settle();
  const session::Target real{session::TensorRole::kZeroInserted, {0, 0, 0, 2}};
  EXPECT_EQ(document_cell(session_, real),
            (session::Target{session::TensorRole::kInput, {0, 0, 0, 1}}));
  EXPECT_EQ(
      document_cell(session_, session::Target{session::TensorRole::kZeroInserted, {0, 0, 0, 1}}),
      std::nullopt);
  EXPECT_EQ(next_cell(session_, derived_, real),
            (session::Target{session::TensorRole::kZeroInserted, {0, 0, 0, 4}}));
}

TEST_F(LayerBench, ADrawnTargetIsEditedAndAComputedOneIsNot) {
  const session::Target cell{session::TensorRole::kTarget, {0, 0, 1, 2}};
  settle();
  EXPECT_EQ(cell_value(session_, derived_, cell), std::nullopt);
  session_ = session::update(session_, session::action::DrawTarget{true});
  EXPECT_EQ(cell_value(session_, derived_, cell), 3.0f);
  session_ = session::update(session_, session::action::SetValue{cell, 8, true});
  EXPECT_EQ(cell_value(session_, derived_, cell), 8.0f);
  EXPECT_EQ(next_cell(session_, derived_, cell),
            (session::Target{session::TensorRole::kTarget, {0, 0, 2, 0}}));
}

TEST_F(LayerBench, CellsOfOtherLayersAreNotEditedHere) {
  session_ = session::update(session_, session::action::SetRelu{true});
  settle();
  EXPECT_EQ(cell_value(session_, derived_,
                       session::Target{session::TensorRole::kWeight, {0, 0, 0, 0}, 0}),
            1.0f);
  session_ = session::update(session_, session::action::SetLayer{1});
  settle();
  EXPECT_EQ(cell_value(session_, derived_,
                       session::Target{session::TensorRole::kWeight, {0, 0, 0, 0}, 0}),
            std::nullopt);
}

}  // namespace
}  // namespace convscope::panels
