// The action of all settings that are on or off (toggles.h).
#pragma once

#include <variant>

#include "core/session/session.h"
#include "core/session/toggles.h"

namespace convscope::session::action {

struct Switch {
  bool Toggles::* setting = kToggles.front().setting;
  bool on = false;
};

using ToggleActions = std::variant<Switch>;

}  // namespace convscope::session::action
