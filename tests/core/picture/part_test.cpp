// A part of the stage alone as a picture.
#include "core/picture/part.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/picture/display/theme.h"
#include "tests/core/picture/scene_fixture.h"

namespace convscope::picture {
namespace {

Picture part_of(const Stage& stage, Part part, const Viewport& room = {800, 600, 1}) {
  Shown shown =
      shown_of(stage.session, std::make_shared<const derive::Derived>(stage.derived), room);
  shown.viewport = part_viewport(shown, part);
  return compose_part(
      shown, part, lesson::Locale(lesson::Language::kEnglish, files::asset_text("locale/en.json")),
      golden_metrics());
}

bool has(const Stage& stage, Part part) {
  return has_part(shown_of(stage.session, std::make_shared<const derive::Derived>(stage.derived),
                           {800, 600, 1}),
                  part);
}

std::vector<std::string> texts_of(const Picture& picture) {
  std::vector<std::string> texts;
  for (const Record& record : picture.records) {
    if (const auto* text = std::get_if<Text>(&record)) {
      texts.push_back(text->text);
    }
  }
  return texts;
}

std::int64_t count_of(const std::vector<std::string>& texts, const std::string& text) {
  return std::ranges::count(texts, text);
}

TEST(Part, AFilterAloneHasItsNumbersAndNothingElse) {
  const Stage stage("cross-5x5");
  const std::vector<std::string> texts = texts_of(part_of(stage, Part::kFilter));
  EXPECT_EQ(texts.size(), 9U);
  EXPECT_EQ(count_of(texts, "1"), 5);
  EXPECT_EQ(count_of(texts, "0"), 4);
}

TEST(Part, AMapAloneHasTheValuesComputedSoFar) {
  Stage stage("cross-5x5");
  stage.apply(session::action::GoTo{1});
  // The first two of the published map: 4, 3.
  EXPECT_EQ(texts_of(part_of(stage, Part::kMap)), (std::vector<std::string>{"4", "3"}));
  stage.apply(session::action::First{});
  EXPECT_TRUE(texts_of(part_of(stage, Part::kMap)).empty());
}

TEST(Part, AnInputAloneHasTheWeightsInTheCellsUnderTheWindow) {
  Stage stage("cross-5x5");
  stage.apply(session::action::First{});
  EXPECT_EQ(texts_of(part_of(stage, Part::kInput)).size(), 25U);
  stage.apply(session::action::GoTo{4});
  EXPECT_EQ(texts_of(part_of(stage, Part::kInput)).size(), 25U + 9U);
}

TEST(Part, ATensorTakesWholePixelsWithinItsRoomAndKeepsThemFromStepToStep) {
  Stage stage("cross-5x5");
  const Picture wide = part_of(stage, Part::kMap, {1280, 342, 1});
  // 3 cells of 104 pixels and margins of 14.
  EXPECT_EQ(wide.width, 3 * 104 + 28);
  EXPECT_EQ(wide.height, 3 * 104 + 28);
  for (const std::int64_t position : {0, 4, 8}) {
    stage.apply(session::action::GoTo{position});
    const Picture later = part_of(stage, Part::kMap, {1280, 342, 1});
    EXPECT_EQ(later.width, wide.width);
    EXPECT_EQ(later.height, wide.height);
  }
}

TEST(Part, ChannelsStandSideBySideAndKeepTheirDistance) {
  Stage stage("rgb-same");
  stage.apply(session::action::GoTo{0});
  const Picture filter = part_of(stage, Part::kFilter, {1280, 720, 1});
  std::vector<Rect> planes;
  for (const Record& record : filter.records) {
    if (const auto* grid = std::get_if<TensorGrid>(&record)) {
      planes.push_back(grid->rect);
    }
  }
  ASSERT_EQ(planes.size(), 3U);
  for (const Rect& plane : planes) {
    EXPECT_GE(plane.x, 14);
    EXPECT_LE(plane.right(), filter.width - 14);
  }
  EXPECT_GE(planes[1].x, planes[0].right() + 20);
  EXPECT_GE(planes[2].x, planes[1].right() + 20);
}

TEST(Part, EveryLessonsTensorsStayWithinTheirPictures) {
  for (const std::string& id : files::bundled_lesson_ids()) {
    const Stage stage(id);
    for (const Part part : {Part::kInput, Part::kFilter, Part::kMap}) {
      for (const Viewport& room : {Viewport{640, 480, 1}, Viewport{90, 400, 1}}) {
        const Picture picture = part_of(stage, part, room);
        EXPECT_LE(picture.width, room.width);
        EXPECT_LE(picture.height, room.height);
        for (const Record& record : picture.records) {
          if (const auto* box = std::get_if<Box>(&record); box != nullptr && !box->target) {
            EXPECT_GE(box->rect.x, 0) << id;
            EXPECT_LE(box->rect.right(), picture.width + 0.01F) << id;
            EXPECT_LE(box->rect.bottom(), picture.height + 0.01F) << id;
          }
        }
        EXPECT_EQ(picture.records.empty(), !has(stage, part)) << id;
      }
    }
  }
}

TEST(Part, APoolHasNoFilterAndATrainingNoSum) {
  Stage pool("cross-5x5");
  pool.apply(session::action::SetOperator{.op = conv::Op::kMaxPool});
  EXPECT_TRUE(has(pool, Part::kInput));
  EXPECT_TRUE(has(pool, Part::kMap));
  EXPECT_FALSE(has(pool, Part::kFilter));
  EXPECT_TRUE(part_of(pool, Part::kFilter).records.empty());
  Stage descent("cross-5x5");
  descent.apply(session::action::SetView{lesson::View::kDescent});
  for (const Part part : {Part::kSum, Part::kInput, Part::kFilter, Part::kMap}) {
    EXPECT_FALSE(has(descent, part));  // as long as nothing is trained
    EXPECT_TRUE(part_of(descent, part).records.empty());
  }
  EXPECT_TRUE(has(descent, Part::kStage));
  descent.derived =
      derive::derive(session::scene_of(descent.session), {}, {}, /*with_training=*/true);
  EXPECT_FALSE(has(descent, Part::kSum));
  std::vector<std::string> before;
  for (const std::int64_t iteration : {0, 60}) {
    descent.session = session::settle(
        session::update(std::move(descent.session), session::action::GoTo{iteration}));
    EXPECT_EQ(texts_of(part_of(descent, Part::kInput)).size(), 25U);
    EXPECT_EQ(texts_of(part_of(descent, Part::kMap)).size(), 9U);
    const std::vector<std::string> weights = texts_of(part_of(descent, Part::kFilter));
    EXPECT_EQ(weights.size(), 9U);
    EXPECT_NE(weights, before);  // they learn
    before = weights;
  }
}

// The lecture's 2x2 input and a kernel of 3x3: its stamps add up cell by cell.
TEST(Part, StampsHaveTheirTensorsAndTheMapSoFar) {
  Stage stage("transposed");
  stage.apply(session::action::SetTransposedAs{lesson::TransposedAs::kScatterAdd});
  ASSERT_TRUE(session::is_scatter_add(stage.session));
  EXPECT_FALSE(has(stage, Part::kSum));
  const derive::LayerResult layer = stage.derived.layers.front();  // apply() derives it anew
  const auto cells = [](const Shape& shape) { return static_cast<std::size_t>(shape.h * shape.w); };
  stage.apply(session::action::Last{});
  EXPECT_EQ(texts_of(part_of(stage, Part::kInput)).size(), cells(layer.input.shape()));
  EXPECT_EQ(texts_of(part_of(stage, Part::kFilter)).size(), cells(layer.weight.shape()));
  EXPECT_EQ(texts_of(part_of(stage, Part::kMap)).size(), cells(layer.output_shape));
  stage.apply(session::action::GoTo{0});
  std::int64_t empty = 0;
  const Picture map = part_of(stage, Part::kMap);
  for (const Record& record : map.records) {
    const auto* box = std::get_if<Box>(&record);
    empty +=
        box != nullptr && box->target && box->fill == palette_of(session::Theme::kDark).empty_cell;
  }
  EXPECT_EQ(empty,
            static_cast<std::int64_t>(cells(layer.output_shape) - cells(layer.weight.shape())));
}

TEST(Part, TheStageIsThatOfTheWindow) {
  const Stage stage("cross-5x5");
  const Picture whole = compose_stage(stage);
  const Picture part = part_of(stage, Part::kStage, {1280, 720, 1});
  EXPECT_EQ(part.records.size(), whole.records.size());
  EXPECT_EQ(texts_of(part), texts_of(whole));
}

}  // namespace
}  // namespace convscope::picture
