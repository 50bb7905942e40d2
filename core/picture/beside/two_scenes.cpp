#include "core/picture/beside/two_scenes.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/conv/analysis/step.h"
#include "core/picture/compose.h"
#include "core/picture/display/arrange.h"
#include "core/picture/kit/canvas.h"

namespace convscope::picture::beside {
namespace {

using Why = session::BesideScene::Why;

std::string name_of(Why why, bool first, const lesson::Locale& locale) {
  switch (why) {
    case Why::kYours:
      return locale.text(first ? "ask.beside_right" : "ask.beside_yours");
    case Why::kStrideOne:
      return locale.text(first ? "ask.beside_stride" : "ask.beside_stride_one");
    case Why::kLarger:
      return locale.text(first ? "ask.beside_smaller" : "ask.beside_larger");
  }
  return "";
}

// The moment of the second scene that goes with the first one's: the same share of the cell that
// stands for the first one's cell there.
session::Frame frame_beside(const session::Session& first, const session::Session& second,
                            const Index& shift) {
  const session::Timeline from = session::timeline_of(first);
  const session::Timeline to = session::timeline_of(second);
  const session::Beat beat = session::beat_at(from, first.clock.frame);
  if (beat.position < 0 || to.positions <= 0) {
    return 0;
  }
  const Shape shape = session::position_shape(second);
  const auto within = [](std::int64_t at, std::int64_t size) {
    return std::clamp<std::int64_t>(at, 0, size - 1);
  };
  const Index at = conv::output_index(session::position_shape(first), beat.position);
  const Index there = {within(at.n, shape.n), within(at.c + shift.c, shape.c),
                       within(at.y + shift.y, shape.h), within(at.x + shift.x, shape.w)};
  const session::Frame left = session::frame_of(from, beat.position) - first.clock.frame;
  const session::Frame scaled = left * to.ticks_per_position() / from.ticks_per_position();
  return std::max<session::Frame>(session::frame_of(to, conv::position_of(shape, there)) - scaled,
                                  0);
}

// The second scene alone, as the first is looked at.
Shown second_of(const Shown& shown) {
  Shown second = shown;
  second.session.document.lesson = shown.beside->lesson;
  second.session.document.original = shown.beside->lesson;
  second.session.look.scene = 0;
  second.session.look.layer = 0;
  second.session.transient.hover.reset();
  second.derived = shown.beside_derived;
  second.session.clock.frame = frame_beside(shown.session, second.session, shown.beside->shift);
  return second;
}

// A half says what it is in the place of the title, which both would repeat.
void name_half(session::Session& half, const std::string& name) {
  half.document.lesson.change([&](lesson::Lesson& lesson) {
    lesson.scenes.front().change([&](lesson::Scene& scene) { scene.title = {{{"en", name}}}; });
  });
  half.document.original = half.document.lesson;
}

}  // namespace

Picture compose_two(const Shown& shown, const lesson::Locale& locale, const TextMetrics& metrics) {
  const Palette& palette = palette_of(shown.session.look.theme);
  const Viewport& viewport = shown.viewport;
  Picture whole;
  whole.width = viewport.width;
  whole.height = viewport.height;
  whole.background = palette.background;
  kit::Canvas canvas{whole, palette, metrics, locale, viewport.scale};
  const float half = std::floor(viewport.width / 2);
  Shown first = shown;
  Shown second = second_of(shown);
  const Why why = shown.beside->why;
  for (Shown* side : {&first, &second}) {
    side->beside.reset();
    side->beside_derived.reset();
    side->viewport.width = side == &first ? half : viewport.width - half;
    name_half(side->session, name_of(why, side == &first, locale));
  }
  Picture left = compose(first, locale, metrics);
  whole.camera_area = left.camera_area;
  append(whole, std::move(left), {0, 0});
  append(whole, compose(second, locale, metrics), {half, 0});
  canvas.fill({half, 0, std::round(viewport.scale), viewport.height}, palette.border);
  const float edge = 3 * viewport.scale;
  canvas.fill({0, 0, half, edge}, palette.output.line);
  canvas.fill({half, 0, viewport.width - half, edge},
              why == Why::kYours ? palette.warning : palette.input.line);
  return whole;
}

}  // namespace convscope::picture::beside
