// Zoom and pan of a laid out view. Words keep their size.
#pragma once

#include <vector>

#include "core/picture/kit/plane.h"
#include "core/session/session.h"

namespace convscope::picture::kit {

// Zooms about the centre of `main` and pans by fractions of its height.
class CameraView {
 public:
  CameraView(const session::Camera& camera, const Rect& main);

  float x(float at) const { return moves_ ? centre_.x + (at - centre_.x) * zoom_ + pan_.x : at; }
  float y(float at) const { return moves_ ? centre_.y + (at - centre_.y) * zoom_ + pan_.y : at; }
  float length(float length) const { return length * zoom_; }

  void move(Point& point) const { point = {x(point.x), y(point.y)}; }
  void move(Rect& rect) const { rect = {x(rect.x), y(rect.y), length(rect.w), length(rect.h)}; }
  void move(Plane& plane) const {
    move(plane.rect);
    plane.cell = length(plane.cell);
  }
  template <typename Thing>
  void move(std::vector<Thing>& things) const {
    for (Thing& thing : things) {
      move(thing);
    }
  }

 private:
  bool moves_ = false;  // false: every place stays exactly where it is
  float zoom_ = 1;
  Point centre_;
  Point pan_;
};

}  // namespace convscope::picture::kit
