#include <algorithm>

#include "core/lesson/enum_names.h"
#include "core/lesson/json/json_writer.h"
#include "core/lesson/json/layer_json.h"
#include "core/lesson/json/lesson_json.h"
#include "core/lesson/json/spec_json.h"
#include "core/lesson/json/tensor_json.h"
#include "core/lesson/scene_shapes.h"

namespace convscope::lesson {
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

// The texts that have a place in the scene, or those that have lost it, which would be refused
// among the others.
void write_narration(JsonWriter& json, std::string_view key, const Scene& scene, bool placed) {
  if (std::ranges::none_of(scene.narration, [&](const Narration& told) {
        return has_place(scene, told) == placed;
      })) {
    return;
  }
  json.key(key);
  json.begin_array();
  for (const Narration& told : scene.narration) {
    if (has_place(scene, told) != placed) {
      continue;
    }
    json.begin_object();
    if (told.layer > 0) {
      json.key("layer");
      json.integer(told.layer + 1);
    }
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

void write_ids(JsonWriter& json, std::string_view key, const std::vector<std::string>& ids) {
  if (ids.empty()) {
    return;
  }
  json.key(key);
  json.begin_array(JsonWriter::Style::kInline);
  for (const std::string& id : ids) {
    json.text(id);
  }
  json.end_array();
}

void write_training(JsonWriter& json, const Training& training, TensorLayout layout) {
  json.key("training");
  json.begin_object();
  write_optimizer(json, training.optimizer);
  json.key("steps");
  json.integer(training.steps);
  if (training.all_layers) {
    json.key("layers");
    json.text("all");
  }
  const auto tensor = [&](const TensorRef& ref) {
    json.begin_object();
    write_tensor(json, ref, layout);
    json.end_object();
  };
  if (!training.start.base.empty() && !training.later_starts.empty()) {
    json.key("start");
    json.begin_array();
    tensor(training.start);
    std::ranges::for_each(training.later_starts, tensor);
    json.end_array();
  } else if (!training.start.base.empty()) {
    json.key("start");
    tensor(training.start);
  }
  if (!training.target.base.empty()) {
    json.key("target");
    tensor(training.target);
  }
  json.end_object();
}

void write_scene(JsonWriter& json, const Scene& scene) {
  const TensorLayout layout =
      scene.layers.front().one_dimensional ? TensorLayout::kSignal : TensorLayout::kPlanes;
  json.begin_object();
  write_text(json, "title", scene.title);
  json.key("input");
  json.begin_object();
  json.key(names_array(scene.input) ? "as" : "name");
  json.text(scene.input_name);
  json.key("colors");
  json.text(word_of(kInputColors, scene.colors));
  write_tensor(json, scene.input, layout);
  json.end_object();
  json.key("layers");
  json.begin_array();
  for (const Layer& layer : scene.layers) {
    write_layer(json, layer);
  }
  json.end_array();
  json.key("view");
  if (scene.second_view) {
    json.begin_array(JsonWriter::Style::kInline);
    json.text(word_of(kViews, scene.view));
    json.text(word_of(kViews, *scene.second_view));
    json.end_array();
  } else {
    json.text(word_of(kViews, scene.view));
  }
  if (scene.code != CodeStrip::kNone) {
    json.key("code");
    json.text(word_of(kCodeStrips, scene.code));
  }
  if (scene.transposed_as != TransposedAs::kZeroInsert) {
    json.key("transposed_as");
    json.text(word_of(kTransposedAs, scene.transposed_as));
  }
  if (scene.training) {
    write_training(json, *scene.training, layout);
  }
  if (scene.reference_map) {
    json.key("claim");
    json.begin_object();
    write_text(json, "label", scene.reference_map->label);
    write_tensor(json, scene.reference_map->map, layout);
    json.end_object();
  }
  if (scene.start >= 0 && scene.start < told_shape(scene, 0).count()) {
    json.key("start");
    json.integer(scene.start);
  }
  if (scene.asks) {
    json.key("asks");
    json.boolean(true);
  }
  write_narration(json, "narration", scene, true);
  write_narration(json, "unplaced", scene, false);
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
  write_ids(json, "questions", lesson.questions);
  write_ids(json, "exercises", lesson.exercises);
  json.end_object();
}

std::string lesson_json(const Lesson& lesson) {
  JsonWriter json;
  write_lesson(json, lesson);
  return json.result() + "\n";
}

}  // namespace convscope::lesson
