// One sum for the stage, sums of cells that are pointed at, scenes side by side, pictures split.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/picture/display/grid_at.h"
#include "core/picture/svg/svg.h"
#include "one_layer.h"
#include "scene_fixture.h"

namespace convscope::picture {
namespace {

using session::TensorRole;

std::int64_t times(const Picture& picture, const std::string& text) {
  const std::string all = read_aloud(picture);
  std::int64_t count = 0;
  for (std::size_t at = all.find(text); at != std::string::npos; at = all.find(text, at + 1)) {
    ++count;
  }
  return count;
}

constexpr lesson::View kSumViews[] = {lesson::View::kFlat, lesson::View::kVolume,
                                      lesson::View::kStrip, lesson::View::kNeuron,
                                      lesson::View::kMatrix};

// The lecture's map is 4 3 4 / 2 4 3 / 2 3 4.
TEST(PointedAt, AnOutputCellSpellsOutItsOwnSumInEveryView) {
  for (const lesson::View view : kSumViews) {
    Stage stage("cross-5x5");
    stage.apply(session::action::SetView{view});
    stage.apply(session::action::GoTo{0});
    EXPECT_TRUE(says(compose_stage(stage), " = 4   4 of 5")) << static_cast<int>(view);
    stage.apply(session::action::Hover{{{TensorRole::kOutput, {0, 0, 1, 0}}}});
    const Picture picture = compose_stage(stage);
    EXPECT_TRUE(says(picture, "[1, 0]   ")) << static_cast<int>(view);
    EXPECT_TRUE(says(picture, " = 2   2 of 5")) << static_cast<int>(view);
    EXPECT_FALSE(says(picture, " = 4")) << static_cast<int>(view);
  }
}

TEST(PointedAt, ItsSumIsToldBeforeTheFirstStepToo) {
  Stage stage("cross-5x5");
  stage.apply(session::action::Hover{{{TensorRole::kOutput, {0, 0, 0, 1}}}});
  EXPECT_TRUE(says(compose_stage(stage), " = 3   3 of 5"));
}

TEST(PointedAt, APinnedCellKeepsItsSumAndSoDoItsTerms) {
  Stage stage("cross-5x5");
  stage.apply(session::action::GoTo{0});
  stage.apply(session::action::Pin{{{TensorRole::kOutput, {0, 0, 1, 0}}}});
  EXPECT_TRUE(says(compose_stage(stage), " = 2   "));
  stage.apply(session::action::Hover{{{TensorRole::kProduct, {0, 0, 1, 1}}}});
  EXPECT_TRUE(says(compose_stage(stage), " = 2   "));
  stage.apply(session::action::Hover{{{TensorRole::kOutput, {0, 0, 0, 1}}}});
  EXPECT_TRUE(says(compose_stage(stage), " = 3   "));
}

// What a click on a cell leaves behind stays in sight, whatever the view: dimmed, so that it is
// neither the full map nor the one that has just begun.
TEST(PointedAt, GoingToACellKeepsTheMapInEveryView) {
  for (const lesson::View view : kSumViews) {
    Stage stage("cross-5x5");
    stage.apply(session::action::SetView{view});
    const auto seen = [&] { return svg::svg_of(compose_stage(stage), golden_metrics()); };
    stage.apply(session::action::Next{});
    const std::string fresh = seen();
    stage.apply(session::action::Last{});
    stage.apply(session::action::GoTo{0});
    ASSERT_EQ(stage.session.clock.kept, 9);
    EXPECT_NE(seen(), fresh) << static_cast<int>(view);
    stage.apply(session::action::Last{});
    stage.apply(session::action::First{});
    stage.apply(session::action::Next{});
    EXPECT_EQ(seen(), fresh) << static_cast<int>(view);
  }
}

TEST(OneSum, TwoViewsShareItAtFullWidth) {
  Stage stage("rgb-same");
  stage.apply(session::action::GoTo{12});
  const Picture alone = compose_stage(stage);
  const std::string total = " = ";
  stage.apply(session::action::SetSecondView{lesson::View::kNeuron});
  const Picture both = compose_stage(stage);
  EXPECT_EQ(times(both, "channel 0   "), times(alone, "channel 0   "));
  EXPECT_FALSE(says(both, "\u2026"));
  EXPECT_TRUE(says(alone, total));
}

TEST(OneSum, TheViewsStandAboveIt) {
  Stage stage("cross-5x5");
  stage.apply(session::action::GoTo{4});
  stage.apply(session::action::SetSecondView{lesson::View::kMatrix});
  const Picture picture = compose_stage(stage);
  float sum = picture.height;
  for (const Record& record : picture.records) {
    const auto* text = std::get_if<Text>(&record);
    if (text != nullptr && text->target && text->target->tensor == TensorRole::kProduct) {
      sum = std::min(sum, text->at.y - text->size);
    }
  }
  ASSERT_LT(sum, picture.height);
  EXPECT_LE(picture.camera_area.bottom(), sum);
}

// With zeros the corner of a padded map is smaller than with reflected values; the middle is equal.
TEST(Compared, TwoSettingsHaveOnePlayheadAndTheirDifference) {
  Stage stage("rgb-same");
  stage.apply(session::action::Compare{session::Comparison::kPadding});
  stage.apply(session::action::Last{});
  const Picture picture = compose_stage(stage);
  ASSERT_TRUE(picture.first_width);
  EXPECT_TRUE(says(picture, "padding_mode = zeros"));
  EXPECT_TRUE(says(picture, "padding_mode = reflect"));
  EXPECT_TRUE(says(picture, "Difference"));
  const Stage alone("rgb-same");
  const Shape map = alone.derived.layers[0].output_shape;
  EXPECT_TRUE(says(picture, " of " + std::to_string(map.h * map.w) + " cells differ."));
}

// Both sums stand under each other at full width: nothing of them is cut off.
TEST(Compared, BothSumsAreToldInFull) {
  Stage stage("cross-5x5");
  stage.apply(session::action::SetValue{{TensorRole::kWeight, {0, 0, 0, 1}}, 2});
  stage.apply(session::action::Compare{session::Comparison::kLesson});
  stage.apply(session::action::GoTo{0});
  const Picture picture = compose_stage(stage, {768, 560, 0.667F});
  std::string sums;
  for (const Record& record : picture.records) {
    if (const auto* text = std::get_if<Text>(&record); text != nullptr && text->at.y > 500) {
      sums += text->text;
    }
  }
  EXPECT_NE(sums.find("1·1 + 1·2 + 1·1 + 0·0 + 1·1 + 1·0 + 0·1 + 0·0 + 1·1 = 6"), std::string::npos)
      << sums;
  EXPECT_NE(sums.find("1·1 + 1·0 + 1·1 + 0·0 + 1·1 + 1·0 + 0·1 + 0·0 + 1·1 = 4"), std::string::npos)
      << sums;
}

// Of 81 products only some fit into a line: those around the one that is being made, in both.
TEST(Compared, TheTermUnderWayStaysInBothSums) {
  std::string rows;
  for (int y = 0; y < 10; ++y) {
    rows += std::string(y > 0 ? ", " : "") + "[";
    for (int x = 0; x < 10; ++x) {
      rows += (x > 0 ? ", " : "") + std::to_string(100 + 10 * y + x);
    }
    rows += "]";
  }
  Stage stage = one_layer(R"("input": {"values": [)" + rows + "]}",
                          R"({"op": "conv2d", "kernel_size": 9, "weight":)"
                          R"( {"seed": 1, "shape": [1, 1, 9, 9], "distribution": "integers",)"
                          R"( "low": 2, "high": 2}})");
  stage.apply(session::action::Compare{session::Comparison::kStride});
  stage.apply(session::action::SetGranularity{session::Granularity::kTerm});
  for (int term = 0; term < 41; ++term) {
    stage.apply(session::action::Next{});
  }
  const Picture picture = compose_stage(stage);
  std::string sums;
  for (const Record& record : picture.records) {
    if (const auto* text = std::get_if<Text>(&record); text != nullptr && text->at.y > 620) {
      sums += text->text;
    }
  }
  const std::string middle = "144·2";  // row 4, column 4
  const std::size_t first = sums.find(middle);
  ASSERT_NE(first, std::string::npos) << sums;
  EXPECT_NE(sums.find(middle, first + 1), std::string::npos) << sums;
}

TEST(Compared, MapsOfTwoSizesHaveNoDifference) {
  Stage stage("cross-5x5");
  stage.apply(session::action::Compare{session::Comparison::kStride});
  stage.apply(session::action::GoTo{8});
  const Picture picture = compose_stage(stage);
  EXPECT_TRUE(says(picture, "stride = 1"));
  EXPECT_TRUE(says(picture, "stride = 2"));
  EXPECT_FALSE(says(picture, "Difference"));
  EXPECT_TRUE(
      says(picture, "No difference cell by cell: the maps are (1, 1, 3, 3) and (1, 1, 2, 2)."));
  EXPECT_FLOAT_EQ(*picture.first_width, 640);
}

// The widths of the inputs' own cells in both halves.
std::pair<float, float> input_cells(const Picture& picture) {
  std::vector<float> found;
  for (const Record& record : picture.records) {
    const auto* grid = std::get_if<TensorGrid>(&record);
    if (grid != nullptr && grid->role == TensorRole::kInput) {
      found.push_back(grid->rect.w / static_cast<float>(grid->tensor.shape().w));
    }
  }
  return found.empty() ? std::pair(0.0F, 0.0F) : std::pair(found.front(), found.back());
}

TEST(Compared, OneInputIsAsLargeOnBothSides) {
  for (const char* lesson : {"cross-5x5", "rgb-same", "photo-edges", "stride"}) {
    for (const Viewport& viewport : {Viewport{1280, 720, 1}, Viewport{900, 500, 1}}) {
      Stage stage(lesson);
      stage.apply(session::action::Compare{session::Comparison::kStride});
      stage.apply(session::action::GoTo{1});
      const auto [left, right] = input_cells(compose_stage(stage, viewport));
      EXPECT_GT(left, 0) << lesson;
      EXPECT_FLOAT_EQ(left, right) << lesson << " " << viewport.width;
    }
  }
}

TEST(Compared, AFlippedStageIsTheLessonsAlone) {
  Stage stage("cross-5x5");
  stage.apply(session::action::SetValue{{TensorRole::kWeight, {0, 0, 0, 0}}, 7});
  stage.apply(session::action::GoTo{0});
  EXPECT_TRUE(says(compose_stage(stage), "1·7"));
  stage.apply(session::action::Flip{true});
  const Picture picture = compose_stage(stage);
  EXPECT_FALSE(says(picture, "1·7"));
  EXPECT_TRUE(says(picture, " = 4"));
  EXPECT_FALSE(picture.first_width);
  EXPECT_EQ(picture.width, 1280);
}

TEST(Split, TheMapLiesOverTheRightOfItsPicture) {
  Stage stage("photo-edges");
  const Picture plain = compose_stage(stage);
  ASSERT_TRUE(plain.split_area);
  const Point left = {plain.split_area->x + 0.25F * plain.split_area->w,
                      plain.split_area->y + 0.4637F * plain.split_area->h};
  const Point right = {plain.split_area->x + 0.7313F * plain.split_area->w,
                       plain.split_area->y + 0.4637F * plain.split_area->h};
  EXPECT_EQ(grid_at(plain, right)->role, TensorRole::kInput);
  stage.apply(session::action::SetSplit{0.5});
  const Picture split = compose_stage(stage);
  EXPECT_EQ(grid_at(split, left)->role, TensorRole::kInput);
  EXPECT_EQ(grid_at(split, right)->role, TensorRole::kOutput);
  // The cell of the map lies on the middle of its window: row y reads rows y .. y + 2, less the
  // padding.
  const auto input = hit(plain, right);
  const auto output = hit(split, right);
  ASSERT_TRUE(input && output);
  const conv::Pads pads = stage.derived.layers[0].pads;
  const conv::LayerSpec& spec = stage.derived.layers[0].spec;
  EXPECT_EQ(output->at.y * spec.stride.h - pads.top + (spec.kernel_size.h - 1) / 2, input->at.y);
  EXPECT_EQ(output->at.x * spec.stride.w - pads.left + (spec.kernel_size.w - 1) / 2, input->at.x);
}

TEST(Split, CellsAreNoPicture) { EXPECT_FALSE(compose_stage(Stage("cross-5x5")).split_area); }

// Zoomed in until a pixel is as large as a word, its three numbers stand in it.
TEST(Zoom, APhotoShowsItsNumbersWhenTheyFit) {
  Stage stage("photo-edges");
  const Picture plain = compose_stage(stage);
  const Rect area = *plain.split_area;
  const Rect main = plain.camera_area;
  const auto cells = static_cast<double>(stage.derived.layers[0].input.shape().w);
  const double zoom = 60 * cells / static_cast<double>(area.w);
  const double tall = static_cast<double>(main.h);
  stage.apply(session::action::SetCamera{
      {zoom, static_cast<double>(main.center().x - area.center().x) * zoom / tall,
       static_cast<double>(main.center().y - area.center().y) * zoom / tall}});
  const Picture near = compose_stage(stage);
  const Point middle = near.camera_area.center();
  const auto target = hit(near, middle);
  ASSERT_TRUE(target);
  const auto rect = cell_at(near, middle);
  ASSERT_TRUE(rect);
  EXPECT_NEAR(rect->w, 60, 1);
  const auto inside = std::ranges::count_if(near.records, [&](const Record& record) {
    const auto* text = std::get_if<Text>(&record);
    return text != nullptr && rect->contains({text->at.x, text->at.y - 1});
  });
  EXPECT_EQ(inside, stage.derived.layers[0].input.shape().c);
}

}  // namespace
}  // namespace convscope::picture
