// Writing a lesson in the window, by the keyboard.
#include <algorithm>
#include <string>

#include "app/panels/inspector/inspector_tabs.h"
#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

class TextsTab : public PanelBench {
 protected:
  TextsTab() {
    run(Command::kShowTexts);
    settle();
  }
  void run(Command command) {
    session::Actions actions;
    run_command(command, context(actions));
    settle();
  }
  static const ImGuiWindow* form() {
    for (const ImGuiWindow* each : ImGui::GetCurrentContext()->Windows) {
      if (each->WasActive && std::string(each->Name).starts_with("inspector/form")) {
        return each;
      }
    }
    return nullptr;
  }
  bool walk_to(const std::string& label) {
    if (form() == nullptr) {
      return false;
    }
    const unsigned id = const_cast<ImGuiWindow*>(form())->GetID(label.c_str());
    ui_.keys = KeyFocus::kInspector;
    ui_.focus.clear();
    for (int i = 0; i < 200; ++i) {
      ui_.focus.move_within(1, KeyFocus::kInspector);
      if (ui_.focus.focused() && ui_.focus.focused()->id == id) {
        settle();
        return true;
      }
    }
    return false;
  }
  void press_control(const std::string& label) {
    ASSERT_TRUE(walk_to(label)) << label;
    press(Key::kEnter);
  }
  std::string stage_words() const {
    std::string words;
    for (const picture::Record& record : picture_.records) {
      if (const auto* text = std::get_if<picture::Text>(&record)) {
        words += text->text;
      }
    }
    return words;
  }
  std::string text_at(std::int64_t position, const std::string& language) const {
    for (const lesson::Narration& told : session::scene_of(session_).narration) {
      if (told.position == position) {
        const auto found = told.text.by_language.find(language);
        return found == told.text.by_language.end() ? "" : found->second;
      }
    }
    return "";
  }
};

TEST_F(TextsTab, ATextShowsOnTheStageWhileItIsTyped) {
  press_control("##text_0_0_-1_en");
  ASSERT_TRUE(widgets::is_typing());
  type(U"Lo");
  EXPECT_NE(stage_words().find("Lo"), std::string::npos);
  type(U"ok");
  EXPECT_NE(stage_words().find("Look"), std::string::npos);
  EXPECT_TRUE(session_.document.history->open) << "still being typed";
  press(Key::kTab);
  settle();
  EXPECT_FALSE(session_.document.history->open);
  EXPECT_EQ(session_.document.history->past.size(), 1U);
}

TEST_F(TextsTab, WhatIsTypedCanBeSavedAtOnce) {
  press_control("##text_0_0_-1_en");
  type(U"Kept");
  press(Key::kS, {.ctrl = true});
  EXPECT_EQ(ui_.files.mode, FileDialog::Mode::kSave);
  EXPECT_NE(text_at(-1, "en").find("Kept"), std::string::npos);
}

TEST_F(TextsTab, EachLanguageAndPlaceHasItsOwnText) {
  press_control("##text_0_0_-1_en");
  type(U"Before");
  press(Key::kTab);
  settle();
  type(U"До");
  session_ = session::update(session_, session::action::GoTo{4});
  settle();
  press_control("##text_0_0_4_en");
  type(U"Four");
  EXPECT_EQ(text_at(-1, "en"), "Before");
  EXPECT_EQ(text_at(-1, "ru"), "До");
  EXPECT_EQ(text_at(4, "en"), "Four");
}

// Long texts are shown on several lines; what is stored has no line breaks.
TEST_F(TextsTab, ALongTextKeepsItsSpaces) {
  const std::string words = "one two three four five six seven eight nine ten eleven twelve";
  session_ = session::update(
      session_, session::action::SetNarration{0, -1, lesson::Language::kEnglish, words});
  settle();
  press_control("##text_0_0_-1_en");
  press(Key::kEnd, {.ctrl = true});
  type(U"!");
  EXPECT_EQ(text_at(-1, "en").find('\n'), std::string::npos);
  EXPECT_EQ(text_at(-1, "en").size(), words.size() + 1);
}

TEST_F(TextsTab, ScenesAreAddedMovedAndRemoved) {
  press_control("Duplicate");
  press_control("New scene");
  EXPECT_EQ(session_.document.lesson->scenes.size(), 3U);
  EXPECT_EQ(session_.look.scene, 2);
  press_control("Earlier");
  EXPECT_EQ(session_.look.scene, 1);
  press_control("Remove");
  EXPECT_EQ(session_.document.lesson->scenes.size(), 2U);
  press(Key::kZ, {.ctrl = true});
  EXPECT_EQ(session_.document.lesson->scenes.size(), 3U);
}

TEST_F(TextsTab, ATextIsRemovedInAllLanguagesInOneStep) {
  using session::action::SetNarration;
  session_ = session::update(session_, SetNarration{0, 2, lesson::Language::kEnglish, "Two"});
  session_ = session::update(session_, SetNarration{0, 2, lesson::Language::kRussian, "Два"});
  settle();
  press_control("remove_text1");
  EXPECT_TRUE(session::scene_of(session_).narration.empty());
  press(Key::kZ, {.ctrl = true});
  EXPECT_EQ(text_at(2, "en"), "Two");
  EXPECT_EQ(text_at(2, "ru"), "Два");
}

TEST_F(TextsTab, TheCheckListsWhatIsWrong) {
  session_ = session::update(
      session_, session::action::SetNarration{0, 2, lesson::Language::kEnglish, "Only in English"});
  session_ =
      session::update(session_, session::action::SetTitle{session::action::TitleOf::kLesson,
                                                          lesson::Language::kRussian, "Крест"});
  settle();
  press_control("Check the lesson");
  ASSERT_NE(ui_.building.checked, nullptr);
  EXPECT_TRUE(std::ranges::any_of(ui_.building.checked->problems, [](const Problem& problem) {
    return problem.code == "text_missing";
  }));
}

TEST_F(TextsTab, WaitsWhileAQuestionIsOpen) {
  session_ = session::update(session_, session::action::Ask{});
  if (session::is_asking(session_)) {
    settle();
    EXPECT_FALSE(walk_to("Duplicate"));
  }
}

TEST_F(TextsTab, AHandoutIsSavedAsHtml) {
  ui_.files.folder = "/lessons";
  run(Command::kHandout);
  EXPECT_EQ(ui_.files.mode, FileDialog::Mode::kHandout);
  EXPECT_TRUE(ui_.files.name.ends_with(".html"));
  ui_.files.wanted.reset();  // the front has listed the folder
  ui_.files.propose = false;
  settle();
  press(Key::kEnter);
  ASSERT_TRUE(ui_.write);
  EXPECT_EQ(ui_.write->kind, FileWrite::Kind::kHandout);
}

}  // namespace
}  // namespace convscope::panels
