#include <algorithm>
#include <cmath>

#include "core/picture/flat/plan.h"

namespace convscope::picture::flat {

float rows_cell(const derive::LayerResult& layer, const Extents& e, const Rect& main,
                const Measures& m) {
  const float partial = e.slices > 1 ? m.partial : 0;
  const float width = (main.w - 2 * m.gap - partial) / (e.padded_w + e.kernel_w + e.out_w);
  const float tallest = std::max(e.padded_h, e.kernel_h);
  const float height = (main.h - e.slices * m.caption) / (e.slices * tallest);
  return std::min({width, height, output_cell(layer, e, main, m)});
}

float columns_cell(const derive::LayerResult& layer, const Extents& e, const Rect& main,
                   const Measures& m) {
  const float width = (main.w - (e.slices - 1) * m.slice_gap - m.gap) /
                      (e.slices * std::max(e.padded_w, e.kernel_w) + e.out_w);
  const float height = (main.h - 2 * m.caption - 2 * m.slice_gap) / (e.padded_h + e.kernel_h);
  return std::min({width, height, output_cell(layer, e, main, m)});
}

void lay_rows(const derive::LayerResult& layer, const Extents& e, float cell, const Measures& m,
              Layout& out) {
  const Rect& main = out.main;
  const float partial = e.slices > 1 ? m.partial : 0;
  const float width = (e.padded_w + e.kernel_w + e.out_w) * cell + 2 * m.gap + partial;
  const float row = std::max(e.padded_h, e.kernel_h) * cell + m.caption;
  const float left = std::floor(main.x + (main.w - width) / 2);
  const float top = std::floor(main.y + (main.h - e.slices * row) / 2);
  const float kernel_x = std::floor(left + e.padded_w * cell + m.gap);
  std::vector<kit::Plane>& planes = middle_planes(layer, out);
  for (int slice = 0; slice < static_cast<int>(e.slices); ++slice) {
    const float y = std::floor(top + static_cast<float>(slice) * row + m.caption);
    out.input.push_back(input_plane(left, y, e, cell));
    const float middle = std::floor(y + (e.padded_h - e.kernel_h) * cell / 2);
    planes.push_back(kit::plane_at(kernel_x, std::max(middle, y),
                                   {layer.spec.kernel_size.h, layer.spec.kernel_size.w}, cell));
    if (partial > 0) {
      const Rect& kernel = planes.back().rect;
      out.partial.push_back({kernel.right(), kernel.y, partial, kernel.h});
    }
  }
  const float output_x = std::floor(kernel_x + e.kernel_w * cell + partial + m.gap);
  const float output_h = e.out_h * cell + thumbnail_room(layer, m);
  const float output_y =
      std::floor(main.y + m.caption + std::max(0.0F, (main.h - m.caption - output_h) / 2));
  // A lone row shares one top edge; its map looks best centred on the input.
  const float aligned = std::floor(top + m.caption + (e.padded_h * cell - e.out_h * cell) / 2);
  const bool lone = e.slices <= 1 && layer.output_shape.c == 1;
  out.output = kit::plane_at(output_x, lone ? std::max(aligned, main.y + m.caption) : output_y,
                             {layer.output_shape.h, layer.output_shape.w}, cell);
}

void lay_columns(const derive::LayerResult& layer, const Extents& e, float cell, const Measures& m,
                 Layout& out) {
  const Rect& main = out.main;
  const float column = std::max(e.padded_w, e.kernel_w) * cell;
  const float width = e.slices * column + (e.slices - 1) * m.slice_gap + m.gap + e.out_w * cell;
  const float height = 2 * m.caption + 2 * m.slice_gap + (e.padded_h + e.kernel_h) * cell;
  const float left = std::floor(main.x + (main.w - width) / 2);
  const float top = std::floor(main.y + (main.h - height) / 2 + m.caption);
  const float kernel_y = std::floor(top + e.padded_h * cell + 2 * m.slice_gap);
  std::vector<kit::Plane>& planes = middle_planes(layer, out);
  for (int slice = 0; slice < static_cast<int>(e.slices); ++slice) {
    const float x = std::floor(left + static_cast<float>(slice) * (column + m.slice_gap));
    out.input.push_back(input_plane(x, top, e, cell));
    planes.push_back(
        kit::plane_at(x, kernel_y, {layer.spec.kernel_size.h, layer.spec.kernel_size.w}, cell));
    const Rect& kernel = planes.back().rect;
    out.partial.push_back({kernel.right(), kernel.y, column - kernel.w, kernel.h});
  }
  if (conv::has_weight(layer.spec.op)) {
    out.rail = std::floor(kernel_y + e.kernel_h * cell + m.caption * 0.95F);
  }
  const float output_x = std::floor(left + e.slices * (column + m.slice_gap) - m.slice_gap + m.gap);
  const float output_h = e.out_h * cell + thumbnail_room(layer, m);
  const float space = height - m.caption - output_h;
  out.output = kit::plane_at(output_x, std::floor(top + std::max(0.0F, space / 2)),
                             {layer.output_shape.h, layer.output_shape.w}, cell);
}

}  // namespace convscope::picture::flat
