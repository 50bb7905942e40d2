#include "app/cli/still.h"

#include <utility>

#include "app/cli/texts.h"
#include "app/files/lesson_file.h"
#include "core/session/update.h"
#include "core/tensor/problem.h"

namespace convscope::cli {
namespace {

// Throws unless 1 <= number <= count.
void check_number(const char* code, const char* option, const char* name, std::int64_t number,
                  std::size_t count, const session::Session& session) {
  const auto last = static_cast<std::int64_t>(count);
  if (number < 1 || number > last) {
    throw Failure(
        {code, option, {{name, number}, {"lesson", session.document.lesson->id}, {"last", last}}});
  }
}

}  // namespace

session::Session session_of(files::OpenedLesson opened, const Look& look,
                            session::Granularity granularity, const Place& place) {
  session::Session session =
      session::open_session(told_in(look, std::move(opened.lesson)), look.theme, look.language);
  if (!opened.remarks.empty()) {
    session.transient.notice = std::move(opened.remarks.front());
  }
  session.clock.granularity = granularity;
  check_number("scene_out_of_range", "--scene", "scene", place.scene,
               session.document.lesson->scenes.size(), session);
  session = session::update(std::move(session), session::action::SetScene{place.scene - 1});
  check_number("layer_out_of_range", "--layer", "layer", place.layer,
               session::scene_of(session).layers.size(), session);
  session = session::update(std::move(session), session::action::SetLayer{place.layer - 1});
  if (place.views) {
    session = session::update(std::move(session), session::action::SetSecondView{});
    session = session::update(std::move(session), session::action::SetView{place.views->first});
    session =
        session::update(std::move(session), session::action::SetSecondView{place.views->second});
  }
  return session;
}

session::Session session_on(const std::string& lesson, const Look& look,
                            session::Granularity granularity, const Place& place) {
  return session_of(files::open_told(lesson, place.opening), look, granularity, place);
}

session::Session at_step(session::Session session, std::int64_t step) {
  const std::int64_t position =
      checked_step(session, step, session::position_shape(session).count());
  session.clock.frame = session::frame_of(session::timeline_of(session), position);
  return session;
}

std::int64_t checked_step(const session::Session& session, std::int64_t step, std::int64_t count) {
  if (step == kLastStep) {
    return count - 1;
  }
  if (step < kStartStep || step >= count) {
    throw Failure({"step_out_of_range",
                   "--step",
                   {{"step", step}, {"lesson", session.document.lesson->id}, {"last", count - 1}}});
  }
  return step;
}

}  // namespace convscope::cli
