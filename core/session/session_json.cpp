#include <algorithm>
#include <array>

#include "core/lesson/enum_names.h"
#include "core/lesson/json/json_writer.h"
#include "core/lesson/json/spec_json.h"
#include "core/lesson/json/tensor_json.h"
#include "core/lesson/layer_code.h"
#include "core/lesson/scene_tensors.h"
#include "core/session/action.h"
#include "core/session/enum_names.h"

namespace convscope::session {
namespace {

constexpr std::int64_t kMostValues = 100000;

// What a lesson file would spell out in numbers.
std::int64_t written_values(const lesson::Lesson& lesson) {
  std::int64_t count = 0;
  const auto add = [&](const lesson::TensorRef& ref) {
    count +=
        std::holds_alternative<lesson::InlineSource>(ref.source) ? ref.base.shape().count() : 0;
    count += static_cast<std::int64_t>(ref.edits.size());
  };
  for (const lesson::Scene& scene : lesson.scenes) {
    lesson::visit_tensors(scene, add);
  }
  return count;
}

void write_shape(lesson::JsonWriter& json, std::string_view key, const Shape& shape) {
  json.key(key);
  json.integers(std::array{shape.n, shape.c, shape.h, shape.w});
}

void write_target(lesson::JsonWriter& json, std::string_view key,
                  const std::optional<Target>& target) {
  json.key(key);
  if (!target) {
    json.null();
    return;
  }
  json.begin_object(lesson::JsonWriter::Style::kInline);
  json.key("tensor");
  json.text(lesson::word_of(kTensorRoles, target->tensor));
  json.key("at");
  lesson::write_index(json, target->at);
  if (target->layer >= 0) {
    json.key("layer");
    json.integer(target->layer);
  }
  json.end_object();
}

void write_time(lesson::JsonWriter& json, const Session& session) {
  const Timeline timeline = timeline_of(session);
  const Beat beat = beat_at(timeline, session.clock.frame);
  json.key("frame");
  json.integer(session.clock.frame);
  json.key("last_frame");
  json.integer(timeline.last());
  json.key("position");
  json.integer(beat.position);
  json.key("part");
  json.integer(beat.part);
  json.key("finished");
  json.boolean(beat.finished);
  json.key("run_to");
  session.clock.run_to ? json.integer(*session.clock.run_to) : json.null();
  json.key("playing");
  json.boolean(session.clock.playing);
  json.key("speed");
  json.number(session.clock.speed);
  json.key("granularity");
  json.text(lesson::word_of(kGranularities, session.clock.granularity));
  json.key("kept");
  json.integer(session.clock.kept);
}

void write_look(lesson::JsonWriter& json, const Session& session) {
  json.key("view");
  json.text(lesson::word_of(lesson::kViews, session.look.view));
  json.key("second_view");
  session.look.second_view ? json.text(lesson::word_of(lesson::kViews, *session.look.second_view))
                           : json.null();
  json.key("code");
  json.text(lesson::word_of(lesson::kCodeStrips, session.look.code));
  json.key("transposed_as");
  json.text(lesson::word_of(lesson::kTransposedAs, session.look.transposed_as));
  json.key("orbit");
  json.begin_object(lesson::JsonWriter::Style::kInline);
  json.key("yaw");
  json.number(session.look.orbit.yaw);
  json.key("pitch");
  json.number(session.look.orbit.pitch);
  json.end_object();
  json.key("camera");
  json.begin_object(lesson::JsonWriter::Style::kInline);
  json.key("zoom");
  json.number(session.look.camera.zoom);
  json.key("pan_x");
  json.number(session.look.camera.pan_x);
  json.key("pan_y");
  json.number(session.look.camera.pan_y);
  json.end_object();
  write_target(json, "hover", session.transient.hover);
  write_target(json, "pin", session.transient.pin);
  write_target(json, "selection", session.transient.selection);
  json.key("compare");
  json.text(lesson::word_of(kComparisons, session.look.comparison));
  json.key("flipped");
  json.boolean(session.transient.flipped);
  json.key("split");
  session.look.split ? json.number(*session.look.split) : json.null();
  json.key("theme");
  json.text(lesson::word_of(kThemes, session.look.theme));
  json.key("language");
  json.text(lesson::word_of(lesson::kLanguages, session.look.language));
}

void write_toggles(lesson::JsonWriter& json, const Session& session) {
  for (const Toggle& toggle : kToggles) {
    json.key(toggle.word);
    json.boolean(session.toggles.*toggle.setting);
  }
}

void write_layer(lesson::JsonWriter& json, const Session& session) {
  const lesson::Layer& layer = layer_of(session);
  json.key("op");
  json.text(lesson::op_word(layer));
  json.key("spec");
  json.begin_object();
  lesson::write_spec(json, layer.spec, layer.one_dimensional, /*all=*/true);
  json.end_object();
  json.key("shapes");
  json.begin_object();
  write_shape(json, "input", lesson::layer_input_shape(scene_of(session), session.look.layer));
  if (conv::has_weight(layer.spec.op)) {
    write_shape(json, "weight", layer.weight.base.shape());
  }
  write_shape(json, "output", lesson::layer_output_shape(scene_of(session), session.look.layer));
  json.end_object();
}

void write_complaints(lesson::JsonWriter& json, const Session& session) {
  json.key("draft");
  if (session.transient.draft) {
    json.begin_array();
    for (const Problem& problem : session.transient.draft->problems) {
      json.begin_object(lesson::JsonWriter::Style::kInline);
      lesson::write_problem(json, problem);
      json.end_object();
    }
    json.end_array();
  } else {
    json.null();
  }
  json.key("notice");
  if (session.transient.notice) {
    json.begin_object(lesson::JsonWriter::Style::kInline);
    lesson::write_problem(json, *session.transient.notice);
    json.end_object();
  } else {
    json.null();
  }
}

void write_question(lesson::JsonWriter& json, const Asking& asking) {
  json.begin_object(lesson::JsonWriter::Style::kInline);
  json.key("template");
  json.text(asking.question().template_id);
  json.key("number");
  json.integer(static_cast<std::int64_t>(asking.number));
  json.key("count");
  json.integer(asking.count);
  json.key("open");
  json.boolean(asking.is_open());
  json.key("right");
  json.integer(std::ranges::count(asking.answered, true, &AnsweredQuestion::right));
  json.end_object();
}

// What has the stage in place of the user's document: a question, an exercise, or nothing.
void write_practice(lesson::JsonWriter& json, const Session& session) {
  json.key("question");
  session.asking ? write_question(json, *session.asking) : json.null();
  json.key("exercise");
  session.solving ? json.text(session.solving->exercise->id) : json.null();
}

}  // namespace

std::string session_json(const Session& session) {
  lesson::JsonWriter json;
  json.begin_object();
  json.key("id");
  json.text(session.document.lesson->id);
  json.key("scene");
  json.integer(session.look.scene);
  json.key("layer");
  json.integer(session.look.layer);
  write_time(json, session);
  write_toggles(json, session);
  write_look(json, session);
  write_layer(json, session);
  write_complaints(json, session);
  write_practice(json, session);
  json.key("undo");
  json.integer(static_cast<std::int64_t>(session.document.history->past.size()));
  json.key("redo");
  json.integer(static_cast<std::int64_t>(session.document.history->future.size()));
  if (written_values(session.document.lesson) < kMostValues) {
    json.key("lesson");
    lesson::write_lesson(json, session.document.lesson);
  }
  json.end_object();
  return json.result() + "\n";
}

}  // namespace convscope::session
