// Target: a cell that a pointer, an edit or a focus names.
#pragma once

#include <cstdint>

#include "core/tensor/tensor.h"

namespace convscope::session {

// The tensors of the layer on stage. A product names the term of the current step by its weight's
// place. kZeroInserted and kFlipped are cells of the tensors that stand in for a layer's own
// (as_convolution.h). Only pictures use them: update() turns them into the layer's own cells.
// kTarget is the map drawn for the training.
enum class TensorRole {
  kInput,
  kWeight,
  kBias,
  kOutput,
  kProduct,
  kZeroInserted,
  kFlipped,
  kTarget
};

// Input cells in the padding have coordinates outside the tensor.
struct Target {
  TensorRole tensor = TensorRole::kInput;
  Index at;
  std::int64_t layer = -1;  // index in the scene; -1: the layer on stage

  bool operator==(const Target&) const = default;
};

}  // namespace convscope::session
