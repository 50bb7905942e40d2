#include "core/picture/sum/sum_picture.h"

#include <cmath>
#include <optional>

#include "core/lesson/views.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/step/moment.h"
#include "core/picture/sum/sum_bar.h"
#include "core/picture/sum/sum_lines.h"

namespace convscope::picture::sum {
namespace {

constexpr float kSumMargin = 14;  // at scale 1

const derive::LayerResult* layer_of(const Shown& shown) {
  const auto at = static_cast<std::size_t>(shown.session.look.layer);
  return at < shown.derived->layers.size() ? &shown.derived->layers[at] : nullptr;
}

}  // namespace

bool has_sum(const Shown& shown) {
  const session::Session& session = shown.session;
  return !shown.asked && layer_of(shown) != nullptr && !session::keeps_size(session) &&
         !lesson::counts_steps(session.look.view) && !session::is_scatter_add(session);
}

float sum_picture_height(const Shown& shown, float scale) {
  const Palette& palette = palette_of(shown.session.look.theme);
  const derive::LayerResult* layer = layer_of(shown);
  const float words = layer != nullptr ? sum_words(*layer) : 0;
  return std::ceil((words * palette.text_scale + 2 * kSumMargin) * scale);
}

Picture compose_sum(const Shown& shown, const lesson::Locale& locale, const TextMetrics& metrics) {
  const Viewport& viewport = shown.viewport;
  const Palette& palette = palette_of(shown.session.look.theme);
  Picture picture;
  picture.width = viewport.width;
  picture.height = viewport.height;
  picture.background = palette.background;
  const derive::LayerResult* layer = layer_of(shown);
  const std::optional<step::Moment> moment =
      has_sum(shown) ? step::moment_of(shown.session, *layer) : std::nullopt;
  if (!moment) {
    return picture;
  }
  kit::Canvas canvas{picture, palette, metrics, locale, viewport.scale, palette.text_scale};
  const float margin = kSumMargin * viewport.scale;
  draw_sum_bar(canvas, {margin, margin, viewport.width - 2 * margin, viewport.height - 2 * margin},
               shown.session, *layer, *moment, {});
  return picture;
}

}  // namespace convscope::picture::sum
