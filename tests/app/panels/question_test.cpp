// The questions that prevent loss of work, answered by keys and clicks. The front end knows the
// files on disk, and so whether a question is due: the tests take its part.
#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

class Question : public PanelBench {
 protected:
  void list_the_folder() {
    ui_.files.wanted.reset();
    settle();
  }
  // The front end found that the file to be written exists.
  void find_the_file() {
    ui_.replacing = std::exchange(ui_.write, std::nullopt);
    settle();
  }
  static bool is_shown(const char* modal) {
    const ImGuiWindow* window = ImGui::FindWindowByName(modal);
    return window != nullptr && window->Active && !window->Hidden;
  }
  // The button with this index, from the left, in the question's row of three.
  void click_answer(int which) {
    const ImGuiStyle& style = ImGui::GetStyle();
    const char* first = ui_.replacing ? "panel.another_name" : "panel.save";
    const char* second = ui_.replacing ? "panel.replace" : "panel.discard";
    const ImGuiWindow* window = ImGui::FindWindowByName("question");
    ASSERT_NE(window, nullptr);
    float x = window->Pos.x + window->WindowPadding.x;
    int button = 0;
    for (const char* key : {first, second, "panel.cancel"}) {
      const float width =
          ImGui::CalcTextSize(english_.text(key).c_str()).x + 2 * style.FramePadding.x;
      if (button++ == which) {
        return click({x + width / 2, window->Pos.y + window->Size.y - window->WindowPadding.y -
                                         ImGui::GetFontSize() / 2 - style.FramePadding.y});
      }
      x += width + style.ItemSpacing.x;
    }
  }
};

TEST_F(Question, TheDialogPassesTheNameToTheFrontEnd) {
  press(Key::kS, {.ctrl = true});
  ui_.files.folder = "/lessons";
  list_the_folder();
  press(Key::kEnter);
  ASSERT_TRUE(ui_.write);
  EXPECT_EQ(ui_.write->kind, FileWrite::Kind::kLesson);
  EXPECT_EQ(ui_.write->path, "/lessons/cross.json");
  EXPECT_FALSE(ui_.write->replace);
  EXPECT_TRUE(emitted<session::action::Save>().empty());
}

TEST_F(Question, EnterAsksForAnotherNameAndReplacesNothing) {
  press(Key::kE, {.ctrl = true});
  press(Key::kEnter);
  list_the_folder();
  press(Key::kEnter);
  find_the_file();
  press(Key::kEnter);
  EXPECT_FALSE(ui_.replacing);
  EXPECT_FALSE(ui_.write);
  EXPECT_EQ(ui_.files.mode, FileDialog::Mode::kExport);
  EXPECT_EQ(ui_.files.name, "cross.png");
}

// Ctrl+S did not open a dialog before.
TEST_F(Question, AnotherNameIsAskedForInTheFolderOfTheFile) {
  path_ = "/lessons/mine.json";
  press(Key::kS, {.ctrl = true});
  find_the_file();
  press(Key::kEnter);
  EXPECT_EQ(ui_.files.mode, FileDialog::Mode::kSave);
  EXPECT_EQ(ui_.files.wanted, "/lessons");
  EXPECT_EQ(ui_.files.name, "mine.json");
}

TEST_F(Question, ReplaceWritesOverTheFile) {
  press(Key::kE, {.ctrl = true});
  press(Key::kEnter);
  list_the_folder();
  press(Key::kEnter);
  find_the_file();
  click_answer(1);
  ASSERT_TRUE(ui_.write);
  EXPECT_EQ(ui_.write->kind, FileWrite::Kind::kStage);
  EXPECT_TRUE(ui_.write->replace);
  EXPECT_FALSE(ui_.replacing);
}

TEST_F(Question, CancelAndEscapeWriteNothing) {
  for (const bool by_key : {true, false}) {
    ui_.leaving = Leaving{"photo-edges", Leaving::Answer::kSave};
    ui_.replacing = FileWrite{FileWrite::Kind::kLesson, "/lessons/cross.json"};
    settle();
    by_key ? press(Key::kEscape) : click_answer(2);
    EXPECT_FALSE(ui_.replacing);
    EXPECT_FALSE(ui_.write);
    EXPECT_FALSE(ui_.leaving);
    EXPECT_EQ(ui_.files.mode, FileDialog::Mode::kClosed);
  }
}

// Tab and the arrows wrap around; Enter gives the selected answer.
TEST_F(Question, EveryAnswerIsGivenByKeys) {
  const std::vector<std::pair<std::vector<std::pair<Key, bool>>, int>> cases = {
      {{}, 0},
      {{{Key::kTab, false}}, 1},
      {{{Key::kRight, false}, {Key::kRight, false}}, 2},
      {{{Key::kTab, false}, {Key::kTab, false}, {Key::kTab, false}}, 0},
      {{{Key::kTab, true}}, 2},
      {{{Key::kLeft, false}, {Key::kLeft, false}}, 1},
  };
  unsaved_ = true;
  path_ = "/lessons/mine.json";
  for (const auto& [keys, answer] : cases) {
    ui_.leaving = Leaving{};
    settle();
    for (const auto& [key, shift] : keys) {
      press(key, {.shift = shift});
      ASSERT_TRUE(ui_.leaving);
      EXPECT_EQ(ui_.leaving->answer, Leaving::Answer::kNone);
    }
    ui_.write.reset();
    press(Key::kEnter);
    EXPECT_EQ(ui_.write.has_value(), answer == 0);
    ASSERT_EQ(ui_.leaving.has_value(), answer != 2);
    if (answer != 2) {
      EXPECT_EQ(ui_.leaving->answer,
                answer == 0 ? Leaving::Answer::kSave : Leaving::Answer::kDiscard);
    }
    ui_.leaving.reset();
    settle();
  }
}

TEST_F(Question, ItOpensOnTheAnswerThatLosesNothing) {
  unsaved_ = true;
  ui_.leaving = Leaving{};
  settle();
  press(Key::kTab);
  press(Key::kEscape);
  EXPECT_FALSE(ui_.leaving);
  // The question about replacing comes first, then the other in the same window.
  ui_.replacing = FileWrite{FileWrite::Kind::kLesson, "/lessons/cross.json"};
  ui_.leaving = Leaving{};
  settle();
  press(Key::kTab);
  press(Key::kEnter);
  ASSERT_TRUE(ui_.write);
  EXPECT_TRUE(ui_.write->replace);
  press(Key::kEnter);
  ASSERT_TRUE(ui_.leaving);
  EXPECT_EQ(ui_.leaving->answer, Leaving::Answer::kSave);
}

TEST_F(Question, QuittingIsLeavingAndClosesNothingByItself) {
  press(Key::kQ, {.ctrl = true});
  ASSERT_TRUE(ui_.leaving);
  EXPECT_FALSE(ui_.leaving->open);
  EXPECT_FALSE(ui_.quit);
}

TEST_F(Question, SaveGoesThroughTheDialogWhereThereIsNoNameYet) {
  unsaved_ = true;
  ui_.leaving = Leaving{"photo-edges"};
  settle();
  press(Key::kEnter);
  ASSERT_TRUE(ui_.leaving);
  EXPECT_EQ(ui_.leaving->answer, Leaving::Answer::kSave);
  EXPECT_EQ(ui_.files.mode, FileDialog::Mode::kSave);
}

TEST_F(Question, SaveKnowsTheFile) {
  unsaved_ = true;
  path_ = "/lessons/mine.json";
  ui_.leaving = Leaving{};
  settle();
  click_answer(0);
  ASSERT_TRUE(ui_.write);
  EXPECT_EQ(ui_.write->path, "/lessons/mine.json");
}

TEST_F(Question, DiscardAndCancelAreReported) {
  unsaved_ = true;
  ui_.leaving = Leaving{};
  settle();
  click_answer(1);
  ASSERT_TRUE(ui_.leaving);
  EXPECT_EQ(ui_.leaving->answer, Leaving::Answer::kDiscard);
  ui_.leaving = Leaving{};
  settle();
  click_answer(2);
  EXPECT_FALSE(ui_.leaving);
}

TEST_F(Question, WithoutEditsThereIsNoQuestion) {
  ui_.leaving = Leaving{};
  settle();
  EXPECT_FALSE(has_question(ui_, unsaved_));
  press(Key::kEnter);
  EXPECT_EQ(ui_.leaving->answer, Leaving::Answer::kNone);
}

TEST_F(Question, TheHelpWaitsBelowTheQuestionAndItsDialog) {
  press(Key::kF1);
  ASSERT_TRUE(is_shown("help"));
  unsaved_ = true;
  press(Key::kQ, {.ctrl = true});
  EXPECT_TRUE(is_shown("question"));
  EXPECT_FALSE(is_shown("help"));
  press(Key::kEnter);
  ASSERT_EQ(ui_.files.mode, FileDialog::Mode::kSave);
  for (int i = 0; i < 3; ++i) {  // in every frame, not in every other one
    frame();
    EXPECT_TRUE(is_shown("files"));
    EXPECT_FALSE(is_shown("help"));
  }
  press(Key::kEscape);
  EXPECT_FALSE(is_shown("files"));
  EXPECT_TRUE(is_shown("help"));
}

TEST_F(Question, ItIsShownOverAnOpenDialog) {
  press(Key::kO, {.ctrl = true});
  unsaved_ = true;
  ui_.leaving = Leaving{"photo-edges"};
  settle();
  click_answer(2);
  EXPECT_FALSE(ui_.leaving);
  EXPECT_EQ(ui_.files.mode, FileDialog::Mode::kOpen);
  press(Key::kEscape);
  EXPECT_EQ(ui_.files.mode, FileDialog::Mode::kClosed);
  click(cell(session::TensorRole::kOutput, {0, 0, 0, 1}));
  EXPECT_EQ(emitted<session::action::GoTo>().size(), 1u);
}

}  // namespace
}  // namespace convscope::panels
