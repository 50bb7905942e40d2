#include "core/picture/compose.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "core/lesson/views.h"
#include "core/picture/asked/compose.h"
#include "core/picture/asked/kept_size.h"
#include "core/picture/beside/code_strip.h"
#include "core/picture/beside/reference_map.h"
#include "core/picture/beside/two_scenes.h"
#include "core/picture/coverage/compose.h"
#include "core/picture/descent/compose.h"
#include "core/picture/display/arrange.h"
#include "core/picture/flat/compose.h"
#include "core/picture/kit/bands.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/kit/header.h"
#include "core/picture/matrix/compose.h"
#include "core/picture/neuron/compose.h"
#include "core/picture/receptive_field/compose.h"
#include "core/picture/stamp/compose.h"
#include "core/picture/step/highlight.h"
#include "core/picture/strip/compose.h"
#include "core/picture/sum/sum_bar.h"
#include "core/picture/sum/sum_lines.h"
#include "core/picture/volume/compose.h"

namespace convscope::picture {

namespace {

constexpr float kSmallestStage = 64;    // pixels; nothing can be told apart below
constexpr float kMostForCode = 0.45F;   // of the stage's height
constexpr float kLeastAboveCode = 220;  // pixels at scale 1

// How each view is drawn. Those of one output cell's sum share its numbers; a clock that counts
// input cells can't step them, and stamps stand in their place.
struct Composer {
  lesson::View view;
  void (*sum)(kit::Canvas&, const session::Session&, const derive::LayerResult&,
              const step::Moment&, const Viewport&) = nullptr;
  void (*scene)(kit::Canvas&, const session::Session&, const derive::Derived&,
                const Viewport&) = nullptr;
};

constexpr std::array kComposers = {
    Composer{.view = lesson::View::kFlat, .sum = flat::compose_flat},
    Composer{.view = lesson::View::kVolume, .sum = volume::compose_volume},
    Composer{.view = lesson::View::kStrip, .sum = strip::compose_strip},
    Composer{.view = lesson::View::kNeuron, .sum = neuron::compose_neuron},
    Composer{.view = lesson::View::kMatrix, .sum = matrix::compose_matrix},
    Composer{.view = lesson::View::kDescent, .scene = descent::compose_descent},
    Composer{.view = lesson::View::kCoverage, .scene = coverage::compose_coverage},
    Composer{.view = lesson::View::kReceptiveField,
             .scene = receptive_field::compose_receptive_field},
};
static_assert(kComposers.size() == lesson::kViewTable.size());

const Composer& composer_of(lesson::View view) {
  return *std::ranges::find(kComposers, view, &Composer::view);
}

// The cell of the map that the clock stands at, and its layer.
struct Cell {
  const derive::LayerResult& layer;
  step::Moment moment;
};

// Shared by everything that shows this cell: its sum may be long and is computed once a picture.
// None while there is no input, and where nothing shows it.
std::optional<Cell> cell_of(const session::Session& session, const derive::Derived& derived) {
  const auto index = static_cast<std::size_t>(session.look.layer);
  const bool wanted = shows_sums(session.look.view) ||
                      (session.look.second_view && shows_sums(*session.look.second_view)) ||
                      session.look.code != lesson::CodeStrip::kNone ||
                      session::scene_of(session).reference_map;
  if (!wanted || lesson::counts_steps(session.look.view) || session::is_scatter_add(session) ||
      index >= derived.layers.size()) {
    return std::nullopt;
  }
  const derive::LayerResult& layer = derived.layers[index];
  std::optional<step::Moment> moment = step::moment_of(session, layer);
  return moment ? std::optional(Cell{layer, *std::move(moment)}) : std::nullopt;
}

void compose_view(lesson::View view, kit::Canvas& canvas, const session::Session& session,
                  const derive::Derived& derived, const std::optional<Cell>& cell,
                  const Viewport& viewport) {
  const Composer& composer = composer_of(view);
  if (asked::waits_for_size(session, view)) {
    asked::compose_waiting(canvas, session, viewport);
  } else if (composer.scene != nullptr) {
    composer.scene(canvas, session, derived, viewport);
  } else if (session::is_scatter_add(session)) {
    stamp::compose_stamp(canvas, session, derived, viewport);
  } else if (cell) {
    composer.sum(canvas, session, cell->layer, cell->moment, viewport);
  }
}

// What stands around the views: a claimed map on the right, the code at the foot.
struct Sides {
  float reference_map = 0;
  float code = 0;

  bool none() const { return reference_map <= 0 && code <= 0; }
};

Sides sides_of(const kit::Canvas& canvas, const session::Session& session,
               const std::optional<Cell>& cell, const Viewport& viewport) {
  if (!cell || viewport.width < kSmallestStage || viewport.height < kSmallestStage) {
    return {};
  }
  Sides sides;
  sides.reference_map = beside::reference_map_width(canvas, session, cell->layer, viewport);
  sides.code = beside::code_strip_height(canvas, session, cell->layer, cell->moment, viewport);
  // Not at the cost of the picture.
  const float left = viewport.height - sides.code;
  if (sides.code > viewport.height * kMostForCode || left < kLeastAboveCode * viewport.scale) {
    sides.code = 0;
  }
  return sides;
}

// One sum for two views.
struct WholeSum {
  Rect value;     // where its result stands
  float top = 0;  // of its band
};

// Below both at full width; takes its height off the stage.
WholeSum draw_whole_sum(kit::Canvas& canvas, const session::Session& session, const Cell& cell,
                        float half, Viewport& stage) {
  const Viewport left = {half, stage.height, stage.scale};
  canvas.text_scale =
      kit::fitting_text_scale(sum::sum_words(cell.layer), left, canvas.palette.text_scale);
  const float header = kit::header_height(canvas, session, kit::band_width(left));
  const float height = sum::sum_bar_height(cell.layer, stage, header, canvas.text_scale);
  const Rect bar = kit::bands_of(stage, header, height).foot;
  const std::optional<session::Target> hover = step::hover_on_stage(session);
  const step::Highlight lit =
      hover ? step::highlight_of(*hover, cell.layer, cell.moment.step) : step::Highlight{};
  kit::draw_rule(canvas, bar);
  const Rect value = sum::draw_sum_bar(canvas, bar, session, cell.layer, cell.moment, lit);
  stage.height -= height;
  return {value, bar.y - 7 * stage.scale};
}

Picture compose_shown(const Shown& shown, const lesson::Locale& locale, const TextMetrics& metrics,
                      kit::SharedCell* shared_cell) {
  const session::Session& session = shown.session;
  const derive::Derived& derived = *shown.derived;
  const Viewport& viewport = shown.viewport;
  const Palette& palette = palette_of(session.look.theme);
  const auto blank = [&](const Viewport& size) {
    Picture picture;
    picture.width = size.width;
    picture.height = size.height;
    picture.background = palette.background;
    return picture;
  };
  if (session.look.layer >= static_cast<std::int64_t>(derived.layers.size())) {
    return blank(viewport);
  }
  if (shown.beside) {
    return beside::compose_two(shown, locale, metrics);
  }
  if (shown.asked && asked::hides_stage(*shown.asked)) {
    Picture picture = blank(viewport);
    kit::Canvas canvas{picture, palette, metrics, locale, viewport.scale, palette.text_scale};
    canvas.corner = viewport.corner;
    if (viewport.width >= kSmallestStage && viewport.height >= kSmallestStage) {
      asked::compose_asked(canvas, session, *shown.asked, derived.layers.front(), viewport);
    }
    return picture;
  }
  const std::optional<Cell> cell = cell_of(session, derived);
  const auto view_on = [&](lesson::View view, const Viewport& size, bool titled,
                           const std::optional<Rect>& sum) {
    Picture picture = blank(size);
    if (size.width >= kSmallestStage && size.height >= kSmallestStage) {
      kit::Canvas canvas{
          picture, palette, metrics,     locale,          size.scale, palette.text_scale,
          titled,  sum,     size.corner, viewport.height, shared_cell};
      compose_view(view, canvas, session, derived, cell, size);
    }
    return picture;
  };
  Picture whole = blank(viewport);
  kit::Canvas canvas{whole, palette, metrics, locale, viewport.scale, palette.text_scale};
  const Sides sides = sides_of(canvas, session, cell, viewport);
  const std::optional<lesson::View>& second = session.look.second_view;
  if (sides.none() && !second) {
    return view_on(session.look.view, viewport, true, std::nullopt);
  }
  // Drawn before the views, so that a cell shown by both is found in the view.
  Viewport middle = {viewport.width - sides.reference_map, viewport.height - sides.code,
                     viewport.scale, std::max(viewport.corner - sides.reference_map, 0.0F)};
  const float line = std::round(viewport.scale);
  if (sides.reference_map > 0) {
    const float top = kit::tools_height(viewport);
    beside::draw_reference_map(canvas, session, cell->layer, cell->moment,
                               {middle.width, top, sides.reference_map, middle.height - top});
  }
  if (sides.code > 0) {
    beside::draw_code_strip(canvas, session, cell->layer, cell->moment,
                            {0, middle.height, viewport.width, sides.code});
  }
  const float half = second ? std::floor(middle.width / 2) : middle.width;
  std::optional<WholeSum> sum;
  if (second && cell && (shows_sums(session.look.view) || shows_sums(*second))) {
    sum = draw_whole_sum(canvas, session, *cell, half, middle);
  }
  const auto sum_on = [&](float left) {
    return sum ? std::optional(Rect{sum->value.x - left, sum->value.y, sum->value.w, sum->value.h})
               : std::nullopt;
  };
  const Viewport first = {half, middle.height, viewport.scale, second ? 0 : middle.corner};
  Picture left = view_on(session.look.view, first, true, sum_on(0));
  whole.camera_area = left.camera_area;
  whole.reset_area = left.reset_area;
  whole.split_area = left.split_area;
  append(whole, std::move(left), {0, 0});
  if (second) {
    const Viewport rest = {middle.width - half, middle.height, viewport.scale};
    append(whole, view_on(*second, rest, false, sum_on(half)), {half, 0});
    canvas.fill({half, 0, line, sum ? sum->top : middle.height}, palette.border);
  }
  return whole;
}

}  // namespace

bool shows_sums(lesson::View view) { return composer_of(view).sum != nullptr; }

Picture compose(const Shown& shown, const lesson::Locale& locale, const TextMetrics& metrics) {
  return compose_shown(shown, locale, metrics, nullptr);
}

Picture beside::compose_half(const Shown& shown, const lesson::Locale& locale,
                             const TextMetrics& metrics, kit::SharedCell& cell) {
  return compose_shown(shown, locale, metrics, &cell);
}

}  // namespace convscope::picture
