// Visits all tensors of a scene; a new one has to be listed here.
#pragma once

#include "core/lesson/lesson.h"

namespace convscope::lesson {

// Calls `visit` with every TensorRef of the scene; unused ones are empty. `scene` may be const.
template <typename SceneLike, typename Visit>
void visit_tensors(SceneLike& scene, const Visit& visit) {
  visit(scene.input);
  for (auto& layer : scene.layers) {
    visit(layer.weight);
    visit(layer.bias);
  }
  if (scene.training) {
    visit(scene.training->start);
    visit(scene.training->target);
  }
  if (scene.reference_map) {
    visit(scene.reference_map->map);
  }
}

}  // namespace convscope::lesson
