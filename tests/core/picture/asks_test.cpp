// Scenes that ask for the size of their map do not answer before their last text.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/lesson/views.h"
#include "core/picture/display/theme.h"
#include "one_layer.h"

namespace convscope::picture {
namespace {

bool says(const Stage& stage, const std::string& words) {
  return read_aloud(compose_stage(stage)).find(words) != std::string::npos;
}

// Whether a place of the map is drawn that has no value yet.
bool shows_grid(const Stage& stage) {
  const Rgba empty = palette_of(stage.session.look.theme).empty_cell;
  return std::ranges::any_of(compose_stage(stage).records, [&](const Record& record) {
    const auto* box = std::get_if<Box>(&record);
    return box != nullptr && box->fill == empty && box->target &&
           box->target->tensor == session::TensorRole::kOutput;
  });
}

TEST(Asks, TheMapHasNeitherShapeNorGridBeforeTheAnswer) {
  Stage stage("stride");  // 7x7, kernel 3: 5x5
  EXPECT_TRUE(says(stage, "(1, 1, ?, ?)"));
  EXPECT_FALSE(says(stage, "(1, 1, 5, 5)"));
  EXPECT_FALSE(shows_grid(stage));
  stage.apply(session::action::GoTo{3});
  EXPECT_FALSE(says(stage, "(1, 1, 5, 5)"));
  EXPECT_FALSE(shows_grid(stage));
  stage.apply(session::action::Last{});
  EXPECT_TRUE(says(stage, "(1, 1, 5, 5)"));
  EXPECT_TRUE(shows_grid(stage));
}

// How many cells wide the hatch is that stands for the map.
float hatched_cells(const Stage& stage) {
  const Picture picture = compose_stage(stage);
  float cell = 0;
  float hatch = 0;
  for (const Record& record : picture.records) {
    if (const auto* grid = std::get_if<TensorGrid>(&record); grid != nullptr && cell == 0) {
      cell = grid->rect.w / static_cast<float>(grid->tensor.shape().w);
    }
    if (const auto* last = std::get_if<Hatch>(&record)) {
      hatch = last->rect.w;
    }
  }
  return hatch / cell;
}

// Maps of 2x2 and 7x7.
TEST(Asks, WhatHidesTheMapDoesNotHaveItsSize) {
  Stage stage("conv-arithmetic");
  const float of_two = hatched_cells(stage);
  stage.apply(session::action::SetScene{3});
  EXPECT_NEAR(hatched_cells(stage), of_two, 0.2F);
}

TEST(Asks, WhatIsNeverReadIsNotNamedBeforeTheAnswer) {
  Stage stage("never-read");
  EXPECT_FALSE(says(stage, "never read (stride"));
  stage.apply(session::action::Last{});
  EXPECT_TRUE(says(stage, "row 6 is never read (stride 3)"));
}

// i = 6, k = 3, s = 2, p = 1: the windows reach to padded cell 6 of 0..7.
TEST(Asks, PaddingThatTheFloorDropsIsNamed) {
  Stage stage("conv-arithmetic");
  stage.apply(session::action::SetScene{6});
  EXPECT_FALSE(says(stage, "padding never read"));
  stage.apply(session::action::Last{});
  EXPECT_TRUE(says(stage, "padding never read: 1 row below, 1 column on the right"));
  stage.apply(session::action::SetScene{5});  // i = 5: nothing is dropped
  stage.apply(session::action::Last{});
  EXPECT_FALSE(says(stage, "padding never read"));
}

// 7x7, kernel 3, stride 3: 2x2, an im2col of 4 rows.
TEST(Asks, TheOtherViewsWaitForTheAnswer) {
  Stage stage("never-read");
  for (const lesson::View view :
       {lesson::View::kVolume, lesson::View::kStrip, lesson::View::kNeuron, lesson::View::kMatrix,
        lesson::View::kCoverage, lesson::View::kReceptiveField}) {
    stage.apply(session::action::SetView{view});
    stage.apply(session::action::GoTo{1});
    EXPECT_TRUE(says(stage, "it waits for the last text")) << lesson::row_of(view).word;
    for (const char* answer : {"2, 2)", "(4, ", "2×2", " of 4 "}) {
      EXPECT_FALSE(says(stage, answer)) << lesson::row_of(view).word << " " << answer;
    }
    stage.apply(session::action::Last{});
    EXPECT_FALSE(says(stage, "it waits for the last text")) << lesson::row_of(view).word;
  }
}

TEST(Asks, AViewBesideTheFlatOneWaitsToo) {
  Stage stage("never-read");
  stage.apply(session::action::SetSecondView{lesson::View::kMatrix});
  stage.apply(session::action::GoTo{1});
  EXPECT_TRUE(says(stage, "(1, 1, ?, ?)"));
  EXPECT_TRUE(says(stage, "it waits for"));
  EXPECT_FALSE(says(stage, "(4, 9)"));
}

// Of both settings: 5x5 and 3x3.
TEST(Asks, AComparisonDoesNotAnswerEither) {
  Stage stage("stride");
  stage.apply(session::action::Compare{session::Comparison::kStride});
  stage.apply(session::action::GoTo{3});
  ASSERT_TRUE(compose_stage(stage).first_width);
  EXPECT_TRUE(says(stage, "(1, 1, ?, ?)"));
  EXPECT_FALSE(says(stage, "(1, 1, 5, 5)"));
  stage.apply(session::action::Last{});
  EXPECT_TRUE(says(stage, "(1, 1, 5, 5)"));
}

// A copy and a sum of neighbours look for nothing.
TEST(Template, OfOnesOnlyIsNotMatched) {
  for (const char* weight : {"[[1]]", "[[1, 1]]"}) {
    Stage stage =
        one_layer(R"("input": {"values": [[1, 0], [0, 1]]})",
                  R"({"op": "conv2d", "weight": {"values": )" + std::string(weight) + "}}");
    stage.apply(session::action::GoTo{0});
    EXPECT_FALSE(says(stage, "match the template")) << weight;
  }
}

TEST(Formula, NamesTheInputAsItsCaptionDoes) {
  const Stage photo = one_layer(R"("input": {"name": "photo", "values": [[1, 2], [3, 4]]})",
                                R"({"op": "conv2d", "weight": {"values": [[1]]}})");
  EXPECT_TRUE(says(photo, "photo[n,c,y+i,x+j]")) << read_aloud(compose_stage(photo));
  EXPECT_FALSE(says(photo, "img["));
}

}  // namespace
}  // namespace convscope::picture
