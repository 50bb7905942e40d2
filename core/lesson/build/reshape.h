// Gives a layer new settings and its tensors matching shapes.
#pragma once

#include "core/lesson/lesson.h"

namespace convscope::lesson {

// The settings that such a layer can have: height 1 everywhere in one dimension, and defaults for
// everything that its op does not read. A lesson file can't hold any others.
conv::LayerSpec spec_for(bool one_dimensional, conv::LayerSpec spec);

// Seeded tensors are drawn anew with their seed; others keep the overlap, new cells are 0.
void reshape_tensor(TensorRef& ref, const Shape& shape);

// The same of all tensors of the layer; new filters are random by fan-in. A bias appears as zeros.
// Needs a spec that can run.
void reshape_layer(Layer& layer, const conv::LayerSpec& spec);

}  // namespace convscope::lesson
