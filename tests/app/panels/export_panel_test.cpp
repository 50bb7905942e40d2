// The export panel by keyboard and by its numbers.
#include "app/panels/dialogs/export_panel.h"

#include "core/session/enum_names.h"
#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

class Export : public PanelBench {
 protected:
  Export() {
    export_kinds_ = {
        {".png", true, false}, {".svg", true, false}, {".gif", false, true}, {".webp", true, true}};
  }
  void open() {
    press(Key::kE, {.ctrl = true});
    ASSERT_TRUE(ui_.exporting);
  }
  const session::ExportChoice& choice() const { return ui_.exporting->form.choice; }
};

TEST_F(Export, EnterAsksForANameWithTheEndingOfTheFormat) {
  open();
  press(Key::kEnter);
  EXPECT_EQ(ui_.files.mode, FileDialog::Mode::kExport);
  EXPECT_EQ(ui_.files.name, "cross.png");
  press(Key::kEscape);
  EXPECT_EQ(ui_.files.mode, FileDialog::Mode::kClosed);
  EXPECT_TRUE(ui_.exporting);
  press(Key::kEscape);
  EXPECT_FALSE(ui_.exporting);
}

TEST_F(Export, TheKeyboardAloneChoosesAnAnimationInAnotherFormat) {
  open();
  press(Key::kTab);   // the panel's button that closes it
  press(Key::kDown);  // picture
  press(Key::kDown);  // animation
  press(Key::kEnter);
  EXPECT_TRUE(choice().animated);
  EXPECT_EQ(choice().ending(), ".gif");
  press(Key::kDown);  // format
  press(Key::kEnter);
  press(Key::kDown);
  press(Key::kEnter);
  EXPECT_EQ(choice().ending(), ".webp");
  EXPECT_EQ(ui_.export_choice, choice());
  ui_.focus.clear();
  press(Key::kEnter);
  EXPECT_EQ(ui_.files.name, "cross.webp");
}

TEST_F(Export, AnAnimationShowsAllStepsUnlessThatIsTooLong) {
  open();
  settle();
  EXPECT_EQ(ui_.exporting->form.first, 0);
  EXPECT_EQ(ui_.exporting->form.last, 8);
  session_ = session::update(
      session_, session::action::SetInputSize{.channels = 1, .height = 200, .width = 200});
  settle();
  EXPECT_EQ(ui_.exporting->form.first, 0);
  EXPECT_LT(ui_.exporting->form.last, 198 * 198 - 1);
  EXPECT_LE(export_frames(session_, ui_.exporting->form), session::kMostExportFrames);
}

TEST_F(Export, CountsTheFramesThatAreWritten) {
  ExportForm form;
  form.last = 8;
  const std::int64_t half_a_second = export_frames(session_, form);
  form.choice.pause = 3.5;
  EXPECT_EQ(export_frames(session_, form), half_a_second + 60);
}

TEST_F(Export, WhileOneIsUnderWayNoOtherBegins) {
  open();
  ui_.export_progress = ExportProgress{.file = "/a/b.gif", .done = 0.5, .seconds_left = 3};
  press(Key::kEnter);
  EXPECT_EQ(ui_.files.mode, FileDialog::Mode::kClosed);
  session::Actions none;
  run_command(Command::kCancelExport, context(none));
  EXPECT_TRUE(ui_.export_progress->cancel);
}

TEST_F(Export, EveryWordIsThereInBothLanguages) {
  for (const lesson::Language language : {lesson::Language::kEnglish, lesson::Language::kRussian}) {
    session_ = session::update(session_, session::action::SetLanguage{language});
    for (const bool animated : {false, true}) {
      open();
      ui_.exporting->form.choice.animated = animated;
      settle();
    }
    const lesson::Locale locale = test_locale(language);
    for (const auto& [word, what] : session::kExportWhats) {
      EXPECT_TRUE(locale.has("export." + std::string(word))) << word;
    }
    for (const auto& [word, theme] : session::kThemes) {
      EXPECT_TRUE(locale.has("export." + std::string(word))) << word;
    }
    for (const auto& [word, choice] : lesson::kLanguages) {
      EXPECT_TRUE(locale.has("export." + std::string(word))) << word;
    }
  }
}

TEST_F(Export, AnAnimationMayShowAnyPart) {
  open();
  ui_.exporting->form.choice.animated = true;
  for (const auto& [word, what] : session::kExportWhats) {
    ui_.exporting->form.choice.what = what;
    settle();
    EXPECT_EQ(choice().what, what) << word;
  }
}

TEST_F(Export, WhatIsNotThereAloneIsNotAskedForAName) {
  open();
  ui_.exporting->form.choice.what = session::ExportChoice::What::kFilter;
  ui_.exporting->has_part = false;
  press(Key::kEnter);
  EXPECT_EQ(ui_.files.mode, FileDialog::Mode::kClosed);
  ui_.exporting->has_part = true;
  press(Key::kEnter);
  EXPECT_EQ(ui_.files.mode, FileDialog::Mode::kExport);
}

}  // namespace
}  // namespace convscope::panels
