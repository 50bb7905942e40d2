// Look: what the stage shows, and how.
#pragma once

#include <cstdint>
#include <optional>

#include "core/lesson/lesson.h"

namespace convscope::session {

enum class Theme { kDark, kLight, kProjector };

// Where the stage looks: zoom 1 and no pan fit everything. The pan is in fractions of the stage's
// height.
struct Camera {
  double zoom = 1.0;
  double pan_x = 0.0;
  double pan_y = 0.0;

  bool operator==(const Camera&) const = default;
};

// From where the volume view is seen, in degrees.
struct Orbit {
  double yaw = 30.0;
  double pitch = 25.0;

  bool operator==(const Orbit&) const = default;
};

struct Look {
  std::int64_t scene = 0;
  std::int64_t layer = 0;  // index in the scene
  lesson::View view = lesson::View::kFlat;
  // Only one that can stand beside the first (lesson::can_pair).
  std::optional<lesson::View> second_view;
  lesson::CodeStrip code = lesson::CodeStrip::kNone;
  lesson::TransposedAs transposed_as = lesson::TransposedAs::kZeroInsert;
  Camera camera;
  Orbit orbit;
  Theme theme = Theme::kDark;
  lesson::Language language = lesson::Language::kEnglish;

  bool operator==(const Look&) const = default;
};

}  // namespace convscope::session
