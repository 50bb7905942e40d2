#include "core/lesson/scene_shapes.h"

#include "core/lesson/stamping.h"
#include "core/lesson/training.h"
#include "core/lesson/views.h"

namespace convscope::lesson {

Shape layer_input_shape(const Scene& scene, std::int64_t layer) {
  Shape shape = scene.input.base.shape();
  for (std::int64_t i = 0; i < layer; ++i) {
    shape = conv::output_shape(scene.layers[static_cast<std::size_t>(i)].spec, shape);
  }
  return shape;
}

Shape layer_output_shape(const Scene& scene, std::int64_t layer) {
  return conv::output_shape(scene.layers[static_cast<std::size_t>(layer)].spec,
                            layer_input_shape(scene, layer));
}

Shape target_shape(const Scene& scene, bool all_layers) {
  return layer_output_shape(scene, all_layers ? std::ssize(scene.layers) - 1 : 0);
}

Shape target_shape(const Scene& scene) {
  return target_shape(scene, scene.training && scene.training->all_layers);
}

Shape counted_shape(const Scene& scene, std::int64_t layer, View view, bool by_stamps) {
  if (counts_steps(view)) {
    return {1, 1, 1, training_steps(scene)};
  }
  return by_stamps ? layer_input_shape(scene, layer) : layer_output_shape(scene, layer);
}

Shape told_shape(const Scene& scene, std::int64_t layer) {
  return counted_shape(scene, layer, scene.view, opens_stamping(scene, layer));
}

bool has_place(const Scene& scene, const Narration& told) {
  return told.layer < static_cast<std::int64_t>(scene.layers.size()) &&
         told.position < told_shape(scene, told.layer).count();
}

}  // namespace convscope::lesson
