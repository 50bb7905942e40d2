// Questions and exercises as part of a session.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "core/quiz/practice/fading.h"
#include "core/quiz/templates/templates.h"
#include "core/session/action.h"
#include "tests/core/lesson/bundled.h"
#include "tests/core/quiz/quiz_bench.h"

namespace convscope::session {
namespace {

using testing::after;
using testing::opened;

constexpr action::Ask kThree{AskAbout::kScene, 0, 7, 3};

action::Answer right_answer(const Session& session) {
  const quiz::Question& question = session.asking->question();
  for (std::size_t i = 0; i < question.options.size(); ++i) {
    if (question.options[i].right) {
      return {static_cast<std::int64_t>(i), ""};
    }
  }
  return {{}, quiz::decimal_text(question.right.numbers.front())};
}

action::Answer wrong_answer(const Session& session, const std::string& code) {
  const quiz::Question& question = session.asking->question();
  for (std::size_t i = 0; i < question.options.size(); ++i) {
    if (!question.options[i].right && (code.empty() || question.options[i].code == code)) {
      return {static_cast<std::int64_t>(i), ""};
    }
  }
  return {{}, "123456"};
}

// A question of this template, independent of any scene.
Session asked(const std::string& id, std::uint64_t seed) {
  Session session = after(opened("cross-5x5"), action::Ask{AskAbout::kConcept, 1, 0});
  const quiz::Template& made = *quiz::find_template(id);
  Asking& asking = *session.asking;
  asking.questions = {quiz::drawn_question(made, std::string(made.lessons.front()), seed)};
  session.document.lesson = lesson::Lesson{"question", {}, {}, {asking.question().scene}};
  return session;
}

TEST(Asking, AnExitTicketAsksItsTemplatesInOrder) {
  const action::Ask ticket{.about = AskAbout::kQuiz, .seed = 3, .templates = "1a 4a nothing 9a"};
  const Session session = after(opened("cross-5x5"), ticket);
  ASSERT_TRUE(is_asking(session));
  std::vector<std::string> ids;
  for (const Shared<quiz::Question>& question : session.asking->questions) {
    ids.push_back(question->template_id);
  }
  EXPECT_EQ(ids, (std::vector<std::string>{"1a", "4a", "9a"}));
  EXPECT_EQ(action_json(ticket),
            R"({"do": "ask", "about": "quiz", "seed": 3, "templates": "1a 4a nothing 9a"})");
}

TEST(Asking, TheSameSeedAsksTheSameQuestionAgainAfterUndoAndInAReplay) {
  const Session first = after(opened("cross-5x5"), kThree);
  ASSERT_TRUE(is_asking(first));
  const Session again = after(first, action::Undo{}, action::Leave{}, kThree);
  EXPECT_EQ(again.asking->question(), first.asking->question());
  EXPECT_EQ(again.document.lesson, first.document.lesson);
  const Replay replay = parse_replay(
      "{\"format\": 1, \"lesson\": \"cross-5x5\", \"actions\": [" + action_json(kThree) + "," +
          action_json(wrong_answer(first, "")) + "," + action_json(action::NextQuestion{}) + "]}",
      "replay");
  Session replayed = opened("cross-5x5");
  for (const Action& action : replay.actions) {
    replayed = update(replayed, action);
  }
  const Session played = after(first, wrong_answer(first, ""), action::NextQuestion{});
  EXPECT_EQ(replayed, played);
  EXPECT_EQ(replayed.asking->number, 1u);
}

TEST(Asking, LeavingBringsTheSceneBackAsItWas) {
  const Session before = after(opened("stride"), action::SetScene{1}, action::GoTo{3},
                               action::SetValue{{TensorRole::kInput, {0, 0, 0, 0}}, 9, true});
  Session session = after(before, kThree);
  EXPECT_NE(session.document.lesson, before.document.lesson);
  EXPECT_EQ(own_session(session).document, before.document);
  session = after(session, right_answer(session), action::NextQuestion{}, action::Leave{});
  EXPECT_EQ(session.document, before.document);
  EXPECT_EQ(session.look, before.look);
  EXPECT_EQ(session.clock, before.clock);
  EXPECT_EQ(after(session, action::Undo{}).document, after(before, action::Undo{}).document);
}

TEST(Asking, NothingMovesOrChangesWhileAQuestionIsOpen) {
  const Session open = after(opened("cross-5x5"), kThree);
  EXPECT_EQ(after(open, action::Next{}), open);
  EXPECT_EQ(after(open, action::TogglePlay{}), open);
  EXPECT_EQ(after(open, action::Last{}), open);
  EXPECT_EQ(after(open, action::SetView{lesson::View::kMatrix}), open);
  EXPECT_EQ(after(open, action::SetCodeStrip{lesson::CodeStrip::kLoop}), open);
  EXPECT_EQ(after(open, action::Hover{Target{TensorRole::kOutput, {0, 0, 0, 0}}}), open);
  EXPECT_EQ(after(open, action::SetValue{{TensorRole::kInput, {0, 0, 0, 0}}, 5, true}), open);
  EXPECT_EQ(after(open, action::NextQuestion{}), open);
  EXPECT_NE(after(open, action::SetTheme{Theme::kLight}), open);
  EXPECT_NE(after(open, action::SetCamera{{2, 0, 0}}), open);
}

TEST(Asking, AnswersAreCountedAndTheRunEndsWithASummary) {
  Session session = after(opened("cross-5x5"), kThree);
  session = after(session, right_answer(session));
  EXPECT_EQ(session.asking->verdict->kind, quiz::Verdict::Kind::kRight);
  EXPECT_EQ(after(session, right_answer(session)), session) << "it is answered once";
  session = after(session, action::NextQuestion{});
  session = after(session, wrong_answer(session, ""), action::NextQuestion{});
  session = after(session, right_answer(session), action::NextQuestion{});
  EXPECT_EQ(session.asking->phase, Asking::Phase::kDone);
  ASSERT_EQ(session.asking->answered.size(), 3u);
  EXPECT_TRUE(session.asking->answered[0].right);
  EXPECT_FALSE(session.asking->answered[1].right);
  ASSERT_EQ(session.outcomes.size(), 3u);
  EXPECT_EQ(after(session, action::Leave{}).outcomes.size(), 3u);
}

TEST(Asking, AnInvalidAnswerLeavesTheQuestionOpen) {
  const Session open = after(opened("cross-5x5"), kThree);
  const Session session = after(open, action::Answer{{}, "what?"});
  EXPECT_TRUE(is_asking(session));
  EXPECT_EQ(session.asking->verdict->kind, quiz::Verdict::Kind::kNotUnderstood);
  EXPECT_TRUE(session.outcomes.empty());
}

TEST(Asking, AWrongComputationStandsBesideTheRightOne) {
  Session session = asked("1a", 3);
  const Tensor weight = session.asking->question().scene.layers.front().weight.tensor();
  session = after(session, wrong_answer(session, "FLIP"));
  ASSERT_TRUE(session.asking->beside);
  EXPECT_EQ(session.asking->beside->why, BesideScene::Why::kYours);
  const Tensor turned =
      session.asking->beside->lesson->scenes.front()->layers.front().weight.tensor();
  const std::int64_t filter = session.asking->question().spot.filter;
  const Shape& shape = weight.shape();
  EXPECT_EQ(turned.at({filter, 0, 0, 0}), weight.at({filter, 0, shape.h - 1, shape.w - 1}));
  EXPECT_FALSE(after(asked("1a", 3), right_answer(asked("1a", 3))).asking->beside);
}

TEST(Asking, EveryTemplateIsAskedAnsweredAndRevealed) {
  for (const quiz::Template* each : quiz::all_templates()) {
    for (std::uint64_t seed = 0; seed < 4; ++seed) {
      const std::string id(each->id);
      const Session open = asked(id, seed);
      for (std::int64_t option = 0; option < std::ssize(open.asking->question().options);
           ++option) {
        const Session shown = after(open, action::Answer{option, ""});
        ASSERT_EQ(shown.asking->phase, Asking::Phase::kAnswered) << id;
        const bool plays = shown.clock.run_to && *shown.clock.run_to != shown.clock.frame;
        EXPECT_TRUE(plays || shown.transient.hover || shown.clock.frame > 0) << id;
        EXPECT_LE(shown.clock.run_to.value_or(0), timeline_of(shown).last()) << id;
        EXPECT_TRUE(quiz::can_run(scene_of(shown))) << id;
        if (shown.asking->beside) {
          EXPECT_TRUE(quiz::can_run(shown.asking->beside->lesson->scenes.front())) << id;
        }
      }
    }
  }
}

TEST(Asking, PracticeOfAConceptGoesOnAndComesBackToAMistake) {
  Session session = after(opened("cross-5x5"), action::Ask{AskAbout::kConcept, 3, 5});
  std::set<std::string> met;
  for (int i = 0; i < 6; ++i) {
    ASSERT_TRUE(is_asking(session));
    EXPECT_EQ(session.asking->question().concept_number, 3);
    met.insert(session.asking->question().template_id);
    session = after(session, wrong_answer(session, ""), action::NextQuestion{});
  }
  EXPECT_EQ(met, (std::set<std::string>{"3a", "3b"}));
}

TEST(Asking, TheWorkedSumLosesItsProductsAndTheyAreFilledOneAfterAnother) {
  Session session = opened("cross-5x5");
  session.outcomes = {{"1a", true, false}, {"1a", true, false}};  // two steps of fading
  session = after(session, action::Ask{AskAbout::kConcept, 1, 1});
  while (session.asking->question().template_id != "1a" || session.asking->worked.empty()) {
    session = after(session, wrong_answer(session, ""), action::NextQuestion{});
    session.outcomes = {{"1a", true, false}, {"1a", true, false}};
    ASSERT_LT(session.asking->number, 40u);
  }
  const quiz::WorkedSteps terms = session.asking->worked;
  EXPECT_TRUE(terms.front().blank);
  EXPECT_FALSE(terms.back().blank);
  session = after(session, action::FillBlank{"4711"});
  EXPECT_TRUE(session.asking->blank_refused);
  EXPECT_EQ(session.asking->filled, 0);
  session = after(session, action::FillBlank{" " + quiz::decimal_text(terms.front().value) + " "});
  EXPECT_FALSE(session.asking->blank_refused);
  EXPECT_EQ(session.asking->filled, 1);
  EXPECT_TRUE(is_asking(session));
}

// What the log says of help, practice knows at once: the steps fade with right answers, and a
// concept is held only once it was answered without them.
TEST(Asking, AnAnswerWithAWorkedSumFadesItAndHoldsNothing) {
  Session session = after(opened("cross-5x5"), action::Ask{AskAbout::kConcept, 4, 1});
  for (int i = 0; i < quiz::kFullyFaded; ++i) {
    ASSERT_FALSE(session.asking->worked.empty()) << i;
    EXPECT_EQ(quiz::fading_level(session.outcomes, 4), i);
    session = after(session, right_answer(session));
    EXPECT_TRUE(session.outcomes.back().hinted);
    EXPECT_TRUE(session.asking->practice.history.back().hinted);
    EXPECT_FALSE(quiz::is_held(session.outcomes, 4));
    session = after(session, action::NextQuestion{});
  }
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(session.asking->worked.empty());
    session = after(session, right_answer(session));
    EXPECT_FALSE(session.outcomes.back().hinted);
    session = after(session, action::NextQuestion{});
  }
  EXPECT_TRUE(quiz::is_held(session.outcomes, 4));
}

TEST(Asking, WithFadingOffThereIsNoWorkedSum) {
  Session session = after(opened("cross-5x5"), action::Switch{&Toggles::fading, false},
                          action::Ask{AskAbout::kConcept, 1, 1});
  for (int i = 0; i < 6; ++i) {
    EXPECT_TRUE(session.asking->worked.empty());
    session = after(session, right_answer(session), action::NextQuestion{});
  }
}

TEST(Solving, AnExerciseIsSolvedByAnEditAndLeftAsTheSceneWas) {
  const Session before = after(opened("stride"), action::GoTo{2});
  const quiz::Exercise exercise = quiz::testing::exercise("same-size-by-hand");
  Session session = after(before, action::ExerciseStarted{exercise});
  ASSERT_TRUE(session.solving);
  EXPECT_FALSE(session.solving->is_solved());
  session = after(session, action::OpenHint{});
  EXPECT_EQ(session.solving->progress.hints_open, 1u);
  session = after(session, action::OpenHint{}, action::OpenHint{}, action::OpenHint{});
  EXPECT_EQ(session.solving->progress.hints_open, 3u);
  session = after(session, action::SetSpec{exercise.solution.back().layers.front().spec, true});
  EXPECT_TRUE(session.solving->is_solved());
  session = after(session, action::Leave{});
  EXPECT_EQ(session.document, before.document);
  EXPECT_EQ(session.clock, before.clock);
}

TEST(Asking, ALessonThatCannotBeOpenedLeavesTheQuestionAsItWas) {
  const Session asking = after(opened("stride"), kThree);
  const Session session = after(asking, action::Opened{lesson::Lesson{}});
  ASSERT_TRUE(session.transient.notice);
  EXPECT_EQ(session.transient.notice->code, "lesson_broken");
  EXPECT_EQ(session.asking, asking.asking);
}

TEST(Asking, OpeningALessonLeavesTheQuestion) {
  const Session before = opened("stride");
  const Session session = after(before, kThree, action::Opened{testing::bundled("cross-5x5")});
  EXPECT_FALSE(session.asking);
  EXPECT_EQ(session.document.lesson->id, "cross-5x5");
  EXPECT_EQ(after(session, action::Undo{}).document.lesson, before.document.lesson);
}

}  // namespace
}  // namespace convscope::session
