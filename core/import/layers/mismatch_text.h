// Reads a pasted error message about shapes: which layer and which number disagree. Knows PyTorch's
// messages about convolutions, pools, paddings, linear layers, loaded weights, and maps that are
// added or joined, and three of Keras'; they may be anywhere in the text, such as in a traceback.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "core/conv/layer_spec.h"
#include "core/tensor/problem.h"

namespace convscope::imports {

struct Mismatch {
  // A code "mismatch_*", the setting that disagrees as its field, and the numbers of the message;
  // the first value is "layer", counted from 1, if known.
  Problem problem;
  std::optional<std::size_t> layer;  // counted from 0
};

// nullopt if the text contains no known message. `layers` may be empty, and `input`, the input of
// the first of them, all zero: then only the message is used.
std::optional<Mismatch> read_mismatch(std::string_view text,
                                      std::span<const conv::LayerSpec> layers,
                                      const Shape& input = {});

}  // namespace convscope::imports
