// Action: everything that can be asked of a session. What a window emits and what a replay file
// holds. A new action is a struct in the file of its family and a row beside it (action/rows.h).
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/session/action/ask.h"
#include "core/session/action/author.h"
#include "core/session/action/build.h"
#include "core/session/action/document.h"
#include "core/session/action/edit.h"
#include "core/session/action/look.h"
#include "core/session/action/time.h"
#include "core/session/action/toggle.h"
#include "core/session/session.h"

namespace convscope::session {

namespace action {

// Variants in a row as one.
template <typename... Families>
struct Joined;
template <typename... Kinds>
struct Joined<std::variant<Kinds...>> {
  using Type = std::variant<Kinds...>;
};
template <typename... Kinds, typename... Others, typename... Families>
struct Joined<std::variant<Kinds...>, std::variant<Others...>, Families...>
    : Joined<std::variant<Kinds..., Others...>, Families...> {};

}  // namespace action

using Action = action::Joined<action::TimeActions, action::LookActions, action::EditActions,
                              action::BuildActions, action::AuthorActions, action::DocumentActions,
                              action::AskActions, action::ToggleActions>::Type;

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
// Open's echo), nor have ExerciseStarted and PictureTaken.
std::string action_json(const Action& action);

// The session without its history, as JSON: lesson, scene, frame, step and the rest.
std::string session_json(const Session& session);

}  // namespace convscope::session
