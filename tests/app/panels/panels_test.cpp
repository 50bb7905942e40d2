#include "app/panels/dialogs/file_rows.h"
#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

TEST_F(PanelBench, NothingIsEmittedWithoutInput) {
  settle();
  EXPECT_TRUE(emitted_.empty());
}

TEST_F(PanelBench, ClickOnPlayTogglesPlay) {
  // The third of five 32-pixel buttons, two pixels apart, below the scrubber.
  click({layout_.transport.x + 14 + 2 * 34 + 16, layout_.transport.bottom() - 24});
  EXPECT_EQ(emitted<session::action::TogglePlay>().size(), 1u);
  EXPECT_TRUE(session_.clock.playing);
}

TEST_F(PanelBench, ClickOnAnOutputCellGoesThere) {
  click(cell(session::TensorRole::kOutput, {0, 0, 1, 2}));
  const auto jumps = emitted<session::action::GoTo>();
  ASSERT_EQ(jumps.size(), 1u);
  EXPECT_EQ(jumps[0].position, 5);
}

TEST_F(PanelBench, HoverIsEmittedOnlyWhenItChanges) {
  const picture::Point at = cell(session::TensorRole::kInput, {0, 0, 2, 3});
  move(at.x, at.y);
  move(at.x + 2, at.y + 1);
  const auto hovers = emitted<session::action::Hover>();
  ASSERT_EQ(hovers.size(), 1u);
  EXPECT_EQ(hovers[0].target, (session::Target{session::TensorRole::kInput, {0, 0, 2, 3}}));
  move(2, 2);
  EXPECT_FALSE(session_.transient.hover);
}

TEST_F(PanelBench, TypingAValueSetsIt) {
  click(cell(session::TensorRole::kWeight, {0, 0, 0, 1}));
  ASSERT_TRUE(ui_.editor);
  type(U"-2,5");
  press(Key::kEnter);
  const auto values = emitted<session::action::SetValue>();
  ASSERT_EQ(values.size(), 1u);
  EXPECT_EQ(values[0].value, -2.5f);
  EXPECT_TRUE(values[0].commit);
  EXPECT_FALSE(ui_.editor);
  // The first window is 1 1 1 / 0 1 1 / 0 0 1: 4 from the template and -2.5 times its second cell.
  EXPECT_EQ(derived_.layers[0].output.at({0, 0, 0, 0}), 1.5f);
}

TEST_F(PanelBench, JunkIsRefusedAndEscapeLeaves) {
  click(cell(session::TensorRole::kInput, {0, 0, 0, 0}));
  type(U"nan");
  press(Key::kEnter);
  ASSERT_TRUE(ui_.editor);
  EXPECT_EQ(ui_.editor->refusal, "panel.not_a_number");
  press(Key::kEscape);
  EXPECT_FALSE(ui_.editor);
  EXPECT_TRUE(emitted<session::action::SetValue>().empty());
}

TEST_F(PanelBench, TabCommitsAndGoesToTheNextCell) {
  click(cell(session::TensorRole::kInput, {0, 0, 0, 4}));
  type(U"7");
  press(Key::kTab);
  ASSERT_TRUE(ui_.editor);
  EXPECT_EQ(ui_.editor->target, (session::Target{session::TensorRole::kInput, {0, 0, 1, 0}}));
  EXPECT_EQ(derived_.layers[0].input.at({0, 0, 0, 4}), 7.0f);
}

TEST_F(PanelBench, AfterTabTheNextCellsOwnValueIsTypedOver) {
  click(cell(session::TensorRole::kInput, {0, 0, 0, 0}));
  type(U"7");
  press(Key::kTab);
  ASSERT_TRUE(ui_.editor);
  EXPECT_EQ(ui_.editor->text, "1");
  type(U"8");
  press(Key::kEnter);
  EXPECT_EQ(derived_.layers[0].input.at({0, 0, 0, 0}), 7.0f);
  EXPECT_EQ(derived_.layers[0].input.at({0, 0, 0, 1}), 8.0f);
  press(Key::kZ, {.ctrl = true});
  EXPECT_EQ(derived_.layers[0].input.at({0, 0, 0, 1}), 1.0f);
  EXPECT_EQ(derived_.layers[0].input.at({0, 0, 0, 0}), 7.0f);
}

TEST_F(PanelBench, InfinityAndNumbersThatAreTooLargeAreRefused) {
  for (const std::u32string_view junk : {U"inf", U"1e99", U"-1e40", U"1/0", U"2 3 x"}) {
    click(cell(session::TensorRole::kWeight, {0, 0, 1, 1}));
    type(junk);
    press(Key::kEnter);
    ASSERT_TRUE(ui_.editor);
    EXPECT_TRUE(ui_.editor->refusal);
    press(Key::kEscape);
    EXPECT_FALSE(ui_.editor);
  }
  EXPECT_TRUE(session_.document.history->past.empty());
}

TEST_F(PanelBench, KeysAreLettersWhileTyping) {
  click(cell(session::TensorRole::kInput, {0, 0, 0, 0}));
  press(Key::kL);
  press(Key::kSpace);
  EXPECT_EQ(session_.look.language, lesson::Language::kEnglish);
  EXPECT_TRUE(emitted<session::action::TogglePlay>().empty());
}

TEST_F(PanelBench, DragUpRaisesAValueAndReleaseCommits) {
  const picture::Point at = grip(session::TensorRole::kInput, {0, 0, 0, 0});
  move(at.x, at.y);
  button(true);
  move(at.x, at.y - 18);
  button(false);
  EXPECT_EQ(derived_.layers[0].input.at({0, 0, 0, 0}), 4.0f);
  EXPECT_EQ(emitted<session::action::Commit>().size(), 1u);
  EXPECT_FALSE(ui_.editor);
  session_ = session::update(session_, session::action::Undo{});
  EXPECT_EQ(session::scene_of(session_).input.tensor().at({0, 0, 0, 0}), 1.0f);
}

// The button appears during the drag, which continues.
TEST_F(PanelBench, ChangedNumbersShowAButtonThatRestoresThem) {
  lesson::Lesson lesson = cross_lesson();
  lesson.scenes[0].change(
      [](lesson::Scene& scene) { scene.narration = {{-1, {{{"en", "Five ones."}}}}}; });
  session_ =
      session::open_session(std::move(lesson), session::Theme::kDark, lesson::Language::kEnglish);
  settle();
  ASSERT_FALSE(picture_.reset_area);
  const picture::Point at = grip(session::TensorRole::kWeight, {0, 0, 2, 2});
  move(at.x, at.y);
  button(true);
  for (const float up : {12.0f, 24.0f, 36.0f}) {
    move(at.x, at.y - up);
  }
  EXPECT_TRUE(emitted<session::action::Commit>().empty());
  button(false);
  EXPECT_EQ(derived_.layers[0].weight.at({0, 0, 2, 2}), 7.0f);
  ASSERT_TRUE(picture_.reset_area);
  const picture::Point middle = picture_.reset_area->center();
  click({layout_.stage.x + middle.x, layout_.stage.y + middle.y});
  EXPECT_EQ(emitted<session::action::ResetScene>().size(), 1u);
  EXPECT_EQ(derived_.layers[0].weight.at({0, 0, 2, 2}), 1.0f);
  EXPECT_FALSE(picture_.reset_area);
}

TEST_F(PanelBench, UndoNamesWhatItUndoes) {
  const auto tip = [this](Command command) {
    session::Actions none;
    return command_tip(context(none), command);
  };
  EXPECT_EQ(tip(Command::kUndo), "undo   Ctrl+Z");
  session_ = session::update(
      session_, session::action::SetValue{{session::TensorRole::kInput, {0, 0, 1, 1}}, 5});
  session_ = session::update(
      session_, session::action::SetValue{{session::TensorRole::kWeight, {0, 0, 1, 1}}, 5});
  EXPECT_EQ(tip(Command::kUndo), "undo: change a weight   Ctrl+Z");
  press(Key::kZ, {.ctrl = true});
  EXPECT_EQ(tip(Command::kUndo), "undo: paint input   Ctrl+Z");
  EXPECT_EQ(tip(Command::kRedo), "redo: change a weight   Ctrl+Shift+Z, Ctrl+Y");
  EXPECT_EQ(session_.transient.notice, (Problem{"undone", "", {{"change", "change a weight"}}}));
  press(Key::kY, {.ctrl = true});
  EXPECT_EQ(session_.transient.notice, (Problem{"redone", "", {{"change", "change a weight"}}}));
  // Invalid settings are undone first.
  session_.transient.draft = session::Draft{};
  EXPECT_EQ(tip(Command::kUndo), "undo: refused settings   Ctrl+Z");
}

TEST_F(PanelBench, TheExportDialogNamesItsFormats) {
  open_file_dialog(ui_.files, FileDialog::Mode::kExport, "/lessons", "cross");
  session::Actions none;
  EXPECT_EQ(file_dialog_title(context(none)), "Export (.png, .svg)");
}

TEST_F(PanelBench, ALongDragIsOneStepOfUndo) {
  const picture::Point at = grip(session::TensorRole::kWeight, {0, 0, 2, 2});
  move(at.x, at.y);
  button(true);
  for (const float up : {12.0f, 24.0f, 36.0f, 30.0f}) {
    move(at.x, at.y - up);
  }
  EXPECT_EQ(derived_.layers[0].weight.at({0, 0, 2, 2}), 6.0f);
  button(false);
  EXPECT_GE(emitted<session::action::SetValue>().size(), 4u);
  EXPECT_EQ(session_.document.history->past.size(), 1u);
  press(Key::kZ, {.ctrl = true});
  EXPECT_EQ(derived_.layers[0].weight.at({0, 0, 2, 2}), 1.0f);
  press(Key::kZ, {.ctrl = true, .shift = true});
  EXPECT_EQ(derived_.layers[0].weight.at({0, 0, 2, 2}), 6.0f);
}

TEST_F(PanelBench, AnImpossibleKernelIsADraftAndBackDropsIt) {
  type_setting("kernel_size", U"9");
  ASSERT_TRUE(session_.transient.draft);
  EXPECT_EQ(session_.transient.draft->spec.kernel_size.h, 9);
  EXPECT_EQ(session_.transient.draft->problems[0].field, "kernel_size");
  EXPECT_EQ(session::layer_of(session_).spec.kernel_size, (conv::Size2{3, 3}));
  EXPECT_EQ(derived_.layers[0].output_shape, (Shape{1, 1, 3, 3}));
  press(Key::kEscape);
  EXPECT_FALSE(session_.transient.draft);
}

TEST_F(PanelBench, TypingASettingIsOneStepAndKeepsTheWeights) {
  // "1" on the way to "15" must not cut the filter down for good, nor "15" itself stay.
  type_setting("kernel_size", U"15");
  ASSERT_TRUE(session_.transient.draft);
  type_setting("kernel_size", U"3");
  EXPECT_FALSE(session_.transient.draft);
  EXPECT_EQ(derived_.layers[0].weight.at({0, 0, 2, 2}), 1.0f);
  type_setting("stride", U"2");
  EXPECT_EQ(derived_.layers[0].output_shape, (Shape{1, 1, 2, 3}));
  press(Key::kZ, {.ctrl = true});
  EXPECT_EQ(derived_.layers[0].output_shape, (Shape{1, 1, 3, 3}));
}

TEST_F(PanelBench, OnlyCtrlWheelZooms) {
  const picture::Point middle = {layout_.stage.center().x, layout_.stage.center().y};
  move(middle.x, middle.y);
  wheel(1, false);
  EXPECT_TRUE(emitted<session::action::SetCamera>().empty());
  wheel(1, true);
  ASSERT_EQ(emitted<session::action::SetCamera>().size(), 1u);
  EXPECT_GT(session_.look.camera.zoom, 1.0);
  press(Key::k0);
  EXPECT_EQ(session_.look.camera, session::Camera{});
}

TEST_F(PanelBench, LettersAreMatchedByPositionAndSignsByCharacter) {
  // On a Russian layout the key of L types д, and ? comes as a character from another key.
  press(Key::kL);
  type(U"д");
  EXPECT_EQ(session_.look.language, lesson::Language::kRussian);
  type(U"?");
  EXPECT_TRUE(ui_.help_open);
  press(Key::kEscape);
  EXPECT_FALSE(ui_.help_open);
  type(U"+");
  EXPECT_GT(session_.look.camera.zoom, 1.0);
}

TEST_F(PanelBench, ClicksWorkAgainAfterHelp) {
  press(Key::kF1);
  press(Key::kEscape);
  click(cell(session::TensorRole::kOutput, {0, 0, 0, 1}));
  EXPECT_EQ(emitted<session::action::GoTo>().size(), 1u);
}

TEST_F(PanelBench, ClickOnALessonOpensIt) {
  EXPECT_FALSE(layout_.lessons);  // hidden until M asks for the list
  press(Key::kM);
  ASSERT_TRUE(layout_.lessons);
  click({layout_.lessons->x + 60, layout_.lessons->y + 30});
  const auto opened = emitted<session::action::Open>();
  ASSERT_EQ(opened.size(), 1u);
  EXPECT_EQ(opened[0].what, "photo-edges");
}

TEST_F(PanelBench, SaveKnowsTheFileItCameFrom) {
  path_ = "/lessons/mine.json";
  press(Key::kS, {.ctrl = true});
  ASSERT_TRUE(ui_.write);  // the front end first asks whether another program changed the file
  EXPECT_EQ(ui_.write->kind, FileWrite::Kind::kLesson);
  EXPECT_EQ(ui_.write->path, "/lessons/mine.json");
  EXPECT_EQ(ui_.files.mode, FileDialog::Mode::kClosed);
  press(Key::kS, {.ctrl = true, .shift = true});
  EXPECT_EQ(ui_.files.mode, FileDialog::Mode::kSave);
}

TEST_F(PanelBench, TextIsPastedIntoAField) {
  widgets::Clipboard clipboard{.read = [] { return std::string("42"); },
                               .write = [](const std::string&) {}};
  widgets::connect_clipboard(clipboard);
  click(cell(session::TensorRole::kInput, {0, 0, 0, 0}));
  press(Key::kV, {.ctrl = true});
  press(Key::kEnter);
  EXPECT_EQ(derived_.layers[0].input.at({0, 0, 0, 0}), 42.0f);
}

TEST(TipClock, ShowsAfterARestUntilPressed) {
  widgets::TipClock clock;
  const picture::Point button = {10, 10};
  const auto frame = [&](double seconds, bool pressed) {
    clock.begin_frame(seconds);
    const bool shown = clock.shows(button);
    clock.end_frame(pressed);
    return shown;
  };
  EXPECT_FALSE(frame(60, false));  // time before it was pointed at does not count
  ASSERT_TRUE(clock.due_in());
  EXPECT_FALSE(frame(*clock.due_in() / 2, false));
  EXPECT_TRUE(frame(*clock.due_in(), false));
  EXPECT_TRUE(clock.due_in());  // to remove it again
  frame(0.1, true);
  EXPECT_FALSE(frame(60, false));
  EXPECT_FALSE(clock.due_in());
}

TEST_F(PanelBench, EveryPanelDrawsInATinyWindow) {
  ImGui::GetIO().DisplaySize = {1, 1};
  const Layout layout = layout_of(1, 1, 1, 1.6f, {true, true});
  for (const picture::Rect& rect :
       {layout.stage, layout.transport, *layout.lessons, *layout.inspector}) {
    EXPECT_GE(rect.w, 0);
    EXPECT_GE(rect.h, 0);
  }
  settle();
}

}  // namespace
}  // namespace convscope::panels
