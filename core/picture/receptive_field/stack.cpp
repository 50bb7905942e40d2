#include "core/picture/receptive_field/stack.h"

#include <algorithm>

namespace convscope::picture::receptive_field {

namespace {

// More rectangles than this are shown as the one around them.
constexpr std::size_t kMostRects = 64;

conv::CellRect around(const std::vector<conv::CellRect>& rects) {
  conv::CellRect all = rects.front();
  for (const conv::CellRect& rect : rects) {
    all.y = {std::min(all.y.first, rect.y.first), std::max(all.y.last, rect.y.last)};
    all.x = {std::min(all.x.first, rect.x.first), std::max(all.x.last, rect.x.last)};
  }
  return all;
}

// The map whose cells a target names, and whether there is such a cell.
std::optional<std::size_t> map_named(const session::Session& session, const ReceptiveStack& stack,
                                     const session::Target& target) {
  const std::int64_t layer = target.layer < 0 ? session.look.layer : target.layer;
  if (target.tensor != session::TensorRole::kInput &&
      target.tensor != session::TensorRole::kOutput) {
    return std::nullopt;
  }
  const std::int64_t map = layer + (target.tensor == session::TensorRole::kOutput ? 1 : 0);
  if (map < 0 || map >= static_cast<std::int64_t>(stack.maps.size()) ||
      !contains(stack.maps[static_cast<std::size_t>(map)].shape, target.at)) {
    return std::nullopt;
  }
  return static_cast<std::size_t>(map);
}

// Cell `at` of `from` cells, at the same relative place among `to`.
std::int64_t same_place(std::int64_t at, std::int64_t from, std::int64_t to) {
  return from <= 1 ? 0 : at * (to - 1) / (from - 1);
}

}  // namespace

ReceptiveStack stack_of(const derive::Derived& derived) {
  ReceptiveStack stack;
  Shape shape = derived.layers.front().input.shape();
  for (const derive::LayerResult& layer : derived.layers) {
    stack.specs.push_back(conv::fitted(layer.spec, shape));
    shape = conv::output_shape(stack.specs.back(), shape);
  }
  shape = derived.layers.front().input.shape();
  const std::vector<conv::ReceptiveField> fields = conv::receptive_fields(stack.specs, shape);
  stack.maps.push_back({shape, {.size = {1, 1}, .pads = {0, 0}}});
  for (std::size_t i = 0; i < stack.specs.size(); ++i) {
    shape = conv::output_shape(stack.specs[i], shape);
    stack.maps.push_back({shape, fields[i]});
  }
  return stack;
}

ReceptiveFocus focus_of(const session::Session& session, const ReceptiveStack& stack) {
  if (session.transient.hover) {
    if (const auto map = map_named(session, stack, *session.transient.hover)) {
      const Index& at = session.transient.hover->at;
      return {*map, at.y, at.x, at.n, at.c, true};
    }
  }
  const std::size_t last = stack.maps.size() - 1;
  const Shape& shape = stack.maps[last].shape;
  const Shape counted = session::position_shape(session);
  const session::Beat beat = session::beat_at(session::timeline_of(session), session.clock.frame);
  if (beat.position < 0 || counted.h <= 0 || counted.w <= 0) {
    return {.map = last, .y = shape.h / 2, .x = shape.w / 2};
  }
  const std::int64_t cell = beat.position % (counted.h * counted.w);
  return {.map = last,
          .y = same_place(cell / counted.w, counted.h, shape.h),
          .x = same_place(cell % counted.w, counted.w, shape.w)};
}

ReceptiveRegions regions_of(const ReceptiveStack& stack, const ReceptiveFocus& focus) {
  ReceptiveRegions regions;
  regions.by_map.resize(stack.maps.size());
  conv::CellRect seen = {{focus.y, focus.y}, {focus.x, focus.x}};
  regions.by_map[focus.map] = {seen};
  for (std::size_t map = focus.map; map-- > 0;) {
    seen = conv::field_below(stack.specs[map], stack.maps[map].shape, seen);
    if (seen.y.size() <= 0 || seen.x.size() <= 0) {
      break;  // only inserted zeros
    }
    regions.by_map[map] = {seen};
  }
  for (std::size_t map = focus.map; map + 1 < stack.maps.size(); ++map) {
    std::vector<conv::CellRect> above;
    for (const conv::CellRect& cells : regions.by_map[map]) {
      const auto more = conv::fields_above(stack.specs[map], stack.maps[map].shape, cells);
      above.insert(above.end(), more.begin(), more.end());
    }
    if (above.size() > kMostRects) {
      above = {around(above)};
    }
    regions.by_map[map + 1] = std::move(above);
  }
  return regions;
}

}  // namespace convscope::picture::receptive_field
