// Visits all tensors of a scene; a new one has to be listed here.
#pragma once

#include <variant>

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
    for (auto& start : scene.training->later_starts) {
      visit(start);
    }
  }
  if (scene.reference_map) {
    visit(scene.reference_map->map);
  }
}

// The file that the tensor is read from; null for what is not read, or is built in.
inline const FileSource* own_file(const TensorRef& ref) {
  const auto* file = std::get_if<FileSource>(&ref.source);
  return file != nullptr && !file->path.starts_with("bundled:") ? file : nullptr;
}

}  // namespace convscope::lesson
