#include "core/picture/step/highlight.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "scene_fixture.h"

namespace convscope::picture {
namespace {

conv::Step step_of(const derive::LayerResult& layer, std::int64_t position) {
  return conv::step_at(layer.input, layer.weight, layer.bias, layer.spec, position);
}

// The slow reference: every output whose step reads the cell, found by examining all of them.
std::vector<step::Use> uses_by_search(const Index& cell, const derive::LayerResult& layer) {
  std::vector<step::Use> uses;
  for (std::int64_t p = 0; p < layer.output_shape.count(); ++p) {
    const conv::Step step = step_of(layer, p);
    for (const conv::Term& term : step.terms) {
      if (term.has_source && term.source == cell) {
        uses.push_back({step.output_at, term.weight_at});
      }
    }
  }
  return uses;
}

void expect_same_uses(std::vector<step::Use> got, std::vector<step::Use> expected) {
  const auto order = [](const step::Use& a, const step::Use& b) {
    return std::tie(a.output_at, a.weight_at) < std::tie(b.output_at, b.weight_at);
  };
  std::sort(got.begin(), got.end(), order);
  std::sort(expected.begin(), expected.end(), order);
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    EXPECT_EQ(got[i].output_at, expected[i].output_at);
    EXPECT_EQ(got[i].weight_at, expected[i].weight_at);
  }
}

TEST(Highlight, AnInputCellLightsEveryOutputItTakesPartIn) {
  for (const conv::PaddingMode mode :
       {conv::PaddingMode::kZeros, conv::PaddingMode::kReflect, conv::PaddingMode::kReplicate,
        conv::PaddingMode::kCircular}) {
    Stage stage("cross-5x5");
    conv::LayerSpec spec = stage.derived.layers[0].spec;
    spec.padding = conv::PaddingRule::kExplicit;
    spec.pads = {2, 1, 1, 2};
    spec.padding_mode = mode;
    spec.stride = {2, 1};
    stage.apply(session::action::SetSpec{spec});
    const derive::LayerResult& layer = stage.derived.layers[0];
    ASSERT_EQ(layer.spec.padding_mode, mode);
    for (std::int64_t y = 0; y < 5; ++y) {
      for (std::int64_t x = 0; x < 5; ++x) {
        const Index cell = {0, 0, y, x};
        const step::Highlight lit =
            step::highlight_of({session::TensorRole::kInput, cell}, layer, step_of(layer, 0));
        expect_same_uses(lit.uses, uses_by_search(cell, layer));
      }
    }
  }
}

TEST(Highlight, TheMiddleOfTheCrossTakesPartInAllNineOutputs) {
  Stage stage("cross-5x5");
  const derive::LayerResult& layer = stage.derived.layers[0];
  EXPECT_EQ(
      step::highlight_of({session::TensorRole::kInput, {0, 0, 2, 2}}, layer, step_of(layer, 4))
          .uses.size(),
      9U);
  EXPECT_EQ(
      step::highlight_of({session::TensorRole::kInput, {0, 0, 0, 0}}, layer, step_of(layer, 4))
          .uses.size(),
      1U);
}

TEST(Highlight, AnOutputCellLightsItsReceptiveField) {
  Stage stage("rgb-same");
  const derive::LayerResult& layer = stage.derived.layers[0];
  const step::Highlight lit =
      step::highlight_of({session::TensorRole::kOutput, {0, 0, 4, 2}}, layer, step_of(layer, 0));
  ASSERT_TRUE(lit.field.has_value());
  EXPECT_EQ(lit.field->window_y, 3);
  EXPECT_EQ(lit.field->window_x, 1);
  EXPECT_EQ(lit.field->window, (conv::Size2{3, 3}));
}

TEST(Highlight, AWeightLightsEveryInputItMultiplies) {
  Stage stage("cross-5x5");
  const derive::LayerResult& layer = stage.derived.layers[0];
  const step::Highlight lit =
      step::highlight_of({session::TensorRole::kWeight, {0, 0, 2, 0}}, layer, step_of(layer, 4));
  ASSERT_EQ(lit.inputs.size(), 9U);
  EXPECT_EQ(lit.inputs.front(), (Index{0, 0, 2, 0}));
  EXPECT_EQ(lit.inputs.back(), (Index{0, 0, 4, 2}));
  EXPECT_EQ(lit.terms, (std::vector<std::int64_t>{6}));
}

TEST(Highlight, AProductLightsItsTwoCells) {
  Stage stage("cross-5x5");
  const derive::LayerResult& layer = stage.derived.layers[0];
  const step::Highlight lit =
      step::highlight_of({session::TensorRole::kProduct, {0, 0, 1, 2}}, layer, step_of(layer, 4));
  EXPECT_EQ(lit.inputs, (std::vector<Index>{{0, 0, 2, 3}}));
  EXPECT_EQ(lit.weight, (Index{0, 0, 1, 2}));
}

// The lecture: 13 inputs, kernel 6, stride 5, VALID: inputs 12 and 13 are dropped.
TEST(NeverRead, TheLecturesDroppedInputs) {
  EXPECT_EQ(step::never_read(13, 6, 5, 1, 0, 2), (std::vector<std::int64_t>{11, 12}));
  EXPECT_TRUE(step::never_read(13, 6, 5, 1, 1, 3).empty());
}

TEST(NeverRead, SevenBySevenWithStrideThree) {
  EXPECT_EQ(step::never_read(7, 3, 3, 1, 0, 2), (std::vector<std::int64_t>{6}));
}

TEST(NeverRead, GapsOfAWideStride) {
  EXPECT_EQ(step::never_read(5, 1, 2, 1, 0, 3), (std::vector<std::int64_t>{1, 3}));
}

}  // namespace
}  // namespace convscope::picture
