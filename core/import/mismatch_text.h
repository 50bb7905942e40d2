// A pasted error message about shapes: which layer and which number disagree. Read are PyTorch's
// messages of convolutions, pools, paddings and linear layers, and two of Keras'; anywhere in the
// text, so a whole traceback will do.
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
  // first "layer", counted from 1, where it is known.
  Problem problem;
  std::optional<std::size_t> layer;  // counted from 0
};

// Nothing when the text holds no message that is known. `layers` may be empty, and `input`, what
// the first of them reads, all zero: then the message alone has to tell.
std::optional<Mismatch> read_mismatch(std::string_view text,
                                      std::span<const conv::LayerSpec> layers,
                                      const Shape& input = {});

}  // namespace convscope::imports
