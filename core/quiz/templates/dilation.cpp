// Concept 12: gaps between the taps.
#include <string_view>

#include "core/quiz/templates/concepts.h"

namespace convscope::quiz {
namespace {

constexpr std::string_view kLessons[] = {"dilation", "conv-arithmetic"};

std::optional<Setting> read_dilated(const lesson::Scene& scene, const Spot& spot, Draw&) {
  auto s = read_conv(scene, spot);
  const auto axis = s ? common_axis(*s) : std::nullopt;
  if (!axis || axis->d < 2 || axis->k < 2 || s->scene.layers.front().one_dimensional) {
    return std::nullopt;
  }
  put(*s, "k", axis->k);
  put(*s, "d", axis->d);
  put(*s, "C", s->spec.in_channels);
  return s;
}

Drawn draw_dilated(Draw& draw) {
  ConvSizes sizes;
  sizes.c = draw.between(1, 4);
  sizes.kh = sizes.kw = draw.between(2, 5);
  sizes.dilation = draw.between(2, 4);
  sizes.h = sizes.w = sizes.dilation * (sizes.kh - 1) + 1 + draw.between(1, 4);
  return {drawn_conv(sizes, draw), {}};
}

double reach(const Setting& s) { return s["d"] * (s["k"] - 1) + 1; }

constexpr Distractor kWrong12a[] = {
    {"DK", [](const Setting& s) { return of_number(s["d"] * s["k"]); }},
    {"DIL0", [](const Setting& s) { return of_number((s["d"] + 1) * (s["k"] - 1) + 1); }},
    {"ONEGAP", [](const Setting& s) { return of_number(s["k"] + s["d"] - 1); }},
    {"NODIL", [](const Setting& s) { return of_number(s["k"]); },
     [](const Setting& s) {
       WrongComputation wrong = own_computation(s);
       wrong.spec.dilation = {1, 1};
       return wrong;
     }},
};

constexpr Distractor kWrong12b[] = {
    {"FILLED", [](const Setting& s) { return of_number(s["C"] * reach(s) * reach(s)); }},
    {"DK",
     [](const Setting& s) { return of_number(s["C"] * (s["d"] * s["k"]) * (s["d"] * s["k"])); }},
    {"FIRSTCH", [](const Setting& s) { return of_number(s["k"] * s["k"]); }},
};

WorkedSteps worked_12a(const Setting& s) {
  const double gaps = s["k"] - 1;
  return {plain_step(number_text(s["k"]) + " − 1", gaps),
          plain_step(number_text(s["d"]) + "·" + number_text(gaps), s["d"] * gaps)};
}

WorkedSteps worked_12b(const Setting& s) {
  return {plain_step(number_text(s["k"]) + "·" + number_text(s["k"]), s["k"] * s["k"])};
}

constexpr Template kTemplates[] = {
    {.id = "12a",
     .concept_number = 12,
     .asked = Asked::kNumber,
     .lessons = kLessons,
     .shows = {},
     .veil = {.output_grid = true, .size_caption = true, .inspector_numbers = true, .code = true},
     .reveal = Reveal::kSpreadTaps,
     .read = read_dilated,
     .draw = draw_dilated,
     .answer =
         [](const Setting& s) {
           return of_number(static_cast<double>(conv::dilated_kernel(s.spec).w));
         },
     .distractors = kWrong12a,
     .worked = worked_12a},
    {.id = "12b",
     .concept_number = 12,
     .asked = Asked::kNumber,
     .lessons = kLessons,
     .shows = {},
     .veil = {.sum = true, .partial_sums = true, .inspector_numbers = true, .code = true},
     .reveal = Reveal::kLightTaps,
     .read = read_dilated,
     .draw = draw_dilated,
     .answer =
         [](const Setting& s) {
           return of_number(static_cast<double>(conv::multiply_add_count(s.spec, s.input.shape())) /
                            static_cast<double>(s.output.count()));
         },
     .distractors = kWrong12b,
     .worked = worked_12b},
};

}  // namespace

std::span<const Template> dilation_templates() { return kTemplates; }

}  // namespace convscope::quiz
