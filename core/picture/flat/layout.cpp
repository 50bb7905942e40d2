#include "core/picture/flat/layout.h"

#include <algorithm>
#include <cmath>

#include "core/picture/flat/plan.h"
#include "core/picture/kit/bands.h"
#include "core/picture/kit/camera.h"
#include "core/picture/sum/sum_lines.h"

namespace convscope::picture::flat {

namespace {

constexpr std::int64_t kMaxThumbnails = 9;  // a 3x3 unfold has so many maps

void lay_thumbnails(const derive::LayerResult& layer, std::int64_t filter, const Measures& m,
                    Layout& out) {
  const std::int64_t count = std::min(layer.output_shape.c, kMaxThumbnails);
  if (count < 2 || out.between || m.thumbnail <= 0) {
    return;
  }
  out.first_thumbnail =
      std::clamp<std::int64_t>(filter - count / 2, 0, layer.output_shape.c - count);
  const auto h = static_cast<float>(layer.output_shape.h);
  const auto w = static_cast<float>(layer.output_shape.w);
  const float gap = m.slice_gap * 0.6F;
  const auto n = static_cast<float>(count);
  const float wanted = std::max(out.output.rect.w, n * (m.thumbnail * 0.6F) + (n - 1) * gap);
  const float room = std::min(wanted, out.main.right() - out.output.rect.x) - (n - 1) * gap;
  const float cell = std::min(room / n / w, m.thumbnail / h);
  const float y = std::floor(out.output.rect.bottom() + m.caption * 0.8F);
  for (int i = 0; i < static_cast<int>(count); ++i) {
    const float x = std::floor(out.output.rect.x + static_cast<float>(i) * (w * cell + gap));
    out.thumbnails.push_back(
        kit::plane_at(x, y, {layer.output_shape.h, layer.output_shape.w}, cell));
  }
}

// Below a lone map, which moves up for it; nothing where cells would be too small for numbers.
void lay_comparison(const derive::LayerResult& layer, const Measures& m, Layout& out) {
  constexpr float kSmaller = 0.8F;
  if (layer.output_shape.c > 1 || out.pixels || out.rail > 0) {
    return;
  }
  const auto h = static_cast<float>(layer.output_shape.h);
  const float room = out.main.h - 2 * m.caption - out.output.rect.h;
  const float cell = std::floor(std::min(room / h, out.output.cell * kSmaller));
  if (cell < m.min_cell) {
    return;
  }
  out.output.rect.y = std::floor(out.main.y + m.caption + (room - cell * h) / 2);
  out.comparison = kit::plane_at(out.output.rect.x, out.output.rect.bottom() + m.caption,
                                 {layer.output_shape.h, layer.output_shape.w}, cell);
}

void look_through(const session::Camera& camera, Layout& out) {
  const kit::CameraView view(camera, out.main);
  for (std::vector<kit::Plane>* planes : {&out.input, &out.lens, &out.weight, &out.thumbnails}) {
    view.move(*planes);
  }
  view.move(out.output);
  if (out.comparison) {
    view.move(*out.comparison);
  }
  view.move(out.partial);
}

}  // namespace

Layout lay_out(const derive::LayerResult& layer, const FlatContent& content,
               const session::Camera& camera, const Viewport& viewport) {
  Measures m = measures_of(viewport, content.text_scale);
  m.max_picture_cell = content.most_cell;
  m.max_cell = content.most_cell > 0 ? std::min(m.max_cell, content.most_cell) : m.max_cell;
  Layout out;
  out.caption_size = 14.5F * viewport.scale * content.text_scale;
  out.label_size = 14.5F * viewport.scale * content.text_scale;
  out.gap = m.gap;
  const kit::Bands bands = kit::bands_of(viewport, content.header, content.bar);
  out.header = bands.header;
  out.main = bands.main;
  out.view = bands.view;
  out.bar = bands.foot;

  const std::int64_t channels = layer.input.shape().c / layer.spec.groups;
  std::int64_t slices = std::min(channels, kMaxSlices);
  Extents e = extents_of(layer, slices, content.compared);
  // A map is never lower than the small ones below it.
  if (out.main.h - m.caption - thumbnail_room(layer, m) < m.thumbnail) {
    m.thumbnail = 0;
  }
  const float by_rows = rows_cell(layer, e, out.main, m);
  // A lone slice reads best from left to right, unless that leaves it much smaller.
  const float by_columns = columns_cell(layer, e, out.main, m) * (slices > 1 ? 1.0F : 0.8F);
  const float best = by_columns > by_rows ? columns_cell(layer, e, out.main, m) : by_rows;
  const float cell = std::floor(std::min(best, m.max_cell));
  if (cell < m.min_cell) {
    out.pixels = true;
    out.merged_rgb = content.merged_rgb;
    // Where some channels are left out anyway, fewer with numbers say more.
    for (std::int64_t fewer = slices; channels > kMaxSlices && fewer > 1; --fewer) {
      const Extents shown = extents_of(layer, fewer, content.compared);
      if (lens_has_numbers(layer, shown, m, out)) {
        slices = fewer;
        e = shown;
        break;
      }
    }
    lay_pixels(layer, e, m, out);
  } else if (by_columns > by_rows) {
    out.columns = true;
    lay_columns(layer, e, cell, m, out);
  } else {
    lay_rows(layer, e, cell, m, out);
  }
  out.first_channel =
      std::clamp<std::int64_t>(content.active_channel - slices / 2, 0, channels - slices);
  lay_thumbnails(layer, content.filter, m, out);
  if (content.compared) {
    lay_comparison(layer, m, out);
  }
  out.cell = out.input.front().cell;
  look_through(camera, out);
  return out;
}

}  // namespace convscope::picture::flat
