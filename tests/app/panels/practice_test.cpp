// Questions and exercises, by keyboard and pointer.
#include "app/panels/practice/practice.h"

#include "core/quiz/practice/fading.h"
#include "core/quiz/templates/templates.h"
#include "panel_bench.h"

namespace convscope::panels {
namespace {

class Practice : public PanelBench {
 protected:
  void ask(const std::string& id, std::uint64_t seed = 3) {
    session_ = session::update(session_, session::action::Ask{session::AskAbout::kConcept, 1, 0});
    const quiz::Template& made = *quiz::find_template(id);
    set_question(quiz::drawn_question(made, std::string(made.lessons.front()), seed));
  }
  void set_question(const quiz::Question& question) {
    session_.asking->questions = {question};
    session_.asking->worked.clear();
    session_.document.lesson = lesson::Lesson{"question", {}, {}, {question.scene}};
    ui_.draft = {};
    settle();
  }
  // A question whose answer is typed, as its wrong answers are dropped.
  void ask_typed(const std::string& id) {
    ask(id);
    quiz::Question question = session_.asking->question();
    question.options.clear();
    set_question(question);
  }
  const session::Asking& asking() const { return *session_.asking; }
  std::int64_t right_option() const {
    const auto& options = asking().question().options;
    return std::ranges::find(options, true, &quiz::Option::right) - options.begin();
  }
};

TEST_F(Practice, QAsksAboutTheSceneAndEscLeavesIt) {
  const session::Session before = session_;
  press(Key::kQ);
  ASSERT_TRUE(session::is_asking(session_));
  EXPECT_EQ(asking().count, 3);
  ASSERT_TRUE(layout_.foot);
  EXPECT_EQ(layout_.transport.h, 0);
  EXPECT_FALSE(layout_.inspector);
  press(Key::kEscape);
  EXPECT_FALSE(session_.asking);
  EXPECT_EQ(session_.document, before.document);
  EXPECT_FALSE(layout_.foot);
}

TEST_F(Practice, TheLettersAnswerAndEnterGoesOn) {
  ask("3a");
  const std::int64_t right = right_option();
  press(static_cast<Key>(static_cast<int>(Key::kA) + static_cast<int>(right)));
  EXPECT_EQ(asking().phase, session::Asking::Phase::kAnswered);
  EXPECT_TRUE(asking().answered.front().right);
  EXPECT_GT(layout_.transport.h, 0);
  press(Key::kEnter);
  EXPECT_TRUE(session::is_asking(session_));
  EXPECT_EQ(asking().number, 1u);
}

TEST_F(Practice, TheStageKeepsItsSizeWhenTheAnswerComes) {
  ask("3a");
  const picture::Rect open = layout_.stage;
  press(Key::kA);
  EXPECT_EQ(layout_.stage, open);
}

TEST_F(Practice, TabAndArrowsChooseAndEnterGives) {
  ask("3a");
  press(Key::kTab);
  EXPECT_EQ(ui_.draft.chosen, 0);
  press(Key::kRight);
  EXPECT_EQ(ui_.draft.chosen, 1);
  press(Key::kLeft);
  press(Key::kLeft);
  EXPECT_EQ(ui_.draft.chosen, 3);
  type(U"2");
  EXPECT_EQ(ui_.draft.chosen, 1);
  type(U"9");
  EXPECT_EQ(ui_.draft.chosen, 1);
  type(U"4");
  EXPECT_EQ(ui_.draft.chosen, 3);
  press(Key::kEnter);
  ASSERT_EQ(emitted<session::action::Answer>().size(), 1u);
  EXPECT_EQ(emitted<session::action::Answer>().front().option, 3);
}

TEST_F(Practice, AClickOnAnAnswerGivesIt) {
  ask("3a");
  const picture::Rect& band = *layout_.foot;
  // The options are the last row above the bottom margin.
  for (float y = band.bottom() - 10; y > band.y && session::is_asking(session_); y -= 12) {
    click({band.x + band.w * 0.12f, y});
  }
  ASSERT_EQ(emitted<session::action::Answer>().size(), 1u);
  EXPECT_EQ(emitted<session::action::Answer>().front().option, 0);
}

TEST_F(Practice, WhatWouldRevealTheAnswerIsDisabled) {
  ask("1a");
  for (const Key key : {Key::kSpace, Key::kRight, Key::kDown, Key::kEnd, Key::k2, Key::k5, Key::kK,
                        Key::kI, Key::kG}) {
    press(key);
  }
  press(Key::kK, {.ctrl = true});
  press(Key::kC, {.ctrl = true});
  press(Key::kE, {.ctrl = true});
  EXPECT_TRUE(session::is_asking(session_));
  EXPECT_FALSE(ui_.palette);
  EXPECT_FALSE(ui_.clipboard);
  EXPECT_FALSE(layout_.inspector);
  EXPECT_EQ(ui_.files.mode, FileDialog::Mode::kClosed);
  EXPECT_EQ(session_.look.view, lesson::View::kFlat);
  click({layout_.stage.center().x, layout_.stage.center().y});
  EXPECT_FALSE(ui_.editor);
  EXPECT_TRUE(emitted<session::action::Hover>().empty());
}

TEST_F(Practice, ATypedAnswerIsReadAsPeopleWriteIt) {
  ask_typed("3a");
  const std::string number = quiz::decimal_text(asking().question().right.numbers.front());
  type(U"what");
  press(Key::kEnter);
  EXPECT_TRUE(session::is_asking(session_));
  press(Key::kA, {.ctrl = true});
  type(U" " + std::u32string(number.begin(), number.end()) + U",0");
  press(Key::kEnter);
  ASSERT_FALSE(session::is_asking(session_));
  EXPECT_TRUE(asking().answered.front().right);
}

TEST_F(Practice, ATypedMistakeIsDiagnosed) {
  ask_typed("3a");
  const quiz::Question& question = asking().question();
  const auto wrong = std::ranges::find(question.wrong, "NOPLUS1", &quiz::Wrong::code);
  ASSERT_NE(wrong, question.wrong.end());
  const std::string number = quiz::decimal_text(wrong->value.numbers.front());
  type(std::u32string(number.begin(), number.end()));
  press(Key::kEnter);
  EXPECT_EQ(asking().answered.front().misconception, "NOPLUS1");
}

TEST_F(Practice, EscLeavesFromTheFieldAtOnce) {
  ask_typed("3a");
  type(U"4");
  press(Key::kEscape);
  EXPECT_FALSE(session_.asking);
}

TEST_F(Practice, AClickOnTheWeightAnswersWhichWeightItIs) {
  ask("13a");
  const quiz::Answer& right = asking().question().right;
  const Index at = {0, 0, static_cast<std::int64_t>(right.numbers[0]),
                    static_cast<std::int64_t>(right.numbers[1])};
  click(cell(session::TensorRole::kWeight, at));
  ASSERT_FALSE(session::is_asking(session_));
  EXPECT_TRUE(asking().answered.front().right);
}

TEST_F(Practice, TheRevealPlaysAndTheClockCanBeMovedAgain) {
  ask("1a");
  press(Key::kA);
  ASSERT_TRUE(session_.clock.run_to);
  const session::Frame first = session_.clock.frame;
  session_ = session::update(session_, session::action::Tick{40});
  EXPECT_GT(session_.clock.frame, first);
  press(Key::kHome);
  EXPECT_EQ(session_.clock.frame, 0);
}

TEST_F(Practice, ABlankIsCheckedAtOnceAndTheNextOneFollows) {
  quiz::WorkedSteps worked;
  for (std::uint64_t seed = 0; worked.empty(); ++seed) {
    ask("1a", seed);  // until the sum is short
    worked = quiz::faded(asking().question().worked, quiz::kFullyFaded - 1);
  }
  session_.asking->worked = worked;
  session_.asking->filled = 0;
  settle();
  // Found by searching: the field is somewhere in the row of products.
  const picture::Rect& band = *layout_.foot;
  bool typing = false;
  for (float y = band.y + 30; y < band.bottom() && !typing; y += 10) {
    for (float x = band.x + 10; x < band.x + 200 && !typing; x += 20) {
      if (session::is_asking(session_)) {
        click({x, y});
        typing = widgets::is_typing();
      }
    }
  }
  ASSERT_TRUE(typing);
  type(U"4711");
  press(Key::kEnter);
  EXPECT_TRUE(asking().blank_refused);
  const std::string product = quiz::decimal_text(asking().worked.front().value);
  type(std::u32string(product.begin(), product.end()));
  press(Key::kEnter);
  EXPECT_EQ(asking().filled, 1);
  EXPECT_FALSE(asking().blank_refused);
}

TEST_F(Practice, TheListStartsPracticeAndKeepsKeysToItself) {
  press(Key::kQ, {.shift = true});
  ASSERT_TRUE(ui_.practice);
  press(Key::kSpace);
  EXPECT_FALSE(session_.clock.playing);
  press(Key::kEscape);
  EXPECT_FALSE(ui_.practice);
}

TEST_F(Practice, ArrowsAndEnterChooseAConcept) {
  press(Key::kQ, {.shift = true});
  for (int i = 0; i < 5; ++i) {
    press(Key::kDown);
  }
  press(Key::kUp);
  press(Key::kEnter);
  settle();
  EXPECT_FALSE(ui_.practice);
  ASSERT_TRUE(session::is_asking(session_));
  EXPECT_EQ(asking().question().concept_number, 3);  // "everything, mixed" comes first
}

TEST_F(Practice, TabReachesTheSeedAndTheQuizFollows) {
  press(Key::kQ, {.shift = true});
  for (int i = 0; i < quiz::kConcepts + 2; ++i) {
    press(Key::kTab);
  }
  press(Key::kEnter);  // into the field
  settle();
  ASSERT_TRUE(widgets::is_typing());
  type(U"7");
  press(Key::kEnter);
  ASSERT_TRUE(session::is_asking(session_));
  EXPECT_EQ(asking().count, kQuizQuestions);
}

TEST_F(Practice, TheSummaryComesAfterTheLastQuestion) {
  press(Key::kQ);
  for (int i = 0; i < 3; ++i) {
    session_ = session::update(session_, session::action::Answer{{}, "0"});
    if (session::is_asking(session_)) {
      session_ = session::update(session_, session::action::Answer{0, ""});
    }
    settle();
    press(Key::kEnter);
  }
  EXPECT_EQ(asking().phase, session::Asking::Phase::kDone);
  press(Key::kEnter);
  EXPECT_FALSE(session_.asking);
}

}  // namespace
}  // namespace convscope::panels
