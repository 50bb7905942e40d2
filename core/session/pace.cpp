#include "core/session/pace.h"

#include <algorithm>
#include <cmath>

#include "core/lesson/views.h"

namespace convscope::session {
namespace {

constexpr double kMinute = 60;
constexpr double kSpeedSteps = 4;

// The ticks between two stops by rows.
Frame row_ticks(const Session& session, const Timeline& timeline) {
  const Frame each = timeline.ticks_per_position();
  const std::int64_t row =
      std::min(row_length(session), std::max<Frame>(timeline.last() / each, 1));
  return row * each;
}

}  // namespace

std::int64_t row_length(const Session& session) {
  constexpr std::int64_t kSomeSteps = 10;
  return lesson::counts_steps(session.look.view)
             ? kSomeSteps
             : std::max<std::int64_t>(position_shape(session).w, 1);
}

std::int64_t stride_of_play(const Session& session) {
  return session.clock.granularity == Granularity::kRow ? row_length(session) : 1;
}

Frame next_stop(const Session& session, Frame frame) {
  const Timeline timeline = timeline_of(session);
  if (session.clock.granularity != Granularity::kRow) {
    return next_rest(timeline, frame);
  }
  const Frame at = std::clamp<Frame>(frame, 0, timeline.last());
  const Frame row = row_ticks(session, timeline);
  const Frame left = row - at % row;
  return left > timeline.last() - at ? timeline.last() : at + left;
}

Frame previous_stop(const Session& session, Frame frame) {
  const Timeline timeline = timeline_of(session);
  if (session.clock.granularity != Granularity::kRow) {
    return previous_rest(timeline, frame);
  }
  const Frame at = std::clamp<Frame>(frame, 0, timeline.last());
  const Frame row = row_ticks(session, timeline);
  const Frame over = at % row;
  return std::max<Frame>(0, at - (over == 0 ? row : over));
}

Frame stop_shown(const Session& session) {
  const Frame frame = session.clock.frame;
  const Frame before = previous_stop(session, frame);
  const Frame following = next_stop(session, before);
  return following <= frame ? following : before;
}

double seconds_of_run(const Session& session) {
  return static_cast<double>(timeline_of(session).last()) /
         static_cast<double>(kTicksPerSecond * stride_of_play(session));
}

double fastest(const Session& session) {
  const double minute = std::ceil(seconds_of_run(session) / kMinute * kSpeedSteps) / kSpeedSteps;
  return std::clamp(minute, kMaxSpeed, kMostSpeed);
}

bool is_long_run(const Session& session) { return fastest(session) > kMaxSpeed; }

}  // namespace convscope::session
