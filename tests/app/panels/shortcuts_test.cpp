#include "app/panels/commands/shortcuts.h"

#include <gtest/gtest.h>

#include <set>

#include "core/session/action/rows.h"
#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

// While somebody presents some keys mean something else.
TEST(Shortcuts, NoTwoCommandsShareAKey) {
  std::set<std::tuple<bool, Key, bool, bool, char32_t>> seen;
  for (const CommandRow& shortcut : commands()) {
    for (const KeyChord& chord : shortcut.chords) {
      EXPECT_TRUE(seen.insert({shortcut.hearing.presenting_only, chord.key, chord.ctrl, chord.shift,
                               chord.character})
                      .second)
          << shortcut.name;
    }
  }
}

TEST(Shortcuts, EveryOneIsNamedInBothLanguages) {
  for (const lesson::Language language : {lesson::Language::kEnglish, lesson::Language::kRussian}) {
    const lesson::Locale locale = test_locale(language);
    for (const CommandRow& shortcut : commands()) {
      EXPECT_TRUE(locale.has("shortcut." + std::string(shortcut.name))) << shortcut.name;
    }
  }
}

// Including names that depend on the action's content.
TEST(Shortcuts, WhatUndoTakesBackIsNamedInBothLanguages) {
  using session::TensorRole;
  std::vector<session::Action> actions = {session::action::SetRelu{true},
                                          session::action::DrawTarget{false}};
  for (const TensorRole role :
       {TensorRole::kWeight, TensorRole::kBias, TensorRole::kTarget, TensorRole::kFlipped}) {
    actions.push_back(session::action::SetValue{{role, {}}, 1});
  }
  for (const session::action::Row& row : session::action::rows()) {
    actions.push_back(row.blank);
  }
  std::set<std::string> names;
  for (const session::Action& action : actions) {
    const session::action::Row& row = session::action::row_of(action);
    if (row.change) {
      names.insert(row.change(action));
    }
  }
  EXPECT_GE(names.size(), 14U);
  for (const lesson::Language language : {lesson::Language::kEnglish, lesson::Language::kRussian}) {
    const lesson::Locale locale = test_locale(language);
    for (const std::string& name : names) {
      EXPECT_TRUE(locale.has("undo." + name)) << name;
    }
  }
}

TEST(Shortcuts, HoldingAKeyStepsButDoesNotToggle) {
  InputEvent event;
  event.kind = InputEvent::Kind::kKey;
  event.down = true;
  event.repeat = true;
  event.key = Key::kRight;
  EXPECT_EQ(command_of(event), Command::kNext);
  event.key = Key::kSpace;
  EXPECT_EQ(command_of(event), std::nullopt);
}

// A key that only answers "not yet" should not exist.
TEST(Shortcuts, NoKeyIsBoundToAMissingFeature) {
  for (const lesson::Language language : {lesson::Language::kEnglish, lesson::Language::kRussian}) {
    EXPECT_FALSE(test_locale(language).has("notice.not_yet"));
  }
}

TEST(Shortcuts, ThePresentersKeysWorkOnlyWhilePresenting) {
  InputEvent event;
  event.kind = InputEvent::Kind::kKey;
  event.down = true;
  event.key = Key::kB;
  EXPECT_NE(command_of(event), Command::kBlank);
  EXPECT_EQ(command_of(event, nullptr, true), Command::kBlank);
}

TEST(Shortcuts, TooltipNamesTheKey) {
  EXPECT_EQ(tooltip_text(Command::kUndo, test_locale(lesson::Language::kEnglish)), "undo   Ctrl+Z");
  EXPECT_EQ(tooltip_text(Command::kUndo, test_locale(lesson::Language::kRussian), "правка входа"),
            "отменить: правка входа   Ctrl+Z");
}

}  // namespace
}  // namespace convscope::panels
