#include "app/cli/still.h"

#include <utility>

#include "app/files/lesson_file.h"
#include "core/lesson/update.h"
#include "core/tensor/problem.h"

namespace convscope {
namespace {

// `number` counts from 1.
void check_number(const char* code, const char* option, const char* name, std::int64_t number,
                  std::size_t count, const Session& session) {
  const auto last = static_cast<std::int64_t>(count);
  if (number < 1 || number > last) {
    throw Failure({code, option, {{name, number}, {"lesson", session.lesson.id}, {"last", last}}});
  }
}

}  // namespace

Session session_on(const std::string& lesson, const Look& look, Granularity granularity,
                   const Place& place) {
  Session session = open_session(open_lesson(lesson), look.theme, look.language);
  session.granularity = granularity;
  check_number("scene_out_of_range", "--scene", "scene", place.scene, session.lesson.scenes.size(),
               session);
  session = update(std::move(session), action::SetScene{place.scene - 1});
  check_number("layer_out_of_range", "--layer", "layer", place.layer,
               scene_of(session).layers.size(), session);
  session = update(std::move(session), action::SetLayer{place.layer - 1});
  if (place.views) {
    session = update(std::move(session), action::SetSecondView{});
    session = update(std::move(session), action::SetView{place.views->first});
    session = update(std::move(session), action::SetSecondView{place.views->second});
  }
  return session;
}

Session at_step(Session session, std::int64_t step) {
  const std::int64_t position = checked_step(session, step, position_shape(session).count());
  session.frame = frame_of(timeline_of(session), position);
  return session;
}

std::int64_t checked_step(const Session& session, std::int64_t step, std::int64_t count) {
  if (step == kLastStep) {
    return count - 1;
  }
  if (step < kStartStep || step >= count) {
    throw Failure({"step_out_of_range",
                   "--step",
                   {{"step", step}, {"lesson", session.lesson.id}, {"last", count - 1}}});
  }
  return step;
}

}  // namespace convscope
