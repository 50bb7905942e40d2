#include "core/quiz/question/portable_scene.h"

#include <cstdint>
#include <utility>
#include <variant>

#include "core/quiz/setting/drawn_scene.h"

namespace convscope::quiz {
namespace {

constexpr std::int64_t kMostValues = 5000;

// Whether the tensor is a file next to its lesson, which nobody else could find.
bool is_elsewhere(const lesson::TensorRef& ref) {
  const auto* file = std::get_if<lesson::FileSource>(&ref.source);
  return file != nullptr && !file->path.starts_with("bundled:");
}

void hold_values(lesson::TensorRef& ref) {
  if (!ref.base.empty() && (ref.base.shape().count() <= kMostValues || is_elsewhere(ref))) {
    ref = inline_tensor(ref.tensor());
  }
}

}  // namespace

lesson::Scene portable(lesson::Scene scene) {
  hold_values(scene.input);
  for (lesson::Layer& layer : scene.layers) {
    hold_values(layer.weight);
    hold_values(layer.bias);
  }
  if (scene.training) {
    hold_values(scene.training->start);
    hold_values(scene.training->target);
  }
  return scene;
}

}  // namespace convscope::quiz
