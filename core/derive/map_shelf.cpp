#include "core/derive/map_shelf.h"

#include <utility>

namespace convscope::derive {
namespace {

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

Tensor tensor_in(MapMemory memory, const std::shared_ptr<MapShelf>& shelf) {
  const Shape shape = memory.shape;
  const float* floats = memory.floats.data();
  return {shape, std::shared_ptr<const float[]>(floats, LetGo{std::move(memory), shelf})};
}

}  // namespace convscope::derive
