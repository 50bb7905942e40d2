#include "core/picture/compose.h"

#include <cmath>
#include <utility>

#include "core/picture/arrange.h"
#include "core/picture/brush.h"
#include "core/picture/compose_coverage.h"
#include "core/picture/compose_descent.h"
#include "core/picture/compose_flat.h"
#include "core/picture/compose_matrix.h"
#include "core/picture/compose_neuron.h"
#include "core/picture/compose_receptive_field.h"
#include "core/picture/compose_strip.h"
#include "core/picture/compose_volume.h"

namespace convscope {

namespace {

constexpr float kSmallestStage = 64;  // pixels; nothing can be told apart below

void compose_view(View view, Brush& brush, const Session& session, const Derived& derived,
                  const Canvas& canvas) {
  switch (view) {
    case View::kFlat:
      return compose_flat(brush, session, derived, canvas);
    case View::kVolume:
      return compose_volume(brush, session, derived, canvas);
    case View::kStrip:
      return compose_strip(brush, session, derived, canvas);
    case View::kNeuron:
      return compose_neuron(brush, session, derived, canvas);
    case View::kMatrix:
      return compose_matrix(brush, session, derived, canvas);
    case View::kDescent:
      return compose_descent(brush, session, derived, canvas);
    case View::kCoverage:
      return compose_coverage(brush, session, derived, canvas);
    case View::kReceptiveField:
      return compose_receptive_field(brush, session, derived, canvas);
  }
}

}  // namespace

Picture compose(const Session& session, const Derived& derived, const Locale& locale,
                const TextMetrics& metrics, const Canvas& canvas) {
  const Palette& palette = palette_of(session.theme);
  const auto blank = [&](const Canvas& size) {
    Picture picture;
    picture.width = size.width;
    picture.height = size.height;
    picture.background = palette.background;
    return picture;
  };
  const auto view_on = [&](View view, const Canvas& size) {
    Picture picture = blank(size);
    if (size.width >= kSmallestStage && size.height >= kSmallestStage) {
      Brush brush{picture, palette, metrics, locale, size.scale, palette.text_scale};
      compose_view(view, brush, session, derived, size);
    }
    return picture;
  };
  if (!session.second_view) {
    return view_on(session.view, canvas);
  }
  const float half = std::floor(canvas.width / 2);
  Picture whole = blank(canvas);
  Picture left = view_on(session.view, {half, canvas.height, canvas.scale});
  whole.camera_area = left.camera_area;
  append(whole, std::move(left), {0, 0});
  append(whole, view_on(*session.second_view, {canvas.width - half, canvas.height, canvas.scale}),
         {half, 0});
  const float line = std::round(canvas.scale);
  whole.records.emplace_back(Box{.rect = {half, 0, line, canvas.height}, .fill = palette.border});
  return whole;
}

}  // namespace convscope
