// Action: everything that can be asked of a session. What a window emits and what a replay file
// holds. A new action is a struct in the file of its family and a row beside it (action/rows.h).
#pragma once

#include <any>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <typeindex>
#include <utility>
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

template <typename Kind, typename Family>
inline constexpr bool kIsOf = false;
template <typename Kind, typename... Kinds>
inline constexpr bool kIsOf<Kind, std::variant<Kinds...>> = (std::same_as<Kind, Kinds> || ...);

template <typename Kind, typename... Families>
concept OfOneOf = (kIsOf<Kind, Families> || ...);

template <typename Kind>
concept AnyKind = OfOneOf<Kind, TimeActions, LookActions, EditActions, BuildActions, AuthorActions,
                          DocumentActions, AskActions, ToggleActions>;

}  // namespace action

// One action of any kind. Not a variant of all hundred: every file that emits one would spend
// seconds on compiling how to copy all the others.
class Action {
 public:
  template <action::AnyKind Kind>
  Action(Kind kind) : value_(std::move(kind)) {}  // NOLINT(google-explicit-constructor)

  // Null if it is of another kind.
  template <action::AnyKind Kind>
  const Kind* as() const {
    return std::any_cast<Kind>(&value_);
  }
  template <action::AnyKind Kind>
  Kind* as() {
    return std::any_cast<Kind>(&value_);
  }
  template <action::AnyKind Kind>
  bool is() const {
    return as<Kind>() != nullptr;
  }
  std::type_index kind() const { return value_.type(); }

 private:
  std::any value_;
};

using Actions = std::vector<Action>;

// A replay file: {"format": 1, "lesson": ID, "actions": [{"do": "next"}, ...]}. An action's members
// are named as above, in snake_case; "set_spec" speaks PyTorch and settings that it leaves out take
// PyTorch's defaults (in_channels, out_channels: 1; kernel_size: 3; bias: false), not the layer's.
struct Replay {
  std::string lesson;
  Actions actions;
  std::vector<std::int64_t> lines;  // where each action begins, from 1
};

// Throws Failure naming `name`, the action's index and the line.
Replay parse_replay(std::string_view json, const std::string& name);

// {"do": "set_value", "tensor": "weight", "at": [0,0,1,1], "value": 2}; Opened has none (it is
// Open's echo), nor have ExerciseStarted and PictureTaken.
std::string action_json(const Action& action);

// Every action that has a JSON form: a line of that JSON with all its members, then indented lines
// with the words that a member takes and with the members that may be left out.
std::string action_reference();

// The session without its history, as JSON: lesson, scene, frame, step and the rest.
std::string session_json(const Session& session);

}  // namespace convscope::session
