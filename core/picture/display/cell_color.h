// The colour that a grid gives a cell.
#pragma once

#include <cstdint>

#include "core/picture/display/picture.h"

namespace convscope::picture {

// Three channels that are drawn as one picture are mixed. The cell lies in the grid's tensor.
Rgba cell_color(const TensorGrid& grid, std::int64_t y, std::int64_t x);

}  // namespace convscope::picture
