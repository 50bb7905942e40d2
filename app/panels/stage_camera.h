// Zoom and pan of the stage, as arithmetic.
#pragma once

#include "core/lesson/session.h"
#include "core/picture/picture.h"

namespace convscope {

inline constexpr double kZoomStep = 1.25;
inline constexpr double kMinZoom = 0.25;
inline constexpr double kMaxZoom = 200.0;

// The part of the picture that the camera moves.
Rect camera_area(const Picture& picture);

// `factor` times nearer, with what lies at `fixed` (in stage pixels) staying there. A camera maps
// a point to  centre + (point - centre) * zoom + pan * height  of its area.
Camera zoomed(const Camera& camera, double factor, Point fixed, const Rect& area);

// Moved by so many pixels.
Camera panned(const Camera& camera, float dx, float dy, const Rect& area);

}  // namespace convscope
