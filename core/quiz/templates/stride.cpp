// Concept 4: steps larger than one cell.
#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/conv/window_axis.h"
#include "core/quiz/templates/concepts.h"

namespace convscope::quiz {
namespace {

constexpr std::string_view kLessons4a[] = {"stride", "conv-arithmetic", "never-read",
                                           "valid-vs-same"};
constexpr std::string_view kLessons4b[] = {"stride"};

std::optional<Setting> read_4a(const lesson::Scene& scene, const Spot& spot, Draw&) {
  auto s = read_conv(scene, spot);
  const auto axis = s ? common_axis(*s) : std::nullopt;
  if (!axis || axis->s < 2 || axis->d != 1) {
    return std::nullopt;
  }
  put_axis(*s, *axis);
  return s;
}

// Usually such that the last window does not fit.
Drawn draw_4a(Draw& draw) {
  ConvSizes sizes;
  sizes.kh = sizes.kw = draw.between(2, 7);
  sizes.stride = draw.between(2, 4);
  sizes.padding = draw.between(0, std::min<std::int64_t>(2, sizes.kh - 1));
  sizes.h = draw.between(sizes.kh, 24);
  if ((sizes.h + 2 * sizes.padding - sizes.kh) % sizes.stride == 0 && draw.chance(75)) {
    ++sizes.h;
  }
  sizes.w = sizes.h;
  return {drawn_conv(sizes, draw), {}};
}

// The setting's layer with more or less padding after the input.
WrongComputation with_end_padding(const Setting& s, std::int64_t more) {
  WrongComputation wrong = own_computation(s);
  wrong.spec.pads = conv::resolved_pads(s.spec, s.input.shape());
  wrong.spec.padding = conv::PaddingRule::kExplicit;
  wrong.spec.pads.bottom += more;
  wrong.spec.pads.right += more;
  wrong.at = {};
  return wrong;
}

constexpr Distractor kWrong4a[] = {
    {"CEIL",
     [](const Setting& s) {
       return of_number(std::ceil((s["i"] + 2 * s["p"] - s["k"]) / s["s"]) + 1);
     },
     [](const Setting& s) {
       const auto rest = static_cast<std::int64_t>(s["i"] + 2 * s["p"] - s["k"]) % s.spec.stride.w;
       return with_end_padding(s, rest == 0 ? 0 : s.spec.stride.w - rest);
     }},
    {"DIVIDE",
     [](const Setting& s) { return of_number(std::floor((s["i"] + 2 * s["p"]) / s["s"])); }},
    {"NOPLUS1",
     [](const Setting& s) {
       return of_number(std::floor((s["i"] + 2 * s["p"] - s["k"]) / s["s"]));
     }},
    {"DIVLAST",
     [](const Setting& s) {
       return of_number(std::floor((s["i"] + 2 * s["p"] - s["k"] + 1) / s["s"]));
     }},
    {"PADONCE",
     [](const Setting& s) {
       return of_number(std::floor((s["i"] + s["p"] - s["k"]) / s["s"]) + 1);
     },
     [](const Setting& s) { return with_end_padding(s, -static_cast<std::int64_t>(s["p"])); }},
    {"NOSTRIDE", [](const Setting& s) { return of_number(s["i"] + 2 * s["p"] - s["k"] + 1); },
     [](const Setting& s) {
       WrongComputation wrong = own_computation(s);
       wrong.spec.stride = {1, 1};
       wrong.at = {};
       return wrong;
     }},
};

// The position at stride 1 whose window starts at the same cell.
Answer same_start(const Setting& s) {
  conv::LayerSpec every = s.spec;
  every.stride = {1, 1};
  const auto own = conv::window_axes(s.spec, s.input.shape());
  const auto each = conv::window_axes(every, s.input.shape());
  return of_tuple({static_cast<double>(own.rows.start(s.spot.y) - each.rows.start(0)),
                   static_cast<double>(own.columns.start(s.spot.x) - each.columns.start(0))});
}

// Requires a cell off the diagonal, so that swapping rows and columns gives another answer, and the
// same padding at stride 1: SAME as in TensorFlow may pad less there, and nobody could know.
std::optional<Setting> read_4b(const lesson::Scene& scene, const Spot& spot, Draw& draw) {
  auto s = read_conv(scene, spot);
  const auto axis = s ? common_axis(*s) : std::nullopt;
  if (!axis || axis->s < 2 || s->scene.layers.front().one_dimensional) {
    return std::nullopt;
  }
  if (s->spot.y == s->spot.x) {
    s->spot.y = draw.between(0, s->output.h - 1);
    s->spot.x = draw.between(0, s->output.w - 1);
  }
  put_spot(*s);
  put(*s, "s", axis->s);
  put(*s, "k", axis->k);
  const bool told_by_stride =
      same_answer(same_start(*s), of_tuple({(*s)["y"] * (*s)["s"], (*s)["x"] * (*s)["s"]}));
  return s->spot.y != s->spot.x && told_by_stride ? s : std::nullopt;
}

Drawn draw_4b(Draw& draw) {
  ConvSizes sizes;
  sizes.stride = draw.between(2, 4);
  sizes.kh = sizes.kw = draw.between(2, 3);
  sizes.h = sizes.w = sizes.kh + sizes.stride * draw.between(2, 4);
  const lesson::Scene scene = drawn_conv(sizes, draw);
  return {scene, drawn_spot(scene, draw)};
}

constexpr Distractor kWrong4b[] = {
    {"NOSTRIDE", [](const Setting& s) { return of_tuple({s["y"], s["x"]}); }},
    {"ONEBASED",
     [](const Setting& s) { return of_tuple({s["y"] * s["s"] + 1, s["x"] * s["s"] + 1}); }},
    {"SWAP", [](const Setting& s) { return of_tuple({s["x"] * s["s"], s["y"] * s["s"]}); }},
    {"TILE", [](const Setting& s) { return of_tuple({s["y"] * s["k"], s["x"] * s["k"]}); }},
};

WorkedSteps worked_4a(const Setting& s) { return moves_along(s["i"], s["k"], s["s"], s["p"]); }

WorkedSteps worked_4b(const Setting& s) {
  return {plain_step(number_text(s["y"]) + "·" + number_text(s["s"]), s["y"] * s["s"])};
}

constexpr Template kTemplates[] = {
    {.id = "4a",
     .concept_number = 4,
     .asked = Asked::kNumber,
     .lessons = kLessons4a,
     .shows = {},
     .veil = {.map_values = true,
              .output_grid = true,
              .size_caption = true,
              .hatching = true,
              .inspector_numbers = true,
              .code = true},
     .reveal = Reveal::kWindowThatDoesNotFit,
     .read = read_4a,
     .draw = draw_4a,
     .answer = [](const Setting& s) { return of_number(static_cast<double>(s.output.w)); },
     .distractors = kWrong4a,
     .worked = worked_4a},
    {.id = "4b",
     .concept_number = 4,
     .asked = Asked::kCell,
     .lessons = kLessons4b,
     .shows = {},
     .veil = {.map_values = true},
     .reveal = Reveal::kOverlayMaps,
     .read = read_4b,
     .draw = draw_4b,
     .answer = same_start,
     .distractors = kWrong4b,
     .worked = worked_4b},
};

}  // namespace

std::span<const Template> stride_templates() { return kTemplates; }

}  // namespace convscope::quiz
