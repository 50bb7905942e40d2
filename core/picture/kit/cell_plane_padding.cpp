#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "core/conv/operators/operator.h"
#include "core/conv/padding.h"
#include "core/picture/kit/cell_number.h"
#include "core/picture/kit/cell_plane.h"
#include "core/picture/kit/marks.h"
#include "core/picture/kit/number_text.h"

namespace convscope::picture::kit {

namespace {

// What stands in a ring's cell (y, x): the text follows `numbers`; empty where nothing counts.
std::string padding_text(const PlaneStyle& style, const Plane& plane,
                         const derive::LayerResult& layer, std::int64_t y, std::int64_t x,
                         const NumberFit& numbers) {
  const conv::LayerSpec& spec = layer.spec;
  const conv::PaddingRole role = conv::operator_of(spec.op).padding;
  if (role == conv::PaddingRole::kIgnored) {
    return number_text(-std::numeric_limits<double>::infinity());
  }
  const conv::Pads padding = conv::resolved_pads(spec, layer.input.shape());
  const bool overhangs = y >= plane.h + padding.bottom || x >= plane.w + padding.right;
  if (role == conv::PaddingRole::kMayCount && (overhangs || !spec.count_include_pad)) {
    return {};
  }
  const auto sy = conv::source_index(y, plane.h, spec.padding_mode);
  const auto sx = conv::source_index(x, plane.w, spec.padding_mode);
  const float value = sy && sx ? style.tensor.at({style.n, style.c, *sy, *sx}) : 0.0F;
  return number_text(value, numbers.style);
}

// Dashed outline, and the value in a quieter ink than a real cell's.
void draw_padding_cell(Canvas& canvas, const Rect& cell, const std::string& text,
                       const session::Target& target, const NumberFit& numbers) {
  const float inset = canvas.line_width(1.5F);
  const Rect box = inner(cell, inset);
  canvas.add(Box{.rect = box,
                 .fill = kTransparent,
                 .stroke = canvas.palette.padding_hatch,
                 .stroke_width = canvas.line_width(1),
                 .dash = std::max(2.0F, cell.w / 9),
                 .target = target});
  draw_cell_number(canvas, cell, text, numbers, canvas.palette.text_dim);
}

// Above, below, left and right of the plane.
std::array<Rect, 4> bands_of(const Plane& plane, const conv::Pads& pads) {
  const auto top = static_cast<double>(pads.top);
  const auto left = static_cast<double>(pads.left);
  const auto columns = static_cast<double>(plane.w + pads.left + pads.right);
  const auto h = static_cast<double>(plane.h);
  const auto w = static_cast<double>(plane.w);
  return {plane.cells(-top, -left, top, columns), plane.cells(h, -left, pads.bottom, columns),
          plane.cells(0, -left, h, left), plane.cells(0, w, h, pads.right)};
}

}  // namespace

void draw_padding(Canvas& canvas, const Plane& plane, const PlaneStyle& style,
                  const derive::LayerResult& layer, const NumberFit& numbers,
                  const Rect& viewport) {
  const conv::Pads& pads = layer.pads;
  for (const Rect& band : bands_of(plane, pads)) {
    if (meet(band, viewport)) {
      canvas.fill(intersection(band, viewport), canvas.palette.padding_fill);
    }
    draw_hatch(canvas, band, viewport, faded(canvas.palette.padding_hatch, 0.55F));
  }
  if (plane.cell < kNumbersFrom * canvas.scale) {
    return;  // the ring is a few pixels wide: the hatching says it
  }
  for_ring(plane, pads, viewport, [&](std::int64_t y, std::int64_t x, const Rect& cell) {
    draw_padding_cell(canvas, cell, padding_text(style, plane, layer, y, x, numbers),
                      {style.role, {style.n, style.c, y, x}}, numbers);
  });
}

}  // namespace convscope::picture::kit
