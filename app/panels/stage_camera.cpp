#include "app/panels/stage_camera.h"

#include <algorithm>

namespace convscope {

Rect camera_area(const Picture& picture) {
  const Rect& area = picture.camera_area;
  return area.w > 0 && area.h > 0 ? area : Rect{0, 0, picture.width, picture.height};
}

Camera zoomed(const Camera& camera, double factor, Point fixed, const Rect& area) {
  const double zoom = std::clamp(camera.zoom * factor, kMinZoom, kMaxZoom);
  const double ratio = zoom / camera.zoom;
  const double tall = std::max(1.0f, area.h);
  // The fixed point's offset from the middle, in heights of the area.
  const double x = (fixed.x - area.center().x) / tall;
  const double y = (fixed.y - area.center().y) / tall;
  return {zoom, x - (x - camera.pan_x) * ratio, y - (y - camera.pan_y) * ratio};
}

Camera panned(const Camera& camera, float dx, float dy, const Rect& area) {
  const double tall = std::max(1.0f, area.h);
  return {camera.zoom, camera.pan_x + dx / tall, camera.pan_y + dy / tall};
}

}  // namespace convscope
