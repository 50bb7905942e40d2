// A wrong answer that is a computation: a layer applied to an input, and the cell to look at. It
// can be shown side by side with the right one.
#pragma once

#include "core/conv/layer_spec.h"
#include "core/quiz/setting/setting.h"
#include "core/tensor/tensor.h"

namespace convscope::quiz {

struct WrongComputation {
  Tensor input;
  Tensor weight;  // empty without weights
  Tensor bias;    // empty if there is none
  conv::LayerSpec spec;
  Index at;  // the cell with the wrong answer; any cell for a wrong size
};

// The setting's own computation, to be changed in one respect.
WrongComputation own_computation(const Setting& setting);
// The same with other weights for the spot's filter.
struct Patch;
WrongComputation with_weights(const Setting& setting, const Patch& patch);
// The same with another bias for the spot's filter.
WrongComputation with_bias(const Setting& setting, double bias);

// Computed by the engine's readable references.
Tensor map_of(const WrongComputation& computation);

}  // namespace convscope::quiz
