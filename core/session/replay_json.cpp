#include <cmath>
#include <functional>
#include <limits>
#include <map>

#include "core/lesson/enum_names.h"
#include "core/lesson/json_tree.h"
#include "core/lesson/spec_json.h"
#include "core/lesson/tensor_json.h"
#include "core/session/action.h"
#include "core/session/enum_names.h"

namespace convscope::session {
namespace {

constexpr std::int64_t kFormat = 1;

// One way to read an action: what it may hold besides "do", and how that becomes the action.
struct Reader {
  std::vector<std::string_view> keys;
  std::function<Action(const lesson::JsonAt&)> read;
};

// Numbers beyond float become infinite: update() refuses them with a notice, as when typed.
float float_of(const lesson::JsonAt& at) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const double value = at.number();
  if (std::abs(value) > static_cast<double>(std::numeric_limits<float>::max())) {
    return value < 0 ? -kInfinity : kInfinity;
  }
  return static_cast<float>(value);
}

bool commit_of(const lesson::JsonAt& at) {
  const auto commit = at.find("commit");
  return !commit || commit->boolean();
}

Target target_of(const lesson::JsonAt& at) {
  const auto layer = at.find("layer");
  return {at.get("tensor").choice(kTensorRoles), lesson::parse_index(at.get("at")),
          layer ? layer->integer() : -1};
}

std::optional<Target> optional_target_of(const lesson::JsonAt& at) {
  return at.find("tensor") || at.find("at") ? std::optional(target_of(at)) : std::nullopt;
}

conv::LayerSpec spec_of(const lesson::JsonAt& at) {
  conv::LayerSpec told;
  if (const auto op = at.find("op")) {
    told.op = op->choice(lesson::kOps).op;
  }
  conv::LayerSpec spec = lesson::parse_spec(at, /*one_dimensional=*/false, told);
  if (const auto bias = at.find("bias")) {
    spec.bias = bias->boolean();
  }
  return spec;
}

Action training_of_action(const lesson::JsonAt& at) {
  action::SetTraining training{.optimizer = lesson::parse_optimizer(at), .commit = commit_of(at)};
  if (const auto steps = at.find("steps")) {
    training.steps = steps->integer();
  }
  return training;
}

Action filter_of(const lesson::JsonAt& at) {
  action::SetFilter filter;
  filter.filter = at.get("filter").integer();
  for (const lesson::JsonAt& value : at.get("values").elements()) {
    filter.values.push_back(float_of(value));
  }
  return filter;
}

Problem problem_of(const lesson::JsonAt& at) {
  Problem problem;
  problem.code = at.get("code").text();
  if (const auto field = at.find("field")) {
    problem.field = field->text();
  }
  if (const auto values = at.find("values")) {
    for (const lesson::JsonMember& member : values->members()) {
      const lesson::JsonAt value = values->get(member.key);
      problem.values.emplace_back(member.key,
                                  value.is_string() ? ProblemValue(value.text()) : value.integer());
    }
  }
  return problem;
}

// An action without members.
template <typename Plain>
Reader plain() {
  return {{}, [](const lesson::JsonAt&) { return Action(Plain{}); }};
}

using Readers = std::map<std::string_view, Reader>;

Readers time_readers() {
  return {
      {"next", plain<action::Next>()},
      {"previous", plain<action::Previous>()},
      {"first", plain<action::First>()},
      {"last", plain<action::Last>()},
      {"next_row", plain<action::NextRow>()},
      {"previous_row", plain<action::PreviousRow>()},
      {"toggle_play", plain<action::TogglePlay>()},
      {"pause", plain<action::Pause>()},
      {"tick",
       {{"frames"},
        [](const lesson::JsonAt& at) { return action::Tick{at.get("frames").integer()}; }}},
      {"seek",
       {{"frame"},
        [](const lesson::JsonAt& at) { return action::Seek{at.get("frame").integer()}; }}},
      {"go_to",
       {{"position"},
        [](const lesson::JsonAt& at) { return action::GoTo{at.get("position").integer()}; }}},
      {"place_window",
       {{"at"},
        [](const lesson::JsonAt& at) {
          return action::PlaceWindow{lesson::parse_index(at.get("at"))};
        }}},
      {"set_speed",
       {{"speed"},
        [](const lesson::JsonAt& at) { return action::SetSpeed{at.get("speed").number()}; }}},
      {"set_loop",
       {{"loop"},
        [](const lesson::JsonAt& at) { return action::SetLoop{at.get("loop").boolean()}; }}},
      {"set_granularity",
       {{"granularity"},
        [](const lesson::JsonAt& at) {
          return action::SetGranularity{at.get("granularity").choice(kGranularities)};
        }}},
  };
}

Readers look_readers() {
  return {
      {"set_view",
       {{"view"},
        [](const lesson::JsonAt& at) {
          return action::SetView{at.get("view").choice(lesson::kViews)};
        }}},
      {"set_second_view",
       {{"view"},
        [](const lesson::JsonAt& at) {
          const auto view = at.find("view");
          return action::SetSecondView{view ? std::optional(view->choice(lesson::kViews))
                                            : std::nullopt};
        }}},
      {"set_code_strip",
       {{"code"},
        [](const lesson::JsonAt& at) {
          return action::SetCodeStrip{at.get("code").choice(lesson::kCodeStrips)};
        }}},
      {"set_transposed_as",
       {{"as"},
        [](const lesson::JsonAt& at) {
          return action::SetTransposedAs{at.get("as").choice(lesson::kTransposedAs)};
        }}},
      {"set_orbit",
       {{"yaw", "pitch"},
        [](const lesson::JsonAt& at) {
          return action::SetOrbit{{at.get("yaw").number(), at.get("pitch").number()}};
        }}},
      {"set_guided",
       {{"guided"},
        [](const lesson::JsonAt& at) { return action::SetGuided{at.get("guided").boolean()}; }}},
      {"set_camera",
       {{"zoom", "pan_x", "pan_y"},
        [](const lesson::JsonAt& at) {
          return action::SetCamera{
              {at.get("zoom").number(), at.get("pan_x").number(), at.get("pan_y").number()}};
        }}},
      {"hover",
       {{"tensor", "at", "layer"},
        [](const lesson::JsonAt& at) { return action::Hover{optional_target_of(at)}; }}},
      {"select",
       {{"tensor", "at", "layer"},
        [](const lesson::JsonAt& at) { return action::Select{optional_target_of(at)}; }}},
      {"next_filter", plain<action::NextFilter>()},
      {"set_layer",
       {{"layer"},
        [](const lesson::JsonAt& at) { return action::SetLayer{at.get("layer").integer()}; }}},
      {"set_scene",
       {{"scene"},
        [](const lesson::JsonAt& at) { return action::SetScene{at.get("scene").integer()}; }}},
      {"set_theme",
       {{"theme"},
        [](const lesson::JsonAt& at) {
          return action::SetTheme{at.get("theme").choice(kThemes)};
        }}},
      {"set_language",
       {{"language"},
        [](const lesson::JsonAt& at) {
          return action::SetLanguage{at.get("language").choice(lesson::kLanguages)};
        }}},
      {"notify",
       {{"code", "field", "values"},
        [](const lesson::JsonAt& at) { return action::Notify{problem_of(at)}; }}},
      {"dismiss_notice", plain<action::DismissNotice>()},
  };
}

Readers edit_readers() {
  return {
      {"set_value",
       {{"tensor", "at", "layer", "value", "commit"},
        [](const lesson::JsonAt& at) {
          return action::SetValue{target_of(at), float_of(at.get("value")), commit_of(at)};
        }}},
      {"commit", plain<action::Commit>()},
      {"set_spec",
       {{"op", "in_channels", "out_channels", "kernel_size", "stride", "padding", "padding_mode",
         "dilation", "groups", "bias", "flip", "output_padding", "ceil_mode", "count_include_pad",
         "divisor_override", "commit"},
        [](const lesson::JsonAt& at) { return action::SetSpec{spec_of(at), commit_of(at)}; }}},
      {"set_filter", {{"filter", "values"}, filter_of}},
      {"set_relu",
       {{"relu"},
        [](const lesson::JsonAt& at) { return action::SetRelu{at.get("relu").boolean()}; }}},
      {"set_training",
       {{"optimizer", "lr", "momentum", "beta1", "beta2", "eps", "steps", "commit"},
        training_of_action}},
      {"set_start",
       {{"seed"},
        [](const lesson::JsonAt& at) { return action::SetStart{at.get("seed").integer()}; }}},
      {"draw_target",
       {{"draw"},
        [](const lesson::JsonAt& at) { return action::DrawTarget{at.get("draw").boolean()}; }}},
      {"reset_scene", plain<action::ResetScene>()},
      {"drop_draft", plain<action::DropDraft>()},
      {"undo", plain<action::Undo>()},
      {"redo", plain<action::Redo>()},
      {"open",
       {{"lesson"},
        [](const lesson::JsonAt& at) { return action::Open{at.get("lesson").text()}; }}},
      {"save",
       {{"path"}, [](const lesson::JsonAt& at) { return action::Save{at.get("path").text()}; }}},
  };
}

Readers all_readers() {
  Readers readers = time_readers();
  readers.merge(look_readers());
  readers.merge(edit_readers());
  return readers;
}

Action parse_action(const lesson::JsonAt& at, const Readers& readers, std::size_t index) {
  const lesson::JsonAt name = at.get("do");
  const auto found = readers.find(name.text());
  if (found == readers.end()) {
    name.fail("replay_unknown_action",
              {{"index", static_cast<std::int64_t>(index)}, {"action", name.text()}});
  }
  std::vector<std::string_view> keys = found->second.keys;
  keys.push_back("do");
  at.allow_only(keys);
  return found->second.read(at);
}

}  // namespace

Replay parse_replay(std::string_view json, const std::string& name) {
  const lesson::JsonNode root = lesson::parse_json(json, name);
  const lesson::JsonAt at(root, name);
  if (const std::int64_t format = at.get("format").integer(1); format > kFormat) {
    at.get("format").fail("format_newer", {{"format", format}, {"known", kFormat}});
  }
  at.allow_only({"format", "lesson", "actions"});
  Replay replay;
  replay.lesson = at.get("lesson").text();
  const Readers readers = all_readers();
  for (const lesson::JsonAt& action : at.get("actions").elements()) {
    replay.actions.push_back(parse_action(action, readers, replay.actions.size()));
  }
  return replay;
}

}  // namespace convscope::session
