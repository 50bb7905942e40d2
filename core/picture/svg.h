// A Picture as an SVG document. Small grids become rectangles, large ones an embedded PNG.
#pragma once

#include <string>

#include "core/picture/picture.h"
#include "core/picture/text_metrics.h"

namespace convscope {

// Numbers with at most two decimals and stable order, so that goldens are reviewable text.
std::string svg_of(const Picture& picture, const TextMetrics& metrics);

}  // namespace convscope
