// A wrong answer that is a computation: a layer, run on an input, and the cell to look at. A
// picture can play it beside the right one.
#pragma once

#include "core/conv/layer_spec.h"
#include "core/quiz/setting/setting.h"
#include "core/tensor/tensor.h"

namespace convscope::quiz {

struct WrongComputation {
  Tensor input;
  Tensor weight;  // empty without weights
  Tensor bias;    // empty without
  conv::LayerSpec spec;
  Index at;  // the cell that holds the wrong answer; of a wrong size any
};

// The setting's own computation, to change one thing in.
WrongComputation own_computation(const Setting& setting);
// The same with other weights in the spot's filter.
struct Patch;
WrongComputation with_weights(const Setting& setting, const Patch& patch);
// The same with another bias of the spot's filter.
WrongComputation with_bias(const Setting& setting, double bias);

// By the engine's readable references.
Tensor map_of(const WrongComputation& computation);

}  // namespace convscope::quiz
