#include "core/picture/kit/tensor_alone.h"

#include <cstdint>

namespace convscope::picture::kit {

namespace {

void draw_slice(Canvas& canvas, const TensorAlone& tensor, const PlaneStyle& style,
                const Plane& plane, const NumberFit& fit, const Rect& view) {
  if (tensor.there.empty()) {
    draw_empty_cells(canvas, plane, style.role, style.n, style.c, view);
  }
  draw_cells(canvas, plane, style, view);
  draw_numbers(canvas, plane, style, fit, view);
  const float gap = cell_gap(canvas, plane.cell);
  for (std::int64_t p = 0; !tensor.there.empty() && p < plane.h * plane.w; ++p) {
    const Index at = {style.n, style.c, p / plane.w, p % plane.w};
    if (tensor.there.at({0, 0, at.y, at.x}) == 0) {
      canvas.add(Box{.rect = inner(plane.cell_at(at), gap / 2),
                     .fill = canvas.palette.empty_cell,
                     .target = session::Target{style.role, at}});
    }
  }
  canvas.outline(plane.rect, tensor.edge, canvas.line_width(1.5F), 2 * canvas.scale);
}

}  // namespace

PlaneRows rows_of(const TensorAlone& tensor, const Viewport& viewport) {
  return plane_rows(tensor.size, static_cast<std::int64_t>(tensor.slices.size()), viewport);
}

void draw_tensor_alone(Canvas& canvas, const TensorAlone& tensor, const Viewport& viewport) {
  const PlaneRows rows = rows_of(tensor, viewport);
  const Rect view = {0, 0, viewport.width, viewport.height};
  NumberFit fit;
  for (std::int64_t i = 0; i < rows.count; ++i) {
    const NumberFit one =
        fit_numbers(canvas, rows.at(i), tensor.slices[static_cast<std::size_t>(i)], view);
    fit = i == 0 ? one : common_fit(fit, one);
  }
  for (std::int64_t i = 0; i < rows.count; ++i) {
    draw_slice(canvas, tensor, tensor.slices[static_cast<std::size_t>(i)], rows.at(i), fit, view);
  }
}

}  // namespace convscope::picture::kit
