#include "core/session/ask/asking_moves.h"

#include <algorithm>
#include <array>
#include <sstream>
#include <utility>

#include "core/quiz/practice/fading.h"
#include "core/quiz/quiz.h"
#include "core/quiz/setting/draw.h"
#include "core/quiz/templates/templates.h"
#include "core/session/ask/reveal.h"
#include "core/session/clock_moves.h"

namespace convscope::session {
namespace {

constexpr std::int64_t kMostQuestions = 100;

Kept kept_of(const Session& session) { return {session.document, session.clock, session.look}; }

// A document that is not the user's: its number is that of no document that undo can reach.
void show_document(Session& session, lesson::Lesson lesson, std::int64_t number) {
  session.document = {};
  session.document.lesson = std::move(lesson);
  session.document.original = session.document.lesson;
  session.document.number = number;
  session.look.scene = 0;
  session.look.layer = 0;
  session.look.camera = {};
  session.transient = {};
  session.clock.playing = false;
  session.clock.run_to.reset();
  session.clock.frame = 0;
}

// Nothing of the scene is played before the answer; the view that was told comes with it.
void show_question(Session& session) {
  Asking& asking = *session.asking;
  asking.phase = Asking::Phase::kOpen;
  asking.option.reset();
  asking.verdict.reset();
  asking.beside.reset();
  asking.worked.clear();
  asking.filled = 0;
  asking.blank_refused = false;
  const quiz::Question& question = asking.question();
  const lesson::Lesson& own = asking.kept.document.lesson;
  const bool of_lesson = question.lesson == own.id &&
                         (asking.about == AskAbout::kScene || asking.about == AskAbout::kLesson);
  // Without a lesson of its own the stage is called by the concept (picture/kit/header.h).
  lesson::Lesson on_stage = of_lesson ? lesson_of(question.scene, own.title)
                                      : lesson_of(question.scene, {{{"en", question.template_id}}},
                                                  quiz::concept_key(question.concept_number));
  show_document(session, std::move(on_stage), -1 - static_cast<std::int64_t>(asking.number));
  show_as_told(session);
  session.look.view = lesson::View::kFlat;
  session.look.second_view.reset();
  session.clock.granularity = Granularity::kPosition;
  if (asking.about == AskAbout::kConcept && session.toggles.fading) {
    asking.worked =
        quiz::faded(question.worked, quiz::fading_level(session.outcomes, question.concept_number));
  }
}

quiz::Question practice_question(const quiz::Practice& practice) {
  const quiz::Next next = quiz::next_question(practice);
  const quiz::Template& asked = *quiz::find_template(next.template_id);
  return quiz::drawn_question(asked, std::string(asked.lessons.front()), next.seed);
}

std::vector<Shared<quiz::Question>> shared(quiz::Quiz quiz) {
  std::vector<Shared<quiz::Question>> questions;
  for (quiz::Question& question : quiz.questions) {
    questions.emplace_back(std::move(question));
  }
  return questions;
}

// One question of each template that is named; what names none is passed over.
std::vector<Shared<quiz::Question>> questions_of(const std::string& templates, std::uint64_t seed) {
  std::vector<Shared<quiz::Question>> questions;
  std::istringstream ids(templates);
  std::string id;
  while (ids >> id && questions.size() < kMostQuestions) {
    if (const quiz::Template* asked = quiz::find_template(id)) {
      questions.emplace_back(
          quiz::drawn_question(*asked, std::string(asked->lessons.front()), seed));
    }
  }
  return questions;
}

std::vector<Shared<quiz::Question>> questions_for(const Session& own, const action::Ask& wanted,
                                                  const quiz::Practice& practice) {
  const auto seed = static_cast<std::uint64_t>(wanted.seed);
  const auto count =
      static_cast<std::size_t>(std::clamp<std::int64_t>(wanted.count, 1, kMostQuestions));
  switch (wanted.about) {
    case AskAbout::kScene: {
      lesson::Lesson lesson = own.document.lesson;
      lesson.scenes = {lesson.scenes[static_cast<std::size_t>(own.look.scene)]};
      return shared(quiz::lesson_quiz(lesson, seed, count));
    }
    case AskAbout::kLesson:
      return shared(quiz::lesson_quiz(own.document.lesson, seed, count));
    case AskAbout::kConcept:
      return {practice_question(practice)};
    case AskAbout::kQuiz:
      return wanted.templates.empty() ? shared(quiz::mixed_quiz(seed, count))
                                      : questions_of(wanted.templates, seed);
  }
  return {};
}

void finish(Session& session) {
  session.asking->phase = Asking::Phase::kDone;
  session.asking->beside.reset();
  session.clock.playing = false;
  session.clock.run_to.reset();
}

}  // namespace

lesson::Lesson lesson_of(const lesson::Scene& scene, const lesson::LocalizedText& title,
                         const std::string& id) {
  lesson::Lesson lesson;
  lesson.id = id;
  lesson.title = title;
  lesson::Scene fitted = scene;
  Shape shape = fitted.input.base.shape();
  for (lesson::Layer& layer : fitted.layers) {
    layer.spec = conv::fitted(layer.spec, shape);
    shape = conv::output_shape(layer.spec, shape);
  }
  lesson.scenes = {std::move(fitted)};
  return lesson;
}

void ask(Session& session, const action::Ask& wanted) {
  Session own = own_session(session);
  Asking asking;
  asking.about = wanted.about;
  if (wanted.about == AskAbout::kConcept) {
    asking.practice.seed = static_cast<std::uint64_t>(wanted.seed);
    if (wanted.concept_number >= 1 && wanted.concept_number <= quiz::kConcepts) {
      asking.practice.concepts = {static_cast<int>(wanted.concept_number)};
    }
  }
  asking.questions = questions_for(own, wanted, asking.practice);
  if (asking.questions.empty()) {
    session.transient.notice = Problem{"nothing_to_ask", "", {}};
    return;
  }
  asking.count =
      wanted.about == AskAbout::kConcept ? 0 : static_cast<std::int64_t>(asking.questions.size());
  asking.kept = kept_of(own);
  asking.kept.clock.playing = false;
  session = std::move(own);
  session.asking = std::move(asking);
  show_question(session);
}

void answer(Session& session, const action::Answer& given) {
  if (!is_asking(session)) {
    return;
  }
  Asking& asking = *session.asking;
  const quiz::Question& question = asking.question();
  const bool picked = given.option && *given.option >= 0;
  quiz::Verdict verdict =
      picked ? quiz::grade_option(question, static_cast<std::size_t>(*given.option))
             : quiz::grade_text(question, given.text, {});
  asking.verdict = verdict;
  if (verdict.kind == quiz::Verdict::Kind::kNotUnderstood) {
    return;
  }
  const bool right = verdict.kind == quiz::Verdict::Kind::kRight;
  asking.option = picked ? given.option : std::nullopt;
  asking.phase = Asking::Phase::kAnswered;
  asking.answered.push_back({question.template_id, question.concept_number, right, verdict.code});
  const bool helped = !asking.worked.empty();
  session.outcomes.push_back({question.template_id, right, helped});
  if (asking.about == AskAbout::kConcept) {
    asking.practice = quiz::after_answer(asking.practice, right, helped);
  }
  reveal(session);
}

void fill_blank(Session& session, const std::string& text) {
  if (!is_asking(session)) {
    return;
  }
  Asking& asking = *session.asking;
  const std::optional<std::size_t> blank = quiz::next_blank(asking.worked, asking.filled);
  if (blank) {
    const bool right = quiz::fills(asking.worked[*blank], text);
    asking.filled += right ? 1 : 0;
    asking.blank_refused = !right;
  }
}

void next_question(Session& session) {
  if (!session.asking || session.asking->phase != Asking::Phase::kAnswered) {
    return;
  }
  Asking& asking = *session.asking;
  if (asking.about == AskAbout::kConcept) {
    asking.questions.emplace_back(practice_question(asking.practice));
  }
  if (asking.number + 1 >= asking.questions.size()) {
    finish(session);
    return;
  }
  ++asking.number;
  show_question(session);
}

void leave(Session& session) { session = own_session(std::move(session)); }

void start_exercise(Session& session, const quiz::Exercise& exercise) {
  constexpr std::int64_t kNumber = -1'000'000;
  if (exercise.start.layers.empty()) {
    return;
  }
  Session own = own_session(session);
  Solving solving{.exercise = exercise, .kept = kept_of(own)};
  solving.kept.clock.playing = false;
  session = std::move(own);
  session.solving = std::move(solving);
  show_document(session, lesson_of(exercise.start, exercise.title), kNumber);
  show_as_told(session);
}

void open_hint(Session& session) {
  if (session.solving) {
    Solving& solving = *session.solving;
    solving.progress = quiz::with_next_hint(solving.exercise, solving.progress);
  }
}

void follow_exercise(Session& session, const Session& before) {
  if (session.solving && before.solving && session.solving->exercise == before.solving->exercise &&
      session.document.lesson != before.document.lesson) {
    session.solving->progress =
        quiz::after_edit(session.solving->exercise, session.solving->progress, scene_of(session));
  }
}

}  // namespace convscope::session
