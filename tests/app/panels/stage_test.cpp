// What the pointer does on the stage: grips, panning, the brush, pinning, the minimap.
#include "app/panels/inspector/map_statistics.h"
#include "app/panels/stage/brush.h"
#include "app/panels/stage/loupe.h"
#include "app/panels/stage/stage_camera.h"
#include "core/lesson/build/blank.h"
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
  const auto& opened = *actions[0].as<session::action::Opened>();
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

// A photo in three colours, whose left half is dark.
lesson::Lesson photo_lesson() {
  constexpr std::int64_t kSide = 200;
  lesson::Lesson lesson = lesson::blank_lesson({.size = kSide, .channels = 3}, {});
  lesson.scenes[0].change([](lesson::Scene& scene) {
    std::vector<float> values;
    for (std::int64_t i = 0; i < 3 * kSide * kSide; ++i) {
      values.push_back(i % kSide < kSide / 2 ? 20.0f : 200.0f);
    }
    scene.input.base = Tensor({1, 3, kSide, kSide}, std::move(values));
    scene.colors = lesson::InputColors::kRgb;
  });
  return lesson;
}

// The lecture's map is 4 3 4 / 2 4 3 / 2 3 4.
TEST_F(StageBenchTest, AKeyGoesToTheLargestValueOfTheMapAndToTheSmallest) {
  press(Key::kDown, {.shift = true});
  press(Key::kUp, {.shift = true});
  const auto jumps = emitted<session::action::GoTo>();
  ASSERT_EQ(jumps.size(), 2u);
  EXPECT_EQ(jumps[0].position, 3);
  EXPECT_EQ(jumps[1].position, 0);
}

TEST_F(StageBenchTest, TheInspectorKnowsTheValuesOfInputAndMap) {
  ui_.building.tab = InspectorTab::kMap;
  settle();
  ASSERT_TRUE(ui_.statistics);
  EXPECT_EQ(ui_.statistics->of_map.low, 2);
  EXPECT_EQ(ui_.statistics->of_map.high, 4);
  EXPECT_NEAR(ui_.statistics->of_map.mean, 29.0 / 9, 1e-9);
  session_ = session::update(
      session_, session::action::SetValue{{session::TensorRole::kWeight, {0, 0, 1, 1}}, 5});
  settle();
  EXPECT_EQ(ui_.statistics->of_map.high, 8);
}

TEST_F(StageBenchTest, AHeldKeyShowsTheLessonsNumbersUntilItIsLetGo) {
  const auto hold = [&](bool down) {
    InputEvent event;
    event.kind = InputEvent::Kind::kKey;
    event.key = Key::kO;
    event.down = down;
    input_.push(event);
    settle();
  };
  hold(true);
  hold(false);
  session_ = session::update(
      session_, session::action::SetValue{{session::TensorRole::kInput, {0, 0, 0, 0}}, 9});
  settle();
  hold(true);
  EXPECT_TRUE(session_.transient.flipped);
  // What is shown is not the document's: it can't be changed there.
  click(cell(TensorRole::kInput, {0, 0, 0, 0}));
  EXPECT_FALSE(ui_.editor);
  hold(false);
  EXPECT_FALSE(session_.transient.flipped);
  EXPECT_EQ(session_.document.history->past.size(), 1u);
}

TEST_F(StageBenchTest, OfTwoScenesOnlyTheFirstIsPointedAt) {
  session::Actions actions;
  run_command(Command::kCompareStride, context(actions));
  ASSERT_EQ(actions.size(), 1u);
  session_ = session::update(session_, actions[0]);
  settle();
  ASSERT_TRUE(picture_.first_width);
  move(layout_.stage.x + *picture_.first_width + 60, layout_.stage.center().y);
  EXPECT_FALSE(session_.transient.hover);
  const auto first = picture::hit(picture_, {60, picture_.height / 2});
  move(layout_.stage.x + 60, layout_.stage.y + picture_.height / 2);
  EXPECT_EQ(session_.transient.hover, first);
}

TEST_F(StageBenchTest, TheMenuOfTheToolsComparesAndEndsIt) {
  const ImGuiWindow* tools = ImGui::FindWindowByName("tools");
  ASSERT_TRUE(tools && tools->Active);
  const picture::Point button_at = {tools->Pos.x + tools->Size.x - 18,
                                    tools->Pos.y + tools->Size.y / 2};
  const auto choose_first = [&] {
    click(button_at);
    ASSERT_FALSE(ImGui::GetCurrentContext()->OpenPopupStack.empty());
    const ImGuiWindow* menu = ImGui::GetCurrentContext()->OpenPopupStack[0].Window;
    ASSERT_TRUE(menu);
    const ImGuiStyle& style = ImGui::GetStyle();
    click({menu->Pos.x + 40, menu->Pos.y + style.WindowPadding.y + ImGui::GetFontSize() / 2});
  };
  choose_first();
  EXPECT_EQ(session_.look.comparison, session::Comparison::kStride);
  EXPECT_TRUE(ImGui::GetCurrentContext()->OpenPopupStack.empty());
}

TEST_F(StageBenchTest, ASettingThatMakesNoDifferenceIsNotOffered) {
  session::Actions none;
  EXPECT_FALSE(is_enabled(Command::kComparePadding, context(none)));  // there is no padding
  EXPECT_FALSE(is_enabled(Command::kCompareLesson, context(none)));
  EXPECT_FALSE(is_enabled(Command::kCompareBefore, context(none)));
  EXPECT_FALSE(is_enabled(Command::kCompareNone, context(none)));
  EXPECT_TRUE(is_enabled(Command::kCompareStride, context(none)));
  session_ = session::update(
      session_, session::action::SetValue{{session::TensorRole::kInput, {0, 0, 0, 0}}, 9});
  EXPECT_TRUE(is_enabled(Command::kCompareLesson, context(none)));
  EXPECT_TRUE(is_enabled(Command::kCompareBefore, context(none)));
}

TEST_F(StageBenchTest, APhotoIsSplitFromItsMapByASlider) {
  open(photo_lesson());
  press(Key::kS);
  EXPECT_EQ(session_.look.split, 0.5);
  const ImGuiWindow* slider = ImGui::FindWindowByName("split");
  ASSERT_TRUE(slider && slider->Active);
  const picture::Point knob = {slider->Pos.x + slider->Size.x / 2,
                               slider->Pos.y + slider->Size.y / 2};
  const float width = picture_.split_area->w;
  drag(knob, {{knob.x + 0.25f * width, knob.y}});
  EXPECT_NEAR(*session_.look.split, 0.75, 0.01);
  EXPECT_TRUE(emitted<session::action::SetCamera>().empty());
  press(Key::kS);
  EXPECT_FALSE(session_.look.split);
}

TEST_F(StageBenchTest, CellsHaveNoSlider) {
  press(Key::kS);
  const ImGuiWindow* slider = ImGui::FindWindowByName("split");
  EXPECT_FALSE(slider && slider->Active);
}

TEST_F(StageBenchTest, TheLoupeShowsTheCellsAroundThePointer) {
  open(photo_lesson());
  const picture::Point point = cell(TensorRole::kInput, {0, 0, 100, 100});
  move(point.x, point.y);
  const auto drawn = [] { return ImGui::FindWindowByName("stage")->DrawList->VtxBuffer.Size; };
  const int without = drawn();
  press(Key::kZ);
  EXPECT_GT(drawn(), without + 49 * 4);
  move(2, 2);
  EXPECT_LT(drawn(), without + 49);
}

TEST_F(StageBenchTest, EscapePutsTheBrushAwayThenUnpins) {
  session_ = session::update(
      session_, session::action::Pin{session::Target{TensorRole::kOutput, {0, 0, 1, 1}}});
  press(Key::kD);
  press(Key::kEscape);
  EXPECT_FALSE(ui_.brush.in_hand());
  EXPECT_TRUE(session_.transient.pin);
  press(Key::kEscape);
  EXPECT_FALSE(session_.transient.pin);
}

// At 1280x720 there is room for it neither above nor below some points.
TEST(Loupe, StaysOnTheStageAndOffThePointer) {
  constexpr picture::Rect kArea = {100, 46, 976, 596};
  constexpr float kSide = 322;
  for (float y = 0; y <= kArea.h; y += 4) {
    for (float x = 0; x <= kArea.w; x += 4) {
      const picture::Rect place = loupe_place(kArea, {x, y}, kSide, 18);
      EXPECT_GE(place.x, kArea.x);
      EXPECT_GE(place.y, kArea.y);
      EXPECT_LE(place.right(), kArea.right());
      EXPECT_LE(place.bottom(), kArea.bottom());
      EXPECT_FALSE(place.contains({kArea.x + x, kArea.y + y})) << x << " " << y;
    }
  }
}

TEST_F(StageBenchTest, ValueAndSizeOfTheBrushStandBesideTheTools) {
  press(Key::kD);
  const ImGuiWindow* tools = ImGui::FindWindowByName("tools");
  ASSERT_TRUE(tools && tools->Active);
  click({tools->Pos.x + 30, tools->Pos.y + tools->Size.y / 2});
  press(Key::kA, {.ctrl = true});
  type(U"-1/2");
  press(Key::kEnter);
  EXPECT_EQ(ui_.brush.value, -0.5f);
  click(cell(TensorRole::kInput, {0, 0, 4, 4}));
  EXPECT_EQ(input(4, 4), -0.5f);
}

}  // namespace
}  // namespace convscope::panels
