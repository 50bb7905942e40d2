#include "core/derive/map_shelf.h"

#include <algorithm>
#include <utility>

#include "core/conv/parallel.h"
#include "core/conv/rungs/tasks.h"

namespace convscope::derive {
namespace {

constexpr std::int64_t kRowsAtOnce = 32;

// A larger map is not kept for the next edit.
constexpr std::int64_t kMostKept = std::int64_t{64} << 20;  // floats: 256 MB

struct LetGo {
  MapMemory memory;
  std::weak_ptr<MapShelf> shelf;

  // The weak_ptr of a TensorName outlives the tensor, and keeps this deleter: it must hold no
  // memory.
  void operator()(const float* /*floats*/) {
    MapMemory freed = std::exchange(memory, {});
    if (const std::shared_ptr<MapShelf> place = std::exchange(shelf, {}).lock()) {
      place->put(std::move(freed));
    }
  }
};

}  // namespace

void MapShelf::put(MapMemory memory) {
  if (memory.shape.count() > kMostKept) {
    return;
  }
  std::optional<MapMemory> older = std::move(memory);  // freed after unlocking
  const std::scoped_lock lock(mutex_);
  memory_.swap(older);
}

std::optional<MapMemory> MapShelf::take(const Shape& shape) {
  std::optional<MapMemory> taken;
  {
    const std::scoped_lock lock(mutex_);
    memory_.swap(taken);
  }
  return taken && taken->shape == shape ? std::move(taken) : std::nullopt;
}

bool MapShelf::holds(const Shape& shape) const {
  const std::scoped_lock lock(mutex_);
  return memory_ && memory_->shape == shape;
}

MapMemory memory_for(const Shape& shape, MapShelf& shelf) {
  if (std::optional<MapMemory> kept = shelf.take(shape)) {
    return *std::move(kept);
  }
  return {shape, conv::rungs::Scratch(shape.count()), nullptr};
}

MapMemory patched_memory(const Tensor& values, const VersionPtr& version, MapShelf& shelf,
                         const conv::RunOptions& run) {
  const Shape& shape = values.shape();
  MapMemory memory = memory_for(shape, shelf);
  const conv::Area stale = changed_since(version, memory.origin ? memory.origin->version : nullptr)
                               .value_or(conv::whole(shape));
  const std::int64_t rows = shape.n * shape.c * stale.h;
  const std::int64_t pieces = (rows + kRowsAtOnce - 1) / kRowsAtOnce;
  conv::parallel_for(
      pieces, conv::rungs::threads_for(run, rows * stale.w), [&](std::int64_t piece, std::int64_t) {
        const std::int64_t end = std::min(rows, (piece + 1) * kRowsAtOnce);
        for (std::int64_t row = piece * kRowsAtOnce; row < end; ++row) {
          const std::int64_t at =
              (row / stale.h * shape.h + stale.y + row % stale.h) * shape.w + stale.x;
          std::copy_n(values.data() + at, stale.w, memory.floats.data() + at);
        }
      });
  return memory;
}

Tensor tensor_in(MapMemory memory, const std::shared_ptr<MapShelf>& shelf) {
  const Shape shape = memory.shape;
  const float* floats = memory.floats.data();
  return {shape, std::shared_ptr<const float[]>(floats, LetGo{std::move(memory), shelf})};
}

}  // namespace convscope::derive
