// The parts of the window that the keyboard can belong to, in the order of Tab; key_focus.h has the
// rules.
#pragma once

namespace convscope::panels {

enum class KeyFocus {
  kTopBar,
  kLessons,
  kStrip,
  kStage,
  kWelcome,
  kExport,
  kInspector,
  kTransport,
  kDialog,  // what lies over all of them
};

}  // namespace convscope::panels
