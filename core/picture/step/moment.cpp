#include "core/picture/step/moment.h"

#include <algorithm>

#include "core/picture/kit/ease.h"
#include "core/picture/step/summing.h"

namespace convscope::picture::step {

namespace {

// After the sum is complete (timeline.h), in shares of a part: the total flies, then a rest.
constexpr double kTakeOff = 0.6;
constexpr double kLanding = 0.84;

// The window slides from the place of the position before.
void place_window(const derive::LayerResult& layer, double move, Moment& moment) {
  const conv::Step& step = moment.step;
  moment.window_y = static_cast<double>(step.window_y);
  moment.window_x = static_cast<double>(step.window_x);
  moment.window_arrived = move >= 1;
  if (moment.window_arrived || step.position == 0) {
    return;
  }
  const Index before = conv::output_index(layer.output_shape, step.position - 1);
  const Index now = step.output_at;
  const double back = 1 - kit::smooth(move);
  const conv::Size2 stride = conv::equivalent_spec(layer.spec, layer.input.shape()).stride;
  moment.window_y += back * static_cast<double>((before.y - now.y) * stride.h);
  moment.window_x += back * static_cast<double>((before.x - now.x) * stride.w);
}

// Shows the total and its flight; `t` in 0..1 of the part that ends a position.
void finish(double t, Moment& moment) {
  moment.total_shown = t >= session::kSumComplete;
  if (t >= kLanding) {
    moment.landed = true;
  } else if (t >= kTakeOff) {
    moment.flight = kit::smooth(kit::share(t, kTakeOff, kLanding));
  }
}

}  // namespace

std::optional<Moment> moment_of(const session::Session& session, const derive::LayerResult& layer) {
  const std::int64_t positions = layer.output_shape.count();
  if (positions <= 0 || layer.input.empty()) {
    return std::nullopt;
  }
  const session::Timeline timeline =
      session::timeline_of(layer.spec, positions, session.clock.granularity);
  const session::Beat beat = session::beat_at(timeline, session.clock.frame);
  Moment moment;
  moment.started = beat.position >= 0;
  const std::int64_t position = std::clamp<std::int64_t>(beat.position, 0, positions - 1);
  moment.step = conv::step_at(layer.input, layer.weight, layer.bias, layer.spec, position);
  const auto terms = static_cast<std::int64_t>(moment.step.terms.size());
  const auto channels = static_cast<std::int64_t>(moment.step.partial_sums.size());
  if (!moment.started) {
    place_window(layer, 1, moment);
    return moment;
  }
  place_window(layer, arrival(beat), moment);
  const Summing sum =
      summing_at(timeline, beat, session.clock.granularity, terms, terms / channels);
  moment.terms_shown = sum.shown;
  moment.active_channel = sum.active_part;
  moment.active_term = sum.active_term;
  if (beat.part == timeline.parts - 1) {
    finish(beat.progress, moment);
  }
  moment.revealed = position + (moment.landed ? 1 : 0);
  moment.kept = session::is_scatter_add(session) ? 0 : session.clock.kept;
  return moment;
}

}  // namespace convscope::picture::step
