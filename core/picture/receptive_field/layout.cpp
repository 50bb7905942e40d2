#include "core/picture/receptive_field/layout.h"

#include <algorithm>
#include <cmath>

#include "core/picture/kit/bands.h"
#include "core/picture/kit/camera.h"

namespace convscope::picture::receptive_field {

namespace {

constexpr float kMaxCell = 54;        // of the input, at scale 1
constexpr float kFlatHeight = 26;     // of a cell of a signal, at scale 1
constexpr double kMostPadding = 0.1;  // of the input's size, shown on each side
constexpr float kWidestGap = 110;     // between planes, at scale 1
constexpr float kSmallestMap = 62;    // on the stage, at scale 1
constexpr float kLargeMap = 200;
constexpr float kLeastMap = 44;  // a smaller one takes the place of lines of the table
constexpr float kSmallestText = 12;
constexpr std::size_t kMostRows = 4;
constexpr std::size_t kFewestLines = 2;  // of the table

// An interval on an axis of the input, in its cells.
struct Extent {
  double low = 0;
  double high = 1;

  double size() const { return high - low; }
};

// Where a map of `count` cells lies, when its cells are as wide as they are apart.
Extent extent_of(double start, double jump, std::int64_t count) {
  const double low = start + 0.5 - jump / 2;
  return {low, low + jump * static_cast<double>(count)};
}

Extent rows_of(const ReceptiveMap& map) {
  return extent_of(map.field.start_y, map.field.jump_y, map.shape.h);
}
Extent columns_of(const ReceptiveMap& map) {
  return extent_of(map.field.start_x, map.field.jump_x, map.shape.w);
}

struct Extents {
  Extent y;
  Extent x;
};

Extent joined(const Extent& a, const Extent& b) {
  return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

// Around all maps, with some room for fields that reach into the padding.
Extents extents_of(const ReceptiveStack& stack) {
  Extents all = {rows_of(stack.maps.front()), columns_of(stack.maps.front())};
  const Extents input = all;
  std::int64_t pad_y = 0;
  std::int64_t pad_x = 0;
  for (const ReceptiveMap& map : stack.maps) {
    all = {joined(all.y, rows_of(map)), joined(all.x, columns_of(map))};
    pad_y = std::max(pad_y, map.field.pads.h);
    pad_x = std::max(pad_x, map.field.pads.w);
  }
  const double y = std::min(static_cast<double>(pad_y), input.y.size() * kMostPadding);
  const double x = std::min(static_cast<double>(pad_x), input.x.size() * kMostPadding);
  return {joined(all.y, {input.y.low - y, input.y.high + y}),
          joined(all.x, {input.x.low - x, input.x.high + x})};
}

// One way of arranging the maps.
struct Arrangement {
  std::size_t rows = 1;
  std::size_t columns = 1;
  float unit_x = 0;  // pixels per input cell
  float unit_y = 0;
  bool fits = false;  // the numbers have room, and no map is too small
};

Arrangement arranged(const Extents& extents, const Layout& out, std::size_t maps, std::size_t rows,
                     const ReceptiveWords& words, float wanted, float scale) {
  Arrangement a;
  a.rows = rows;
  a.columns = (maps + rows - 1) / rows;
  const float column = (out.main.w - out.labels) / static_cast<float>(a.columns);
  const float gap = std::clamp(column * 0.13F, 14 * scale, 64 * scale);
  const float room_w = column - gap;
  const float room_h = out.main.h / static_cast<float>(rows) - out.caption - out.table;
  const auto width = static_cast<float>(extents.x.size());
  const auto height = static_cast<float>(extents.y.size());
  a.unit_x = std::min(room_w / width, kMaxCell * scale);
  if (extents.y.size() <= 1) {
    a.unit_y = std::min(room_h, kFlatHeight * scale);
    a.unit_x = a.unit_y > 0 ? a.unit_x : 0;
  } else {
    a.unit_x = std::min(a.unit_x, room_h / height);
    a.unit_y = a.unit_x;
  }
  const float worthwhile = std::min(kMaxCell * scale, wanted / width);
  a.fits = column >= words.narrowest && a.unit_x >= worthwhile;
  return a;
}

// `wanted`: pixels across a map, as far as cells need not be larger than the largest.
Arrangement best_arrangement(const Extents& extents, const Layout& out, std::size_t maps,
                             const ReceptiveWords& words, float wanted, float scale) {
  Arrangement best = arranged(extents, out, maps, 1, words, wanted, scale);
  for (std::size_t rows = 2; rows <= std::min(kMostRows, maps); ++rows) {
    const Arrangement next = arranged(extents, out, maps, rows, words, wanted, scale);
    const bool larger = next.unit_x > best.unit_x * 1.15F;  // fewer rows read better
    if (next.fits == best.fits ? larger : next.fits) {
      best = next;
    }
  }
  return best;
}

// The bands of the stage, and the sizes of words when they are `share` of what is asked for.
void lay_bands(const ReceptiveWords& words, float share, const Viewport& viewport, Layout& out) {
  const float s = viewport.scale;
  out.text_size = words.text_size * share;
  out.line = std::floor(out.text_size * 1.42F);
  out.caption = std::floor(out.text_size * 2);
  out.table = 14 * s + static_cast<float>(out.lines) * out.line;
  out.labels = words.labels * share + out.text_size;
  const kit::Bands bands =
      kit::bands_of(viewport, words.header, std::floor(words.text_size * 2.2F), 10);
  out.header = bands.header;
  out.main = bands.main;
  out.view = bands.view;
  out.words = bands.foot;
}

// Map `i` in its slot, at its place over the input.
ReceptivePlane plane_of(const ReceptiveMap& map, std::size_t i, const Extents& extents,
                        const Arrangement& a, const Layout& out) {
  const float slot_w = static_cast<float>(extents.x.size()) * a.unit_x;
  const float slot_h = static_cast<float>(extents.y.size()) * a.unit_y;
  const float block = out.caption + slot_h + out.table;
  const float spare = out.main.h - block * static_cast<float>(a.rows);
  const float between = std::max(0.0F, spare / static_cast<float>(a.rows + 1));
  const std::size_t row = i / a.columns;
  const auto in_row = static_cast<float>(i % a.columns);
  const float x = out.left + out.labels + in_row * out.column + (out.column - slot_w) / 2;
  const float y = out.main.y + between + static_cast<float>(row) * (block + between) + out.caption;
  const Extent across = columns_of(map);
  const Extent down = rows_of(map);
  return {.rect = {x + static_cast<float>(across.low - extents.x.low) * a.unit_x,
                   y + static_cast<float>(down.low - extents.y.low) * a.unit_y,
                   static_cast<float>(across.size()) * a.unit_x,
                   static_cast<float>(down.size()) * a.unit_y},
          .slot = {x, y, slot_w, slot_h},
          .h = map.shape.h,
          .w = map.shape.w,
          .row = row};
}

}  // namespace

Rect ReceptivePlane::cells(const conv::CellRect& cells) const {
  return {rect.x + static_cast<float>(cells.x.first) * cell_w(),
          rect.y + static_cast<float>(cells.y.first) * cell_h(),
          static_cast<float>(cells.x.size()) * cell_w(),
          static_cast<float>(cells.y.size()) * cell_h()};
}

Layout lay_out(const ReceptiveStack& stack, const ReceptiveWords& words,
               const session::Camera& camera, const Viewport& viewport) {
  const float s = viewport.scale;
  const Extents extents = extents_of(stack);
  const std::size_t maps = stack.maps.size();
  Layout out;
  Arrangement a;
  const float smallest = std::min(1.0F, kSmallestText * s / std::max(words.text_size, 1.0F));
  const auto arrange = [&](std::size_t lines, float wanted) {
    out.lines = lines;
    for (float share = 1; share >= smallest && !a.fits; share -= 0.08F) {
      ReceptiveWords smaller = words;
      smaller.narrowest *= share;
      lay_bands(words, share, viewport, out);
      a = best_arrangement(extents, out, maps, smaller, wanted, s);
    }
  };
  // Words shrink first, then maps, then lines of the table are left out.
  arrange(words.lines, std::clamp(0.6F * kit::band_width(viewport) / static_cast<float>(maps),
                                  kSmallestMap * s, kLargeMap * s));
  for (std::size_t lines = words.lines; !a.fits && lines >= kFewestLines; --lines) {
    arrange(lines, kLeastMap * s);
  }
  a.unit_x = std::max(a.unit_x, 1e-4F);
  a.unit_y = std::max(a.unit_y, 1e-4F);
  const auto columns = static_cast<float>(a.columns);
  const float slot_w = static_cast<float>(extents.x.size()) * a.unit_x;
  out.column = std::min((out.main.w - out.labels) / columns,
                        std::max(slot_w + kWidestGap * s, words.narrowest));
  out.left = out.main.x + std::max(0.0F, (out.main.w - out.labels - out.column * columns) / 2);
  for (std::size_t i = 0; i < maps; ++i) {
    out.planes.push_back(plane_of(stack.maps[i], i, extents, a, out));
  }
  const kit::CameraView view(camera, out.main);
  for (ReceptivePlane& plane : out.planes) {
    view.move(plane.rect);
    view.move(plane.slot);
  }
  return out;
}

}  // namespace convscope::picture::receptive_field
