// One number in a cell of its own, for views that don't show whole planes.
#pragma once

#include <optional>
#include <vector>

#include "core/picture/kit/canvas.h"
#include "core/picture/kit/cell_plane.h"

namespace convscope::picture::kit {

struct ValueCell {
  // kValue: a coloured cell. kPadding: a cell that is not the input's own. kInserted: a zero that
  // only keeps cells apart. kEmpty: the place of a value that does not exist yet.
  enum class Kind { kValue, kPadding, kInserted, kEmpty };
  Kind kind = Kind::kValue;
  double value = 0;
  Rgba fill = kTransparent;  // of kValue
  float opacity = 1;
  std::optional<session::Target> target = std::nullopt;
};

void draw_value_cell(Canvas& canvas, const Rect& rect, const ValueCell& cell,
                     const NumberFit& numbers);

// How to write `values` in cells of side `cell`; the more numbers, the smaller the common size.
NumberFit fit_values(const Canvas& canvas, float cell, std::vector<float> values);

// The mark of a cell that belongs to what the pointer is on; `inside` a frame of that width.
void draw_lit(Canvas& canvas, const Rect& rect, Rgba color, float inside = 0);

}  // namespace convscope::picture::kit
