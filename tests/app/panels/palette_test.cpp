// The command palette, by keyboard: words in either language find commands.
#include "app/panels/commands/palette_entries.h"

#include <gtest/gtest.h>

#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

class Palette : public PanelBench {
 protected:
  void open(std::u32string_view typed) {
    press(Key::kK, {.ctrl = true});
    ASSERT_TRUE(ui_.palette);
    type(typed);
  }
};

// The frame that closes it may be the last one for hours: nothing of it may be seen in there.
TEST_F(Palette, ItsLastFrameIsInvisible) {
  open(U"stride");
  press(Key::kEscape);
  ASSERT_FALSE(ui_.palette);
  const ImGuiWindow* window = ImGui::FindWindowByName("palette");
  ASSERT_NE(window, nullptr);
  const ImGuiWindowFlags bare = ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoBackground;
  EXPECT_EQ(window->Flags & bare, bare);
}

TEST(PaletteWords, FoldEnglishAndRussian) {
  EXPECT_EQ(folded("Sobel X"), "sobel x");
  EXPECT_EQ(folded("Ёлка, ШАГ и Дилатация"), "елка, шаг и дилатация");
  EXPECT_EQ(folded("⌊x⌋ ×"), "⌊x⌋ ×");
}

TEST(PaletteWords, BeginningsComeBeforeMiddles) {
  const auto named = [](const char* name) {
    return PaletteEntry{.name = name, .words = folded(name)};
  };
  const std::vector<PaletteEntry> found = found_entries(
      {named("the strider"), named("astride"), named("Stride"), named("pad")}, "STRIDE");
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].name, "Stride");
  EXPECT_EQ(found[1].name, "the strider");
  EXPECT_EQ(found[2].name, "astride");
}

TEST(PaletteWords, EveryWordMustBeThere) {
  const PaletteEntry entry{.name = "gradient descent", .words = "gradient descent"};
  EXPECT_EQ(found_entries({entry}, "desc grad").size(), 1u);
  EXPECT_TRUE(found_entries({entry}, "desc flat").empty());
  EXPECT_EQ(found_entries({entry}, "  ").size(), 1u);
}

TEST(PaletteWords, AnEndingMayDiffer) {
  const auto named = [](const char* name) {
    return PaletteEntry{.name = name, .words = folded(name)};
  };
  const std::vector<PaletteEntry> all = {named("Границы на картинке"), named("edge filter"),
                                         named("приграничье")};
  ASSERT_EQ(found_entries(all, "граница").size(), 1u);
  EXPECT_EQ(found_entries(all, "граница")[0].name, "Границы на картинке");
  EXPECT_EQ(found_entries(all, "edges").size(), 1u);
  EXPECT_TRUE(found_entries(all, "edgy").empty());  // too short for a guess
}

TEST_F(Palette, EveryThemeAndLanguageIsFoundByItsName) {
  open(U"тема светлая");
  press(Key::kEnter);
  EXPECT_EQ(session_.look.theme, session::Theme::kLight);
  open(U"russian");
  press(Key::kEnter);
  EXPECT_EQ(session_.look.language, lesson::Language::kRussian);
}

TEST_F(Palette, EnterRunsTheFirstFound) {
  open(U"neuron view");
  press(Key::kEnter);
  EXPECT_FALSE(ui_.palette);
  EXPECT_EQ(session_.look.view, lesson::View::kNeuron);
}

// Nothing was changed, so the first row, holding the lesson's own numbers, is greyed out.
TEST_F(Palette, TheFirstRowThatCanBeChosenIsChosen) {
  open(U"compare");
  session::Actions actions;
  const std::vector<PaletteEntry> found =
      found_entries(palette_entries(context(actions)), "compare");
  ASSERT_FALSE(found.empty());
  ASSERT_FALSE(found.front().enabled);
  ASSERT_TRUE(ui_.palette);
  EXPECT_TRUE(found[static_cast<std::size_t>(ui_.palette->chosen)].enabled);
  press(Key::kEnter);
  EXPECT_FALSE(ui_.palette);
}

TEST_F(Palette, CopiesTheSceneAsAProgram) {
  open(U"copy numpy loops");
  press(Key::kEnter);
  ASSERT_TRUE(ui_.clipboard);
  EXPECT_NE(ui_.clipboard->find("np.ndindex"), std::string::npos);
  EXPECT_EQ(emitted<session::action::Notify>().size(), 1u);
}

TEST_F(Palette, ArrowsChooseAnother) {
  open(U"language");
  press(Key::kDown);
  press(Key::kUp);
  press(Key::kEnter);
  EXPECT_EQ(emitted<session::action::SetLanguage>().size(), 1u);
}

TEST_F(Palette, RussianWordsFindAnEnglishCommand) {
  open(U"вид нейрон");
  const auto found = session_.look.view;
  press(Key::kEnter);
  EXPECT_NE(session_.look.view, found);
  EXPECT_EQ(session_.look.view, lesson::View::kNeuron);
}

TEST_F(Palette, LessonsOpenByTheirTitle) {
  open(U"photo");
  press(Key::kEnter);
  const auto opened = emitted<session::action::Open>();
  ASSERT_EQ(opened.size(), 1u);
  EXPECT_EQ(opened[0].what, "photo-edges");
}

TEST_F(Palette, AFilterReplacesTheCurrentOne) {
  open(U"sobel");
  press(Key::kEnter);
  const auto asked = emitted<session::action::PresetFilter>();
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_EQ(asked[0].preset, lesson::FilterKind::kSobelX);
}

TEST_F(Palette, ASettingGetsTheKeyboard) {
  open(U"dilation");
  press(Key::kEnter);
  settle();
  EXPECT_EQ(ui_.keys, KeyFocus::kInspector);
  type(U"2");
  press(Key::kEnter);
  EXPECT_EQ(session::layer_of(session_).spec.dilation.h, 2);
}

TEST_F(Palette, TypingRunsNoShortcutAndEscCloses) {
  const session::Session before = session_;
  open(U"l t m i 3");
  EXPECT_EQ(session_.look, before.look);
  press(Key::kEscape);
  EXPECT_FALSE(ui_.palette);
  press(Key::kK, {.ctrl = true});
  press(Key::kK, {.ctrl = true});
  EXPECT_FALSE(ui_.palette);
}

TEST_F(Palette, UnmatchedWordsDoNothing) {
  open(U"qwertz");
  press(Key::kEnter);
  EXPECT_TRUE(ui_.palette);
  EXPECT_TRUE(emitted_.empty());
}

}  // namespace
}  // namespace convscope::panels
