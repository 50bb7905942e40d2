#include "core/lesson/clock.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/conv/as_convolution.h"
#include "core/conv/step.h"
#include "core/lesson/narration.h"
#include "core/lesson/update.h"

namespace convscope {
namespace {

// Going back is a correction, not a lesson: it runs this much faster.
constexpr std::int64_t kRewindSpeed = 4;
constexpr std::int64_t kQuarters = 4;
constexpr Frame kMost = std::numeric_limits<Frame>::max();

Beat beat_of(const Session& session) { return beat_at(timeline_of(session), session.frame); }

// The tick after the last one is frame 0 again.
Frame wrapped(Frame over, Frame last) { return last == kMost ? over - 1 : (over - 1) % (last + 1); }

void run(Session& session, Frame advance) {
  const Frame target = *session.run_to;
  const bool back = target < session.frame;
  const Frame left = back ? session.frame - target : target - session.frame;
  const Frame moved = back ? std::min(advance, kMost / kRewindSpeed) * kRewindSpeed : advance;
  if (moved >= left) {
    jump_to(session, target);
  } else {
    session.frame += back ? -moved : moved;
  }
}

// Guided play waits at every text; whoever loops has heard them.
void play(Session& session, Frame advance) {
  const std::optional<Frame> told =
      session.guided && !session.loop ? next_told(session) : std::nullopt;
  if (told && advance >= *told - session.frame) {
    session.frame = *told;
    session.playing = false;
    return;
  }
  const Frame last = timeline_of(session).last();
  const Frame left = last - session.frame;
  if (advance < left) {
    session.frame += advance;
  } else if (session.loop && advance > left) {
    session.frame = wrapped(advance - left, last);
  } else {
    session.frame = last;
    session.playing = session.loop;
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

// Positions from one row to the next; of training, which has no rows, some steps.
std::int64_t row_length(const Session& session) {
  constexpr std::int64_t kSomeSteps = 10;
  return session.view == View::kDescent ? kSomeSteps : position_shape(session).w;
}

}  // namespace

void jump_to(Session& session, Frame frame) {
  session.frame = std::clamp<Frame>(frame, 0, timeline_of(session).last());
  session.run_to.reset();
  session.quarter_ticks = 0;
}

void jump_to_position(Session& session, std::int64_t position) {
  jump_to(session, frame_of(timeline_of(session), position));
}

void run_to_next(Session& session) {
  session = settle(std::move(session));
  session.playing = false;
  const Frame target = next_rest(timeline_of(session), session.frame);
  if (target != session.frame) {
    session.run_to = target;
  }
}

void run_to_previous(Session& session) {
  session = settle(std::move(session));
  session.playing = false;
  const Frame target = previous_rest(timeline_of(session), session.frame);
  if (target != session.frame) {
    session.run_to = target;
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
  Index at = output_index(output, std::max<std::int64_t>(beat_of(session).position, 0));
  at.c = (at.c + 1) % output.c;
  jump_to_position(session, position_of(output, at));
}

void place_window(Session& session, const Index& cell) {
  if (session.view == View::kDescent) {
    return;  // its positions are steps, not places
  }
  const LayerSpec& own = layer_of(session).spec;
  const Shape own_input = layer_input_shape(scene_of(session), session.layer);
  if (is_stamping(session)) {
    Index at = output_index(own_input, std::max<std::int64_t>(beat_of(session).position, 0));
    at.y = std::clamp<std::int64_t>(cell.y, 0, own_input.h - 1);
    at.x = std::clamp<std::int64_t>(cell.x, 0, own_input.w - 1);
    jump_to_position(session, position_of(own_input, at));
    return;
  }
  const LayerSpec spec = stage_spec(own, own_input);
  const Shape input = stage_input_shape(own, own_input);
  const Shape output = output_shape(own, own_input);
  const Pads pads = resolved_pads(spec, input);
  const Size2 reach = dilated_kernel(spec);
  Index at = output_index(output, std::max<std::int64_t>(beat_of(session).position, 0));
  at.y = nearest_window(cell.y, pads.top, reach.h, spec.stride.h, output.h);
  at.x = nearest_window(cell.x, pads.left, reach.w, spec.stride.w, output.w);
  jump_to_position(session, position_of(output, at));
}

void toggle_play(Session& session) {
  session.run_to.reset();
  session.playing = !session.playing;
  if (session.playing && session.frame >= timeline_of(session).last()) {
    jump_to(session, 0);
  }
}

void tick(Session& session, std::int64_t frames) {
  if (frames <= 0 || !is_moving(session)) {
    return;
  }
  // Speeds are whole quarters, so slow play adds up exactly.
  const auto quarters = static_cast<std::int64_t>(std::llround(session.speed * kQuarters));
  const std::int64_t moved =
      std::min(frames, kMost / kQuarters / 256) * quarters + session.quarter_ticks;
  session.quarter_ticks = moved % kQuarters;
  const Frame advance = moved / kQuarters;
  if (session.run_to) {
    run(session, advance);
  } else {
    play(session, advance);
  }
  if (!is_moving(session)) {
    session.quarter_ticks = 0;
  }
}

void set_speed(Session& session, double speed) {
  if (!std::isfinite(speed)) {
    session.notice = Problem{"value_not_finite", "speed", {}};
    return;
  }
  session.speed = std::round(std::clamp(speed, kMinSpeed, kMaxSpeed) * kQuarters) / kQuarters;
}

void set_granularity(Session& session, Granularity granularity) {
  const Timeline before = timeline_of(session);
  session.granularity = granularity;
  const Timeline now = timeline_of(session);
  session.frame = same_place(before, now, session.frame);
  if (!session.run_to) {
    return;
  }
  const Frame target = same_place(before, now, *session.run_to);
  const bool back = target < session.frame;
  session.run_to = back ? std::max(target, previous_rest(now, session.frame))
                        : std::min(target, next_rest(now, session.frame));
  if (session.run_to == session.frame) {
    session.run_to.reset();
  }
}

void refit_clock(Session& session, const Timeline& before) {
  if (timeline_of(session) != before) {
    jump_to_position(session, beat_at(before, session.frame).position);
  }
}

}  // namespace convscope
