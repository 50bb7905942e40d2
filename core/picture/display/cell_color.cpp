#include "core/picture/display/cell_color.h"

#include <algorithm>

#include "core/picture/display/colormap.h"

namespace convscope::picture {

Rgba cell_color(const TensorGrid& grid, std::int64_t y, std::int64_t x) {
  const auto value = [&](std::int64_t ahead) {
    const std::int64_t channel = std::min(grid.c + ahead, grid.tensor.shape().c - 1);
    return grid.value({grid.n, channel, y, x});
  };
  return grid.scale.kind == ColorScale::Kind::kRgb ? color_of_rgb(value(0), value(1), value(2))
                                                   : color_of(grid.scale, value(0));
}

}  // namespace convscope::picture
