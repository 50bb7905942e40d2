#include "core/picture/flat_plan.h"

namespace convscope {

namespace {

constexpr float kMinCell = 15;  // at scale 1; below it the input is shown as a picture
constexpr float kMaxCell = 112;

}  // namespace

Measures measures_of(const Canvas& canvas, float text_scale) {
  const float s = canvas.scale;
  const float t = s * text_scale;
  return {.gap = 52 * s,
          .slice_gap = 14 * s,
          .caption = 28 * t,
          .partial = 96 * t,
          .min_cell = kMinCell * s,
          .max_cell = kMaxCell * s,
          .thumbnail = 52 * s};
}

Extents extents_of(const LayerResult& layer, std::int64_t slices) {
  const Shape& in = layer.input.shape();
  const Pads& pads = layer.pads;
  return {.padded_h = static_cast<float>(in.h + pads.top + pads.bottom),
          .padded_w = static_cast<float>(in.w + pads.left + pads.right),
          .kernel_h = static_cast<float>(layer.spec.kernel_size.h),
          .kernel_w = static_cast<float>(layer.spec.kernel_size.w),
          .out_h = static_cast<float>(layer.output_shape.h),
          .out_w = static_cast<float>(layer.output_shape.w),
          .slices = static_cast<float>(slices),
          .pads = pads,
          .input = in};
}

Plane plane_at(float x, float y, std::int64_t h, std::int64_t w, float cell) {
  return {.rect = {x, y, static_cast<float>(w) * cell, static_cast<float>(h) * cell},
          .h = h,
          .w = w,
          .cell = cell};
}

Plane input_plane(float x, float y, const Extents& e, float cell) {
  return plane_at(x + static_cast<float>(e.pads.left) * cell,
                  y + static_cast<float>(e.pads.top) * cell, e.input.h, e.input.w, cell);
}

float thumbnail_room(const LayerResult& layer, const Measures& m) {
  return layer.output_shape.c > 1 ? m.thumbnail + m.caption : 0;
}

}  // namespace convscope
