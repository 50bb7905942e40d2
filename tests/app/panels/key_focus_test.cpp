#include "app/panels/commands/key_focus.h"

#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

constexpr const char* kPaddingRow = "padding";  // a dropdown

class KeyBench : public PanelBench {
 protected:
  picture::Point nowhere_in_the_inspector() const {
    return {layout_.inspector->x + 4, layout_.inspector->bottom() - 4};
  }
  picture::Point nowhere_on_the_stage() const {
    return {layout_.stage.x + 10, layout_.stage.y + 60};
  }
};

TEST_F(KeyBench, AnOpenDropdownKeepsTheKeys) {
  click(setting(kPaddingRow));
  ASSERT_TRUE(widgets::is_popup_open());
  emitted_.clear();
  for (const Key key : {Key::kDown, Key::kRight, Key::kSpace, Key::k2, Key::kL, Key::kI}) {
    press(key);
  }
  press(Key::kZ, {.ctrl = true});
  EXPECT_TRUE(emitted_.empty());
  EXPECT_TRUE(layout_.inspector);
  press(Key::kEscape);
  EXPECT_FALSE(widgets::is_popup_open());
  press(Key::kDown);
  EXPECT_EQ(emitted<session::action::NextRow>().size(), 1u);
}

TEST_F(KeyBench, TheHelpTakesOnlyTheKeysThatCloseIt) {
  press(Key::kF1);
  emitted_.clear();
  press(Key::kSpace);
  press(Key::k2);
  EXPECT_TRUE(emitted_.empty());
  press(Key::kF1);
  EXPECT_FALSE(ui_.help_open);
}

TEST_F(KeyBench, ADialogTakesOnlyEscape) {
  press(Key::kO, {.ctrl = true});
  emitted_.clear();
  press(Key::kSpace);
  press(Key::kF1);
  EXPECT_TRUE(emitted_.empty());
  EXPECT_FALSE(ui_.help_open);
  press(Key::kEscape);
  EXPECT_EQ(ui_.files.mode, FileDialog::Mode::kClosed);
}

// A field clicked in this frame already gets the next key.
TEST_F(KeyBench, AFieldHasTheKeysAtOnce) {
  const picture::Point field = setting("stride");
  move(field.x, field.y);
  for (const bool down : {true, false}) {
    InputEvent event;
    event.kind = InputEvent::Kind::kButton;
    event.down = down;
    input_.push(event);
    frame();
  }
  emitted_.clear();
  InputEvent space;
  space.kind = InputEvent::Kind::kKey;
  space.key = Key::kSpace;
  space.down = true;
  input_.push(space);
  frame();
  EXPECT_TRUE(emitted<session::action::TogglePlay>().empty());
}

TEST_F(KeyBench, ADigitBesideAFieldSwitchesNoView) {
  click(nowhere_in_the_inspector());
  EXPECT_EQ(ui_.keys, KeyFocus::kInspector);
  press(Key::k2);
  press(Key::k5, {.shift = true});
  press(Key::kG);
  type(U"-");
  EXPECT_EQ(session_.look.view, lesson::View::kFlat);
  EXPECT_EQ(session_.look.second_view, std::nullopt);
  EXPECT_EQ(session_.clock.granularity, session::Granularity::kPosition);
  EXPECT_EQ(session_.look.camera, session::Camera{});
}

TEST_F(KeyBench, PlayingAndUndoWorkFromAPanel) {
  click(nowhere_in_the_inspector());
  press(Key::kSpace);
  EXPECT_EQ(emitted<session::action::TogglePlay>().size(), 1u);
  press(Key::kRight);
  EXPECT_EQ(emitted<session::action::Next>().size(), 1u);
  press(Key::kZ, {.ctrl = true});
  EXPECT_EQ(emitted<session::action::Undo>().size(), 1u);
}

TEST_F(KeyBench, EscapeGivesTheKeysBackToTheStage) {
  click(nowhere_in_the_inspector());
  press(Key::kEscape);
  press(Key::k2);
  EXPECT_EQ(session_.look.view, lesson::View::kVolume);
}

TEST_F(KeyBench, AClickOnTheStageGivesTheKeysBack) {
  click(nowhere_in_the_inspector());
  click(nowhere_on_the_stage());
  press(Key::k2);
  EXPECT_EQ(session_.look.view, lesson::View::kVolume);
}

TEST_F(KeyBench, APanelThatIsHiddenHasNoKeys) {
  click(nowhere_in_the_inspector());
  press(Key::kI);
  ASSERT_FALSE(layout_.inspector);
  press(Key::k2);
  EXPECT_EQ(session_.look.view, lesson::View::kVolume);
}

TEST_F(KeyBench, AfterALessonWasChosenTheStageHasTheKeys) {
  press(Key::kM);
  click({layout_.lessons->x + 60, layout_.lessons->bottom() - 4});
  EXPECT_EQ(ui_.keys, KeyFocus::kLessons);
  click({layout_.lessons->x + 60, layout_.lessons->y + 30});
  ASSERT_EQ(emitted<session::action::Open>().size(), 1u);
  EXPECT_EQ(ui_.keys, KeyFocus::kStage);
}

TEST_F(KeyBench, IHidesAndShowsTheInspectorAndNothingElse) {
  ASSERT_TRUE(layout_.inspector);
  ASSERT_FALSE(layout_.lessons);
  press(Key::kI);
  EXPECT_FALSE(layout_.inspector);
  EXPECT_FALSE(layout_.lessons);
  press(Key::kI);
  EXPECT_TRUE(layout_.inspector);
  EXPECT_FALSE(layout_.lessons);
}

}  // namespace
}  // namespace convscope::panels
