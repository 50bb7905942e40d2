#include <algorithm>
#include <array>
#include <cmath>

#include "core/picture/kit/cell_plane.h"
#include "core/picture/kit/tensor_colors.h"
#include "core/picture/receptive_field/context.h"

namespace convscope::picture::receptive_field {

namespace {

constexpr float kVeil = 0.62F;  // over cells that have no part in it

// Which channel of a map is shown: the one that is pointed at, else the first.
Index plane_shown(const Context& context, std::size_t map) {
  return map == context.focus.map ? Index{context.focus.n, context.focus.c, 0, 0} : Index{};
}

kit::PlaneStyle style_of(const Context& context, std::size_t map, const Palette& palette) {
  const Index shown = plane_shown(context, map);
  kit::PlaneStyle style;
  style.n = shown.n;
  style.c = shown.c;
  if (map > 0) {
    const derive::LayerResult& layer = context.derived.layers[map - 1];
    style.tensor = layer.output;
    style.scale = kit::output_scale(layer, palette);
    style.role = session::TensorRole::kOutput;
    return style;
  }
  const derive::LayerResult& first = context.derived.layers.front();
  const lesson::InputColors look = kit::input_look(session::scene_of(context.session), first);
  style.tensor = first.input;
  if (look == lesson::InputColors::kRgb && first.input.shape().c == 3) {
    style.c = 0;
    style.scale = {.kind = ColorScale::Kind::kRgb, .low = 0, .high = 255};
  } else {
    style.scale = kit::slice_scale(look, first, style.c, palette);
  }
  return style;
}

// Colours, and numbers where they can be read. While the map is being computed, an empty place.
void draw_cells_of(kit::Canvas& canvas, const Context& context, std::size_t map) {
  const ReceptivePlane& plane = context.layout.planes[map];
  const Rect visible = kit::intersection(plane.rect, context.layout.view);
  if (visible.w <= 0 || visible.h <= 0) {
    return;
  }
  const kit::PlaneStyle style = style_of(context, map, canvas.palette);
  const float cell = std::min(plane.cell_w(), plane.cell_h());
  const float gap = kit::cell_gap(canvas, cell);
  canvas.fill(visible, gap > 0 ? canvas.palette.cell_line : canvas.palette.empty_cell);
  if (style.tensor.empty()) {
    return;
  }
  canvas.add(TensorGrid{.rect = plane.rect,
                        .visible = visible,
                        .tensor = style.tensor,
                        .n = style.n,
                        .c = style.c,
                        .scale = style.scale,
                        .gap = gap,
                        .role = style.role,
                        .layer = map > 0 ? static_cast<std::int64_t>(map) - 1 : 0});
  const bool square = std::abs(plane.cell_w() - plane.cell_h()) < 0.01F * cell;
  if (square && style.scale.kind != ColorScale::Kind::kRgb) {
    const kit::Plane cells{.rect = plane.rect, .h = plane.h, .w = plane.w, .cell = cell};
    const kit::NumberFit numbers = kit::fit_numbers(canvas, cells, style, context.layout.view);
    kit::draw_numbers(canvas, cells, style, numbers, context.layout.view);
  }
}

// The part of a region outside its map: padding.
void draw_padding_of(kit::Canvas& canvas, const ReceptivePlane& plane, const Rect& region) {
  const bool outside = region.x < plane.rect.x || region.y < plane.rect.y ||
                       region.right() > plane.rect.right() || region.bottom() > plane.rect.bottom();
  const Rect visible = kit::intersection(region, plane.slot);
  if (outside && visible.w > 0 && visible.h > 0) {
    canvas.fill(visible, canvas.palette.padding_fill);
    canvas.add(
        Hatch{visible, canvas.palette.padding_hatch, 7 * canvas.scale, canvas.line_width(1)});
  }
}

// Everything of `rect` but `kept` steps back.
void draw_veil(kit::Canvas& canvas, const Rect& rect, const Rect& kept) {
  const Rgba veil = faded(canvas.palette.background, kVeil);
  const Rect hole = kit::intersection(rect, kept);
  if (hole.w <= 0 || hole.h <= 0) {
    return canvas.fill(rect, veil);
  }
  const std::array<Rect, 4> bands = {
      Rect{rect.x, rect.y, rect.w, hole.y - rect.y},
      Rect{rect.x, hole.bottom(), rect.w, rect.bottom() - hole.bottom()},
      Rect{rect.x, hole.y, hole.x - rect.x, hole.h},
      Rect{hole.right(), hole.y, rect.right() - hole.right(), hole.h}};
  for (const Rect& band : bands) {
    if (band.w > 0 && band.h > 0) {
      canvas.fill(band, veil);
    }
  }
}

Rect around(const ReceptivePlane& plane, const std::vector<conv::CellRect>& regions) {
  if (regions.empty()) {
    return {plane.rect.x, plane.rect.y, 0, 0};
  }
  Rect all = plane.cells(regions.front());
  for (const conv::CellRect& region : regions) {
    const Rect rect = plane.cells(region);
    const float right = std::max(all.right(), rect.right());
    const float bottom = std::max(all.bottom(), rect.bottom());
    all.x = std::min(all.x, rect.x);
    all.y = std::min(all.y, rect.y);
    all.w = right - all.x;
    all.h = bottom - all.y;
  }
  return all;
}

// Never smaller than a few pixels.
Rect seen_from_afar(const kit::Canvas& canvas, Rect rect) {
  const float smallest = 6 * canvas.scale;
  const float grow_x = std::max(0.0F, smallest - rect.w) / 2;
  const float grow_y = std::max(0.0F, smallest - rect.h) / 2;
  return {rect.x - grow_x, rect.y - grow_y, rect.w + 2 * grow_x, rect.h + 2 * grow_y};
}

void outline_regions(kit::Canvas& canvas, const Context& context, std::size_t map) {
  const ReceptivePlane& plane = context.layout.planes[map];
  const bool above = map > context.focus.map;
  const Palette& palette = canvas.palette;
  for (const conv::CellRect& region : context.regions.by_map[map]) {
    const Rect rect = seen_from_afar(canvas, plane.cells(region));
    if (above) {
      canvas.outline(rect, faded(palette.output.line, 0.7F), canvas.line_width(1.2F), 0,
                     4 * canvas.scale);
      continue;
    }
    const bool focus = map == context.focus.map;
    const float width = canvas.line_width(focus ? 2.5F : 2);
    canvas.outline(rect, faded(palette.background, 0.75F), width * 1.8F, 2 * canvas.scale);
    canvas.outline(rect, focus ? palette.text : palette.weight.line, width, 2 * canvas.scale);
  }
}

// From what a map shows of the focus to what the next one shows. Where a row ends, none.
void draw_links(kit::Canvas& canvas, const Context& context, std::size_t map) {
  const ReceptivePlane& from = context.layout.planes[map];
  const ReceptivePlane& to = context.layout.planes[map + 1];
  const auto& below = context.regions.by_map[map];
  const auto& above = context.regions.by_map[map + 1];
  const bool one_column = from.slot.x == to.slot.x;
  if ((from.row != to.row && !one_column) || below.empty() || above.empty()) {
    return;
  }
  const Rect a = kit::intersection(around(from, below), from.slot);
  const Rect b = kit::intersection(around(to, above), to.slot);
  const bool seen = map < context.focus.map;
  const Rgba color =
      seen ? faded(canvas.palette.weight.line, 0.7F) : faded(canvas.palette.output.line, 0.4F);
  const float width = canvas.line_width(1.1F);
  if (one_column) {
    canvas.line({a.x, a.bottom()}, {b.x, b.y}, color, width);
    canvas.line({a.right(), a.bottom()}, {b.right(), b.y}, color, width);
  } else {
    canvas.line({a.right(), a.y}, {b.x, b.y}, color, width);
    canvas.line({a.right(), a.bottom()}, {b.x, b.bottom()}, color, width);
  }
}

}  // namespace

void draw_maps(kit::Canvas& canvas, const Context& context) {
  for (std::size_t map = 0; map < context.stack.maps.size(); ++map) {
    const ReceptivePlane& plane = context.layout.planes[map];
    const auto& regions = context.regions.by_map[map];
    if (map <= context.focus.map && !regions.empty()) {
      draw_padding_of(canvas, plane, plane.cells(regions.front()));
    }
    draw_cells_of(canvas, context, map);
    draw_veil(canvas, plane.rect, around(plane, regions));
    const Hue& hue = map == 0 ? canvas.palette.input : canvas.palette.output;
    canvas.outline(plane.rect, faded(hue.line, 0.6F), canvas.line_width(1));
  }
  for (std::size_t map = 0; map + 1 < context.stack.maps.size(); ++map) {
    draw_links(canvas, context, map);
  }
  for (std::size_t map = 0; map < context.stack.maps.size(); ++map) {
    // Cut open where a field reaches further into the padding than there is room.
    const Rect& slot = context.layout.planes[map].slot;
    const float edge = canvas.line_width(3);
    canvas.add(ClipBegin{{slot.x - edge, slot.y - edge, slot.w + 2 * edge, slot.h + 2 * edge}});
    outline_regions(canvas, context, map);
    canvas.add(ClipEnd{});
  }
}

}  // namespace convscope::picture::receptive_field
