#include "core/picture/stamp/layout.h"

#include <algorithm>
#include <cmath>

#include "core/picture/kit/bands.h"
#include "core/picture/kit/camera.h"

namespace convscope::picture::stamp {

namespace {

constexpr float kMaxCell = 112;     // at scale 1
constexpr float kWidestGap = 1.7F;  // times the narrowest
constexpr std::int64_t kMostSmallPlanes = 8;

// Sizes in cells, lengths in pixels.
struct Plan {
  float in_h, in_w;
  float kernel_h, kernel_w;
  float stamp_h, stamp_w;  // dilated
  float ring_top, ring_left;
  float out_h, out_w;  // with the ring that is cut off
  float rows;
  float gap;
  float caption;
  float small;  // room below the input for the other channels
};

Plan plan_of(const derive::LayerResult& layer, std::int64_t rows, float scale, float text_scale) {
  const Shape& in = layer.input.shape();
  const conv::Size2 stamp = conv::dilated_kernel(layer.spec);
  const conv::Pads cut = stamp_border(layer).cut;
  const float caption = 28 * scale * text_scale;
  return {.in_h = static_cast<float>(in.h),
          .in_w = static_cast<float>(in.w),
          .kernel_h = static_cast<float>(layer.spec.kernel_size.h),
          .kernel_w = static_cast<float>(layer.spec.kernel_size.w),
          .stamp_h = static_cast<float>(stamp.h),
          .stamp_w = static_cast<float>(stamp.w),
          .ring_top = static_cast<float>(cut.top),
          .ring_left = static_cast<float>(cut.left),
          .out_h = static_cast<float>(layer.output_shape.h + cut.top + cut.bottom),
          .out_w = static_cast<float>(layer.output_shape.w + cut.left + cut.right),
          .rows = static_cast<float>(rows),
          .gap = 64 * scale,
          .caption = caption,
          .small = in.c > 1 ? caption + 52 * scale : 0};
}

// The largest cell that an arrangement allows.
float cell_of(const Plan& p, const Rect& main, bool stacked) {
  const float middle_w = stacked ? std::max(p.kernel_w, p.stamp_w) : p.kernel_w + p.stamp_w;
  const float gaps = p.gap * (stacked ? 2.0F : 3.0F);
  const float width = (main.w - gaps) / (p.in_w + middle_w + p.out_w);
  const float row = stacked ? std::max(p.kernel_h + p.stamp_h, p.out_h)
                            : std::max({p.kernel_h, p.stamp_h, p.out_h});
  const float captions = stacked ? 2 * p.caption : p.caption;
  const float height = (main.h / p.rows - captions) / row;
  return std::min({width, height, (main.h - p.caption - p.small) / p.in_h});
}

kit::Plane plane_of(float x, float y, std::int64_t h, std::int64_t w, float cell) {
  return kit::plane_at(std::floor(x), std::floor(y), {h, w}, cell);
}

void lay_row(const derive::LayerResult& layer, const Plan& p, float cell, float left, float top,
             float height, Layout& out) {
  const conv::Size2& kernel = layer.spec.kernel_size;
  const conv::Size2 stamp = conv::dilated_kernel(layer.spec);
  const float centre = top + height / 2;
  if (out.stacked) {
    const float middle = std::max(p.kernel_w, p.stamp_w) * cell;
    const float all = (p.kernel_h + p.stamp_h) * cell + p.caption;
    const float y = centre - all / 2;
    out.kernel.push_back(
        plane_of(left + (middle - p.kernel_w * cell) / 2, y, kernel.h, kernel.w, cell));
    out.stamp.push_back(plane_of(left + (middle - p.stamp_w * cell) / 2,
                                 y + p.kernel_h * cell + p.caption, stamp.h, stamp.w, cell));
    left += middle + p.gap;
  } else {
    out.kernel.push_back(plane_of(left, centre - p.kernel_h * cell / 2, kernel.h, kernel.w, cell));
    left += p.kernel_w * cell + p.gap;
    out.stamp.push_back(plane_of(left, centre - p.stamp_h * cell / 2, stamp.h, stamp.w, cell));
    left += p.stamp_w * cell + p.gap;
  }
  out.output.push_back(plane_of(left + p.ring_left * cell,
                                centre - p.out_h * cell / 2 + p.ring_top * cell,
                                layer.output_shape.h, layer.output_shape.w, cell));
}

// The channels of the input as small planes below the one under way.
void lay_channels(const derive::LayerResult& layer, std::int64_t active, const Plan& p, float scale,
                  Layout& out) {
  const Shape& in = layer.input.shape();
  const std::int64_t count = std::min(in.c, kMostSmallPlanes);
  if (count < 2) {
    return;
  }
  out.first_channel = std::clamp<std::int64_t>(active - count / 2, 0, in.c - count);
  const float gap = 8 * scale;
  const auto n = static_cast<float>(count);
  const float room = std::max(out.input.rect.w, n * 32 * scale) - (n - 1) * gap;
  const float cell = std::min(room / n / p.in_w, 52 * scale / p.in_h);
  for (int i = 0; i < static_cast<int>(count); ++i) {
    const float x = out.input.rect.x + static_cast<float>(i) * (p.in_w * cell + gap);
    out.channels.push_back(
        plane_of(x, out.input.rect.bottom() + p.caption * 0.8F, in.h, in.w, cell));
  }
}

}  // namespace

Layout lay_out(const derive::LayerResult& layer, const StampMoment& moment, float header,
               const session::Camera& camera, const Viewport& viewport, float text_scale) {
  const std::int64_t maps = layer.output_shape.c / layer.spec.groups;
  const std::int64_t rows = std::min(maps, kMaxStampRows);
  Layout out;
  out.caption_size = 14.5F * viewport.scale * text_scale;
  const float s = viewport.scale;
  const float bar = kit::kBarLine * static_cast<float>(rows) * s * text_scale;
  // A line of notes stands between the planes and the bar.
  const float notes = std::floor(24 * s * text_scale);
  const kit::Bands bands =
      kit::bands_of(viewport, header, std::floor(bar + 10 * s), 14 + notes / s);
  out.header = bands.header;
  out.main = bands.main;
  out.view = bands.view;
  out.bar = bands.foot;
  Plan p = plan_of(layer, rows, viewport.scale, text_scale);
  out.first_map = std::clamp<std::int64_t>(std::max<std::int64_t>(moment.active_map, 0) - rows / 2,
                                           0, maps - rows);
  const float beside = cell_of(p, out.main, false);
  const float stacked = cell_of(p, out.main, true);
  out.stacked = stacked > beside * 1.1F;  // side by side reads better
  const float wanted = out.stacked ? stacked : beside;
  const float cell = std::max(1.0F, std::floor(std::min(wanted, kMaxCell * viewport.scale)));
  const float cells =
      p.in_w + p.out_w + (out.stacked ? std::max(p.kernel_w, p.stamp_w) : p.kernel_w + p.stamp_w);
  const float spread = (out.main.w - cells * cell) / (out.stacked ? 2.0F : 3.0F);
  p.gap = std::clamp(spread, p.gap, kWidestGap * p.gap);  // words like the room that is left
  out.gap = p.gap;
  const float middle = out.stacked ? std::max(p.kernel_w, p.stamp_w) * cell
                                   : (p.kernel_w + p.stamp_w) * cell + p.gap;
  const float width = (p.in_w + p.out_w) * cell + middle + 2 * p.gap;
  const float left = std::floor(out.main.x + std::max(0.0F, (out.main.w - width) / 2));
  const float row = out.main.h / p.rows;
  const float spare = out.main.h - p.caption - p.small - p.in_h * cell;
  out.input = plane_of(left, out.main.y + p.caption + std::max(0.0F, spare / 2),
                       layer.input.shape().h, layer.input.shape().w, cell);
  for (int i = 0; i < static_cast<int>(rows); ++i) {
    const float top = out.main.y + static_cast<float>(i) * row;
    lay_row(layer, p, cell, left + p.in_w * cell + p.gap, top + p.caption, row - p.caption, out);
  }
  lay_channels(layer, moment.stamp.input_at.c, p, viewport.scale, out);
  const kit::CameraView view(camera, out.main);
  view.move(out.input);
  for (std::vector<kit::Plane>* planes : {&out.channels, &out.kernel, &out.stamp, &out.output}) {
    view.move(*planes);
  }
  return out;
}

}  // namespace convscope::picture::stamp
