// One plane of a tensor as coloured cells with their numbers.
#pragma once

#include <cstdint>
#include <vector>

#include "core/derive/derived.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/kit/plane.h"

namespace convscope::picture::kit {

// At scale 1: cells from this side on carry numbers, at first faint ones.
inline constexpr float kNumbersFrom = 15;

// Which plane, and how it is shown.
struct PlaneStyle {
  Tensor tensor;
  Tensor minus = {};  // as TensorGrid's
  std::int64_t n = 0;
  std::int64_t c = 0;
  ColorScale scale = {};
  session::TensorRole role = session::TensorRole::kInput;
  std::int64_t revealed = -1;  // only the first so many cells, row by row; -1 is all
  std::int64_t first = 0;      // numbers from this cell on; others stand in front of those before
  float opacity = 1;
  conv::Size2 stretch = {
      1, 1};  // only the cells at its multiples are values, the others keep them apart

  float value(const Index& at) const { return tensor.at(at) - (minus.empty() ? 0 : minus.at(at)); }
  bool is_inserted(std::int64_t y, std::int64_t x) const {
    return y % stretch.h != 0 || x % stretch.w != 0;
  }
};

// Sizes for the numbers of a plane: how large, and how many characters fit a cell.
struct NumberFit {
  float size = 0;  // pixels per em; 0: the cells are too small for numbers
  NumberStyle style = {};
  float alpha = 0;  // numbers fade in with the size of a cell
};

// One size and one way of writing for all numbers in sight, so that digits line up. A few numbers
// that are far longer than the others don't count: they are drawn smaller (cell_number.h).
NumberFit fit_numbers(const Canvas& canvas, const Plane& plane, const PlaneStyle& style,
                      const Rect& viewport);
// The same for planes that are read together.
NumberFit common_fit(const NumberFit& a, const NumberFit& b);

// The coloured cells; nothing outside `viewport`. Inserted zeros are drawn small, without a cell.
void draw_cells(Canvas& canvas, const Plane& plane, const PlaneStyle& style, const Rect& viewport);

// Their numbers. `lifted` cells keep their lower corner free.
void draw_numbers(Canvas& canvas, const Plane& plane, const PlaneStyle& style,
                  const NumberFit& numbers, const Rect& viewport,
                  const std::vector<Index>& lifted = {});

// The ring of layer.pads around an input plane: dashed, hatched, with the values that padding puts
// there. That is -infinity for a max pool; cells that take no part in an average say nothing.
void draw_padding(Canvas& canvas, const Plane& plane, const PlaneStyle& style,
                  const derive::LayerResult& layer, const NumberFit& numbers, const Rect& viewport);

// Places for values that do not exist yet.
void draw_empty_cells(Canvas& canvas, const Plane& plane, session::TensorRole role, std::int64_t n,
                      std::int64_t c, const Rect& viewport);

// The gap between cells of this size, in pixels.
float cell_gap(const Canvas& canvas, float cell);

}  // namespace convscope::picture::kit
