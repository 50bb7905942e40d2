// Every command and every setting has an explanation in both languages, with its key.
#include <algorithm>
#include <set>

#include "app/panels/commands/key_rows.h"
#include "app/panels/commands/palette_entries.h"
#include "app/panels/dialogs/help_groups.h"
#include "core/conv/operators/operator.h"
#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

TEST(Words, EveryCommandHasATooltipWithItsKeyInBothLanguages) {
  for (const lesson::Language language : {lesson::Language::kEnglish, lesson::Language::kRussian}) {
    const lesson::Locale locale = test_locale(language);
    for (const CommandRow& row : commands()) {
      const std::string name = "shortcut." + std::string(row.name);
      ASSERT_TRUE(locale.has(name)) << name;
      const std::string tip = tooltip_text(row.command, locale);
      EXPECT_TRUE(tip.starts_with(locale.text(name)));
      for (const KeyChord& chord : row.chords) {
        if (&chord == &row.chords.front()) {
          EXPECT_NE(tip.find(chord_text(chord, locale)), std::string::npos) << tip;
        }
      }
    }
  }
}

TEST(Words, EverySettingOfEveryOperatorHasATooltipInBothLanguages) {
  std::set<std::string> seen;
  for (const lesson::Language language : {lesson::Language::kEnglish, lesson::Language::kRussian}) {
    const lesson::Locale locale = test_locale(language);
    for (const conv::Operator* op : conv::all_operators()) {
      for (const conv::Setting setting : op->settings) {
        const std::string key = "tip." + std::string(conv::name_of(setting));
        EXPECT_TRUE(locale.has(key)) << key;
        EXPECT_GE(locale.text(key).size(), 12u) << key;
        seen.insert(key);
      }
    }
  }
  EXPECT_GE(seen.size(), 13u);
}

class HelpBench : public PanelBench {};

TEST_F(HelpBench, TypedWordsFilterTheHelp) {
  press(Key::kF1);
  ASSERT_TRUE(ui_.help_open);
  type(U"undo");
  EXPECT_EQ(ui_.help_words, "undo");
  press(Key::kSpace);  // is typed too
  EXPECT_TRUE(emitted<session::action::TogglePlay>().empty());
  press(Key::kF1);
  EXPECT_FALSE(ui_.help_open);
  press(Key::kF1);
  EXPECT_EQ(ui_.help_words, "");
  press(Key::kEscape);
  EXPECT_FALSE(ui_.help_open);
}

TEST_F(HelpBench, EveryCommandIsInTheHelp) {
  session::Actions actions;
  std::vector<std::string> sentences;
  for (const HelpGroup& group : help_groups(context(actions), "")) {
    for (const KeyRow& row : group.rows) {
      sentences.push_back(row.name);
    }
  }
  for (const KeyRow& row : key_rows(commands(), english_)) {
    EXPECT_EQ(std::ranges::count(sentences, english_.text(row.name)), 1) << row.name;
  }
}

TEST_F(HelpBench, EveryTypedWordIsFoundInEitherLanguage) {
  session::Actions actions;
  const std::vector<HelpGroup> found = help_groups(context(actions), "КАРТИНКУ stage");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].title, english_.text("panel.help_document"));
  ASSERT_EQ(found[0].rows.size(), 1u);
  EXPECT_EQ(found[0].rows[0].name, english_.text("shortcut.copy_picture"));
  EXPECT_TRUE(help_groups(context(actions), "stage xyzzy").empty());
}

TEST_F(HelpBench, AQuestionMarkCanBeTypedIntoTheHelp) {
  press(Key::kF1);
  type(U"?");
  EXPECT_TRUE(ui_.help_open);
}

}  // namespace
}  // namespace convscope::panels
