#include "core/quiz/question/portable_scene.h"

#include <cstdint>
#include <utility>
#include <variant>

#include "core/lesson/scene_tensors.h"
#include "core/quiz/setting/drawn_scene.h"

namespace convscope::quiz {
namespace {

constexpr std::int64_t kMostValues = 5000;

// A file next to the lesson is one that nobody else could find.
void hold_values(lesson::TensorRef& ref) {
  if (!ref.base.empty() &&
      (ref.base.shape().count() <= kMostValues || lesson::own_file(ref) != nullptr)) {
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
    for (lesson::TensorRef& start : scene.training->later_starts) {
      hold_values(start);
    }
  }
  return scene;
}

}  // namespace convscope::quiz
