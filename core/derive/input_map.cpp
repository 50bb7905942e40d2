#include "core/derive/input_map.h"

#include <algorithm>
#include <utility>

#include "core/derive/map_shelf.h"

namespace convscope::derive {
namespace {

// What differs from the input before; nullopt: anything may.
std::optional<conv::Area> changed_area(const lesson::TensorRef& source, const InputMap& before) {
  const Tensor& base = before.source.base;
  if (before.values.empty() || !base.shares_storage_with(source.base)) {
    return std::nullopt;
  }
  return differing_area(before.source.edits, source.edits);
}

// The cells of an area, as they are in the lesson.
void write(const lesson::TensorRef& source, const conv::Area& area, float* to) {
  const Shape& shape = source.base.shape();
  for (std::int64_t map = 0; map < shape.n * shape.c; ++map) {
    for (std::int64_t y = area.y; y < area.y + area.h; ++y) {
      const std::int64_t at = (map * shape.h + y) * shape.w + area.x;
      std::copy_n(source.base.data() + at, area.w, to + at);
    }
  }
  for (const lesson::Edits::Row& row : source.edits.rows()) {
    if (row.at.y < area.y || row.at.y >= area.y + area.h) {
      continue;
    }
    float* values = to + offset_of(shape, row.at);
    for (const lesson::Edits::Cell& cell : *row.cells) {
      if (cell.x >= area.x && cell.x < area.x + area.w) {
        values[cell.x] = cell.value;
      }
    }
  }
}

InputMap whole_input(const lesson::TensorRef& source, const conv::RunOptions& run) {
  InputMap map;
  map.source = source;
  map.values = source.tensor();
  map.surveys = surveys_of(map.values, run);
  map.version = first_version();
  map.shelf = std::make_shared<MapShelf>();
  return map;
}

}  // namespace

std::int64_t input_work(const lesson::TensorRef& source, const InputMap& before) {
  const Shape& shape = source.base.shape();
  const std::optional<conv::Area> area = changed_area(source, before);
  const bool memory = source.edits.empty() || (before.shelf && before.shelf->holds(shape));
  return area && memory ? shape.n * shape.c * area->count() : shape.count();
}

InputMap input_map(const lesson::TensorRef& source, const InputMap& before,
                   const conv::RunOptions& run) {
  const std::optional<conv::Area> area = changed_area(source, before);
  const Shape& shape = source.base.shape();
  if (!area || 2 * area->count() > shape.h * shape.w) {
    return whole_input(source, run);
  }
  InputMap map;
  map.source = source;
  map.shelf = before.shelf;
  map.version = next_version(before.version, *area);
  if (source.edits.empty()) {
    map.values = source.base;
  } else {
    MapMemory memory = patched_memory(before.values, before.version, *map.shelf, run);
    write(source, *area, memory.floats.data());
    const auto origin = std::make_shared<MapOrigin>();
    origin->version = map.version;
    memory.origin = origin;
    map.values = tensor_in(std::move(memory), map.shelf);
  }
  map.surveys = surveys_after(before.surveys, map.values, *area, run);
  return map;
}

}  // namespace convscope::derive
