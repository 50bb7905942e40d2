#include "core/picture/coverage/layout.h"
#include "core/conv/operators/operator.h"

#include <algorithm>
#include <cmath>

#include "core/picture/kit/camera.h"

namespace convscope::picture::coverage {

namespace {

constexpr float kMaxCell = 76;  // at scale 1
constexpr float kLegible = 22;  // a small map beside a large one grows to this, if there is room

// A plane with its ring, in cells.
struct Extent {
  float h = 1;
  float w = 1;
  conv::Pads ring;
};

Extent extent_of(const Shape& shape, const conv::Pads& ring) {
  return {static_cast<float>(shape.h + ring.top + ring.bottom),
          static_cast<float>(shape.w + ring.left + ring.right), ring};
}

float cell_of(const Extent& in, const Extent& out, const Layout& layout, bool stacked) {
  const float caption = layout.caption_height;
  if (stacked) {
    return std::min((layout.main.h - 2 * caption - layout.gap / 2) / (in.h + out.h),
                    layout.main.w / std::max(in.w, out.w));
  }
  return std::min((layout.main.w - layout.gap) / (in.w + out.w),
                  (layout.main.h - caption) / std::max(in.h, out.h));
}

// Whole pixels, as long as there is at least one.
float whole(float cell) { return cell >= 1 ? std::floor(cell) : cell; }

kit::Plane plane_at(float x, float y, const Shape& shape, const Extent& extent, float cell) {
  return {.rect = {std::floor(x + static_cast<float>(extent.ring.left) * cell),
                   std::floor(y + static_cast<float>(extent.ring.top) * cell),
                   static_cast<float>(shape.w) * cell, static_cast<float>(shape.h) * cell},
          .h = shape.h,
          .w = shape.w,
          .cell = cell};
}

// The map of a wide stride is small beside its input: its cells need not be.
float output_cell(const Extent& in, const Extent& out, float cell, const Layout& layout,
                  float scale) {
  if (cell >= kLegible * scale) {
    return cell;
  }
  const float across = layout.main.w - layout.gap - in.w * cell;
  const float room =
      layout.stacked ? std::min(layout.main.w / out.w, in.h * cell * 0.5F / out.h)
                     : std::min(across / out.w, (layout.main.h - layout.caption_height) / out.h);
  return std::max(cell, whole(std::min(room, kLegible * scale)));
}

void lay_planes(const derive::LayerResult& layer, float scale, Layout& out) {
  const Shape& in_shape = layer.input.shape();
  const Extent in = extent_of(in_shape, input_ring(layer));
  const Extent map = extent_of(layer.output_shape, output_ring(layer));
  const float beside = cell_of(in, map, out, false);
  const float stacked = cell_of(in, map, out, true);
  out.stacked = std::min(stacked, kMaxCell * scale) > std::min(beside, kMaxCell * scale) * 1.15F;
  const float cell =
      whole(std::min(std::max(out.stacked ? stacked : beside, 0.01F), kMaxCell * scale));
  const float map_cell = output_cell(in, map, cell, out, scale);
  const Rect& main = out.main;
  if (out.stacked) {
    const float all = in.h * cell + map.h * map_cell + 2 * out.caption_height + out.gap / 2;
    const float y = main.y + std::max(0.0F, (main.h - all) / 2) + out.caption_height;
    out.input = plane_at(main.center().x - in.w * cell / 2, y, in_shape, in, cell);
    out.output = plane_at(main.center().x - map.w * map_cell / 2,
                          y + in.h * cell + out.gap / 2 + out.caption_height, layer.output_shape,
                          map, map_cell);
    return;
  }
  const float x = main.center().x - (in.w * cell + map.w * map_cell + out.gap) / 2;
  const float middle = main.y + out.caption_height + (main.h - out.caption_height) / 2;
  out.input = plane_at(x, middle - in.h * cell / 2, in_shape, in, cell);
  out.output = plane_at(x + in.w * cell + out.gap, middle - map.h * map_cell / 2,
                        layer.output_shape, map, map_cell);
}

}  // namespace

conv::Pads input_ring(const derive::LayerResult& layer) {
  return conv::operator_of(layer.spec.op).transposed() ? conv::Pads{} : layer.pads;
}

conv::Pads output_ring(const derive::LayerResult& layer) {
  if (!conv::operator_of(layer.spec.op).transposed()) {
    return {};
  }
  const conv::Pads& pads = layer.pads;
  const conv::Size2& more = layer.spec.output_padding;  // takes back what is cut at the end
  return {pads.top, std::max<std::int64_t>(pads.bottom - more.h, 0), pads.left,
          std::max<std::int64_t>(pads.right - more.w, 0)};
}

Layout lay_out(const derive::LayerResult& layer, float header, const session::Camera& camera,
               const Viewport& viewport, float text_scale) {
  const float s = viewport.scale;
  const float margin = std::floor(24 * s);
  const float width = std::max(viewport.width - 2 * margin, 1.0F);
  Layout out;
  out.caption_size = 14.5F * s * text_scale;
  out.caption_height = std::floor(48 * s * text_scale);
  out.gap = 96 * s;
  out.header = {margin, std::floor(14 * s), width, header};
  const float words = std::floor(2 * 24 * s * text_scale);
  const float legend = std::floor(34 * s * text_scale);
  out.words = {margin, viewport.height - std::floor(12 * s) - words, width, words};
  out.legend = {margin, out.words.y - std::floor(6 * s) - legend, width, legend};
  const float top = std::floor(out.header.bottom() + 6 * s);
  out.main = {margin, top, width, std::max(out.legend.y - 16 * s - top, 1.0F)};
  out.view = {0, out.main.y - 4 * s, viewport.width, out.main.h + 8 * s};
  lay_planes(layer, s, out);
  const kit::CameraView view(camera, out.main);
  view.move(out.input);
  view.move(out.output);
  return out;
}

}  // namespace convscope::picture::coverage
