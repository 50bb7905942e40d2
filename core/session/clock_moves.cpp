#include "core/session/clock_moves.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/conv/analysis/as_convolution.h"
#include "core/conv/analysis/step.h"
#include "core/lesson/views.h"
#include "core/session/narration.h"
#include "core/session/pace.h"
#include "core/session/update.h"

namespace convscope::session {
namespace {

// Going back is a correction, not a lesson: it runs this much faster.
constexpr std::int64_t kRewindSpeed = 4;
constexpr std::int64_t kQuarters = 4;
constexpr Frame kMost = std::numeric_limits<Frame>::max();

Beat beat_of(const Session& session) { return beat_at(timeline_of(session), session.clock.frame); }

// The tick after the last one is frame 0 again.
Frame wrapped(Frame over, Frame last) { return last == kMost ? over - 1 : (over - 1) % (last + 1); }

void run(Session& session, Frame advance) {
  const Frame target = *session.clock.run_to;
  const bool back = target < session.clock.frame;
  const Frame left = back ? session.clock.frame - target : target - session.clock.frame;
  const Frame moved = back ? std::min(advance, kMost / kRewindSpeed) * kRewindSpeed : advance;
  if (moved >= left) {
    jump_to(session, target);
  } else {
    session.clock.frame += back ? -moved : moved;
  }
}

// Guided play waits at every text, but not in a loop, where all have been read.
void play(Session& session, Frame advance) {
  const std::optional<Frame> told =
      session.toggles.guided && !session.toggles.loop ? next_told(session) : std::nullopt;
  if (told && advance >= *told - session.clock.frame) {
    session.clock.frame = *told;
    session.clock.playing = false;
    return;
  }
  const Frame last = timeline_of(session).last();
  const Frame left = last - session.clock.frame;
  if (advance < left) {
    session.clock.frame += advance;
  } else if (session.toggles.loop && advance > left) {
    session.clock.frame = wrapped(advance - left, last);
  } else {
    session.clock.frame = last;
    session.clock.playing = session.toggles.loop;
  }
}

// The window number on one axis of `count` windows whose centre is nearest to `cell`.
std::int64_t nearest_window(std::int64_t cell, std::int64_t pad, std::int64_t reach,
                            std::int64_t stride, std::int64_t count) {
  // Twice the distance from the first window's centre to the cell, in whole numbers.
  const double distance = 2.0 * static_cast<double>(cell) + 2.0 * static_cast<double>(pad) -
                          static_cast<double>(reach - 1);
  const double window = std::ceil(distance / (2.0 * static_cast<double>(stride)) - 0.5);
  return static_cast<std::int64_t>(std::clamp(window, 0.0, static_cast<double>(count - 1)));
}

// Positions that are finished.
std::int64_t finished_positions(const Session& session) {
  const Beat beat = beat_of(session);
  return beat.position + (beat.finished ? 1 : 0);
}

}  // namespace

void jump_to(Session& session, Frame frame) {
  session.clock.kept = 0;
  session.clock.frame = std::clamp<Frame>(frame, 0, timeline_of(session).last());
  session.clock.run_to.reset();
  session.clock.quarter_ticks = 0;
}

void jump_to_position(Session& session, std::int64_t position) {
  jump_to(session, frame_of(timeline_of(session), position));
}

void go_to_position(Session& session, std::int64_t position) {
  const std::int64_t kept = std::max(session.clock.kept, finished_positions(session));
  jump_to_position(session, position);
  const std::int64_t now = finished_positions(session);
  session.clock.kept = now > 0 && now < kept ? kept : 0;
}

void run_to_next(Session& session) {
  session = settle(std::move(session));
  session.clock.playing = false;
  session.clock.kept = 0;
  const Frame target = next_stop(session, session.clock.frame);
  if (target != session.clock.frame) {
    session.clock.run_to = target;
  }
}

void run_to_previous(Session& session) {
  session = settle(std::move(session));
  session.clock.playing = false;
  session.clock.kept = 0;
  const Frame target = previous_stop(session, session.clock.frame);
  if (target != session.clock.frame) {
    session.clock.run_to = target;
  }
}

void jump_to_next_row(Session& session) {
  const Shape output = position_shape(session);
  const std::int64_t position = beat_of(session).position;
  const std::int64_t below = position < 0 ? 0 : position + row_length(session);
  jump_to_position(session, below < output.count() ? below : position);
}

void jump_to_previous_row(Session& session) {
  jump_to_position(session, beat_of(session).position - row_length(session));
}

void jump_to_next_filter(Session& session) {
  const Shape output = position_shape(session);
  Index at = conv::output_index(output, std::max<std::int64_t>(beat_of(session).position, 0));
  at.c = (at.c + 1) % output.c;
  jump_to_position(session, conv::position_of(output, at));
}

void place_window(Session& session, const Index& cell) {
  if (lesson::counts_steps(session.look.view)) {
    return;  // its positions are steps, not places
  }
  const conv::LayerSpec& own = layer_of(session).spec;
  const Shape own_input = lesson::layer_input_shape(scene_of(session), session.look.layer);
  if (is_scatter_add(session)) {
    Index at = conv::output_index(own_input, std::max<std::int64_t>(beat_of(session).position, 0));
    at.y = std::clamp<std::int64_t>(cell.y, 0, own_input.h - 1);
    at.x = std::clamp<std::int64_t>(cell.x, 0, own_input.w - 1);
    go_to_position(session, conv::position_of(own_input, at));
    return;
  }
  const conv::LayerSpec spec = conv::equivalent_spec(own, own_input);
  const Shape input = conv::equivalent_input_shape(own, own_input);
  const Shape output = conv::output_shape(own, own_input);
  const conv::Pads pads = conv::resolved_pads(spec, input);
  const conv::Size2 reach = conv::dilated_kernel(spec);
  Index at = conv::output_index(output, std::max<std::int64_t>(beat_of(session).position, 0));
  at.y = nearest_window(cell.y, pads.top, reach.h, spec.stride.h, output.h);
  at.x = nearest_window(cell.x, pads.left, reach.w, spec.stride.w, output.w);
  go_to_position(session, conv::position_of(output, at));
}

void toggle_play(Session& session) {
  session.clock.run_to.reset();
  session.clock.kept = 0;
  session.clock.playing = !session.clock.playing;
  if (session.clock.playing && session.clock.frame >= timeline_of(session).last()) {
    jump_to(session, 0);
  }
}

void tick(Session& session, std::int64_t frames) {
  if (frames <= 0 || !is_moving(session)) {
    return;
  }
  // Speeds are whole quarters, so slow play adds up exactly.
  const auto quarters = static_cast<std::int64_t>(std::llround(session.clock.speed * kQuarters));
  const std::int64_t each = quarters * stride_of_play(session);
  const std::int64_t moved =
      std::min(frames, (kMost - kQuarters) / each) * each + session.clock.quarter_ticks;
  session.clock.quarter_ticks = moved % kQuarters;
  const Frame advance = moved / kQuarters;
  if (session.clock.run_to) {
    run(session, advance);
  } else {
    play(session, advance);
  }
  if (!is_moving(session)) {
    session.clock.quarter_ticks = 0;
  }
}

void set_speed(Session& session, double speed) {
  if (!std::isfinite(speed)) {
    session.transient.notice = Problem{"value_not_finite", "speed", {}};
    return;
  }
  session.clock.speed =
      std::round(std::clamp(speed, kMinSpeed, fastest(session)) * kQuarters) / kQuarters;
}

void set_granularity(Session& session, Granularity granularity) {
  const Timeline before = timeline_of(session);
  session.clock.granularity = granularity;
  const Timeline now = timeline_of(session);
  session.clock.frame = same_place(before, now, session.clock.frame);
  if (!session.clock.run_to) {
    return;
  }
  const Frame target = same_place(before, now, *session.clock.run_to);
  const bool back = target < session.clock.frame;
  session.clock.run_to = back ? std::max(target, previous_stop(session, session.clock.frame))
                              : std::min(target, next_stop(session, session.clock.frame));
  if (session.clock.run_to == session.clock.frame) {
    session.clock.run_to.reset();
  }
}

void refit_clock(Session& session, const Timeline& before) {
  if (timeline_of(session) != before) {
    jump_to_position(session, beat_at(before, session.clock.frame).position);
  }
}

}  // namespace convscope::session
