#include "core/lesson/enum_names.h"
#include "core/lesson/json_writer.h"
#include "core/lesson/spec_json.h"
#include "core/lesson/tensor_json.h"
#include "core/session/action.h"
#include "core/session/enum_names.h"

namespace convscope::session {
namespace {

// Writes the members of one action, its name first; one overload per action, in the order of
// action.h. replay_json.cpp reads the same words.
struct ActionWriter {
  lesson::JsonWriter& json;

  void name(std::string_view name) const { text("do", name); }
  void text(std::string_view key, std::string_view value) const {
    json.key(key);
    json.text(value);
  }
  void number(std::string_view key, double value) const {
    json.key(key);
    json.number(value);
  }
  void integer(std::string_view key, std::int64_t value) const {
    json.key(key);
    json.integer(value);
  }
  void boolean(std::string_view key, bool value) const {
    json.key(key);
    json.boolean(value);
  }
  void target(const std::optional<Target>& target) const {
    if (target) {
      text("tensor", lesson::word_of(kTensorRoles, target->tensor));
      json.key("at");
      lesson::write_index(json, target->at);
      if (target->layer >= 0) {
        integer("layer", target->layer);
      }
    }
  }
  // An edit that a drag goes on from says so; the common case stays short.
  void commit(bool commit) const {
    if (!commit) {
      boolean("commit", false);
    }
  }

  void operator()(const action::Next&) const { name("next"); }
  void operator()(const action::Previous&) const { name("previous"); }
  void operator()(const action::First&) const { name("first"); }
  void operator()(const action::Last&) const { name("last"); }
  void operator()(const action::NextRow&) const { name("next_row"); }
  void operator()(const action::PreviousRow&) const { name("previous_row"); }
  void operator()(const action::TogglePlay&) const { name("toggle_play"); }
  void operator()(const action::Pause&) const { name("pause"); }
  void operator()(const action::Tick& a) const {
    name("tick");
    integer("frames", a.frames);
  }
  void operator()(const action::Seek& a) const {
    name("seek");
    integer("frame", a.frame);
  }
  void operator()(const action::GoTo& a) const {
    name("go_to");
    integer("position", a.position);
  }
  void operator()(const action::PlaceWindow& a) const {
    name("place_window");
    json.key("at");
    lesson::write_index(json, a.at);
  }
  void operator()(const action::SetSpeed& a) const {
    name("set_speed");
    number("speed", a.speed);
  }
  void operator()(const action::SetLoop& a) const {
    name("set_loop");
    boolean("loop", a.loop);
  }
  void operator()(const action::SetGranularity& a) const {
    name("set_granularity");
    text("granularity", lesson::word_of(kGranularities, a.granularity));
  }
  void operator()(const action::SetView& a) const {
    name("set_view");
    text("view", lesson::word_of(lesson::kViews, a.view));
  }
  void operator()(const action::SetSecondView& a) const {
    name("set_second_view");
    if (a.view) {
      text("view", lesson::word_of(lesson::kViews, *a.view));
    }
  }
  void operator()(const action::SetCodeStrip& a) const {
    name("set_code_strip");
    text("code", lesson::word_of(lesson::kCodeStrips, a.code));
  }
  void operator()(const action::SetTransposedAs& a) const {
    name("set_transposed_as");
    text("as", lesson::word_of(lesson::kTransposedAs, a.as));
  }
  void operator()(const action::SetOrbit& a) const {
    name("set_orbit");
    number("yaw", a.orbit.yaw);
    number("pitch", a.orbit.pitch);
  }
  void operator()(const action::SetGuided& a) const {
    name("set_guided");
    boolean("guided", a.guided);
  }
  void operator()(const action::SetCamera& a) const {
    name("set_camera");
    number("zoom", a.camera.zoom);
    number("pan_x", a.camera.pan_x);
    number("pan_y", a.camera.pan_y);
  }
  void operator()(const action::Hover& a) const {
    name("hover");
    target(a.target);
  }
  void operator()(const action::Select& a) const {
    name("select");
    target(a.target);
  }
  void operator()(const action::NextFilter&) const { name("next_filter"); }
  void operator()(const action::SetScene& a) const {
    name("set_scene");
    integer("scene", a.scene);
  }
  void operator()(const action::SetLayer& a) const {
    name("set_layer");
    integer("layer", a.layer);
  }
  void operator()(const action::SetTheme& a) const {
    name("set_theme");
    text("theme", lesson::word_of(kThemes, a.theme));
  }
  void operator()(const action::SetLanguage& a) const {
    name("set_language");
    text("language", lesson::word_of(lesson::kLanguages, a.language));
  }
  void operator()(const action::SetValue& a) const {
    name("set_value");
    target(a.target);
    number("value", static_cast<double>(a.value));
    commit(a.commit);
  }
  void operator()(const action::Commit&) const { name("commit"); }
  void operator()(const action::SetSpec& a) const {
    name("set_spec");
    if (a.spec.op != conv::Op::kConv) {
      text("op", lesson::word_of(lesson::kOps, lesson::OpWord{a.spec.op, false}));
    }
    lesson::write_spec(json, a.spec, /*one_dimensional=*/false, /*all=*/true);
    commit(a.commit);
  }
  void operator()(const action::SetFilter& a) const {
    name("set_filter");
    integer("filter", a.filter);
    json.key("values");
    json.begin_array();
    for (const float value : a.values) {
      json.number(static_cast<double>(value));
    }
    json.end_array();
  }
  void operator()(const action::SetRelu& a) const {
    name("set_relu");
    boolean("relu", a.relu);
  }
  void operator()(const action::SetTraining& a) const {
    name("set_training");
    lesson::write_optimizer(json, a.optimizer);
    integer("steps", a.steps);
    commit(a.commit);
  }
  void operator()(const action::SetStart& a) const {
    name("set_start");
    integer("seed", a.seed);
  }
  void operator()(const action::DrawTarget& a) const {
    name("draw_target");
    boolean("draw", a.draw);
  }
  void operator()(const action::ResetScene&) const { name("reset_scene"); }
  void operator()(const action::DropDraft&) const { name("drop_draft"); }
  void operator()(const action::Undo&) const { name("undo"); }
  void operator()(const action::Redo&) const { name("redo"); }
  void operator()(const action::Open& a) const {
    name("open");
    text("lesson", a.what);
  }
  void operator()(const action::Opened&) const {}
  void operator()(const action::Save& a) const {
    name("save");
    text("path", a.path);
  }
  void operator()(const action::Notify& a) const {
    name("notify");
    lesson::write_problem(json, a.notice);
  }
  void operator()(const action::DismissNotice&) const { name("dismiss_notice"); }
};

}  // namespace

std::string action_json(const Action& action) {
  if (std::holds_alternative<action::Opened>(action)) {
    return "";
  }
  lesson::JsonWriter json;
  json.begin_object(lesson::JsonWriter::Style::kInline);
  std::visit(ActionWriter{json}, action);
  json.end_object();
  return json.result();
}

}  // namespace convscope::session
