#include "core/picture/part.h"

#include <optional>

#include "core/lesson/views.h"
#include "core/picture/descent/alone.h"
#include "core/picture/flat/alone.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/kit/tensor_alone.h"
#include "core/picture/stamp/alone.h"
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

// A tensor of the views that show more than one step: the stamps, the training.
std::optional<kit::TensorAlone> tensor_of_view(const Shown& shown, session::TensorRole tensor) {
  const session::Session& session = shown.session;
  const Palette& palette = palette_of(session.look.theme);
  if (shown.asked || session::keeps_size(session)) {
    return std::nullopt;
  }
  if (lesson::counts_steps(session.look.view)) {
    return descent::tensor_alone(session, *shown.derived, tensor, palette);
  }
  const auto index = static_cast<std::size_t>(session.look.layer);
  return session::is_scatter_add(session) && index < shown.derived->layers.size()
             ? stamp::tensor_alone(session, shown.derived->layers[index], tensor, palette)
             : std::nullopt;
}

}  // namespace

bool has_part(const Shown& shown, Part part) {
  if (part == Part::kStage) {
    return true;
  }
  if (part == Part::kWindow) {
    return false;
  }
  if (!sum::has_sum(shown)) {
    const auto tensor = tensor_of(part);
    return tensor && tensor_of_view(shown, *tensor).has_value();
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
    if (const auto alone = tensor_of_view(shown, *tensor)) {
      return kit::fitted_to(kit::rows_of(*alone, viewport), viewport);
    }
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
  if (const auto alone = tensor_of_view(shown, *tensor)) {
    kit::Canvas canvas{picture, palette, metrics, locale, shown.viewport.scale, palette.text_scale};
    kit::draw_tensor_alone(canvas, *alone, shown.viewport);
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
