// Zoom and pan of the stage, as arithmetic.
#pragma once

#include "core/picture/display/picture.h"
#include "core/session/session.h"

namespace convscope::panels {

inline constexpr double kZoomStep = 1.25;
inline constexpr double kMinZoom = 0.25;
inline constexpr double kMaxZoom = 200.0;  // at least; see most_zoom()

// The part of the picture that the camera moves.
picture::Rect camera_area(const picture::Picture& picture);

// `factor` times nearer, with what lies at `fixed` (in stage pixels) staying there. A camera maps
// a point to  centre + (point - centre) * zoom + pan * height  of its area.
session::Camera zoomed(const session::Camera& camera, double factor, picture::Point fixed,
                       const picture::Rect& area, double most = kMaxZoom);

// With it the smallest cell of the picture, which `camera` shows, fills the stage.
double most_zoom(const picture::Picture& picture, const session::Camera& camera);

// Whether a drag moves the stage, not what stands on it.
bool is_zoomed_in(const session::Camera& camera);

// Where a point of the stage would lie without zoom and pan, and what shows such a point in the
// middle.
picture::Point unzoomed(const session::Camera& camera, picture::Point at,
                        const picture::Rect& area);
session::Camera centred_on(const session::Camera& camera, picture::Point plain,
                           const picture::Rect& area);

// Moved by so many pixels.
session::Camera panned(const session::Camera& camera, float dx, float dy,
                       const picture::Rect& area);

}  // namespace convscope::panels
