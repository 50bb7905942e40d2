#include "core/picture/descent/moment.h"

#include <algorithm>
#include <cmath>

namespace convscope::picture::descent {

namespace {

// A phase moves in this share of its length, then it rests.
constexpr double kMoving = 0.8;

// In phases, each shows only what it has computed; the end of the run shows everything.
void show_phases(const session::Beat& beat, DescentMoment& moment) {
  const bool ended = moment.made == moment.steps;
  moment.predicted = moment.compared = moment.differentiated = ended ? 1 : 0;
  moment.updated = 0;
  if (beat.position < 0 || beat.finished) {
    return;
  }
  const auto share = [&](std::int64_t part) {
    return beat.part > part ? 1.0 : beat.part < part ? 0.0 : std::min(beat.progress / kMoving, 1.0);
  };
  moment.predicted = share(0);
  moment.compared = share(1);
  moment.differentiated = share(2);
  moment.updated = share(3);
  moment.way = moment.updated;
  moment.phase = static_cast<DescentPhase>(std::min<std::int64_t>(beat.part, 3) + 1);
}

// Of a layer that isn't the last one.
void show_hidden(const conv::DescentHistory& history, const conv::ChainStep& chained,
                 DescentMoment& moment) {
  moment.hidden = true;
  moment.step.loss = chained.loss;
  if (history.chain[moment.layer + 1].op == conv::Op::kRelu) {
    moment.passed = chained.layers[moment.layer + 1].grad_out;
  }
  const conv::ChainStep first =
      conv::chain_step(history.states.front(), history.input, history.target, history.chain);
  moment.first_map = largest(first.layers[moment.layer].prediction);
  moment.first_grad = largest(first.layers[moment.layer].grad_out);
}

}  // namespace

double largest(const Tensor& tensor) {
  double reach = 0;
  for (const float value : tensor.values()) {
    reach = std::isfinite(value) ? std::max(reach, std::abs(static_cast<double>(value))) : reach;
  }
  return reach;
}

bool has_training(const derive::Derived& derived) {
  const conv::DescentHistory& history = derived.training;
  const std::size_t count = history.chain.size();
  if (history.empty() || count == 0 || derived.layers.size() < count) {
    return false;
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (history.chain[i] != derived.layers[i].spec) {
      return false;
    }
  }
  return history.input.shape() == derived.layers.front().input.shape() &&
         history.target.shape() == derived.layers[count - 1].output_shape;
}

std::size_t trained_layer(const session::Session& session, const conv::DescentHistory& history) {
  std::size_t layer =
      std::min(static_cast<std::size_t>(session.look.layer), history.chain.size() - 1);
  while (layer > 0 && history.chain[layer].op != conv::Op::kConv) {
    --layer;
  }
  return layer;
}

DescentMoment descent_moment_of(const session::Session& session,
                                const conv::DescentHistory& history) {
  const session::Beat beat = session::beat_at(session::timeline_of(session), session.clock.frame);
  DescentMoment moment;
  // The history may still be the one before an edit.
  moment.steps = static_cast<std::int64_t>(history.losses.size()) - 1;
  moment.made = std::clamp<std::int64_t>(beat.position + (beat.finished ? 1 : 0), 0, moment.steps);
  moment.number = std::clamp<std::int64_t>(beat.position + 1, 0, moment.steps);
  if (session::is_divided(session.clock.granularity)) {
    show_phases(beat, moment);
  } else if (!beat.finished) {
    moment.way = beat.progress;
  }
  const conv::ChainState state = conv::state_at(history, moment.made);
  const conv::ChainStep chained =
      conv::chain_step(state, history.input, history.target, history.chain);
  moment.layer = trained_layer(session, history);
  moment.state = state[moment.layer];
  moment.step = chained.layers[moment.layer];
  moment.input = chained.inputs[moment.layer];
  if (moment.layer + 1 < history.chain.size()) {
    show_hidden(history, chained, moment);
  }
  if (moment.made < moment.steps) {
    moment.after = conv::advanced(moment.state, moment.step, history.optimizer);
  } else {
    moment.way = 0;
  }
  return moment;
}

}  // namespace convscope::picture::descent
