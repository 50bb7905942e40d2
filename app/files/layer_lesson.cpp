#include "app/files/layer_lesson.h"

#include <utility>
#include <variant>

#include "core/import/layers/failed_layers.h"
#include "core/import/layers/layer_scene.h"
#include "core/import/layers/layer_text.h"

namespace convscope::files {
namespace {

template <typename Value>
Value value_of(imports::Result<Value> result) {
  if (auto* problem = std::get_if<Problem>(&result)) {
    throw Failure(std::move(*problem));
  }
  return std::get<Value>(std::move(result));
}

}  // namespace

bool may_be_layers(std::string_view text) {
  return text.find('(') != std::string_view::npos || imports::error_begin(text) < text.size();
}

OpenedLesson layer_lesson(std::string_view text, std::optional<lesson::TensorRef> input) {
  if (auto failed = imports::read_failed_layers(text)) {
    throw Failure(std::move(failed->mismatch.problem));
  }
  const imports::LayerText layers = value_of(imports::read_layer_text(text));
  imports::ScenedLayers made = value_of(imports::scene_of(layers, {.input = std::move(input)}));
  return {imports::lesson_of(std::move(made.scene)), std::move(made.remarks)};
}

}  // namespace convscope::files
