#include "core/picture/display/grid_at.h"

namespace convscope::picture {

const TensorGrid* grid_at(const Picture& picture, Point point) {
  for (auto record = picture.records.rbegin(); record != picture.records.rend(); ++record) {
    const auto* grid = std::get_if<TensorGrid>(&*record);
    if (grid != nullptr && grid->rect.contains(point) && grid->visible.contains(point)) {
      return grid;
    }
  }
  return nullptr;
}

}  // namespace convscope::picture
