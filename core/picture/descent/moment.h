// What one frame of the training shows. Pure choreography, no coordinates.
#pragma once

#include <cstdint>
#include <optional>

#include "core/conv/training/descent_history.h"
#include "core/derive/derived.h"
#include "core/session/session.h"

namespace convscope::picture::descent {

// The four phases of a step; kRest: none in progress.
enum class DescentPhase { kRest, kPredict, kCompare, kGradient, kUpdate };

struct DescentMoment {
  std::int64_t made = 0;    // updates so far: the weights on show
  std::int64_t number = 0;  // of the current step, else of the last one; 0: before the first
  std::int64_t steps = 0;
  double way = 0;  // 0..1 towards the next update
  DescentPhase phase = DescentPhase::kRest;
  // How much of each is there, 0..1.
  double predicted = 1;
  double compared = 1;
  double differentiated = 1;
  double updated = 1;
  std::size_t layer = 0;  // of the trained ones; what follows is this layer's
  Tensor input;
  bool hidden = false;  // another layer stands between its map and the target
  Tensor passed;        // hidden: dL/d(map after the ReLU that follows); empty if none does
  // Hidden: the largest value of its map and of dL/dmap before the first step.
  double first_map = 0;
  double first_grad = 0;
  conv::DescentState state;
  conv::DescentStep step;                   // what the state's weights give
  std::optional<conv::DescentState> after;  // the next update; none at the end of the run
};

// Whether the history is that of these layers: after an edit it may have other shapes.
bool has_training(const derive::Derived& derived);

// Which layer of the training is shown: that on stage, or the convolution before it.
std::size_t trained_layer(const session::Session& session, const conv::DescentHistory& history);

double largest(const Tensor& tensor);  // of the magnitudes; 0: there is no finite one

// Needs a history. No frame depends on another.
DescentMoment descent_moment_of(const session::Session& session,
                                const conv::DescentHistory& history);

}  // namespace convscope::picture::descent
