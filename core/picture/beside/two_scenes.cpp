#include "core/picture/beside/two_scenes.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/conv/analysis/step.h"
#include "core/lesson/enum_names.h"
#include "core/lesson/formula.h"
#include "core/picture/beside/difference.h"
#include "core/picture/compose.h"
#include "core/picture/display/arrange.h"
#include "core/picture/kit/bands.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/kit/header.h"
#include "core/picture/step/highlight.h"
#include "core/picture/step/moment.h"
#include "core/picture/sum/sum_lines.h"
#include "core/picture/sum/two_sums.h"
#include "core/session/comparing.h"

namespace convscope::picture::beside {
namespace {

using Why = session::BesideScene::Why;

bool is_compared(const Shown& shown) { return shown.beside->why == Why::kCompared; }

std::string_view mode_word(conv::PaddingMode mode) {
  const auto& words = lesson::kPaddingModes;
  return std::ranges::find(words, mode, [](const auto& each) { return each.second; })->first;
}

// What a scene's layer has for the setting that is compared, as code writes it.
std::string setting_text(const session::Session& session, const lesson::Locale& locale) {
  const conv::LayerSpec& spec = session::layer_of(session).spec;
  switch (session.look.comparison) {
    case session::Comparison::kPadding:
      return "padding_mode = " + std::string(mode_word(spec.padding_mode));
    case session::Comparison::kStride:
      return "stride = " + std::to_string(spec.stride.w);
    case session::Comparison::kSame:
      return locale.text(spec.padding == conv::PaddingRule::kSameTf ? "compare.same_tf"
                         : spec.padding == conv::PaddingRule::kSame ? "compare.same_torch"
                                                                    : "compare.own_padding");
    case session::Comparison::kNone:
    case session::Comparison::kLesson:
    case session::Comparison::kBefore:
      break;
  }
  return "";
}

std::string name_of_compared(const session::Session& half, bool first,
                             const lesson::Locale& locale) {
  const std::string setting = setting_text(half, locale);
  if (!setting.empty()) {
    return setting;
  }
  const bool before = half.look.comparison == session::Comparison::kBefore;
  return locale.text(first ? "compare.now" : before ? "compare.before" : "compare.lesson");
}

std::string name_of(Why why, bool first, const lesson::Locale& locale) {
  switch (why) {
    case Why::kYours:
      return locale.text(first ? "ask.beside_right" : "ask.beside_yours");
    case Why::kStrideOne:
      return locale.text(first ? "ask.beside_stride" : "ask.beside_stride_one");
    case Why::kLarger:
      return locale.text(first ? "ask.beside_smaller" : "ask.beside_larger");
    case Why::kCompared:
      break;
  }
  return "";
}

// The moment of the second scene that goes with the first one's: the same share of the cell that
// stands for the first one's cell there.
session::Frame frame_beside(const session::Session& first, const session::Session& second,
                            const session::BesideScene& beside) {
  const session::Timeline from = session::timeline_of(first);
  const session::Timeline to = session::timeline_of(second);
  const session::Beat beat = session::beat_at(from, first.clock.frame);
  if (beat.position < 0 || to.positions <= 0) {
    return 0;
  }
  const Shape shape = session::position_shape(second);
  const Index there = session::cell_beside(
      first, second, beside, conv::output_index(session::position_shape(first), beat.position));
  const session::Frame left = session::frame_of(from, beat.position) - first.clock.frame;
  const session::Frame scaled = left * to.ticks_per_position() / from.ticks_per_position();
  return std::max<session::Frame>(session::frame_of(to, conv::position_of(shape, there)) - scaled,
                                  0);
}

// The second scene alone, as the first is looked at.
Shown second_of(const Shown& shown) {
  Shown second = shown;
  second.session = session::stage_beside(shown.session, *shown.beside);
  second.derived = shown.beside_derived;
  second.session.clock.frame = frame_beside(shown.session, second.session, *shown.beside);
  const Shape map = session::position_shape(second.session);
  const std::optional<session::Target>& lit = shown.session.transient.hover;
  if (is_compared(shown) && lit && session::position_shape(shown.session) == map) {
    second.session.transient.hover = lit;
  }
  return second;
}

// A half says what it is in the place of the title, which both would repeat.
void name_half(session::Session& half, const std::string& name) {
  const auto scene = static_cast<std::size_t>(half.look.scene);
  half.document.lesson.change([&](lesson::Lesson& lesson) {
    lesson.scenes[scene].change([&](lesson::Scene& named) {
      named.title = {{{"en", name}}};
      if (half.look.comparison != session::Comparison::kNone) {
        for (lesson::Narration& narration : named.narration) {
          narration.text = {};  // its place stays: a scene that asks waits for the last one
        }
      }
    });
  });
  half.document.original = half.document.lesson;
}

// A scene of the two with what its sum is made of.
struct Summed {
  const derive::LayerResult* layer = nullptr;
  std::optional<step::Moment> moment;
  step::Highlight lit;
};

Summed summed_of(const Shown& side) {
  const auto index = static_cast<std::size_t>(side.session.look.layer);
  if (index >= side.derived->layers.size() || side.session.look.view == lesson::View::kCoverage) {
    return {};
  }
  Summed out{.layer = &side.derived->layers[index],
             .moment = step::moment_of(side.session, side.derived->layers[index]),
             .lit = {}};
  const std::optional<session::Target> hover = step::hover_on_stage(side.session);
  if (out.moment && hover) {
    out.lit = step::highlight_of(*hover, *out.layer, out.moment->step);
  }
  return out;
}

// Both halves, their inputs equally large if they are one.
std::pair<Picture, Picture> compose_halves(const Shown& first, const Shown& second,
                                           const lesson::Locale& locale,
                                           const TextMetrics& metrics) {
  kit::SharedCell left;
  kit::SharedCell right;
  Picture one = compose_half(first, locale, metrics, left);
  Picture other = compose_half(second, locale, metrics, right);
  const auto side_of = [](const Shown& half) {
    const Shape& shape = session::scene_of(half.session).input.base.shape();
    return std::pair(shape.h, shape.w);
  };
  const float most = std::min(left.used, right.used);
  if (most > 0 && left.used != right.used && side_of(first) == side_of(second)) {
    left.most = right.most = most;
    if (left.used > most) {
      one = compose_half(first, locale, metrics, left);
    } else {
      other = compose_half(second, locale, metrics, right);
    }
  }
  return {std::move(one), std::move(other)};
}

// Why two maps have no difference; nothing where they have one, or it is being computed.
std::string no_difference_text(const Shown& first, const Shown& second,
                               const lesson::Locale& locale) {
  const auto index = static_cast<std::size_t>(first.session.look.layer);
  if (index >= first.derived->layers.size() || index >= second.derived->layers.size() ||
      session::keeps_size(first.session)) {
    return "";
  }
  const Shape& one = first.derived->layers[index].output_shape;
  const Shape& other = second.derived->layers[index].output_shape;
  return one == other
             ? ""
             : locale.text("compare.no_difference", {{"first", lesson::shape_text(one)},
                                                     {"second", lesson::shape_text(other)}});
}

// How high the half's own sum stands, which both halves give up for one place at full width.
float own_sum_height(const kit::Canvas& stage, const Shown& side, const Summed& summed) {
  kit::Canvas canvas = stage;
  canvas.text_scale = kit::fitting_text_scale(sum::sum_words(*summed.layer), side.viewport,
                                              canvas.palette.text_scale);
  const float header = kit::header_height(canvas, side.session, kit::band_width(side.viewport));
  return sum::sum_bar_height(*summed.layer, side.viewport, header, canvas.text_scale);
}

// How much of the stage the difference takes; nothing where there is none, or it would show the
// size that the scene asks for.
float difference_width(const Shown& shown) {
  constexpr float kShare = 0.22F;
  const bool drawn = shown.difference && !session::keeps_size(shown.session);
  return drawn ? std::floor(kShare * shown.viewport.width) : 0;
}

}  // namespace

Picture compose_two(const Shown& shown, const lesson::Locale& locale, const TextMetrics& metrics) {
  const Palette& palette = palette_of(shown.session.look.theme);
  const Viewport& viewport = shown.viewport;
  const Why why = shown.beside->why;
  Shown first = shown;
  Shown second = second_of(shown);
  const float third = shown.flipped ? 0 : difference_width(shown);
  const float half = std::floor((viewport.width - third) / 2);
  for (Shown* side : {&first, &second}) {
    side->beside.reset();
    side->beside_derived.reset();
    side->difference.reset();
    side->session.look.second_view.reset();
    side->session.look.split.reset();
    const bool is_first = side == &first;
    name_half(side->session, why == Why::kCompared
                                 ? name_of_compared(side->session, is_first, locale)
                                 : name_of(why, is_first, locale));
    if (!shown.flipped) {
      side->viewport.width = is_first ? half : viewport.width - third - half;
      side->viewport.corner = is_first ? 0 : std::max(viewport.corner - third, 0.0F);
    }
  }
  if (shown.flipped) {
    return compose(second, locale, metrics);
  }
  Picture whole;
  whole.width = viewport.width;
  whole.height = viewport.height;
  whole.background = palette.background;
  kit::Canvas canvas{whole, palette, metrics, locale, viewport.scale, palette.text_scale};
  const Summed sum = why == Why::kCompared ? summed_of(first) : Summed{};
  const Summed other = why == Why::kCompared ? summed_of(second) : Summed{};
  float height = viewport.height;
  if (sum.moment && other.moment) {
    constexpr float kMargin = 12;
    constexpr float kNote = 22;
    const std::string note = no_difference_text(first, second, locale);
    const float sums = sum::two_sums_height(canvas);
    const float bar = sums + (note.empty() ? 0 : canvas.text_size(kNote));
    const Rect foot = {kMargin * viewport.scale, viewport.height - kMargin * viewport.scale - bar,
                       viewport.width - third - 2 * kMargin * viewport.scale, bar};
    height = foot.y - kMargin / 2 * viewport.scale;
    // Each half is made higher by its own sum, which is then cut off.
    constexpr float kBelowRule = 14;
    for (Shown* side : {&first, &second}) {
      side->viewport.height += own_sum_height(canvas, *side, side == &first ? sum : other) -
                               (viewport.height - height) + kBelowRule * viewport.scale;
    }
    if (!note.empty()) {
      const float wanted = canvas.text_size(14.5F);
      const float width = std::max(metrics.width(note, Font::kSans, wanted), 1.0F);
      canvas.text({foot.x, foot.bottom()}, note, Font::kSans,
                  wanted * std::min(1.0F, foot.w / width), palette.text_dim);
    }
    sum::draw_two_sums(canvas, {foot.x, foot.y, foot.w, sums},
                       {*sum.layer, *sum.moment, sum.lit, kit::stage_title(first.session, locale),
                        palette.output.text, true},
                       {*other.layer, *other.moment, other.lit,
                        kit::stage_title(second.session, locale), palette.input.text},
                       first.session.clock.granularity);
  }
  auto [left, right] = compose_halves(first, second, locale, metrics);
  left.height = height;
  whole.camera_area = left.camera_area;
  whole.first_width = half;
  append(whole, std::move(left), {0, 0});
  right.height = height;
  append(whole, std::move(right), {half, 0});
  const float line = std::round(viewport.scale);
  canvas.fill({half, 0, line, height}, palette.border);
  const float edge = 3 * viewport.scale;
  const float rest = viewport.width - third - half;
  canvas.fill({0, 0, half, edge}, palette.output.line);
  canvas.fill({half, 0, rest, edge}, why == Why::kYours ? palette.warning : palette.input.line);
  if (third > 0) {
    const Rect column = {viewport.width - third, 0, third, viewport.height};
    canvas.fill({column.x, 0, line, viewport.height}, palette.border);
    canvas.fill({column.x, 0, third, edge}, palette.text_dim);
    const float top = kit::tools_height(viewport);
    draw_difference(canvas, shown.session, *shown.difference,
                    {column.x, top, third, column.h - top});
  }
  return whole;
}

}  // namespace convscope::picture::beside
