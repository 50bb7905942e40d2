// Look: what the stage shows, and how.
#pragma once

#include <cstdint>
#include <optional>

#include "core/lesson/lesson.h"

namespace convscope::session {

enum class Theme { kDark, kLight, kProjector, kContrast };

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

// What is held beside the scene, under the same playhead.
enum class Comparison {
  kNone,
  kLesson,   // the lesson's own numbers
  kBefore,   // before the last change
  kPadding,  // zeros for any other padding, reflected values for zeros
  kStride,   // stride 1, or 2 where it is 1
  kSame,     // SAME as TensorFlow pads, or, where it is that, the padding of PyTorch's users
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
  Comparison comparison = Comparison::kNone;
  // Of a picture: left of this share of its width itself, right of it its map.
  std::optional<double> split = std::nullopt;
  Theme theme = Theme::kDark;
  lesson::Language language = lesson::Language::kEnglish;

  bool operator==(const Look&) const = default;
};

}  // namespace convscope::session
