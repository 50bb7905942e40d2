#include "app/panels/stage/stage_camera.h"

#include <algorithm>

namespace convscope::panels {

picture::Rect camera_area(const picture::Picture& picture) {
  const picture::Rect& area = picture.camera_area;
  return area.w > 0 && area.h > 0 ? area : picture::Rect{0, 0, picture.width, picture.height};
}

session::Camera zoomed(const session::Camera& camera, double factor, picture::Point fixed,
                       const picture::Rect& area) {
  const double zoom = std::clamp(camera.zoom * factor, kMinZoom, kMaxZoom);
  const double ratio = zoom / camera.zoom;
  const double tall = std::max(1.0f, area.h);
  // The fixed point's offset from the middle, in heights of the area.
  const double x = (fixed.x - area.center().x) / tall;
  const double y = (fixed.y - area.center().y) / tall;
  return {zoom, x - (x - camera.pan_x) * ratio, y - (y - camera.pan_y) * ratio};
}

session::Camera panned(const session::Camera& camera, float dx, float dy,
                       const picture::Rect& area) {
  const double tall = std::max(1.0f, area.h);
  return {camera.zoom, camera.pan_x + dx / tall, camera.pan_y + dy / tall};
}

}  // namespace convscope::panels
