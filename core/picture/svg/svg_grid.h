// A TensorGrid in SVG: rectangles where the cells can be told apart, else an embedded PNG.
#pragma once

#include <string>

#include "core/picture/svg/svg_writer.h"

namespace convscope::picture::svg {

// `clip_id` names the clip path that a PNG needs; the caller keeps it unique.
void write_grid(SvgWriter& svg, const TensorGrid& grid, const std::string& clip_id);

}  // namespace convscope::picture::svg
