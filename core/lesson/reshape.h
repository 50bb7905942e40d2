// A layer under new settings: its tensors take the new shape.
#pragma once

#include "core/lesson/lesson.h"

namespace convscope::lesson {

// The settings as a layer of this kind can have them: height 1 everywhere in one dimension, the
// defaults in what its op does not read. A lesson file can say no others.
conv::LayerSpec spec_for(bool one_dimensional, conv::LayerSpec spec);

// Seeded tensors are drawn anew with their seed; others keep the overlap, new cells are 0.
void reshape_tensor(TensorRef& ref, const Shape& shape);

// The same of all tensors of the layer; new filters are random by fan-in. A bias appears as zeros.
// Needs a spec that can run.
void reshape_layer(Layer& layer, const conv::LayerSpec& spec);

}  // namespace convscope::lesson
