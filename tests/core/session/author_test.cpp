// Writing a lesson: texts, scenes, what belongs to it.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/lesson/json/lesson_json.h"
#include "core/lesson/text_problems.h"
#include "tests/core/lesson/zoo.h"

namespace convscope::session {
namespace {

using lesson::Language;
using testing::after;
using testing::bundled;
using testing::opened;
using testing::told;

std::size_t undo_steps(const Session& session) { return session.document.history->past.size(); }
std::string refusal_of(const Session& session) {
  return session.transient.notice ? session.transient.notice->code : "";
}
std::vector<std::string> scene_titles(const Session& session) {
  std::vector<std::string> all;
  for (const Shared<lesson::Scene>& scene : session.document.lesson->scenes) {
    all.push_back(scene->title.in(Language::kEnglish));
  }
  return all;
}
lesson::Lesson saved_and_read(const Session& session) {
  return lesson::parse_lesson(lesson::lesson_json(*session.document.lesson), "saved.json",
                              testing::ramp);
}
// Three scenes called A, B and C.
Session three_scenes() {
  Session session = after(opened("cross-5x5"), action::SetScene{0});
  while (session.document.lesson->scenes.size() > 1) {
    session = after(session, action::RemoveScene{1});
  }
  session =
      after(session, action::SetTitle{action::TitleOf::kScene, Language::kEnglish, "A"},
            action::AddScene{}, action::SetTitle{action::TitleOf::kScene, Language::kEnglish, "B"},
            action::AddScene{}, action::SetTitle{action::TitleOf::kScene, Language::kEnglish, "C"});
  EXPECT_EQ(scene_titles(session), (std::vector<std::string>{"A", "B", "C"}));
  return session;
}

TEST(Author, ATextStandsAtItsPlaceInOrderAndOnTheStage) {
  Session session = after(opened("cross-5x5"), action::GoTo{5},
                          action::SetNarration{0, 5, Language::kEnglish, "Three again."});
  EXPECT_EQ(told(session), "Three again.");
  const std::vector<lesson::Narration>& texts = scene_of(session).narration;
  EXPECT_TRUE(std::ranges::is_sorted(texts, {}, &lesson::Narration::position));
  session = after(session, action::SetNarration{0, 5, Language::kRussian, "Снова три."});
  EXPECT_EQ(std::ranges::count(scene_of(session).narration, 5, &lesson::Narration::position), 1);
  EXPECT_EQ(saved_and_read(session), *session.document.lesson);
}

TEST(Author, AnEmptyTextGoesWithItsLastLanguage) {
  Session session =
      after(opened("cross-5x5"), action::SetNarration{0, 5, Language::kEnglish, "Three."},
            action::SetNarration{0, 5, Language::kRussian, "Три."},
            action::SetNarration{0, 5, Language::kEnglish, ""});
  EXPECT_EQ(std::ranges::count(scene_of(session).narration, 5, &lesson::Narration::position), 1);
  session = after(session, action::SetNarration{0, 5, Language::kRussian, ""});
  EXPECT_EQ(std::ranges::count(scene_of(session).narration, 5, &lesson::Narration::position), 0);
}

TEST(Author, TypingIsOneStepOfUndo) {
  const Session start = opened("cross-5x5");
  Session session = start;
  for (const char* typed : {"T", "Th", "Thr"}) {
    session = after(session, action::SetNarration{0, 5, Language::kEnglish, typed, false});
  }
  session = after(session, action::Commit{});
  EXPECT_EQ(undo_steps(session), 1U);
  EXPECT_EQ(session.document.history->past.back().change, "set_narration");
  EXPECT_EQ(after(session, action::Undo{}).document.lesson, start.document.lesson);
}

TEST(Author, AnotherPlaceIsRefused) {
  for (const action::SetNarration& wrong : {action::SetNarration{0, 9, Language::kEnglish, "x"},
                                            action::SetNarration{0, -2, Language::kEnglish, "x"},
                                            action::SetNarration{1, 0, Language::kEnglish, "x"},
                                            action::SetNarration{-1, 0, Language::kEnglish, "x"}}) {
    const Session session = after(opened("cross-5x5"), wrong);
    EXPECT_EQ(refusal_of(session), "value_outside");
    EXPECT_EQ(undo_steps(session), 0U);
  }
  EXPECT_EQ(refusal_of(after(opened("cross-5x5"), action::SetNarration{0, 0, Language::kEnglish,
                                                                       std::string(5000, 'x')})),
            "text_too_long");
}

// A text that is written over changed numbers is about them: it is not grey.
TEST(Author, ATextIsAboutTheNumbersItWasWrittenOver) {
  Session session =
      after(opened("cross-5x5"), action::SetValue{{TensorRole::kWeight, {0, 0, 0, 0}}, 7});
  EXPECT_TRUE(has_other_numbers(session));
  const Session changed = session;
  session = after(session, action::SetNarration{0, 5, Language::kEnglish, "Now with a seven."});
  EXPECT_FALSE(has_other_numbers(session));
  EXPECT_TRUE(has_other_numbers(after(session, action::Undo{})));
  EXPECT_FALSE(has_other_numbers(after(session, action::Undo{}, action::Undo{})));
  EXPECT_EQ(after(session, action::Undo{}).document.original, changed.document.original);
}

TEST(Author, ANewSceneOpensAsTheStageLooks) {
  const Session session = after(opened("cross-5x5"), action::SetView{lesson::View::kMatrix},
                                action::SetCodeStrip{lesson::CodeStrip::kLoop}, action::AddScene{});
  EXPECT_EQ(session.look.scene, 1);
  const lesson::Scene& scene = scene_of(session);
  EXPECT_EQ(scene.view, lesson::View::kMatrix);
  EXPECT_EQ(scene.code, lesson::CodeStrip::kLoop);
  EXPECT_TRUE(scene.narration.empty());
  EXPECT_FALSE(has_other_numbers(session));
  EXPECT_EQ(session.document.lesson->scenes.size(), session.document.original->scenes.size());
}

TEST(Author, ADuplicateHasTheTexts) {
  const Session session = after(opened("cross-5x5"), action::AddScene{true});
  EXPECT_EQ(scene_of(session), *session.document.lesson->scenes[0]);
  EXPECT_FALSE(scene_of(session).narration.empty());
}

TEST(Author, ScenesMoveAndTheStageStaysWithItsScene) {
  Session session = after(three_scenes(), action::SetScene{1});
  session = after(session, action::MoveScene{0, 2});
  EXPECT_EQ(scene_titles(session), (std::vector<std::string>{"B", "C", "A"}));
  EXPECT_EQ(session.look.scene, 0);
  session = after(session, action::MoveScene{0, 1});
  EXPECT_EQ(scene_titles(session), (std::vector<std::string>{"C", "B", "A"}));
  EXPECT_EQ(session.look.scene, 1);
  EXPECT_EQ(refusal_of(after(session, action::MoveScene{0, 3})), "value_outside");
  session = after(session, action::Undo{}, action::Undo{});
  EXPECT_EQ(scene_titles(session), (std::vector<std::string>{"A", "B", "C"}));
}

TEST(Author, ARemovedSceneComesBackWithUndo) {
  const Session start = after(three_scenes(), action::SetScene{2});
  const Session session = after(start, action::RemoveScene{2});
  EXPECT_EQ(scene_titles(session), (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(session.look.scene, 1);
  const Session back = after(session, action::Undo{});
  EXPECT_EQ(scene_titles(back), (std::vector<std::string>{"A", "B", "C"}));
  EXPECT_EQ(back.look.scene, 2);
  EXPECT_EQ(back.document.original->scenes.size(), 3U);
}

TEST(Author, TheLastSceneStays) {
  Session session =
      after(three_scenes(), action::RemoveScene{0}, action::RemoveScene{0}, action::RemoveScene{0});
  EXPECT_EQ(scene_titles(session), (std::vector<std::string>{"C"}));
  EXPECT_EQ(refusal_of(session), "last_scene");
}

TEST(Author, TheLessonKeepsATitle) {
  Session session = opened("cross-5x5");
  for (const Language language : {Language::kEnglish, Language::kRussian}) {
    session = after(session, action::SetTitle{action::TitleOf::kLesson, language, ""},
                    action::SetTitle{action::TitleOf::kSummary, language, ""});
  }
  EXPECT_EQ(saved_and_read(session).scenes.size(), session.document.lesson->scenes.size());
}

TEST(Author, QuestionsAndExercisesAreAttachedById) {
  Session session =
      after(opened("cross-5x5"), action::Attach{action::Attached::kQuestion, "4a", true},
            action::Attach{action::Attached::kQuestion, "4a", true},
            action::Attach{action::Attached::kExercise, "half-the-size", true});
  EXPECT_EQ(session.document.lesson->questions, std::vector<std::string>{"4a"});
  EXPECT_EQ(session.document.lesson->exercises, std::vector<std::string>{"half-the-size"});
  EXPECT_EQ(saved_and_read(session), *session.document.lesson);
  EXPECT_EQ(refusal_of(after(session, action::Attach{action::Attached::kQuestion, "99z", true})),
            "attached_question_unknown");
  session = after(session, action::Attach{action::Attached::kQuestion, "4a", false});
  EXPECT_TRUE(session.document.lesson->questions.empty());
}

// Saving used to drop the text of a place that an edit had taken away.
TEST(Author, ATextWhosePlaceIsGoneIsKeptInTheFileAndComesBack) {
  const Session start = opened("cross-5x5");
  const std::vector<lesson::Narration> texts = scene_of(start).narration;
  ASSERT_EQ(texts.back().position, 8);
  const Session small = after(start, action::SetInputSize{1, 4, 5});  // a map of 2 x 3
  const lesson::Lesson saved = saved_and_read(small);
  EXPECT_EQ(saved, *small.document.lesson);
  EXPECT_EQ(saved.scenes[0]->narration, texts);
  EXPECT_TRUE(std::ranges::any_of(lesson::text_problems(saved), [](const Problem& problem) {
    return problem.code == "text_unplaced";
  }));
  const Session back = after(open_session(saved, Theme::kDark, Language::kEnglish),
                             action::SetInputSize{1, 5, 5}, action::Last{});
  EXPECT_EQ(narration_of(back), texts.back().text);
  EXPECT_TRUE(lesson::text_problems(*back.document.lesson).empty());
}

TEST(ReducedMotion, NextShowsItsStepAtOnce) {
  const Session session =
      after(opened("cross-5x5"), action::Switch{&Toggles::reduced_motion, true}, action::Next{});
  EXPECT_FALSE(session.clock.run_to);
  EXPECT_EQ(beat_at(timeline_of(session), session.clock.frame).position, 0);
  EXPECT_TRUE(beat_at(timeline_of(session), session.clock.frame).finished);
}

}  // namespace
}  // namespace convscope::session
