// Mouse and keyboard input as plain values. The window fills them from GLFW; tests make their own.
#pragma once

#include <cstdint>

namespace convscope::panels {

// A physical key, named after the US layout, so that shortcuts work on every layout.
enum class Key {
  kNone,
  kSpace,
  kLeft,
  kRight,
  kUp,
  kDown,
  kPageUp,
  kPageDown,
  kHome,
  kEnd,
  kEnter,
  kEscape,
  kTab,
  kBackspace,
  kDelete,
  kLeftBracket,
  kRightBracket,
  kMinus,
  kEqual,
  kF1,
  kF5,
  kF11,
  k0,
  k1,
  k2,
  k3,
  k4,
  k5,
  k6,
  k7,
  k8,
  k9,
  kA,
  kB,
  kC,
  kD,
  kE,
  kF,
  kG,
  kH,
  kI,
  kJ,
  kK,
  kL,
  kM,
  kN,
  kO,
  kP,
  kQ,
  kR,
  kS,
  kT,
  kU,
  kV,
  kW,
  kX,
  kY,
  kZ,
  kCount
};

struct Modifiers {
  bool ctrl = false;  // Command on macOS
  bool shift = false;
  bool alt = false;

  bool operator==(const Modifiers&) const = default;
};

// A physical key, or (key = kNone) a typed character.
struct KeyChord {
  Key key = Key::kNone;
  bool ctrl = false;
  bool shift = false;
  char32_t character = 0;
};

struct InputEvent {
  enum class Kind { kMove, kLeave, kButton, kWheel, kKey, kText };
  Kind kind = Kind::kMove;
  float x = 0;  // kMove: pixels from the top left of the framebuffer; kWheel: notches
  float y = 0;
  int button = 0;  // 0 left, 1 right, 2 middle
  bool down = false;
  bool repeat = false;
  Key key = Key::kNone;
  Modifiers modifiers;
  char32_t character = 0;
};

}  // namespace convscope::panels
