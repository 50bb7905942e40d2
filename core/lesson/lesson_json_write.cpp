#include "core/lesson/json_writer.h"
#include "core/lesson/lesson_json.h"
#include "core/lesson/spec_json.h"
#include "core/lesson/tensor_json.h"
#include "core/lesson/words.h"

namespace convscope {
namespace {

void write_text(JsonWriter& json, std::string_view key, const LocalizedText& text) {
  if (text.by_language.empty()) {
    return;
  }
  json.key(key);
  json.begin_object();
  for (const auto& [language, words] : text.by_language) {
    json.key(language);
    json.text(words);
  }
  json.end_object();
}

void write_layer(JsonWriter& json, const Layer& layer) {
  const TensorLayout layout =
      layer.kind == LayerKind::kConv1d ? TensorLayout::kSignal : TensorLayout::kPlanes;
  json.begin_object();
  json.key("op");
  json.text(word_of(kLayerKinds, layer.kind));
  if (!layer.name.empty()) {
    json.key("name");
    json.text(layer.name);
  }
  write_spec(json, layer.spec, layer.kind, /*all=*/false);
  json.key("weight");
  json.begin_object();
  write_tensor(json, layer.weight, layout);
  json.end_object();
  if (layer.spec.bias) {
    json.key("bias");
    json.begin_object();
    write_tensor(json, layer.bias, TensorLayout::kVector);
    json.end_object();
  }
  json.end_object();
}

void write_narration(JsonWriter& json, const std::vector<Narration>& narration) {
  json.key("narration");
  json.begin_array();
  for (const Narration& told : narration) {
    json.begin_object();
    json.key("at");
    if (told.position < 0) {
      json.text("start");
    } else {
      json.integer(told.position);
    }
    write_text(json, "text", told.text);
    json.end_object();
  }
  json.end_array();
}

void write_scene(JsonWriter& json, const Scene& scene) {
  const bool signal = scene.layers.front().kind == LayerKind::kConv1d;
  json.begin_object();
  write_text(json, "title", scene.title);
  json.key("input");
  json.begin_object();
  json.key("name");
  json.text(scene.input_name);
  json.key("colors");
  json.text(word_of(kInputColors, scene.colors));
  write_tensor(json, scene.input, signal ? TensorLayout::kSignal : TensorLayout::kPlanes);
  json.end_object();
  json.key("layers");
  json.begin_array();
  for (const Layer& layer : scene.layers) {
    write_layer(json, layer);
  }
  json.end_array();
  json.key("view");
  json.text(word_of(kViews, scene.view));
  if (!scene.narration.empty()) {
    write_narration(json, scene.narration);
  }
  json.end_object();
}

}  // namespace

void write_lesson(JsonWriter& json, const Lesson& lesson) {
  json.begin_object();
  json.key("format");
  json.integer(1);
  json.key("id");
  json.text(lesson.id);
  write_text(json, "title", lesson.title);
  write_text(json, "summary", lesson.summary);
  json.key("scenes");
  json.begin_array();
  for (const Scene& scene : lesson.scenes) {
    write_scene(json, scene);
  }
  json.end_array();
  json.end_object();
}

std::string lesson_json(const Lesson& lesson) {
  JsonWriter json;
  write_lesson(json, lesson);
  return json.result() + "\n";
}

}  // namespace convscope
