// Scenes that ask for the size of their map do not answer before their last text.
#include <gtest/gtest.h>

#include <algorithm>

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

TEST(Formula, NamesTheInputAsItsCaptionDoes) {
  const Stage photo = one_layer(R"("input": {"name": "photo", "values": [[1, 2], [3, 4]]})",
                                R"({"op": "conv2d", "weight": {"values": [[1]]}})");
  EXPECT_TRUE(says(photo, "photo[n,c,y+i,x+j]")) << read_aloud(compose_stage(photo));
  EXPECT_FALSE(says(photo, "img["));
}

}  // namespace
}  // namespace convscope::picture
