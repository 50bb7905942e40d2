#include <gtest/gtest.h>

#include <algorithm>

#include "core/lesson/json/lesson_json.h"
#include "core/picture/display/target_rect.h"
#include "core/picture/receptive_field/stack.h"
#include "core/picture/svg/svg.h"
#include "tests/core/picture/scene_fixture.h"
#include "tests/support/golden_text.h"

namespace convscope::picture {
namespace {

Stage scene_of_lesson(std::int64_t scene, session::Theme theme = session::Theme::kDark,
                      lesson::Language language = lesson::Language::kEnglish) {
  Stage stage("receptive-field", theme, language);
  stage.apply(session::action::SetScene{scene});
  return stage;
}

// A stack of layers, given in JSON, on an input of 6 x 6.
Stage stack(const std::string& layers) {
  const std::string json = R"({"format": 1, "id": "s", "title": "S", "scenes": [{
      "input": {"seed": 1, "shape": [6, 6], "distribution": "integers", "low": 0, "high": 3},
      "view": "receptive-field", "layers": [)" +
                           layers + "]}]}";
  Stage stage("cross-5x5");
  const lesson::LoadTensor none = [](const lesson::FileSource&) { return Tensor(); };
  stage.apply(session::action::Opened{lesson::parse_lesson(json, "s.json", none)});
  return stage;
}

std::vector<conv::CellRect> region_of(const Stage& stage, std::size_t map) {
  const receptive_field::ReceptiveStack stacked = receptive_field::stack_of(stage.derived);
  return receptive_field::regions_of(stacked, receptive_field::focus_of(stage.session, stacked))
      .by_map[map];
}

conv::CellRect square(std::int64_t first, std::int64_t last) {
  return {{first, last}, {first, last}};
}

// All grids of maps, starting with the input.
std::vector<TensorGrid> maps_in(const Picture& picture) {
  std::vector<TensorGrid> maps;
  for (const Record& record : picture.records) {
    if (const auto* grid = std::get_if<TensorGrid>(&record)) {
      maps.push_back(*grid);
    }
  }
  return maps;
}

std::int64_t hatches_in(const Picture& picture) {
  return std::count_if(picture.records.begin(), picture.records.end(),
                       [](const Record& record) { return std::holds_alternative<Hatch>(record); });
}

// How often a word occurs in the picture as a separate text.
std::int64_t count_of(const Picture& picture, const std::string& word) {
  const auto words = words_of(picture);
  return std::count(words.begin(), words.end(), word);
}

// Araujo, Norris, Sim: 3, 3, pool, 3, 3, pool.
TEST(ReceptiveFieldView, WritesEveryLayersNumbers) {
  const Picture picture = compose_stage(scene_of_lesson(0));
  for (const char* field : {"5\u00D75", "6\u00D76", "14\u00D714", "16\u00D716"}) {
    EXPECT_EQ(count_of(picture, field), 1) << field;
  }
  EXPECT_EQ(count_of(picture, "10\u00D710"), 2) << "the fourth map and its field";
  EXPECT_TRUE(says(picture,
                   "A cell after layer 6 (pool) sees 16\u00D716 of the 28\u00D728 input; "
                   "neighbours are 4 apart."))
      << read_aloud(picture);
}

TEST(ReceptiveFieldView, Vgg16) {
  const Picture picture = compose_stage(scene_of_lesson(3));
  EXPECT_EQ(count_of(picture, "212\u00D7212"), 1);
  EXPECT_EQ(count_of(picture, "196\u00D7196"), 1);
  EXPECT_TRUE(says(picture, "neighbours are 32 apart")) << read_aloud(picture);
  EXPECT_EQ(maps_in(picture).size(), 19u);
}

// The stage of a window of 1280 x 720, for a class: fields are what a table can least do without.
TEST(ReceptiveFieldView, ALowStageLeavesOutLinesBeforeMapsAreSpecks) {
  const Viewport low{955, 585, 1};
  const Picture shortened = compose_stage(
      scene_of_lesson(3, session::Theme::kProjector, lesson::Language::kRussian), low);
  EXPECT_EQ(count_of(shortened, "212\u00D7212"), 1);
  EXPECT_EQ(count_of(shortened, "15.5"), 0);
  const Picture whole = compose_stage(scene_of_lesson(3), low);
  EXPECT_EQ(count_of(whole, "212\u00D7212"), 1);
  EXPECT_EQ(count_of(whole, "15.5"), 1);
  for (const Picture* picture : {&shortened, &whole}) {
    EXPECT_GT(maps_in(*picture).front().rect.w, 24);
  }
}

TEST(ReceptiveFieldView, DilationsReachFurther) {
  Stage stage = scene_of_lesson(2);
  stage.apply(session::action::Last{});
  EXPECT_EQ(region_of(stage, 0), (std::vector<conv::CellRect>{square(2, 16)}));
  EXPECT_TRUE(says(compose_stage(stage), "sees 15\u00D715 of the 17\u00D717 input"));
}

// The clock counts the first map's cells; the cell of the last map is at the same place.
TEST(ReceptiveFieldView, TheFieldFollowsTheClock) {
  Stage stage = scene_of_lesson(0);
  stage.apply(session::action::GoTo{0});
  EXPECT_EQ(region_of(stage, 6), (std::vector<conv::CellRect>{square(0, 0)}));
  EXPECT_EQ(region_of(stage, 0), (std::vector<conv::CellRect>{square(0, 15)}));
  stage.apply(session::action::Last{});
  EXPECT_EQ(region_of(stage, 6), (std::vector<conv::CellRect>{square(3, 3)}));
  EXPECT_EQ(region_of(stage, 0), (std::vector<conv::CellRect>{square(12, 27)}));
}

// In the middle, where no edge interferes.
TEST(ReceptiveFieldView, ACellOfAnyMapCanBePointedAt) {
  Stage stage = scene_of_lesson(0);
  const Picture picture = compose_stage(stage);
  const std::vector<TensorGrid> maps = maps_in(picture);
  ASSERT_EQ(maps.size(), 7u);
  const std::int64_t fields[] = {1, 3, 5, 6, 10, 14, 16};
  for (std::size_t map = 0; map < maps.size(); ++map) {
    const Shape& shape = maps[map].tensor.shape();
    const session::Target cell{
        map == 0 ? session::TensorRole::kInput : session::TensorRole::kOutput,
        {0, 0, shape.h / 2, shape.w / 2},
        map == 0 ? 0 : static_cast<std::int64_t>(map) - 1};
    const auto rect = target_rect(picture, cell);
    ASSERT_TRUE(rect) << map;
    EXPECT_EQ(hit(picture, rect->center()), cell) << map;
    stage.apply(session::action::Hover{cell});
    const auto below = region_of(stage, 0);
    ASSERT_EQ(below.size(), 1u) << map;
    EXPECT_EQ(below.front().y.size(), fields[map]);
    EXPECT_EQ(below.front().x.size(), fields[map]);
    EXPECT_EQ(region_of(stage, map), (std::vector<conv::CellRect>{square(cell.at.y, cell.at.y)}));
  }
}

TEST(ReceptiveFieldView, AnInputCellShowsWhichCellsSeeIt) {
  Stage stage = scene_of_lesson(1);
  stage.apply(
      session::action::Hover{session::Target{session::TensorRole::kInput, {0, 0, 4, 4}, 0}});
  EXPECT_EQ(region_of(stage, 1), (std::vector<conv::CellRect>{square(2, 4)}));
  EXPECT_EQ(region_of(stage, 2), (std::vector<conv::CellRect>{square(0, 4)}));
  EXPECT_TRUE(says(compose_stage(stage), "takes part in 25 of 25 cells"));
  stage.apply(
      session::action::Hover{session::Target{session::TensorRole::kInput, {0, 0, 0, 0}, 0}});
  EXPECT_TRUE(says(compose_stage(stage), "takes part in 1 of 25 cells"));
}

TEST(ReceptiveFieldView, TargetsWithoutALayerMeanTheOneOnStage) {
  Stage stage = scene_of_lesson(0);
  stage.apply(session::action::SetLayer{3});
  stage.apply(session::action::Hover{session::Target{session::TensorRole::kOutput, {0, 0, 9, 9}}});
  EXPECT_EQ(region_of(stage, 4), (std::vector<conv::CellRect>{square(9, 9)}));
  EXPECT_EQ(region_of(stage, 0), (std::vector<conv::CellRect>{square(18, 27)}));
}

// A cell is drawn over the centre of its field, in every map.
TEST(ReceptiveFieldView, FieldsLineUp) {
  const Picture picture = compose_stage(scene_of_lesson(0));
  const std::vector<TensorGrid> maps = maps_in(picture);
  const float cell = maps[0].rect.h / 28;
  const auto middle = [&](std::size_t map, float at) {
    const TensorGrid& grid = maps[map];
    return grid.rect.y + grid.rect.h / static_cast<float>(grid.tensor.shape().h) * (at + 0.5F);
  };
  // Cell 1 of the last map sees the cells 4..19.
  EXPECT_NEAR(middle(6, 1), maps[0].rect.y + cell * 12, 0.01F);
  // Cell 5 of the pooled map sees the cells 10..15.
  EXPECT_NEAR(middle(3, 5), maps[0].rect.y + cell * 13, 0.01F);
}

TEST(ReceptiveFieldView, WhatReachesIntoThePaddingIsHatched) {
  Stage stage = scene_of_lesson(3);
  EXPECT_EQ(hatches_in(compose_stage(stage)), 0) << "the middle cell: all is inside";
  stage.apply(session::action::GoTo{0});
  const Picture corner = compose_stage(stage);
  // 13 convolutions pad; the field of the corner extends beyond all maps below the top one.
  EXPECT_GT(hatches_in(corner), 12);
  EXPECT_EQ(region_of(stage, 0).front().y.first, -90);
  EXPECT_EQ(region_of(stage, 0).front().y.last, 121);
}

// A kernel of one cell with stride 2: three quarters of the map's cells see nothing.
TEST(ReceptiveFieldView, ATransposedLayerMaySeeNothing) {
  Stage stage = stack(R"({"op": "conv2d", "weight": {"values": [[1, 1], [1, 1]]}},
      {"op": "conv_transpose2d", "weight": {"values": [[1]]}, "stride": 2})");
  stage.apply(
      session::action::Hover{session::Target{session::TensorRole::kOutput, {0, 0, 2, 2}, 1}});
  EXPECT_EQ(region_of(stage, 1), (std::vector<conv::CellRect>{square(1, 1)}));
  EXPECT_EQ(region_of(stage, 0), (std::vector<conv::CellRect>{square(1, 2)}));
  stage.apply(
      session::action::Hover{session::Target{session::TensorRole::kOutput, {0, 0, 3, 2}, 1}});
  EXPECT_TRUE(region_of(stage, 1).empty());
  EXPECT_TRUE(region_of(stage, 0).empty());
  EXPECT_EQ(maps_in(compose_stage(stage)).size(), 3u);
}

TEST(ReceptiveFieldView, AnyLessonIsAStack) {
  for (const char* lesson : {"cross-5x5", "rgb-same", "photo-edges", "valid-vs-same",
                             "depthwise-separable", "transposed"}) {
    Stage stage(lesson);
    stage.session.look.view = lesson::View::kReceptiveField;
    EXPECT_EQ(maps_in(compose_stage(stage)).size(), stage.derived.layers.size() + 1) << lesson;
  }
}

// The lecture's strip: one axis, and numbers for that axis only.
TEST(ReceptiveFieldView, ASignalHasOneAxis) {
  Stage stage("valid-vs-same");
  stage.session.look.view = lesson::View::kReceptiveField;
  const Picture picture = compose_stage(stage);
  EXPECT_TRUE(says(picture, "sees 6 of the 13 input; neighbours are 5 apart."))
      << read_aloud(picture);
  EXPECT_EQ(count_of(picture, "13"), 1) << "the input's size";
  for (const Record& record : picture.records) {
    if (const auto* text = std::get_if<Text>(&record)) {
      EXPECT_GT(text->size, 8) << text->text;
    }
  }
}

TEST(ReceptiveFieldView, AnyCanvas) {
  const Stage stage = scene_of_lesson(3);
  for (const Viewport& viewport :
       {Viewport{64, 64, 1}, Viewport{70, 900, 1}, Viewport{900, 70, 2}, Viewport{3840, 2160, 2}}) {
    EXPECT_GT(compose_stage(stage, viewport).records.size(), 10u) << viewport.width;
  }
}

TEST(ReceptiveFieldView, Golden) {
  Stage stage = scene_of_lesson(2);
  stage.apply(session::action::GoTo{60});
  EXPECT_TRUE(matches_golden_text(svg::svg_of(compose_stage(stage), golden_metrics()),
                                  "svg/receptive_field_dilations_60.svg"));
  Stage russian = scene_of_lesson(1, session::Theme::kLight, lesson::Language::kRussian);
  russian.apply(
      session::action::Hover{session::Target{session::TensorRole::kOutput, {0, 0, 2, 3}, 0}});
  EXPECT_TRUE(matches_golden_text(svg::svg_of(compose_stage(russian), golden_metrics()),
                                  "svg/receptive_field_hover_ru.svg"));
}

}  // namespace
}  // namespace convscope::picture
