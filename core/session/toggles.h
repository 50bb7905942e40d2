// On/off settings, one member and one row each. Their action, JSON, shortcut and help entry come
// from the table.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace convscope::session {

struct Toggles {
  bool loop = false;   // start again after the last frame
  bool guided = true;  // pause at each text of the narration

  bool operator==(const Toggles&) const = default;
};

struct Toggle {
  bool Toggles::* setting;
  std::string_view word;  // JSON: "loop" and the action "set_loop"; locale: "shortcut.loop"
  char key;               // a letter
  bool outlives_lesson;   // keeps its value when another lesson is opened
};

inline constexpr std::array kToggles = {
    Toggle{&Toggles::loop, "loop", 'R', true},
    Toggle{&Toggles::guided, "guided", 'P', true},
};

constexpr std::size_t place_of(bool Toggles::* setting) {
  std::size_t place = 0;
  while (place + 1 < kToggles.size() && kToggles[place].setting != setting) {
    ++place;
  }
  return place;
}

}  // namespace convscope::session
