#include "core/picture/compose.h"

#include <cmath>
#include <optional>
#include <utility>

#include "core/picture/arrange.h"
#include "core/picture/brush.h"
#include "core/picture/claim_plane.h"
#include "core/picture/code_strip.h"
#include "core/picture/compose_coverage.h"
#include "core/picture/compose_descent.h"
#include "core/picture/compose_flat.h"
#include "core/picture/compose_matrix.h"
#include "core/picture/compose_neuron.h"
#include "core/picture/compose_receptive_field.h"
#include "core/picture/compose_stamp.h"
#include "core/picture/compose_strip.h"
#include "core/picture/compose_volume.h"

namespace convscope {

namespace {

constexpr float kSmallestStage = 64;   // pixels; nothing can be told apart below
constexpr float kMostForCode = 0.45F;  // of the stage's height

// Views of one output cell's sum: a clock that counts input cells can't step them.
bool shows_sums(View view) {
  return view == View::kFlat || view == View::kVolume || view == View::kStrip ||
         view == View::kNeuron || view == View::kMatrix;
}

// The cell of the map that the clock stands at, and its layer.
struct Cell {
  const LayerResult& layer;
  Moment moment;
};

// What all that speaks of this cell shares: its sum may be long, and is computed once a picture.
// None while there is no input, and where nothing speaks of it.
std::optional<Cell> cell_of(const Session& session, const Derived& derived) {
  const auto index = static_cast<std::size_t>(session.layer);
  const bool wanted = shows_sums(session.view) ||
                      (session.second_view && shows_sums(*session.second_view)) ||
                      session.code != CodeStrip::kNone || scene_of(session).claim;
  if (!wanted || session.view == View::kDescent || is_stamping(session) ||
      index >= derived.layers.size()) {
    return std::nullopt;
  }
  const LayerResult& layer = derived.layers[index];
  std::optional<Moment> moment = moment_of(session, layer);
  return moment ? std::optional(Cell{layer, *std::move(moment)}) : std::nullopt;
}

void compose_sum(View view, Brush& brush, const Session& session, const Cell& cell,
                 const Canvas& canvas) {
  switch (view) {
    case View::kVolume:
      return compose_volume(brush, session, cell.layer, cell.moment, canvas);
    case View::kStrip:
      return compose_strip(brush, session, cell.layer, cell.moment, canvas);
    case View::kNeuron:
      return compose_neuron(brush, session, cell.layer, cell.moment, canvas);
    case View::kMatrix:
      return compose_matrix(brush, session, cell.layer, cell.moment, canvas);
    default:
      return compose_flat(brush, session, cell.layer, cell.moment, canvas);
  }
}

void compose_view(View view, Brush& brush, const Session& session, const Derived& derived,
                  const std::optional<Cell>& cell, const Canvas& canvas) {
  switch (view) {
    case View::kFlat:
    case View::kVolume:
    case View::kStrip:
    case View::kNeuron:
    case View::kMatrix:
      if (is_stamping(session)) {
        compose_stamp(brush, session, derived, canvas);
      } else if (cell) {
        compose_sum(view, brush, session, *cell, canvas);
      }
      return;
    case View::kDescent:
      return compose_descent(brush, session, derived, canvas);
    case View::kCoverage:
      return compose_coverage(brush, session, derived, canvas);
    case View::kReceptiveField:
      return compose_receptive_field(brush, session, derived, canvas);
  }
}

// What stands around the views: a claimed map on the right, the code at the foot.
struct Sides {
  float claim = 0;
  float code = 0;

  bool none() const { return claim <= 0 && code <= 0; }
};

Sides sides_of(const Brush& brush, const Session& session, const std::optional<Cell>& cell,
               const Canvas& canvas) {
  if (!cell || canvas.width < kSmallestStage || canvas.height < kSmallestStage) {
    return {};
  }
  Sides sides;
  sides.claim = claim_width(brush, session, cell->layer, canvas);
  sides.code = code_strip_height(brush, session, cell->layer, cell->moment, canvas);
  // The picture comes first.
  if (sides.code > canvas.height * kMostForCode) {
    sides.code = 0;
  }
  return sides;
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
  const std::optional<Cell> cell = cell_of(session, derived);
  const auto view_on = [&](View view, const Canvas& size, bool titled) {
    Picture picture = blank(size);
    if (size.width >= kSmallestStage && size.height >= kSmallestStage) {
      Brush brush{picture, palette, metrics, locale, size.scale, palette.text_scale, titled};
      compose_view(view, brush, session, derived, cell, size);
    }
    return picture;
  };
  Picture whole = blank(canvas);
  Brush brush{whole, palette, metrics, locale, canvas.scale, palette.text_scale};
  const Sides sides = sides_of(brush, session, cell, canvas);
  const std::optional<View>& second = session.second_view;
  if (sides.none() && !second) {
    return view_on(session.view, canvas, true);
  }
  // Around the views; under them, so that a cell that both show is found in the view.
  const Canvas middle = {canvas.width - sides.claim, canvas.height - sides.code, canvas.scale};
  const float line = std::round(canvas.scale);
  if (sides.claim > 0) {
    draw_claim(brush, session, cell->layer, cell->moment,
               {middle.width, 0, sides.claim, middle.height});
  }
  if (sides.code > 0) {
    draw_code_strip(brush, session, cell->layer, cell->moment,
                    {0, middle.height, canvas.width, sides.code});
  }
  const float half = second ? std::floor(middle.width / 2) : middle.width;
  Picture left = view_on(session.view, {half, middle.height, canvas.scale}, true);
  whole.camera_area = left.camera_area;
  whole.reset_area = left.reset_area;
  append(whole, std::move(left), {0, 0});
  if (second) {
    const Canvas rest = {middle.width - half, middle.height, canvas.scale};
    append(whole, view_on(*second, rest, false), {half, 0});
    brush.fill({half, 0, line, middle.height}, palette.border);
  }
  return whole;
}

}  // namespace convscope
