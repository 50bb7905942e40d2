// On/off settings, one member and one row each; they hold for every lesson. Their action, JSON,
// shortcut and help entry come from the table.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace convscope::session {

struct Toggles {
  bool loop = false;   // start again after the last frame
  bool guided = true;  // pause at each text of the narration
  // The stage stands still between steps, and Next shows its step at once.
  bool reduced_motion = false;
  bool fading = true;  // practice begins with worked sums that lose more and more of their terms

  bool operator==(const Toggles&) const = default;
};

struct Toggle {
  bool Toggles::* setting;
  std::string_view word;  // JSON: "loop" and the action "set_loop"; locale: "shortcut.loop"
  char key;               // a letter
};

inline constexpr std::array kToggles = {
    Toggle{&Toggles::loop, "loop", 'R'},
    Toggle{&Toggles::guided, "guided", 'P'},
    Toggle{&Toggles::fading, "fading", 'Y'},
    Toggle{&Toggles::reduced_motion, "reduced_motion", 'J'},
};

constexpr std::size_t place_of(bool Toggles::* setting) {
  std::size_t place = 0;
  while (place + 1 < kToggles.size() && kToggles[place].setting != setting) {
    ++place;
  }
  return place;
}

}  // namespace convscope::session
