// Computes the shapes of a scene's layers, and what its clock counts, without any tensor.
#pragma once

#include <cstdint>

#include "core/lesson/lesson.h"

namespace convscope::lesson {

// (N, C, H, W) of a layer's input and output; `layer` counts from 0.
Shape layer_input_shape(const Scene& scene, std::int64_t layer);
Shape layer_output_shape(const Scene& scene, std::int64_t layer);

// The map that training aims at: of the last layer that is trained, of all or of the first alone.
Shape target_shape(const Scene& scene, bool all_layers);
Shape target_shape(const Scene& scene);

// What the clock counts in this view: the cells of this shape, in storage order. That is the
// layer's output; its input if it is shown by stamps; in the descent view the steps of the training
// (1, 1, 1, steps).
Shape counted_shape(const Scene& scene, std::int64_t layer, View view, bool by_stamps);
// The same in a scene that has just been opened: what the narration of a layer counts.
Shape told_shape(const Scene& scene, std::int64_t layer);
// Whether the scene has the place that a text is about.
bool has_place(const Scene& scene, const Narration& told);

}  // namespace convscope::lesson
