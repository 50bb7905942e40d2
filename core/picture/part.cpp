#include "core/picture/part.h"

#include <optional>

#include "core/picture/flat/alone.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/step/moment.h"
#include "core/picture/sum/sum_picture.h"

namespace convscope::picture {

namespace {

std::optional<session::TensorRole> tensor_of(Part part) {
  switch (part) {
    case Part::kInput:
      return session::TensorRole::kInput;
    case Part::kFilter:
      return session::TensorRole::kWeight;
    case Part::kMap:
      return session::TensorRole::kOutput;
    case Part::kStage:
    case Part::kSum:
    case Part::kWindow:
      break;
  }
  return std::nullopt;
}

// There is one where the moment has a sum.
const derive::LayerResult& layer_of(const Shown& shown) {
  return shown.derived->layers[static_cast<std::size_t>(shown.session.look.layer)];
}

}  // namespace

bool has_part(const Shown& shown, Part part) {
  if (part == Part::kStage) {
    return true;
  }
  if (part == Part::kWindow || !sum::has_sum(shown)) {
    return false;
  }
  const derive::LayerResult& layer = layer_of(shown);
  return part == Part::kSum || (!layer.input.empty() && layer.output_shape.count() > 0 &&
                                (part != Part::kFilter || conv::has_weight(layer.spec.op)));
}

Viewport part_viewport(const Shown& shown, Part part) {
  Viewport viewport = shown.viewport;
  if (part == Part::kSum) {
    viewport.height = sum::sum_picture_height(shown, viewport.scale);
  } else if (const auto tensor = tensor_of(part); tensor && has_part(shown, part)) {
    viewport = flat::tensor_viewport(shown.session, layer_of(shown), *tensor, viewport);
  }
  return viewport;
}

Picture compose_part(const Shown& shown, Part part, const lesson::Locale& locale,
                     const TextMetrics& metrics) {
  if (part == Part::kSum) {
    return sum::compose_sum(shown, locale, metrics);
  }
  const std::optional<session::TensorRole> tensor = tensor_of(part);
  if (!tensor) {
    return compose(shown, locale, metrics);
  }
  const Palette& palette = palette_of(shown.session.look.theme);
  Picture picture;
  picture.width = shown.viewport.width;
  picture.height = shown.viewport.height;
  picture.background = palette.background;
  if (!has_part(shown, part)) {
    return picture;
  }
  const derive::LayerResult& layer = layer_of(shown);
  if (const std::optional<step::Moment> moment = step::moment_of(shown.session, layer)) {
    kit::Canvas canvas{picture, palette, metrics, locale, shown.viewport.scale, palette.text_scale};
    flat::compose_tensor(canvas, shown.session, layer, *moment, *tensor, shown.viewport);
  }
  return picture;
}

}  // namespace convscope::picture
