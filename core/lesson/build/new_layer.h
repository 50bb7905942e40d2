// Layers that are made here: of another operator, or new in a chain.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/lesson/lesson.h"

namespace convscope::lesson {

// The settings for another operator: what it reads too is kept, channels and padding are put right
// for the input. A pool's padding is at most half its kernel, a kernel no larger than the input.
conv::LayerSpec spec_of_operator(const conv::LayerSpec& spec, conv::Op op, const Shape& input,
                                 bool one_dimensional);

// A layer to begin with: a 3x3 convolution that keeps the size, a pool that halves it. Its weights
// are random by fan-in.
Layer new_layer(conv::Op op, const Shape& input, bool one_dimensional, std::uint64_t seed);

// in_channels of every layer with weights from `first` on as what it reads has them; depthwise
// layers stay depthwise. Stops at the first that can't run.
void follow_channels(std::span<conv::LayerSpec> specs, std::size_t first, Shape input);

}  // namespace convscope::lesson
