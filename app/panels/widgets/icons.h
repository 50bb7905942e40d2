// Icons drawn from lines and triangles, crisp at any size; no icon font.
#pragma once

#include <imgui.h>

namespace convscope::panels::widgets {

enum class Icon {
  kPlay,
  kPause,
  kNext,
  kPrevious,
  kFirst,
  kLast,
  kLoop,
  kUndo,
  kRedo,
  kReset,  // to the initial state
  kOpen,
  kSave,
  kTheme,
  kHelp,
  kLessons,
  kInspector,
  kMinus,
  kPlus,
  kClose,
  kCopy,
  kGuided,
  kBack,  // to the previous item of a list
  kOnward,
  kFlat,
  kVolume,
  kStrip,
  kNeuron,
  kMatrix,
  kDescent,
  kCoverage,
  kReceptiveField,
  kPointer,
  kBrush,
  kEraser,
  kLoupe,
  kCompare,
  kSplit,
};

// Inside a square of side `size` around `center`; lines are `weight` pixels wide.
void draw_icon(ImDrawList& list, Icon icon, ImVec2 center, float size, float weight, ImU32 color);

}  // namespace convscope::panels::widgets
