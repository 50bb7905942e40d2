// A Picture as an SVG document. Small grids become rectangles, large ones an embedded PNG.
#pragma once

#include <string>
#include <string_view>

#include "core/picture/display/picture.h"
#include "core/picture/display/text_metrics.h"

namespace convscope::picture::svg {

// Numbers with at most two decimals and stable order, so that goldens are reviewable text.
// Ids begin with `ids`: where several documents become one, they may not repeat.
std::string svg_of(const Picture& picture, const TextMetrics& metrics, std::string_view ids = "");

}  // namespace convscope::picture::svg
