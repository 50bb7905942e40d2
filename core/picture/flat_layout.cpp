#include "core/picture/flat_layout.h"

#include <algorithm>
#include <cmath>

namespace convscope {

namespace {

constexpr std::int64_t kMaxSlices = 4;
constexpr std::int64_t kMaxThumbnails = 8;
constexpr float kMinCell = 15;  // at scale 1; below it the input is shown as a picture
constexpr float kMaxCell = 112;

// Every length that the layout needs, in pixels.
struct Measures {
  float gap;        // between input, filter and output
  float slice_gap;  // between slices of one tensor
  float caption;    // a line of caption above a plane
  float partial;    // the width of a partial sum
  float min_cell;
  float max_cell;
  float thumbnail;
};

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

// The sizes in cells that a layout depends on.
struct Extents {
  float padded_h, padded_w;
  float kernel_h, kernel_w;
  float out_h, out_w;
  float slices;
  Pads pads;
  Shape input;
};

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

// The input's real cells when its padded extent begins at (x, y).
Plane input_plane(float x, float y, const Extents& e, float cell) {
  return plane_at(x + static_cast<float>(e.pads.left) * cell,
                  y + static_cast<float>(e.pads.top) * cell, e.input.h, e.input.w, cell);
}

// Room below the output map for the small maps of all filters.
float thumbnail_room(const LayerResult& layer, const Measures& m) {
  return layer.output_shape.c > 1 ? m.thumbnail + m.caption : 0;
}

float rows_cell(const Extents& e, const Rect& main, const Measures& m, float below_output) {
  const float partial = e.slices > 1 ? m.partial : 0;
  const float width = (main.w - 2 * m.gap - partial) / (e.padded_w + e.kernel_w + e.out_w);
  const float tallest = std::max(e.padded_h, e.kernel_h);
  const float height = (main.h - e.slices * m.caption) / (e.slices * tallest);
  return std::min({width, height, (main.h - m.caption - below_output) / e.out_h});
}

float columns_cell(const Extents& e, const Rect& main, const Measures& m, float below_output) {
  const float width = (main.w - (e.slices - 1) * m.slice_gap - m.gap) /
                      (e.slices * std::max(e.padded_w, e.kernel_w) + e.out_w);
  const float height = (main.h - 2 * m.caption - 2 * m.slice_gap) / (e.padded_h + e.kernel_h);
  return std::min({width, height, (main.h - m.caption - below_output) / e.out_h});
}

// Input, filter and output from left to right, a row per channel.
void lay_rows(const LayerResult& layer, const Extents& e, float cell, const Measures& m,
              FlatLayout& out) {
  const Rect& main = out.main;
  const float partial = e.slices > 1 ? m.partial : 0;
  const float width = (e.padded_w + e.kernel_w + e.out_w) * cell + 2 * m.gap + partial;
  const float row = std::max(e.padded_h, e.kernel_h) * cell + m.caption;
  const float left = std::floor(main.x + (main.w - width) / 2);
  const float top = std::floor(main.y + (main.h - e.slices * row) / 2);
  const float kernel_x = std::floor(left + e.padded_w * cell + m.gap);
  for (int slice = 0; slice < static_cast<int>(e.slices); ++slice) {
    const float y = std::floor(top + static_cast<float>(slice) * row + m.caption);
    out.input.push_back(input_plane(left, y, e, cell));
    const float middle = std::floor(y + (e.padded_h - e.kernel_h) * cell / 2);
    out.weight.push_back(plane_at(kernel_x, std::max(middle, y), layer.spec.kernel_size.h,
                                  layer.spec.kernel_size.w, cell));
    if (partial > 0) {
      const Rect& kernel = out.weight.back().rect;
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
  out.output = plane_at(output_x, lone ? std::max(aligned, main.y + m.caption) : output_y,
                        layer.output_shape.h, layer.output_shape.w, cell);
}

// Channels side by side, each filter slice and its sum below, the output at the right.
void lay_columns(const LayerResult& layer, const Extents& e, float cell, const Measures& m,
                 FlatLayout& out) {
  const Rect& main = out.main;
  const float column = std::max(e.padded_w, e.kernel_w) * cell;
  const float width = e.slices * column + (e.slices - 1) * m.slice_gap + m.gap + e.out_w * cell;
  const float height = 2 * m.caption + 2 * m.slice_gap + (e.padded_h + e.kernel_h) * cell;
  const float left = std::floor(main.x + (main.w - width) / 2);
  const float top = std::floor(main.y + (main.h - height) / 2 + m.caption);
  const float kernel_y = std::floor(top + e.padded_h * cell + 2 * m.slice_gap);
  for (int slice = 0; slice < static_cast<int>(e.slices); ++slice) {
    const float x = std::floor(left + static_cast<float>(slice) * (column + m.slice_gap));
    out.input.push_back(input_plane(x, top, e, cell));
    out.weight.push_back(
        plane_at(x, kernel_y, layer.spec.kernel_size.h, layer.spec.kernel_size.w, cell));
    const Rect& kernel = out.weight.back().rect;
    out.partial.push_back({kernel.right(), kernel.y, column - kernel.w, kernel.h});
  }
  const float output_x = std::floor(left + e.slices * (column + m.slice_gap) - m.slice_gap + m.gap);
  const float output_h = e.out_h * cell + thumbnail_room(layer, m);
  const float space = height - m.caption - output_h;
  out.output = plane_at(output_x, std::floor(top + std::max(0.0F, space / 2)), layer.output_shape.h,
                        layer.output_shape.w, cell);
}

// The largest cell for which h x w cells fit in a box. Pixels stay whole while they are enlarged.
float fit_cell(float h, float w, float box_h, float box_w) {
  const float cell = std::max(std::min(box_h / h, box_w / w), 1e-4F);
  return cell >= 2 ? std::floor(cell) : cell;
}

// The padded input as a picture, or a stack of slices, whose whole extent begins at (x, y).
void lay_picture(float x, float y, float cell, const Extents& e, const Measures& m,
                 FlatLayout& out) {
  const int planes = out.merged_rgb ? 1 : static_cast<int>(e.slices);
  for (int slice = 0; slice < planes; ++slice) {
    const float back = static_cast<float>(slice) * m.slice_gap;
    const float front = static_cast<float>(planes - 1 - slice) * m.slice_gap;
    out.input.push_back(input_plane(x + back, y + front, e, cell));
  }
}

// One slice's patch and filter from (x, y) on. Their sum stands behind them, or in a line below.
void lay_pair(float x, float y, float cell, const Size2& kernel, const Measures& m,
              FlatLayout& out) {
  out.lens.push_back(plane_at(x, y, kernel.h, kernel.w, cell));
  const float kernel_x = std::floor(out.lens.back().rect.right() + m.gap * 0.5F);
  out.weight.push_back(plane_at(kernel_x, y, kernel.h, kernel.w, cell));
  const Rect& weight = out.weight.back().rect;
  if (out.columns) {
    out.partial.push_back({x, weight.bottom(), weight.right() - x, m.caption});
  } else {
    out.partial.push_back({weight.right(), y, m.partial, weight.h});
  }
}

// Sizes of a layout with pictures: of a cell in the input, in the map, and under the lens.
struct PixelCells {
  float input = 0;
  float output = 0;
  float lens = 0;
};

float stack_of(const Extents& e, const Measures& m, bool merged_rgb) {
  return merged_rgb ? 0 : (e.slices - 1) * m.slice_gap;
}

// The lens between the pictures.
PixelCells cells_beside(const LayerResult& layer, const Extents& e, const Measures& m,
                        const FlatLayout& out) {
  const Rect& main = out.main;
  const float stack = stack_of(e, m, out.merged_rgb);
  const float row = main.h / e.slices - m.caption;
  const float share = main.w * 0.36F - m.gap * 0.5F - m.partial;
  const float lens = std::min({row / e.kernel_h, share / (2 * e.kernel_w), m.max_cell});
  PixelCells cells{.lens = lens >= 2 ? std::floor(lens) : std::max(lens, 1e-3F)};
  const float middle = 2 * e.kernel_w * cells.lens + m.gap * 0.5F + m.partial;
  const float side = (main.w - middle - 2 * m.gap) / 2;
  const float tall = main.h - m.caption;
  cells.input = fit_cell(e.padded_h, e.padded_w, tall - stack, side - stack);
  cells.output =
      std::min(fit_cell(e.out_h, e.out_w, tall - thumbnail_room(layer, m), side), cells.input);
  return cells;
}

void lay_lens_beside(const LayerResult& layer, const Extents& e, const Measures& m,
                     const PixelCells& cells, FlatLayout& out) {
  const Rect& main = out.main;
  const float stack = stack_of(e, m, out.merged_rgb);
  const float middle = 2 * e.kernel_w * cells.lens + m.gap * 0.5F + m.partial;
  const float width =
      e.padded_w * cells.input + stack + middle + e.out_w * cells.output + 2 * m.gap;
  const float left = std::floor(main.x + (main.w - width) / 2);
  const auto centred = [&](float height) {
    return std::floor(main.y + m.caption + std::max(0.0F, (main.h - m.caption - height) / 2));
  };
  lay_picture(left, centred(e.padded_h * cells.input + stack), cells.input, e, m, out);
  const float lens_x = std::floor(left + e.padded_w * cells.input + stack + m.gap);
  const float row = e.kernel_h * cells.lens + m.caption;
  const float lens_top = std::floor(main.y + (main.h - e.slices * row) / 2);
  for (int slice = 0; slice < static_cast<int>(e.slices); ++slice) {
    const float y = std::floor(lens_top + static_cast<float>(slice) * row + m.caption);
    lay_pair(lens_x, y, cells.lens, layer.spec.kernel_size, m, out);
  }
  const float out_y = centred(e.out_h * cells.output + thumbnail_room(layer, m));
  out.output = plane_at(std::floor(lens_x + middle + m.gap), out_y, layer.output_shape.h,
                        layer.output_shape.w, cells.output);
}

// The lens in a row under the pictures.
PixelCells cells_below(const LayerResult& layer, const Extents& e, const Measures& m,
                       const FlatLayout& out) {
  const Rect& main = out.main;
  const float stack = stack_of(e, m, out.merged_rgb);
  const float pair = (main.w - (e.slices - 1) * m.gap) / e.slices - m.gap * 0.5F;
  const float lens = std::min({main.h * 0.3F / e.kernel_h, pair / (2 * e.kernel_w), m.max_cell});
  PixelCells cells{.lens = lens >= 2 ? std::floor(lens) : std::max(lens, 1e-3F)};
  const float tall = main.h - 3 * m.caption - m.slice_gap - e.kernel_h * cells.lens;
  const float side = (main.w - m.gap) / 2;
  cells.input = fit_cell(e.padded_h, e.padded_w, tall - stack, side - stack);
  cells.output =
      std::min(fit_cell(e.out_h, e.out_w, tall - thumbnail_room(layer, m), side), cells.input);
  return cells;
}

void lay_lens_below(const LayerResult& layer, const Extents& e, const Measures& m,
                    const PixelCells& cells, FlatLayout& out) {
  const Rect& main = out.main;
  const float stack = stack_of(e, m, out.merged_rgb);
  const float in_w = e.padded_w * cells.input + stack;
  const float out_w = e.out_w * cells.output;
  const float gap = std::min(m.gap * 2, main.w - in_w - out_w);
  const float pictures =
      std::max(e.padded_h * cells.input + stack, e.out_h * cells.output + thumbnail_room(layer, m));
  const float height = 3 * m.caption + m.slice_gap + pictures + e.kernel_h * cells.lens;
  const float top = std::floor(main.y + (main.h - height) / 2 + m.caption);
  const float left = std::floor(main.x + (main.w - in_w - gap - out_w) / 2);
  out.columns = true;
  lay_picture(left, top, cells.input, e, m, out);
  out.output = plane_at(std::floor(left + in_w + gap), top, layer.output_shape.h,
                        layer.output_shape.w, cells.output);
  const float pair = 2 * e.kernel_w * cells.lens + m.gap * 0.5F;
  const float row_w = e.slices * pair + (e.slices - 1) * m.gap;
  const float row_x = std::floor(main.x + (main.w - row_w) / 2);
  const float row_y = std::floor(top + pictures + m.slice_gap + m.caption);
  for (int slice = 0; slice < static_cast<int>(e.slices); ++slice) {
    const float x = std::floor(row_x + static_cast<float>(slice) * (pair + m.gap));
    lay_pair(x, row_y, cells.lens, layer.spec.kernel_size, m, out);
  }
}

// Pictures with a lens on the window, wherever it leaves them larger.
void lay_pixels(const LayerResult& layer, const Extents& e, const Measures& m, FlatLayout& out) {
  const PixelCells beside = cells_beside(layer, e, m, out);
  const PixelCells below = cells_below(layer, e, m, out);
  if (below.input + below.output > beside.input + beside.output) {
    lay_lens_below(layer, e, m, below, out);
  } else {
    lay_lens_beside(layer, e, m, beside, out);
  }
}

void lay_thumbnails(const LayerResult& layer, std::int64_t filter, const Measures& m,
                    FlatLayout& out) {
  const std::int64_t count = std::min(layer.output_shape.c, kMaxThumbnails);
  if (count < 2) {
    return;
  }
  out.first_thumbnail =
      std::clamp<std::int64_t>(filter - count / 2, 0, layer.output_shape.c - count);
  const auto h = static_cast<float>(layer.output_shape.h);
  const auto w = static_cast<float>(layer.output_shape.w);
  const float gap = m.slice_gap * 0.6F;
  const auto n = static_cast<float>(count);
  const float room = std::max(out.output.rect.w, n * (m.thumbnail * 0.6F)) - (n - 1) * gap;
  const float cell = std::min(room / n / w, m.thumbnail / h);
  const float y = std::floor(out.output.rect.bottom() + m.caption * 0.8F);
  for (int i = 0; i < static_cast<int>(count); ++i) {
    const float x = std::floor(out.output.rect.x + static_cast<float>(i) * (w * cell + gap));
    out.thumbnails.push_back(plane_at(x, y, layer.output_shape.h, layer.output_shape.w, cell));
  }
}

// Zoom and pan move the planes; words keep their size.
void look_through(const Camera& camera, const Rect& main, Plane& plane) {
  const auto zoom = static_cast<float>(camera.zoom);
  const Point c = main.center();
  plane.rect = {c.x + (plane.rect.x - c.x) * zoom + static_cast<float>(camera.pan_x) * main.h,
                c.y + (plane.rect.y - c.y) * zoom + static_cast<float>(camera.pan_y) * main.h,
                plane.rect.w * zoom, plane.rect.h * zoom};
  plane.cell *= zoom;
}

void look_through(const Camera& camera, FlatLayout& layout) {
  if (camera == Camera{}) {
    return;
  }
  for (std::vector<Plane>* planes :
       {&layout.input, &layout.lens, &layout.weight, &layout.thumbnails}) {
    for (Plane& plane : *planes) {
      look_through(camera, layout.main, plane);
    }
  }
  look_through(camera, layout.main, layout.output);
  for (Rect& rect : layout.partial) {
    Plane plane{.rect = rect};
    look_through(camera, layout.main, plane);
    rect = plane.rect;
  }
}

// Lines of the sum bar: one a channel and the total, or only the active channel of many.
float bar_lines(const LayerResult& layer) {
  const std::int64_t channels = layer.input.shape().c / layer.spec.groups;
  if (channels <= 1) {
    return 1;
  }
  return channels < kMaxSlices ? static_cast<float>(channels + 1) : 2;
}

// Heights at scale 1.
constexpr float kTitle = 34;
constexpr float kNarrationLine = 23;
constexpr float kBarLine = 27;

// Header on top, sum bar at the foot, the rest between.
void lay_bands(const LayerResult& layer, const FlatContent& content, const Canvas& canvas,
               FlatLayout& out) {
  const float s = canvas.scale;
  const float t = s * content.text_scale;
  const float margin = std::floor(24 * s);
  const float bar = std::floor(bar_lines(layer) * kBarLine * t + 10 * s);
  const auto lines = static_cast<float>(content.narration_lines);
  const float header = std::floor((kTitle + kNarrationLine * lines) * t);
  const float width = std::max(canvas.width - 2 * margin, 1.0F);
  out.header = {margin, std::floor(14 * s), width, header};
  out.bar = {margin, canvas.height - std::floor(12 * s) - bar, width, bar};
  const float top = out.header.bottom() + 6 * s;
  out.main = {margin, top, width, std::max(out.bar.y - 16 * s - top, 1.0F)};
}

}  // namespace

Rect Plane::cells(double y, double x, double rows, double columns) const {
  return {rect.x + static_cast<float>(x) * cell, rect.y + static_cast<float>(y) * cell,
          static_cast<float>(columns) * cell, static_cast<float>(rows) * cell};
}

float fitting_text_scale(const LayerResult& layer, const Canvas& canvas, float wanted) {
  constexpr float kShareOfHeight = 0.34F;
  constexpr float kSmallest = 0.9F;
  const float words = (kTitle + 2 * kNarrationLine + kBarLine * bar_lines(layer)) * canvas.scale;
  return std::min(wanted, std::max(kShareOfHeight * canvas.height / words, kSmallest));
}

FlatLayout flat_layout(const LayerResult& layer, const FlatContent& content, const Camera& camera,
                       const Canvas& canvas) {
  const Measures m = measures_of(canvas, content.text_scale);
  FlatLayout out;
  out.caption_size = 14.5F * canvas.scale * content.text_scale;
  out.label_size = 13 * canvas.scale * content.text_scale;
  out.gap = m.gap;
  lay_bands(layer, content, canvas, out);

  const std::int64_t channels = layer.input.shape().c / layer.spec.groups;
  const std::int64_t slices = std::min(channels, kMaxSlices);
  out.first_channel =
      std::clamp<std::int64_t>(content.active_channel - slices / 2, 0, channels - slices);
  const Extents e = extents_of(layer, slices);
  const float below = thumbnail_room(layer, m);
  const float by_rows = rows_cell(e, out.main, m, below);
  const float by_columns = slices > 1 ? columns_cell(e, out.main, m, below) : 0;
  const float cell = std::floor(std::min(std::max(by_rows, by_columns), m.max_cell));
  if (cell < m.min_cell) {
    out.pixels = true;
    out.merged_rgb = content.merged_rgb;
    lay_pixels(layer, e, m, out);
  } else if (by_columns > by_rows) {
    out.columns = true;
    lay_columns(layer, e, cell, m, out);
  } else {
    lay_rows(layer, e, cell, m, out);
  }
  lay_thumbnails(layer, content.filter, m, out);
  look_through(camera, out);
  return out;
}

}  // namespace convscope
