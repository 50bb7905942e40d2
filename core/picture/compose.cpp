#include "core/picture/compose.h"

#include "core/picture/brush.h"
#include "core/picture/compose_flat.h"

namespace convscope {

namespace {

constexpr float kSmallestStage = 64;  // pixels; nothing can be told apart below

}  // namespace

Picture compose(const Session& session, const Derived& derived, const Locale& locale,
                const TextMetrics& metrics, const Canvas& canvas) {
  Picture picture;
  picture.width = canvas.width;
  picture.height = canvas.height;
  const Palette& palette = palette_of(session.theme);
  picture.background = palette.background;
  if (canvas.width < kSmallestStage || canvas.height < kSmallestStage) {
    return picture;
  }
  Brush brush{picture, palette, metrics, locale, canvas.scale, palette.text_scale};
  switch (session.view) {
    case View::kFlat:
      compose_flat(brush, session, derived, canvas);
      break;
  }
  return picture;
}

}  // namespace convscope
