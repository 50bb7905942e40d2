#include "core/session/action/ask.h"

#include "core/session/action/rows.h"
#include "core/session/ask/asking_moves.h"
#include "core/session/enum_names.h"

namespace convscope::session::action {
namespace {

void visit_ask(Fields& fields, Ask& a) {
  fields.word("about", kAskAbouts, a.about);
  if (fields.has("concept", a.concept_number != 0)) {
    fields.integer("concept", a.concept_number);
  }
  fields.integer("seed", a.seed);
  if (fields.has("count", a.count != 1)) {
    fields.integer("count", a.count);
  }
  if (fields.has("templates", !a.templates.empty())) {
    fields.text("templates", a.templates);
  }
}

void visit_answer(Fields& fields, Answer& a) {
  if (fields.has("option", a.option.has_value())) {
    std::int64_t option = a.option.value_or(0);
    fields.integer("option", option);
    a.option = option;
  }
  if (fields.has("text", !a.text.empty())) {
    fields.text("text", a.text);
  }
}

}  // namespace

std::vector<Row> ask_rows() {
  return {
      row<Ask, [](Session& session, const Ask& a) { ask(session, a); },
          [](Fields& fields, Ask& a) { visit_ask(fields, a); }>("ask"),
      row<Answer, [](Session& session, const Answer& a) { answer(session, a); },
          [](Fields& fields, Answer& a) { visit_answer(fields, a); }>("answer"),
      row<FillBlank, [](Session& session, const FillBlank& a) { fill_blank(session, a.text); },
          [](Fields& fields, FillBlank& a) { fields.text("text", a.text); }>("fill_blank"),
      row<NextQuestion, next_question>("next_question"),
      row<Leave, leave>("leave"),
      row<StartExercise, [](Session&) {},
          [](Fields& fields, StartExercise& a) { fields.text("exercise", a.exercise); }>(
          "start_exercise"),
      row<ExerciseStarted,
          [](Session& session, const ExerciseStarted& a) { start_exercise(session, a.exercise); }>(
          ""),
      row<OpenHint, open_hint>("open_hint"),
  };
}

}  // namespace convscope::session::action
