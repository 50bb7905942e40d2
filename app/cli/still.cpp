#include "app/cli/still.h"

#include <utility>

#include "app/files/lesson_file.h"
#include "core/tensor/problem.h"

namespace convscope {

Session session_on(const std::string& lesson, const Look& look, Granularity granularity) {
  Session session = open_session(open_lesson(lesson), look.theme, look.language);
  session.granularity = granularity;
  return session;
}

Session at_step(Session session, std::int64_t step) {
  check_step(session, step);
  session.frame = frame_of(timeline_of(session), step);
  return session;
}

void check_step(const Session& session, std::int64_t step) {
  const std::int64_t count = layer_output_shape(scene_of(session), session.layer).count();
  if (step < kStartStep || step >= count) {
    throw Failure({"step_out_of_range",
                   "--step",
                   {{"step", step}, {"lesson", session.lesson.id}, {"last", count - 1}}});
  }
}

}  // namespace convscope
