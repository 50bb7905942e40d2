#include "core/picture/volume/layout.h"

#include <algorithm>

#include "core/picture/kit/camera.h"

namespace convscope::picture::volume {

namespace {

// Pixels at scale 1.
constexpr float kLargestCell = 84;
constexpr float kSmallestFilterCell = 13;  // smaller cells: filters get a scale of their own
constexpr float kFilterCell = 26;
constexpr float kFewestPixels = 0.05F;  // of a cell of a vast picture
constexpr float kGap = 56;
constexpr float kLargestGap = 150;
constexpr std::int64_t kMostFilters = 5;
constexpr float kFilterGap = 0.9F;    // between filters, in their cells
constexpr float kFilterShare = 0.3F;  // of the width, for the filters at most

// Pictures get slabs that can be told apart; deep blocks get thin ones.
float thickness_of(std::int64_t slabs, std::int64_t h, std::int64_t w) {
  constexpr float kOfSide = 0.055F;
  constexpr float kDeepest = 1.15F;  // of the whole block, in sides
  const auto side = static_cast<float>(std::max({h, w, std::int64_t{3}}));
  return std::min(std::max(1.0F, side * kOfSide), side * kDeepest / static_cast<float>(slabs));
}

struct Room {
  float width = 0;
  float height = 0;
  float caption = 0;  // above every block
};

// A block of one pixel a cell.
Block unit_block(const Projection& projection, const Shape& shape) {
  return {.projection = projection,
          .unit = 1,
          .thickness = thickness_of(shape.c, shape.h, shape.w),
          .slabs = shape.c,
          .h = shape.h,
          .w = shape.w};
}

// Moves a block so that `part` of it stands at the top left of (x, y).
void place(Block& block, const Cuboid& part, float x, float y) {
  const Rect bounds = bounds_of(block, part);
  block.origin.x += x - bounds.x;
  block.origin.y += y - bounds.y;
}

// As many filters as there is height for, one above the other, around the active one.
void size_filters(const step::WindowScene& scene, const Room& room, float cell, float smallest,
                  Layout& out) {
  const Shape& shape = scene.weight().shape();
  Block filter = unit_block(out.input.projection, shape);
  const bool alike = cell >= smallest;  // filters in the scale of the input
  if (alike) {
    filter.thickness = out.input.thickness;
  }
  const Rect one = bounds_of(filter, filter.whole());
  const auto wanted = static_cast<float>(std::min(shape.n, kMostFilters));
  float unit = alike ? cell : smallest / kSmallestFilterCell * kFilterCell;
  unit = std::min(unit, room.width * kFilterShare / one.w);
  unit = std::min(unit, std::max(room.height / (wanted * (one.h + kFilterGap)), smallest * 0.7F));
  unit = std::min(unit, room.height / one.h);
  filter.unit = unit;
  const auto fitting =
      static_cast<std::int64_t>((room.height / unit + kFilterGap) / (one.h + kFilterGap) + 0.01F);
  const std::int64_t count = std::clamp<std::int64_t>(fitting, 1, std::min(shape.n, kMostFilters));
  out.first_filter =
      std::clamp<std::int64_t>(scene.step().output_at.c - count / 2, 0, shape.n - count);
  out.filters.assign(static_cast<std::size_t>(count), filter);
}

Rect filter_bounds(const Layout& layout) {
  if (layout.filters.empty()) {
    return {};
  }
  const Block& one = layout.filters.front();
  const Rect bounds = bounds_of(one, one.whole());
  const auto count = static_cast<float>(layout.filters.size());
  return {0, 0, bounds.w, count * bounds.h + (count - 1) * kFilterGap * one.unit};
}

// The widths of all columns when a cell of the input is `cell` pixels wide.
float total_width(const Layout& layout, const step::WindowScene& scene) {
  return bounds_of(layout.input, padded_part(scene, layout.input)).w + filter_bounds(layout).w +
         bounds_of(layout.output, layout.output.whole()).w;
}

Layout sized(const step::WindowScene& scene, const Room& room, float cell, float smallest) {
  const Projection projection = projection_of(scene.session.look.orbit);
  Layout out;
  Shape in = scene.input().shape();
  Shape map = scene.layer.output_shape;
  out.input = unit_block(projection, in);
  out.output = unit_block(projection, map);
  out.input.unit = cell;
  out.output.unit = cell;
  if (map.c == 1 && in.c > 1) {
    out.output.thickness = std::min(out.output.thickness, out.input.thickness);
  }
  if (scene.weighted()) {
    size_filters(scene, room, cell, smallest, out);
  }
  return out;
}

// Zoom and pan move the blocks; words keep their size.
void look_through(const step::WindowScene& scene, Layout& out) {
  const kit::CameraView view(scene.session.look.camera, scene.main);
  const auto move = [&](Block& block) {
    block.unit = view.length(block.unit);
    view.move(block.origin);
  };
  move(out.input);
  std::ranges::for_each(out.filters, move);
  move(out.output);
}

}  // namespace

Cuboid padded_part(const step::WindowScene& scene, const Block& input) {
  const conv::Pads pads = scene.pads();
  Cuboid part = input.whole();
  part.y0 -= static_cast<double>(pads.top);
  part.y1 += static_cast<double>(pads.bottom);
  part.x0 -= static_cast<double>(pads.left);
  part.x1 += static_cast<double>(pads.right);
  return part;
}

Layout lay_out(const step::WindowScene& scene, float scale) {
  const float caption = scene.caption_size * 2;
  const int columns = scene.weighted() ? 3 : 2;
  const Room room{scene.main.w - static_cast<float>(columns - 1) * kGap * scale,
                  scene.main.h - caption - scene.label_size * 2, caption};
  const float smallest = kSmallestFilterCell * scale;
  float cell = kLargestCell * scale;
  Layout out = sized(scene, room, cell, smallest);
  const auto too_large = [&] {
    return total_width(out, scene) > room.width ||
           bounds_of(out.input, padded_part(scene, out.input)).h > room.height ||
           bounds_of(out.output, out.output.whole()).h > room.height;
  };
  while (too_large() && cell > kFewestPixels * scale) {
    cell *= 0.97F;
    out = sized(scene, room, cell, smallest);
  }
  const float spare = scene.main.w - total_width(out, scene);
  const float gap = std::min(spare / static_cast<float>(columns), kLargestGap * scale);
  float x = scene.main.x + (spare - gap * static_cast<float>(columns - 1)) / 2;
  const float middle = scene.main.y + caption + room.height / 2;
  const auto put = [&](Block& block, const Cuboid& part) {
    const Rect bounds = bounds_of(block, part);
    place(block, part, x, middle - bounds.h / 2);
    x += bounds.w + gap;
  };
  put(out.input, padded_part(scene, out.input));
  if (!out.filters.empty()) {
    const Rect all = filter_bounds(out);
    float y = middle - all.h / 2;
    for (Block& filter : out.filters) {
      place(filter, filter.whole(), x, y);
      y += bounds_of(filter, filter.whole()).h + kFilterGap * filter.unit;
    }
    x += all.w + gap;
  }
  put(out.output, out.output.whole());
  look_through(scene, out);
  return out;
}

}  // namespace convscope::picture::volume
