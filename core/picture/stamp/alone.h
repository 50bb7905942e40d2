// The input, the kernel or the map of a transposed convolution alone, as its stamps have made it.
#pragma once

#include <optional>

#include "core/picture/display/theme.h"
#include "core/picture/kit/tensor_alone.h"

namespace convscope::picture::stamp {

// `tensor` is the input, the weight or the output. Nothing while the layer has no input.
std::optional<kit::TensorAlone> tensor_alone(const session::Session& session,
                                             const derive::LayerResult& layer,
                                             session::TensorRole tensor, const Palette& palette);

}  // namespace convscope::picture::stamp
