#include "tests/app/panels/panel_bench.h"

namespace convscope {
namespace {

TEST_F(PanelBench, NothingIsAskedForWithoutInput) {
  settle();
  EXPECT_TRUE(emitted_.empty());
}

TEST_F(PanelBench, ClickOnPlayTogglesPlay) {
  // The third of five 32-pixel buttons, two pixels apart, below the scrubber.
  click({layout_.transport.x + 14 + 2 * 34 + 16, layout_.transport.bottom() - 24});
  EXPECT_EQ(emitted<action::TogglePlay>().size(), 1u);
  EXPECT_TRUE(session_.playing);
}

TEST_F(PanelBench, ClickOnAnOutputCellGoesThere) {
  click(cell(TensorRole::kOutput, {0, 0, 1, 2}));
  const auto jumps = emitted<action::GoTo>();
  ASSERT_EQ(jumps.size(), 1u);
  EXPECT_EQ(jumps[0].position, 5);
}

TEST_F(PanelBench, HoverIsToldOnlyWhenItChanges) {
  const Point at = cell(TensorRole::kInput, {0, 0, 2, 3});
  move(at.x, at.y);
  move(at.x + 2, at.y + 1);
  const auto hovers = emitted<action::Hover>();
  ASSERT_EQ(hovers.size(), 1u);
  EXPECT_EQ(hovers[0].target, (Target{TensorRole::kInput, {0, 0, 2, 3}}));
  move(2, 2);
  EXPECT_FALSE(session_.hover);
}

TEST_F(PanelBench, TypingAValueSetsIt) {
  click(cell(TensorRole::kWeight, {0, 0, 0, 1}));
  ASSERT_TRUE(ui_.editor);
  type(U"-2,5");
  press(Key::kEnter);
  const auto values = emitted<action::SetValue>();
  ASSERT_EQ(values.size(), 1u);
  EXPECT_EQ(values[0].value, -2.5f);
  EXPECT_TRUE(values[0].commit);
  EXPECT_FALSE(ui_.editor);
  // The first window is 1 1 1 / 0 1 1 / 0 0 1: 4 of the template and -2.5 times its second cell.
  EXPECT_EQ(derived_.layers[0].output.at({0, 0, 0, 0}), 1.5f);
}

TEST_F(PanelBench, JunkIsRefusedAndEscapeLeaves) {
  click(cell(TensorRole::kInput, {0, 0, 0, 0}));
  type(U"nan");
  press(Key::kEnter);
  ASSERT_TRUE(ui_.editor);
  EXPECT_TRUE(ui_.editor->refused);
  press(Key::kEscape);
  EXPECT_FALSE(ui_.editor);
  EXPECT_TRUE(emitted<action::SetValue>().empty());
}

TEST_F(PanelBench, TabCommitsAndGoesToTheNextCell) {
  click(cell(TensorRole::kInput, {0, 0, 0, 4}));
  type(U"7");
  press(Key::kTab);
  ASSERT_TRUE(ui_.editor);
  EXPECT_EQ(ui_.editor->target, (Target{TensorRole::kInput, {0, 0, 1, 0}}));
  EXPECT_EQ(derived_.layers[0].input.at({0, 0, 0, 4}), 7.0f);
}

TEST_F(PanelBench, KeysAreLettersWhileTyping) {
  click(cell(TensorRole::kInput, {0, 0, 0, 0}));
  press(Key::kL);
  press(Key::kSpace);
  EXPECT_EQ(session_.language, Language::kEnglish);
  EXPECT_TRUE(emitted<action::TogglePlay>().empty());
}

TEST_F(PanelBench, DragUpRaisesAValueAndReleaseCommits) {
  const Point at = cell(TensorRole::kInput, {0, 0, 0, 0});
  move(at.x, at.y);
  button(true);
  move(at.x, at.y - 18);
  button(false);
  EXPECT_EQ(derived_.layers[0].input.at({0, 0, 0, 0}), 4.0f);
  EXPECT_EQ(emitted<action::Commit>().size(), 1u);
  EXPECT_FALSE(ui_.editor);
  session_ = update(session_, action::Undo{});
  EXPECT_EQ(scene_of(session_).input.tensor().at({0, 0, 0, 0}), 1.0f);
}

TEST_F(PanelBench, OnlyCtrlWheelZooms) {
  const Point middle = {layout_.stage.center().x, layout_.stage.center().y};
  move(middle.x, middle.y);
  wheel(1, false);
  EXPECT_TRUE(emitted<action::SetCamera>().empty());
  wheel(1, true);
  ASSERT_EQ(emitted<action::SetCamera>().size(), 1u);
  EXPECT_GT(session_.camera.zoom, 1.0);
  press(Key::k0);
  EXPECT_EQ(session_.camera, Camera{});
}

TEST_F(PanelBench, LettersGoByPlaceAndSignsByCharacter) {
  // On a Russian layout the key of L types д, and ? comes as a character from another key.
  press(Key::kL);
  type(U"д");
  EXPECT_EQ(session_.language, Language::kRussian);
  type(U"?");
  EXPECT_TRUE(ui_.help_open);
  press(Key::kEscape);
  EXPECT_FALSE(ui_.help_open);
  type(U"+");
  EXPECT_GT(session_.camera.zoom, 1.0);
}

TEST_F(PanelBench, ClicksWorkAgainAfterHelp) {
  press(Key::kF1);
  press(Key::kEscape);
  click(cell(TensorRole::kOutput, {0, 0, 0, 1}));
  EXPECT_EQ(emitted<action::GoTo>().size(), 1u);
}

TEST_F(PanelBench, WhatIsNotYetThereSaysSo) {
  press(Key::kF5);
  ASSERT_TRUE(session_.notice);
  EXPECT_EQ(session_.notice->code, "not_yet");
  press(Key::kEscape);
  EXPECT_FALSE(session_.notice);
}

TEST_F(PanelBench, ClickOnALessonOpensIt) {
  EXPECT_FALSE(layout_.lessons);  // the stage has the room until M asks for the list
  press(Key::kM);
  ASSERT_TRUE(layout_.lessons);
  click({layout_.lessons->x + 60, layout_.lessons->y + 30});
  const auto opened = emitted<action::Open>();
  ASSERT_EQ(opened.size(), 1u);
  EXPECT_EQ(opened[0].what, "photo-edges");
}

TEST_F(PanelBench, SaveAsksBeforeItReplaces) {
  press(Key::kS, {.ctrl = true});
  ui_.files.wanted.reset();
  ui_.files.folder = "/lessons";
  ui_.files.entries = {{"cross.json", false}};
  settle();
  press(Key::kEnter);
  EXPECT_TRUE(ui_.files.overwrite_asked);
  EXPECT_TRUE(emitted<action::Save>().empty());
}

TEST_F(PanelBench, EveryPanelDrawsInATinyWindow) {
  ImGui::GetIO().DisplaySize = {1, 1};
  const Layout layout = layout_of(1, 1, 1, 1.6f, {true, true});
  for (const Rect& rect : {layout.stage, layout.transport, *layout.lessons, *layout.inspector}) {
    EXPECT_GE(rect.w, 0);
    EXPECT_GE(rect.h, 0);
  }
  settle();
}

}  // namespace
}  // namespace convscope
