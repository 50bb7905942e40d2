// What the pointer does on the stage: grips, panning, the brush, pinning, the minimap.
#include "app/panels/stage/brush.h"
#include "app/panels/stage/stage_camera.h"
#include "core/lesson/blank.h"
#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

using session::TensorRole;

class StageBenchTest : public PanelBench {
 protected:
  void open(lesson::Lesson lesson) {
    session_ =
        session::open_session(std::move(lesson), session::Theme::kDark, lesson::Language::kEnglish);
    settle();
  }
  void drag(picture::Point from, std::initializer_list<picture::Point> way, int which = 0) {
    move(from.x, from.y);
    button(true, which);
    for (const picture::Point& point : way) {
      move(point.x, point.y);
    }
    button(false, which);
  }
  float input(std::int64_t y, std::int64_t x, std::int64_t c = 0) const {
    return session::scene_of(session_).input.tensor().at({0, c, y, x});
  }
  void zoom_in(TensorRole role, const Index& at, int notches) {
    const picture::Point point = cell(role, at);
    move(point.x, point.y);
    for (int i = 0; i < notches; ++i) {
      wheel(1, true);
    }
  }
};

TEST_F(StageBenchTest, ADragOnACellChangesNothingButOnItsGripItDoes) {
  const picture::Point middle = cell(TensorRole::kWeight, {0, 0, 0, 1});
  drag(middle, {{middle.x, middle.y - 18}});
  EXPECT_TRUE(emitted<session::action::SetValue>().empty());
  const picture::Point held = grip(TensorRole::kWeight, {0, 0, 0, 1});
  drag(held, {{held.x, held.y - 18}});
  EXPECT_EQ(derived_.layers[0].weight.at({0, 0, 0, 1}), 3.0f);
  EXPECT_FALSE(ui_.editor);
}

TEST_F(StageBenchTest, AClickOnTheGripStillTypes) {
  click(grip(TensorRole::kWeight, {0, 0, 0, 1}));
  EXPECT_TRUE(ui_.editor);
}

TEST_F(StageBenchTest, ADragOverTheInputMovesTheWindow) {
  drag(cell(TensorRole::kInput, {0, 0, 1, 1}), {cell(TensorRole::kInput, {0, 0, 3, 2})});
  const auto placed = emitted<session::action::PlaceWindow>();
  ASSERT_EQ(placed.size(), 1u);
  EXPECT_EQ(placed[0].at, (Index{0, 0, 3, 2}));
  EXPECT_TRUE(emitted<session::action::SetValue>().empty());
}

TEST_F(StageBenchTest, ZoomedInADragPansWhereverItBegins) {
  zoom_in(TensorRole::kWeight, {0, 0, 1, 1}, 4);
  const session::Camera before = session_.look.camera;
  const picture::Point middle = cell(TensorRole::kWeight, {0, 0, 1, 1});
  drag(middle, {{middle.x + 40, middle.y - 30}});
  const float height = camera_area(picture_).h;
  EXPECT_NEAR(session_.look.camera.pan_x - before.pan_x, 40 / height, 1e-6);
  EXPECT_NEAR(session_.look.camera.pan_y - before.pan_y, -30 / height, 1e-6);
  EXPECT_TRUE(emitted<session::action::SetValue>().empty());
  EXPECT_TRUE(emitted<session::action::GoTo>().empty());
}

TEST_F(StageBenchTest, WhatThePointerIsOnStaysThereWhenZoomedByWheelAndByKey) {
  const picture::Point before = cell(TensorRole::kInput, {0, 0, 4, 4});
  zoom_in(TensorRole::kInput, {0, 0, 4, 4}, 3);
  type(U"+");
  const picture::Point now = cell(TensorRole::kInput, {0, 0, 4, 4});
  EXPECT_NEAR(now.x, before.x, 0.5);
  EXPECT_NEAR(now.y, before.y, 0.5);
  EXPECT_GT(session_.look.camera.zoom, 2);
}

TEST_F(StageBenchTest, OneCellCanFillTheStage) {
  zoom_in(TensorRole::kInput, {0, 0, 2, 2}, 60);
  const auto rect = picture::target_rect(picture_, {TensorRole::kInput, {0, 0, 2, 2}});
  ASSERT_TRUE(rect);
  EXPECT_GE(rect->h, camera_area(picture_).h);
}

TEST_F(StageBenchTest, TheMinimapShowsWhenZoomedInAndLeadsThere) {
  EXPECT_FALSE(ImGui::FindWindowByName("minimap") && ImGui::FindWindowByName("minimap")->Active);
  zoom_in(TensorRole::kInput, {0, 0, 0, 0}, 6);
  const ImGuiWindow* map = ImGui::FindWindowByName("minimap");
  ASSERT_TRUE(map && map->Active);
  // Its middle is the middle of the stage.
  click({map->Pos.x + map->Size.x / 2, map->Pos.y + map->Size.y / 2});
  EXPECT_NEAR(session_.look.camera.pan_x, 0, 0.1);
  EXPECT_NEAR(session_.look.camera.pan_y, 0, 0.1);
  EXPECT_GT(session_.look.camera.zoom, 2);
}

TEST_F(StageBenchTest, TheBrushPaintsAStrokeThatIsOneStepOfUndo) {
  open(lesson::blank_lesson({}, {}));
  press(Key::kD);
  drag(cell(TensorRole::kInput, {0, 0, 2, 1}),
       {cell(TensorRole::kInput, {0, 0, 2, 3}), cell(TensorRole::kInput, {0, 0, 5, 3})});
  for (const auto& [y, x] : {std::pair{2, 1}, {2, 2}, {2, 3}, {3, 3}, {4, 3}, {5, 3}}) {
    EXPECT_EQ(input(y, x), 1) << y << " " << x;
  }
  EXPECT_EQ(input(3, 1), 0);
  EXPECT_EQ(session_.document.history->past.size(), 1u);
  EXPECT_FALSE(ui_.editor);
  press(Key::kZ, {.ctrl = true});
  EXPECT_EQ(input(2, 2), 0);
}

TEST_F(StageBenchTest, AClickPaintsAndTheEraserPaintsZero) {
  press(Key::kD);
  ui_.brush.value = 7;
  click(cell(TensorRole::kInput, {0, 0, 4, 0}));
  EXPECT_EQ(input(4, 0), 7);
  press(Key::kE);
  click(cell(TensorRole::kInput, {0, 0, 4, 0}));
  click(cell(TensorRole::kWeight, {0, 0, 1, 1}));
  EXPECT_EQ(input(4, 0), 0);
  EXPECT_EQ(derived_.layers[0].weight.at({0, 0, 1, 1}), 0);
  press(Key::kEscape);
  EXPECT_FALSE(ui_.brush.in_hand());
}

TEST_F(StageBenchTest, AFilterIsPaintedToo) {
  press(Key::kD);
  drag(cell(TensorRole::kWeight, {0, 0, 0, 0}), {cell(TensorRole::kWeight, {0, 0, 0, 2})});
  EXPECT_EQ(derived_.layers[0].weight.at({0, 0, 0, 1}), 1);
}

TEST_F(StageBenchTest, OneChannelOrAllOfThem) {
  open(lesson::blank_lesson({.size = 6, .channels = 3}, {}));
  press(Key::kD);
  click(cell(TensorRole::kInput, {0, 1, 2, 2}));
  EXPECT_EQ(input(2, 2, 0), 0);
  EXPECT_EQ(input(2, 2, 1), 1);
  ui_.brush.all_channels = true;
  click(cell(TensorRole::kInput, {0, 1, 3, 3}));
  for (const int channel : {0, 1, 2}) {
    EXPECT_EQ(input(3, 3, channel), 1);
  }
}

// A photo: its three channels are one picture, whose white is 255.
TEST_F(StageBenchTest, APhotoIsPaintedInAllChannelsWithItsWhite) {
  lesson::Lesson lesson = lesson::blank_lesson({.size = 200, .channels = 3}, {});
  lesson.scenes[0].change([](lesson::Scene& scene) {
    std::vector<float> values(3 * 200 * 200, 40);
    values[0] = 255;
    scene.input.base = Tensor({1, 3, 200, 200}, std::move(values));
    scene.colors = lesson::InputColors::kRgb;
  });
  open(std::move(lesson));
  press(Key::kD);
  click(cell(TensorRole::kInput, {0, 0, 100, 100}));
  const auto paints = emitted<session::action::Paint>();
  ASSERT_EQ(paints.size(), 1u);
  EXPECT_EQ(paints[0].value, 255);
  EXPECT_GT(paints[0].size, 1);
  const Index at = paints[0].target.at;
  for (const int channel : {0, 1, 2}) {
    EXPECT_EQ(input(at.y, at.x, channel), 255);
  }
}

TEST_F(StageBenchTest, TheBrushGrowsAndShrinksByKey) {
  press(Key::kD);
  EXPECT_EQ(ui_.brush.size, std::nullopt);
  type(U".");
  type(U".");
  EXPECT_EQ(ui_.brush.size, 3);
  type(U",");
  EXPECT_EQ(ui_.brush.size, 2);
}

TEST_F(StageBenchTest, DrawADigitGivesABlankSheetAndABrush) {
  session::Actions actions;
  run_command(Command::kDrawDigit, context(actions));
  ASSERT_EQ(actions.size(), 1u);
  const auto& opened = std::get<session::action::Opened>(actions[0]);
  EXPECT_EQ(opened.lesson.scenes[0]->input.base.shape(), (Shape{1, 1, 28, 28}));
  EXPECT_EQ(ui_.brush.tool, Brush::Tool::kBrush);
  open(opened.lesson);
  click(cell(TensorRole::kInput, {0, 0, 10, 10}));
  EXPECT_EQ(input(10, 10), 1);
  EXPECT_EQ(input(11, 11), 1);  // as wide as a pen on so many cells
}

TEST_F(StageBenchTest, ARightClickPinsUntilTheNextOne) {
  const session::Target target{TensorRole::kOutput, {0, 0, 1, 1}};
  const picture::Point point = cell(target.tensor, target.at);
  move(point.x, point.y);
  button(true, 1);
  button(false, 1);
  EXPECT_EQ(session_.transient.pin, target);
  move(2, 2);
  EXPECT_FALSE(session_.transient.hover);
  const auto derived = std::make_shared<const derive::Derived>(derived_);
  EXPECT_EQ(picture::shown_of(session_, derived, {}).session.transient.hover, target);
  move(point.x, point.y);
  button(true, 1);
  button(false, 1);
  EXPECT_FALSE(session_.transient.pin);
  EXPECT_TRUE(emitted<session::action::GoTo>().empty());
}

}  // namespace
}  // namespace convscope::panels
