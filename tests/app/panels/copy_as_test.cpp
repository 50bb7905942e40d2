// What the clipboard gets, through the menu of the inspector and the palette.
#include "app/panels/commands/copy_as.h"

#include "app/panels/commands/palette_entries.h"
#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

class CopyAs : public PanelBench {
 protected:
  void run(const std::string& name) {
    session::Actions actions;
    const PanelContext now = context(actions);
    for (const CopyChoice& choice : copy_choices()) {
      if (choice.name(english_) == name) {
        choice.run(now);
      }
    }
    for (const session::Action& action : actions) {
      session_ = session::update(session_, action);
    }
  }
};

TEST_F(CopyAs, TheTabOfTheInspectorChoosesTheTensor) {
  ui_.building.tab = InspectorTab::kFilter;
  run("CSV");
  EXPECT_EQ(ui_.clipboard, "1,0,1\n0,1,0\n1,0,1\n");
  ui_.building.tab = InspectorTab::kInput;
  run("CSV");
  EXPECT_EQ(ui_.clipboard, "1,1,1,0,0\n0,1,1,1,0\n0,0,1,1,1\n0,0,1,1,0\n0,1,1,0,0\n");
  ui_.building.tab = InspectorTab::kMap;
  run("CSV");
  EXPECT_EQ(ui_.clipboard, "4,3,4\n2,4,3\n2,3,4\n");
  ASSERT_TRUE(session_.transient.notice);
  const Problem& notice = *session_.transient.notice;
  EXPECT_EQ(english_.text("notice." + notice.code, notice.values),
            "On the clipboard: conv.out (1, 1, 3, 3).");
}

TEST_F(CopyAs, NumbersAndProgramsAreOneList) {
  const std::vector<CopyChoice> choices = copy_choices();
  EXPECT_EQ(std::ranges::count(choices, true, &CopyChoice::numbers), 8);
  EXPECT_EQ(std::ranges::count(choices, false, &CopyChoice::numbers), 7);
}

TEST_F(CopyAs, ThePaletteSaysWhatItCopies) {
  ui_.building.tab = InspectorTab::kFilter;
  press(Key::kK, {.ctrl = true});
  type(U"markdown filter");
  press(Key::kEnter);
  ASSERT_TRUE(ui_.clipboard);
  EXPECT_TRUE(ui_.clipboard->starts_with("| conv.weight |")) << *ui_.clipboard;
}

TEST_F(CopyAs, CtrlCCopiesTheMapForASpreadsheet) {
  press(Key::kC, {.ctrl = true});
  EXPECT_EQ(ui_.clipboard, "4\t3\t4\n2\t4\t3\n2\t3\t4\n");
}

TEST_F(CopyAs, NumbersAreSavedInTheFormatOfTheirFilesEnding) {
  session::Actions actions;
  ui_.building.tab = InspectorTab::kFilter;
  EXPECT_EQ(number_file(context(actions), "/a/b.CSV"), "1,0,1\n0,1,0\n1,0,1\n");
  EXPECT_EQ(number_file(context(actions), "/a.b/c.npz")->substr(0, 2), "PK");
  EXPECT_TRUE(actions.empty());
  run_command(Command::kSaveNumbers, context(actions));
  EXPECT_EQ(ui_.files.mode, FileDialog::Mode::kNumbers);
  EXPECT_EQ(ui_.files.name, "cross.npy");
  EXPECT_EQ(file_dialog_title(context(actions)),
            "Save numbers (.csv, .json, .npy, .npz, .safetensors)");
  ui_.files.folder = "/lessons";
  ui_.files.wanted.reset();
  settle();
  press(Key::kA, {.ctrl = true});
  type(U"filter.json");
  press(Key::kEnter);
  ASSERT_TRUE(ui_.write);
  EXPECT_EQ(ui_.write->path, "/lessons/filter.json");
  EXPECT_EQ(ui_.write->bytes, "[[[[1, 0, 1],\n   [0, 1, 0],\n   [1, 0, 1]]]]\n");
}

TEST_F(CopyAs, AnOpenQuestionGivesNoNumbersAway) {
  session_ = session::update(session_, session::action::Ask{});
  ASSERT_TRUE(session::is_asking(session_));
  press(Key::kC, {.ctrl = true});
  EXPECT_FALSE(ui_.clipboard);
}

}  // namespace
}  // namespace convscope::panels
