// Gives a layer new settings and its tensors matching shapes.
#pragma once

#include "core/lesson/lesson.h"

namespace convscope::lesson {

// The settings that such a layer can have: height 1 everywhere in one dimension, and defaults for
// everything that its op does not read. A lesson file can't hold any others.
conv::LayerSpec spec_for(bool one_dimensional, conv::LayerSpec spec);

// Seeded tensors are generated again from their seed; others keep the overlap, with 0 in new cells.
// A new bias is zero. Needs a spec that can run.
void reshape_layer(Layer& layer, const conv::LayerSpec& spec);

}  // namespace convscope::lesson
