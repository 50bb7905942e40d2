#include "core/lesson/build/blank.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace convscope::lesson {
namespace {

Tensor diagonals(const Shape& shape) {
  std::vector<float> values(static_cast<std::size_t>(shape.count()));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto x = static_cast<std::int64_t>(i) % shape.w;
    const auto y = static_cast<std::int64_t>(i) / shape.w % shape.h;
    values[i] = x == y || x + y == shape.w - 1 ? 1.0f : 0.0f;
  }
  return Tensor(shape, std::move(values));
}

}  // namespace

Lesson blank_lesson(BlankSizes sizes, LocalizedText title) {
  const std::int64_t size = std::clamp<std::int64_t>(sizes.size, 1, kMostBlankSize);
  const std::int64_t channels = std::clamp<std::int64_t>(sizes.channels, 1, kMostBlankChannels);
  const std::int64_t kernel = std::clamp<std::int64_t>(sizes.kernel, 1, size);
  const Shape input = {1, channels, size, size};
  Layer layer;
  layer.name = "conv";
  layer.spec.in_channels = channels;
  layer.spec.kernel_size = {kernel, kernel};
  layer.weight.base = diagonals({1, channels, kernel, kernel});
  Scene scene;
  scene.input.base = Tensor(input, std::vector<float>(static_cast<std::size_t>(input.count())));
  scene.layers.push_back(std::move(layer));
  Lesson lesson;
  lesson.id = "untitled";
  lesson.title = std::move(title);
  lesson.scenes.push_back(std::move(scene));
  return lesson;
}

}  // namespace convscope::lesson
