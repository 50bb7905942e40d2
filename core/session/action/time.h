// Actions that move the clock.
#pragma once

#include <cstdint>
#include <variant>

#include "core/session/session.h"

namespace convscope::session::action {

struct Next {};
struct Previous {};
// A clicker's keys: as Next and Previous, but over very many steps straight to the next text.
struct NextTold {};
struct PreviousTold {};
struct First {};
struct Last {};
struct NextRow {};  // the same column, one output row down
struct PreviousRow {};
struct NextFilter {};  // the same place in the next filter's map
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
struct SetGranularity {
  Granularity granularity = Granularity::kPosition;
};

using TimeActions = std::variant<Next, Previous, NextTold, PreviousTold, First, Last, NextRow,
                                 PreviousRow, NextFilter, TogglePlay, Pause, Tick, Seek, GoTo,
                                 PlaceWindow, SetSpeed, SetGranularity>;

}  // namespace convscope::session::action
