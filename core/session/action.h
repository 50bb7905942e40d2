// Action: everything that can be asked of a session. What a window emits and what a replay file
// holds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/session/session.h"

namespace convscope::session {

namespace action {
// Time.
struct Next {};
struct Previous {};
struct First {};
struct Last {};
struct NextRow {};  // the same column, one output row down
struct PreviousRow {};
struct TogglePlay {};
struct Pause {};
struct Tick {
  std::int64_t frames = 0;
};  // so many 1/240 s of wall time have passed; update() multiplies by the session's speed
struct Seek {
  Frame frame = 0;
};
struct GoTo {
  std::int64_t position = 0;
};  // the still of a position; -1 is the empty map
struct PlaceWindow {
  Index at;
};  // centre the window near this input cell
struct SetSpeed {
  double speed = 1.0;
};
struct SetLoop {
  bool loop = false;
};
struct SetGranularity {
  Granularity granularity = Granularity::kPosition;
};
// Looking.
struct SetView {
  lesson::View view = lesson::View::kFlat;
};
struct SetSecondView {
  std::optional<lesson::View> view;
};
struct SetCodeStrip {
  lesson::CodeStrip code = lesson::CodeStrip::kNone;
};
struct SetTransposedAs {
  lesson::TransposedAs as = lesson::TransposedAs::kZeroInsert;
};
struct SetOrbit {
  Orbit orbit;
};
struct SetGuided {
  bool guided = true;
};
struct SetCamera {
  Camera camera;
};
struct Hover {
  std::optional<Target> target;
};
struct Select {
  std::optional<Target> target;
};
struct NextFilter {};  // the same place in the next filter's map
struct SetScene {
  std::int64_t scene = 0;
};
struct SetLayer {
  std::int64_t layer = 0;  // of the scene: which one the stage shows
};
struct SetTheme {
  Theme theme = Theme::kDark;
};
struct SetLanguage {
  lesson::Language language = lesson::Language::kEnglish;
};
// Editing. A change with commit = false is one moment of a drag; Commit ends the drag.
struct SetValue {
  Target target;
  float value = 0;
  bool commit = true;
};
struct Commit {};
struct SetSpec {
  conv::LayerSpec spec;
  bool commit = true;
};
// Refused with a notice: "value_outside" where the layer has no such filter, "filter_size" for
// another count of values, "value_not_finite" for infinity and NaN.
struct SetFilter {
  std::int64_t filter = 0;  // k, from 0
  // (C/groups, kh, kw) row by row, or (kh, kw): the same in every channel. As they are, not scaled.
  std::vector<float> values;
};
struct SetRelu {
  bool relu = false;
};  // whether a ReLU layer follows the layer on stage
struct SetTraining {
  conv::Optimizer optimizer;
  std::int64_t steps = 200;
  bool commit = true;
};
struct SetStart {
  std::int64_t seed = 0;
};  // other random weights for the training to start from
struct DrawTarget {
  bool draw = true;
};  // a drawn target map, at first the one in use; or none again
struct ResetScene {};  // the scene's numbers as they were when the lesson was opened
struct DropDraft {};
struct Undo {};
struct Redo {};
// Documents. Reading and writing files is the front's work: it turns Open into Opened or Notify.
struct Open {
  std::string what;
};  // a bundled id, a lesson file or an image; "lesson" in JSON, as on the command line
struct Opened {
  lesson::Lesson lesson;
};
struct Save {
  std::string path;
};
struct Notify {
  Problem notice;
};
struct DismissNotice {};
}  // namespace action

using Action =
    std::variant<action::Next, action::Previous, action::First, action::Last, action::NextRow,
                 action::PreviousRow, action::TogglePlay, action::Pause, action::Tick, action::Seek,
                 action::GoTo, action::PlaceWindow, action::SetSpeed, action::SetLoop,
                 action::SetGranularity, action::SetView, action::SetSecondView,
                 action::SetCodeStrip, action::SetTransposedAs, action::SetOrbit, action::SetGuided,
                 action::SetCamera, action::Hover, action::Select, action::NextFilter,
                 action::SetScene, action::SetLayer, action::SetTheme, action::SetLanguage,
                 action::SetValue, action::Commit, action::SetSpec, action::SetFilter,
                 action::SetRelu, action::SetTraining, action::SetStart, action::DrawTarget,
                 action::ResetScene, action::DropDraft, action::Undo, action::Redo, action::Open,
                 action::Opened, action::Save, action::Notify, action::DismissNotice>;

using Actions = std::vector<Action>;

// A replay file: {"format": 1, "lesson": ID, "actions": [{"do": "next"}, ...]}. An action's members
// are named as above, in snake_case; "set_spec" speaks PyTorch and settings that it leaves out take
// PyTorch's defaults (in_channels, out_channels: 1; kernel_size: 3; bias: false), not the layer's.
struct Replay {
  std::string lesson;
  Actions actions;
};

// Throws Failure naming `name`, the action's index and the line.
Replay parse_replay(std::string_view json, const std::string& name);

// {"do": "set_value", "tensor": "weight", "at": [0,0,1,1], "value": 2}; Opened has none (it is
// Open's echo).
std::string action_json(const Action& action);

// The session without its history, as JSON: lesson, scene, frame, step and the rest.
std::string session_json(const Session& session);

}  // namespace convscope::session
