#include "core/picture/kit/camera.h"

namespace convscope::picture::kit {

CameraView::CameraView(const session::Camera& camera, const Rect& main)
    : moves_(camera != session::Camera{}),
      zoom_(static_cast<float>(camera.zoom)),
      centre_(main.center()),
      pan_{static_cast<float>(camera.pan_x) * main.h, static_cast<float>(camera.pan_y) * main.h} {}

}  // namespace convscope::picture::kit
