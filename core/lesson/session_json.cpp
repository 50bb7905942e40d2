#include <array>

#include "core/lesson/action.h"
#include "core/lesson/json_writer.h"
#include "core/lesson/layer_code.h"
#include "core/lesson/spec_json.h"
#include "core/lesson/tensor_json.h"
#include "core/lesson/words.h"

namespace convscope {
namespace {

constexpr std::int64_t kMostValues = 100000;

// What a lesson file would spell out in numbers.
std::int64_t written_values(const Lesson& lesson) {
  std::int64_t count = 0;
  const auto add = [&](const TensorRef& ref) {
    count += std::holds_alternative<InlineSource>(ref.source) ? ref.base.shape().count() : 0;
    count += static_cast<std::int64_t>(ref.edits.size());
  };
  for (const Scene& scene : lesson.scenes) {
    add(scene.input);
    for (const Layer& layer : scene.layers) {
      add(layer.weight);
      add(layer.bias);
    }
    if (scene.training) {
      add(scene.training->start);
      add(scene.training->target);
    }
    if (scene.claim) {
      add(scene.claim->map);
    }
  }
  return count;
}

void write_shape(JsonWriter& json, std::string_view key, const Shape& shape) {
  json.key(key);
  json.integers(std::array{shape.n, shape.c, shape.h, shape.w});
}

void write_target(JsonWriter& json, std::string_view key, const std::optional<Target>& target) {
  json.key(key);
  if (!target) {
    json.null();
    return;
  }
  json.begin_object(JsonWriter::Style::kInline);
  json.key("tensor");
  json.text(word_of(kTensorRoles, target->tensor));
  json.key("at");
  write_index(json, target->at);
  if (target->layer >= 0) {
    json.key("layer");
    json.integer(target->layer);
  }
  json.end_object();
}

void write_time(JsonWriter& json, const Session& session) {
  const Timeline timeline = timeline_of(session);
  const Beat beat = beat_at(timeline, session.frame);
  json.key("frame");
  json.integer(session.frame);
  json.key("last_frame");
  json.integer(timeline.last());
  json.key("position");
  json.integer(beat.position);
  json.key("part");
  json.integer(beat.part);
  json.key("finished");
  json.boolean(beat.finished);
  json.key("run_to");
  session.run_to ? json.integer(*session.run_to) : json.null();
  json.key("playing");
  json.boolean(session.playing);
  json.key("loop");
  json.boolean(session.loop);
  json.key("speed");
  json.number(session.speed);
  json.key("granularity");
  json.text(word_of(kGranularities, session.granularity));
}

void write_look(JsonWriter& json, const Session& session) {
  json.key("view");
  json.text(word_of(kViews, session.view));
  json.key("second_view");
  session.second_view ? json.text(word_of(kViews, *session.second_view)) : json.null();
  json.key("code");
  json.text(word_of(kCodeStrips, session.code));
  json.key("transposed_as");
  json.text(word_of(kTransposedAs, session.transposed_as));
  json.key("orbit");
  json.begin_object(JsonWriter::Style::kInline);
  json.key("yaw");
  json.number(session.orbit.yaw);
  json.key("pitch");
  json.number(session.orbit.pitch);
  json.end_object();
  json.key("guided");
  json.boolean(session.guided);
  json.key("camera");
  json.begin_object(JsonWriter::Style::kInline);
  json.key("zoom");
  json.number(session.camera.zoom);
  json.key("pan_x");
  json.number(session.camera.pan_x);
  json.key("pan_y");
  json.number(session.camera.pan_y);
  json.end_object();
  write_target(json, "hover", session.hover);
  write_target(json, "selection", session.selection);
  json.key("theme");
  json.text(word_of(kThemes, session.theme));
  json.key("language");
  json.text(word_of(kLanguages, session.language));
}

void write_layer(JsonWriter& json, const Session& session) {
  const Layer& layer = layer_of(session);
  json.key("op");
  json.text(op_word(layer));
  json.key("spec");
  json.begin_object();
  write_spec(json, layer.spec, layer.one_dimensional, /*all=*/true);
  json.end_object();
  json.key("shapes");
  json.begin_object();
  write_shape(json, "input", layer_input_shape(scene_of(session), session.layer));
  if (has_weight(layer.spec.op)) {
    write_shape(json, "weight", layer.weight.base.shape());
  }
  write_shape(json, "output", layer_output_shape(scene_of(session), session.layer));
  json.end_object();
}

void write_complaints(JsonWriter& json, const Session& session) {
  json.key("draft");
  if (session.draft) {
    json.begin_array();
    for (const Problem& problem : session.draft->problems) {
      json.begin_object(JsonWriter::Style::kInline);
      write_problem(json, problem);
      json.end_object();
    }
    json.end_array();
  } else {
    json.null();
  }
  json.key("notice");
  if (session.notice) {
    json.begin_object(JsonWriter::Style::kInline);
    write_problem(json, *session.notice);
    json.end_object();
  } else {
    json.null();
  }
}

}  // namespace

std::string session_json(const Session& session) {
  JsonWriter json;
  json.begin_object();
  json.key("id");
  json.text(session.lesson.id);
  json.key("scene");
  json.integer(session.scene);
  json.key("layer");
  json.integer(session.layer);
  write_time(json, session);
  write_look(json, session);
  write_layer(json, session);
  write_complaints(json, session);
  json.key("undo");
  json.integer(static_cast<std::int64_t>(session.history.past.size()));
  json.key("redo");
  json.integer(static_cast<std::int64_t>(session.history.future.size()));
  if (written_values(session.lesson) < kMostValues) {
    json.key("lesson");
    write_lesson(json, session.lesson);
  }
  json.end_object();
  return json.result() + "\n";
}

}  // namespace convscope
