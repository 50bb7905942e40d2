// Offers don't block: other keys still work, and either answer has a key.
#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

class Offered : public PanelBench {
 protected:
  static bool is_shown() {
    const ImGuiWindow* window = ImGui::FindWindowByName("offer");
    return window != nullptr && window->Active && !window->Hidden;
  }
};

TEST_F(Offered, AnOfferOfUnsavedWorkLeavesKeysToTheStage) {
  settle();
  EXPECT_FALSE(is_shown());
  ui_.recovery = Offer{"/state/a.json", {{{"en", "Mine"}}}};
  settle();
  EXPECT_TRUE(is_shown());
  press(Key::kSpace);
  EXPECT_EQ(emitted<session::action::TogglePlay>().size(), 1u);
  EXPECT_EQ(ui_.recovery->answer, Offer::Answer::kNone);
  press(Key::kR, {.ctrl = true, .shift = true});
  EXPECT_EQ(ui_.recovery->answer, Offer::Answer::kTake);
  press(Key::kD, {.ctrl = true, .shift = true});
  EXPECT_EQ(ui_.recovery->answer, Offer::Answer::kLeave);
}

TEST_F(Offered, AnOfferStandsBesideTheWelcome) {
  ui_.hints_done.emplace();
  ui_.recovery = Offer{"/state/a.json", {{{"en", "The stride leaves cells out, told at length"}}}};
  ui_.welcome = Welcome{};
  settle();
  settle();
  ASSERT_TRUE(is_shown());
  const ImRect offer = ImGui::FindWindowByName("offer")->Rect();
  const ImRect panel = ImGui::FindWindowByName("welcome")->Rect();
  EXPECT_LE(offer.Max.x, panel.Min.x);
  EXPECT_GE(offer.Min.x, layout_.stage.x);
}

TEST_F(Offered, AChangedFileIsReloadedOrNot) {
  ui_.theirs = Offer{"/lessons/a.json"};
  settle();
  EXPECT_TRUE(is_shown());
  press(Key::kM, {.ctrl = true});
  EXPECT_EQ(ui_.theirs->answer, Offer::Answer::kLeave);
  press(Key::kR, {.ctrl = true});
  EXPECT_EQ(ui_.theirs->answer, Offer::Answer::kTake);
}

TEST_F(Offered, WithoutAnOfferItsCommandsDoNothing) {
  session::Actions actions;
  for (const Command command :
       {Command::kRecover, Command::kDropRecovery, Command::kTakeTheirs, Command::kKeepMine}) {
    EXPECT_FALSE(is_enabled(command, context(actions)));
  }
  press(Key::kR, {.ctrl = true, .shift = true});
  EXPECT_FALSE(ui_.recovery);
}

TEST_F(Offered, TheLessonsOwnNumbersAreACommandThatUndoTakesBack) {
  session::Actions actions;
  EXPECT_FALSE(is_enabled(Command::kResetScene, context(actions)));
  const Index first = {0, 0, 0, 0};
  session_ = session::update(
      session_, session::action::SetValue{{session::TensorRole::kInput, first}, 9, true});
  EXPECT_TRUE(is_enabled(Command::kResetScene, context(actions)));
  run_command(Command::kResetScene, context(actions));
  ASSERT_EQ(actions.size(), 1u);
  session_ = session::update(session_, actions[0]);
  EXPECT_EQ(session::scene_of(session_).input.tensor().at(first), 1);
  session_ = session::update(session_, session::action::Undo{});
  EXPECT_EQ(session::scene_of(session_).input.tensor().at(first), 9);
}

TEST_F(Offered, TheInterfaceGrowsAndShrinksByQuarters) {
  press(Key::kEqual, {.ctrl = true});
  EXPECT_EQ(ui_.scale, 1.25f);
  press(Key::kMinus, {.ctrl = true});
  EXPECT_EQ(ui_.scale, 0.75f);  // there is no front end here: the real scale is still 1
  press(Key::k0, {.ctrl = true});
  EXPECT_FALSE(ui_.scale);
}

}  // namespace
}  // namespace convscope::panels
