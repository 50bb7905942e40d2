// Presenting: the stage fills the screen, and the lecturer points at it, draws on it or blanks it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/picture/display/picture.h"
#include "core/session/look.h"

namespace convscope::panels {

// A line of the pen: points from the stage's middle, in parts of its height.
using Stroke = std::vector<picture::Point>;

struct Presenter {
  enum class Tool { kNone, kPen, kSpotlight };

  // What strokes were drawn on. They go when something else comes on stage.
  struct Subject {
    std::string lesson = {};
    std::int64_t scene = 0;
    std::int64_t layer = 0;
    lesson::View view = lesson::View::kFlat;
    session::Camera camera = {};

    bool operator==(const Subject&) const = default;
  };

  Tool tool = Tool::kNone;
  bool blank = false;
  bool notes = false;         // the notes are wanted in a window of their own
  double seconds = 0;         // since it began
  double pointer_rested = 0;  // seconds since the pointer moved
  float spotlight = 0.14f;    // its radius in parts of the window's height
  Subject subject = {};
  std::vector<Stroke> strokes = {};
  bool drawing = false;  // the last stroke is still growing
};

// "12:05", or with hours "1:02:05".
std::string time_of(double seconds);

}  // namespace convscope::panels
