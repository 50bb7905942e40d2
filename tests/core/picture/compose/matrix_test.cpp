#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core/picture/display/target_rect.h"
#include "core/picture/svg/svg.h"
#include "tests/core/picture/one_layer.h"
#include "tests/support/golden_text.h"

namespace convscope::picture {
namespace {

Stage matrix_stage(Stage stage, std::int64_t position) {
  stage.apply(session::action::SetView{lesson::View::kMatrix});
  stage.apply(session::action::GoTo{position});
  return stage;
}

Stage cross(std::int64_t position) { return matrix_stage(Stage("cross-5x5"), position); }

const Stage& transposed() {
  static const Stage kStage = matrix_stage(
      one_layer(
          R"("input": {"values": [[0, 1], [2, 3]]})",
          R"({"op": "conv_transpose2d", "stride": 2, "weight": {"values": [[0, 1], [2, 3]]}})"),
      7);
  return kStage;
}

TEST(MatrixView, SaysTheSizes) {
  const std::string words = read_aloud(compose_stage(cross(4)));
  EXPECT_NE(words.find("im2col (9, 9) · weight.T (9, 1) = out (9, 1)"), std::string::npos) << words;
  EXPECT_NE(words.find("Toeplitz (9, 25) · img (25, 1) = out (9, 1)"), std::string::npos) << words;
  EXPECT_NE(words.find("81 of 225"), std::string::npos) << words;
}

// The lecture's map is at the end of the rows, in both blocks.
TEST(MatrixView, EveryRowEndsInItsOutput) {
  const Picture picture = compose_stage(cross(8));
  const std::vector<std::vector<std::string>> expected = {
      {"4", "3", "4"}, {"2", "4", "3"}, {"2", "3", "4"}};
  for (std::int64_t y = 0; y < 3; ++y) {
    for (std::int64_t x = 0; x < 3; ++x) {
      const std::string& value = expected[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)];
      EXPECT_EQ(numbers_at(picture, {session::TensorRole::kOutput, {0, 0, y, x}}),
                (std::vector<std::string>{value, value}))
          << y << ", " << x;
    }
  }
}

TEST(MatrixView, ResultsAppearAsTheyAreComputed) {
  const Picture picture = compose_stage(cross(3));
  EXPECT_EQ(numbers_at(picture, {session::TensorRole::kOutput, {0, 0, 1, 0}}).size(), 2);
  EXPECT_EQ(numbers_at(picture, {session::TensorRole::kOutput, {0, 0, 1, 1}}).size(), 0);
}

// The cell in the middle of the image is in all nine windows, a corner in one.
TEST(MatrixView, AnInputCellStandsInTheRowsOfItsWindows) {
  const Picture picture = compose_stage(cross(4));
  EXPECT_EQ(numbers_at(picture, {session::TensorRole::kInput, {0, 0, 2, 2}}).size(), 9 + 1);
  EXPECT_EQ(numbers_at(picture, {session::TensorRole::kInput, {0, 0, 0, 0}}).size(), 1 + 1);
  // A weight: once in the filter, once in each row of the Toeplitz matrix.
  EXPECT_EQ(numbers_at(picture, {session::TensorRole::kWeight, {0, 0, 1, 1}}).size(), 1 + 9);
}

std::size_t marks_of(const Stage& stage, const session::Target& hover) {
  Stage pointed = stage;
  pointed.apply(session::action::Hover{hover});
  return compose_stage(pointed).records.size() - compose_stage(stage).records.size();
}

TEST(MatrixView, WhatThePointerIsOnLightsUpEverywhere) {
  const Stage stage = cross(4);
  // In the windows of 9 outputs: 9 copies, 9 weights in its column, the cell above it, and the
  // result of each row in both blocks.
  EXPECT_EQ(marks_of(stage, {session::TensorRole::kInput, {0, 0, 2, 2}}), 9 + 9 + 1 + 2 * 9);
  EXPECT_EQ(marks_of(stage, {session::TensorRole::kInput, {0, 0, 0, 0}}), 1 + 1 + 1 + 2 * 1);
  // Its column in im2col, its diagonal in the Toeplitz matrix, itself.
  EXPECT_EQ(marks_of(stage, {session::TensorRole::kWeight, {0, 0, 0, 1}}), 9 + 9 + 1);
  // A row in each block (a frame of two strokes), its result in each, and its name at the sum.
  EXPECT_EQ(marks_of(stage, {session::TensorRole::kOutput, {0, 0, 2, 2}}), 2 * 2 + 2 + 1);
}

// Conversely, every target in the picture is a cell that the session knows.
TEST(MatrixView, CellsAnswerWithTheDocumentsOwnCells) {
  for (const Stage& stage : {cross(4), transposed()}) {
    const Picture picture = compose_stage(stage);
    int answers = 0;
    for (const Record& record : picture.records) {
      const auto* box = std::get_if<Box>(&record);
      if (box == nullptr || !box->target) {
        continue;
      }
      const auto target = hit(picture, box->rect.center());
      ASSERT_TRUE(target.has_value());
      EXPECT_EQ(*target, *box->target);
      Stage pointed = stage;
      pointed.apply(session::action::Hover{target});
      answers += pointed.session.transient.hover == target ? 1 : 0;
    }
    EXPECT_GT(answers, 60);
  }
}

// The editor opens where the value appears once: in the filter, and in the flattened input.
TEST(MatrixView, ValuesAreEditedInTheVectors) {
  const Picture picture = compose_stage(cross(4));
  const auto weight = target_rect(picture, {session::TensorRole::kWeight, {0, 0, 1, 1}});
  const auto input = target_rect(picture, {session::TensorRole::kInput, {0, 0, 2, 2}});
  ASSERT_TRUE(weight && input);
  // Above all cells of the matrices.
  const auto row = target_rect(picture, {session::TensorRole::kOutput, {0, 0, 0, 0}});
  EXPECT_LT(weight->bottom(), row->y);
  EXPECT_LT(input->bottom(), row->y);
}

TEST(MatrixView, ATransposedConvolutionSaysSo) {
  const Picture picture = compose_stage(transposed());
  const std::string words = read_aloud(picture);
  EXPECT_NE(words.find("C.T (16, 4) · img (4, 1) = out (16, 1)"), std::string::npos) << words;
  EXPECT_NE(words.find("transposed"), std::string::npos) << words;
  EXPECT_EQ(numbers_at(picture, {session::TensorRole::kOutput, {0, 0, 1, 3}}),
            (std::vector<std::string>{"3", "3"}));
}

TEST(MatrixView, PoolsTakeTheLargestOfARow) {
  const Stage stage = matrix_stage(
      one_layer(R"("input": {"values": [[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]})",
                R"({"op": "max_pool2d", "kernel_size": 2, "stride": 2})"),
      3);
  const Picture picture = compose_stage(stage);
  const std::string words = read_aloud(picture);
  EXPECT_NE(words.find("im2col (4, 4).amax(1) = out (4, 1)"), std::string::npos) << words;
  EXPECT_EQ(words.find("Toeplitz"), std::string::npos) << words;
  EXPECT_EQ(numbers_at(picture, {session::TensorRole::kOutput, {0, 0, 0, 1}}),
            std::vector<std::string>{"8"});
}

// Of millions of places only a few hundred are drawn: those around the current row.
TEST(MatrixView, ShowsAPartOfALargeMatrix) {
  const Stage stage = matrix_stage(
      one_layer(R"("input": {"seed": 1, "shape": [1, 3, 227, 227], "distribution": "normal"})",
                R"({"op": "conv2d", "stride": 4,
                    "weight": {"seed": 2, "shape": [2, 3, 11, 11], "distribution": "normal"}})"),
      1512);
  const Picture picture = compose_stage(stage);
  const std::string words = read_aloud(picture);
  EXPECT_LT(picture.records.size(), 3000U);
  EXPECT_NE(words.find("im2col (3025, 363)"), std::string::npos) << words;
  EXPECT_NE(words.find("\u22EE"), std::string::npos) << words;
  EXPECT_NE(words.find("27, 27"), std::string::npos) << words;
}

TEST(MatrixView, ComposesOnAnyCanvas) {
  std::mt19937 random(7);
  for (const Stage& base : {cross(4), transposed(), matrix_stage(Stage("rgb-same"), 3)}) {
    Stage stage = base;
    for (const Viewport viewport : {Viewport{64, 64, 1}, Viewport{100, 2000, 1},
                                    Viewport{4000, 70, 3}, Viewport{960, 540, 1}}) {
      for (int i = 0; i < 10; ++i) {
        stage.session.clock.frame = static_cast<session::Frame>(random() % 7000);
        stage.session.look.camera = {0.1 + static_cast<double>(random() % 50), 0.1, -0.2};
        for (const Record& record : compose_stage(stage, viewport).records) {
          const auto* box = std::get_if<Box>(&record);
          ASSERT_TRUE(box == nullptr || (std::isfinite(box->rect.x) && std::isfinite(box->rect.w)));
        }
      }
    }
  }
}

// Nothing extends beyond the stage in any lesson.
TEST(MatrixView, CellsLieOnTheStage) {
  for (const char* lesson : {"cross-5x5", "rgb-same", "one-filter-depth", "conv2d-3-to-5"}) {
    const Stage stage = matrix_stage(Stage(lesson), 5);
    for (const Viewport viewport : {Viewport{640, 720, 1}, Viewport{960, 1080, 1},
                                    Viewport{1280, 720, 1}, Viewport{1920, 1080, 1}}) {
      for (const Record& record : compose_stage(stage, viewport).records) {
        const auto* box = std::get_if<Box>(&record);
        if (box != nullptr && box->target) {
          EXPECT_GE(box->rect.x, 0) << lesson << " " << viewport.width;
          EXPECT_LE(box->rect.right(), viewport.width) << lesson << " " << viewport.width;
          EXPECT_LE(box->rect.bottom(), viewport.height) << lesson << " " << viewport.width;
        }
      }
    }
  }
}

TEST(MatrixGolden, Cross) {
  EXPECT_TRUE(matches_golden_text(svg::svg_of(compose_stage(cross(4)), golden_metrics()),
                                  "svg/matrix_cross_4.svg"));
}

TEST(MatrixGolden, RgbInRussian) {
  const Stage stage =
      matrix_stage(Stage("rgb-same", session::Theme::kLight, lesson::Language::kRussian), 12);
  EXPECT_TRUE(matches_golden_text(svg::svg_of(compose_stage(stage), golden_metrics()),
                                  "svg/matrix_rgb_12.svg"));
}

TEST(MatrixGolden, Transposed) {
  EXPECT_TRUE(matches_golden_text(svg::svg_of(compose_stage(transposed()), golden_metrics()),
                                  "svg/matrix_transposed_7.svg"));
}

}  // namespace
}  // namespace convscope::picture
