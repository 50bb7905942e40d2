// What the flat view draws of a layer: the plain convolution that computes the same map.
#pragma once

#include <vector>

#include "core/conv/analysis/step.h"
#include "core/derive/derived.h"

namespace convscope::picture::flat {

// The layer with its stage tensors (as_convolution.h) in the place of its own, and `pads` as cells
// to draw: never negative, and with what the last windows of a pool overhang. Ops without weights
// keep their op and have an empty weight. Tensors are shared; `map`, `unturned` and `stage`, which
// no picture of it needs, stay empty. `own` must have its input.
derive::LayerResult subject_of(const derive::LayerResult& own);

// The padding of the stage input; negative where it is cut.
conv::Pads equivalent_pads(const derive::LayerResult& own);

// Every cell under the window of `step`, in the order c, i, j: the terms of the step, or, of an
// unfold, which copies one of them, all.
std::vector<conv::Term> window_taps(const derive::LayerResult& own, const conv::Step& step);

}  // namespace convscope::picture::flat
