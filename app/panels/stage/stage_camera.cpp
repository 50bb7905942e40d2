#include "app/panels/stage/stage_camera.h"

#include <algorithm>

namespace convscope::panels {

picture::Rect camera_area(const picture::Picture& picture) {
  const picture::Rect& area = picture.camera_area;
  return area.w > 0 && area.h > 0 ? area : picture::Rect{0, 0, picture.width, picture.height};
}

session::Camera zoomed(const session::Camera& camera, double factor, picture::Point fixed,
                       const picture::Rect& area, double most) {
  const double zoom = std::clamp(camera.zoom * factor, kMinZoom, most);
  const double ratio = zoom / camera.zoom;
  const double tall = std::max(1.0f, area.h);
  // The fixed point's offset from the middle, in heights of the area.
  const double x = (fixed.x - area.center().x) / tall;
  const double y = (fixed.y - area.center().y) / tall;
  return {zoom, x - (x - camera.pan_x) * ratio, y - (y - camera.pan_y) * ratio};
}

double most_zoom(const picture::Picture& picture, const session::Camera& camera) {
  double smallest = picture.height;
  for (const picture::Record& record : picture.records) {
    const auto* grid = std::get_if<picture::TensorGrid>(&record);
    if (grid != nullptr && grid->tensor.shape().h > 0 && grid->rect.h > 0) {
      const auto rows = static_cast<double>(grid->tensor.shape().h);
      smallest = std::min(smallest, static_cast<double>(grid->rect.h) / rows / camera.zoom);
    }
  }
  const double height = camera_area(picture).h;
  return std::max(kMaxZoom, smallest > 0 ? height / smallest : kMaxZoom);
}

bool is_zoomed_in(const session::Camera& camera) {
  constexpr double kNoticed = 1.01;
  return camera.zoom > kNoticed;
}

picture::Point unzoomed(const session::Camera& camera, picture::Point at,
                        const picture::Rect& area) {
  const picture::Point middle = area.center();
  const auto back = [&](float place, float centre, double pan) {
    const double moved = static_cast<double>(place) - static_cast<double>(centre) -
                         pan * static_cast<double>(area.h);
    return static_cast<float>(static_cast<double>(centre) + moved / camera.zoom);
  };
  return {back(at.x, middle.x, camera.pan_x), back(at.y, middle.y, camera.pan_y)};
}

session::Camera centred_on(const session::Camera& camera, picture::Point plain,
                           const picture::Rect& area) {
  const double tall = std::max(1.0f, area.h);
  const picture::Point middle = area.center();
  return {camera.zoom, static_cast<double>(middle.x - plain.x) * camera.zoom / tall,
          static_cast<double>(middle.y - plain.y) * camera.zoom / tall};
}

session::Camera panned(const session::Camera& camera, float dx, float dy,
                       const picture::Rect& area) {
  const double tall = std::max(1.0f, area.h);
  return {camera.zoom, camera.pan_x + dx / tall, camera.pan_y + dy / tall};
}

}  // namespace convscope::panels
