// A tensor of a view alone as a picture: its slices with their numbers.
#pragma once

#include <vector>

#include "core/picture/kit/canvas.h"
#include "core/picture/kit/cell_plane.h"
#include "core/picture/kit/plane_rows.h"

namespace convscope::picture::kit {

struct TensorAlone {
  PlaneSize size = {};
  std::vector<PlaneStyle> slices;
  // The cells that have a value yet, where not all have: a tensor of one channel with zeros
  // elsewhere.
  Tensor there;
  Rgba edge;
};

PlaneRows rows_of(const TensorAlone& tensor, const Viewport& viewport);
void draw_tensor_alone(Canvas& canvas, const TensorAlone& tensor, const Viewport& viewport);

}  // namespace convscope::picture::kit
