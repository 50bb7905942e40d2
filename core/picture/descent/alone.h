// The input, the filter or the prediction of a training alone, as the current iteration has them.
#pragma once

#include <optional>

#include "core/picture/display/theme.h"
#include "core/picture/kit/tensor_alone.h"

namespace convscope::picture::descent {

// `tensor` is the input, the weight or the output. Nothing where there is no training, or not yet.
std::optional<kit::TensorAlone> tensor_alone(const session::Session& session,
                                             const derive::Derived& derived,
                                             session::TensorRole tensor, const Palette& palette);

}  // namespace convscope::picture::descent
