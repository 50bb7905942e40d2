#include "core/picture/flat/plan.h"

namespace convscope::picture::flat {

namespace {

constexpr float kMinCell = 15;  // at scale 1; below it the input is shown as a picture
constexpr float kMaxCell = 112;
constexpr float kComparison = 0.5F;  // as large as the output, at least, where the stage is high

}  // namespace

Measures measures_of(const Viewport& viewport, float text_scale) {
  const float s = viewport.scale;
  const float t = s * text_scale;
  return {.gap = 52 * s,
          .slice_gap = 14 * s,
          .caption = 28 * t,
          .partial = 96 * t,
          .min_cell = kMinCell * s,
          .max_cell = kMaxCell * s,
          .max_picture_cell = 0,
          .thumbnail = 52 * s};
}

Extents extents_of(const derive::LayerResult& layer, std::int64_t slices, bool compared) {
  const Shape& in = layer.input.shape();
  const conv::Pads& pads = layer.pads;
  return {.padded_h = static_cast<float>(in.h + pads.top + pads.bottom),
          .padded_w = static_cast<float>(in.w + pads.left + pads.right),
          .kernel_h = static_cast<float>(layer.spec.kernel_size.h),
          .kernel_w = static_cast<float>(layer.spec.kernel_size.w),
          .out_h = static_cast<float>(layer.output_shape.h),
          .out_w = static_cast<float>(layer.output_shape.w),
          .slices = static_cast<float>(slices),
          .compared = compared ? kComparison : 0,
          .pads = pads,
          .input = in};
}

std::vector<kit::Plane>& middle_planes(const derive::LayerResult& layer, Layout& out) {
  return conv::has_weight(layer.spec.op) ? out.weight : out.lens;
}

kit::Plane input_plane(float x, float y, const Extents& e, float cell) {
  return kit::plane_at(x, y, {e.input.h, e.input.w, e.pads}, cell);
}

float thumbnail_room(const derive::LayerResult& layer, const Measures& m) {
  return layer.output_shape.c > 1 && m.thumbnail > 0 ? m.thumbnail + m.caption : 0;
}

float output_cell(const derive::LayerResult& layer, const Extents& e, const Rect& main,
                  const Measures& m) {
  const float captions = e.compared > 0 ? 2 * m.caption : m.caption;
  return (main.h - captions - thumbnail_room(layer, m)) / (e.out_h * (1 + e.compared));
}

}  // namespace convscope::picture::flat
