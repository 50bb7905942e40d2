#include "core/session/update.h"

#include <optional>
#include <utility>

#include "core/session/action/rows.h"
#include "core/session/ask/asking_moves.h"
#include "core/session/clock_moves.h"
#include "core/session/edit/history.h"

namespace convscope::session {
namespace {

template <typename... Kinds>
bool is_one_of(const Action& action) {
  return (action.is<Kinds>() || ...);
}

// What has an effect while a question waits for its answer: nothing that would show another moment,
// other numbers or another view.
bool leaves_question_alone(const Action& action) {
  return is_one_of<action::Ask, action::Answer, action::FillBlank, action::NextQuestion,
                   action::Leave, action::ExerciseStarted, action::SetTheme, action::SetLanguage,
                   action::SetSpeed, action::SetCamera, action::Open, action::Opened,
                   action::Refresh, action::Save, action::Notify, action::DismissNotice,
                   action::Switch>(action);
}

}  // namespace

Session update(Session session, const Action& action) {
  if (is_asking(session) && !leaves_question_alone(action)) {
    return session;
  }
  const std::optional<Session> before = session.solving ? std::optional(session) : std::nullopt;
  const action::Row& row = action::row_of(action);
  row.apply(session, action);
  if (session.toggles.reduced_motion) {
    session = settle(std::move(session));
  }
  if (before) {
    follow_exercise(session, *before);
  }
  if (row.change) {
    name_change(session.document, row.change(action));
  }
  return session;
}

std::vector<Problem> refusal_of(const Session& session, const Action& action) {
  if (action.is<action::Notify>()) {
    return {};
  }
  if (is_asking(session) && !leaves_question_alone(action)) {
    return {{"question_waits", "", {}}};
  }
  Session trial = session;
  trial.transient.notice.reset();
  trial.transient.draft.reset();
  const Transient after = update(std::move(trial), action).transient;
  if (after.draft) {
    return after.draft->problems;
  }
  return after.notice ? std::vector<Problem>{*after.notice} : std::vector<Problem>{};
}

Session settle(Session session) {
  if (session.clock.run_to) {
    jump_to(session, *session.clock.run_to);
  }
  return session;
}

}  // namespace convscope::session
