// Concept 8: filters and the maps that they make.
#include <string_view>
#include <utility>

#include "core/quiz/templates/concepts.h"

namespace convscope::quiz {
namespace {

constexpr std::string_view kLessons8a[] = {"conv2d-3-to-5", "cs231n"};
constexpr std::string_view kLessons8b[] = {"conv2d-3-to-5", "find-the-mistake"};

std::optional<Setting> read_8a(const lesson::Scene& scene, const Spot& spot, Draw&) {
  auto s = read_conv(scene, spot);
  if (!s || s->scene.layers.front().one_dimensional || s->spec.dilation != conv::Size2{1, 1}) {
    return std::nullopt;
  }
  const Shape& input = s->input.shape();
  const conv::Pads pads = conv::resolved_pads(s->spec, input);
  const bool fits = s->spec.stride.h == s->spec.stride.w && pads.top == pads.bottom &&
                    pads.top == pads.left && pads.left == pads.right;
  put(*s, "N", input.n);
  put(*s, "C", input.c);
  put(*s, "H", input.h);
  put(*s, "W", input.w);
  put(*s, "K", s->spec.out_channels);
  put(*s, "kh", s->spec.kernel_size.h);
  put(*s, "kw", s->spec.kernel_size.w);
  put(*s, "s", s->spec.stride.w);
  put(*s, "p", pads.left);
  put(*s, "OH", s->output.h);
  put(*s, "OW", s->output.w);
  return fits ? s : std::nullopt;
}

Drawn draw_8a(Draw& draw) {
  ConvSizes sizes;
  sizes.n = draw.pick({1, 1, 2, 4});
  sizes.c = draw.between(1, 3);
  sizes.filters = draw.between(1, 5);
  sizes.kh = sizes.kw = draw.between(2, 3);
  sizes.h = draw.between(5, 8);
  sizes.w = draw.between(5, 8);
  sizes.stride = draw.between(1, 2);
  sizes.padding = draw.between(0, 1);
  return {drawn_conv(sizes, draw), {}};
}

constexpr Distractor kWrong8a[] = {
    {"MAPPERCH",
     [](const Setting& s) { return of_tuple({s["N"], s["C"] * s["K"], s["OH"], s["OW"]}); }},
    {"KEEPCH", [](const Setting& s) { return of_tuple({s["N"], s["C"], s["OH"], s["OW"]}); }},
    {"KEEP", [](const Setting& s) { return of_tuple({s["N"], s["K"], s["H"], s["W"]}); }},
    {"ONEFILTER", [](const Setting& s) { return of_tuple({s["N"], 1, s["OH"], s["OW"]}); }},
    {"NOPLUS1",
     [](const Setting& s) { return of_tuple({s["N"], s["K"], s["OH"] - 1, s["OW"] - 1}); }},
};

std::optional<Setting> read_8b(const lesson::Scene& scene, const Spot& spot, Draw&) {
  auto s = read_conv(scene, spot);
  if (!s || s->scene.layers.front().one_dimensional) {
    return std::nullopt;
  }
  const conv::LayerSpec& spec = s->spec;
  put(*s, "C", spec.in_channels);
  put(*s, "K", spec.out_channels);
  put(*s, "k", spec.kernel_size.w);
  put(*s, "kh", spec.kernel_size.h);
  put(*s, "kw", spec.kernel_size.w);
  const bool fits =
      spec.in_channels != spec.out_channels && spec.kernel_size.h == spec.kernel_size.w;
  return fits ? s : std::nullopt;
}

Drawn draw_8b(Draw& draw) {
  ConvSizes sizes;
  sizes.c = draw.between(2, 4);
  sizes.filters = draw.between(2, 6);
  sizes.kh = sizes.kw = draw.pick({2, 3, 5});
  sizes.h = sizes.w = draw.between(5, 7);
  return {drawn_conv(sizes, draw), {}};
}

constexpr Distractor kWrong8b[] = {
    {"ORDER", [](const Setting& s) { return of_tuple({s["C"], s["K"], s["kh"], s["kw"]}); }},
    {"KER2D", [](const Setting& s) { return of_tuple({s["K"], 1, s["kh"], s["kw"]}); }},
    {"ONEFILTER", [](const Setting& s) { return of_tuple({1, s["C"], s["kh"], s["kw"]}); }},
    {"ORDERTF", [](const Setting& s) { return of_tuple({s["kh"], s["kw"], s["C"], s["K"]}); }},
};

WorkedSteps worked_8a(const Setting& s) {
  WorkedSteps steps;
  add_labelled(steps, "worked.height", positions_along(s["H"], s["kh"], s["s"], s["p"]));
  add_labelled(steps, "worked.width", positions_along(s["W"], s["kw"], s["s"], s["p"]));
  return steps;
}

// How many weights these are.
WorkedSteps worked_8b(const Setting& s) {
  const double one = s["C"] * s["kh"] * s["kw"];
  WorkedSteps steps;
  add_labelled(
      steps, "worked.one_filter",
      {plain_step(number_text(s["C"]) + "·" + number_text(s["kh"]) + "·" + number_text(s["kw"]),
                  one)});
  add_labelled(steps, "worked.all_filters",
               {plain_step(number_text(s["K"]) + "·" + number_text(one), s["K"] * one)});
  return steps;
}

constexpr Template kTemplates[] = {
    {.id = "8a",
     .concept_number = 8,
     .asked = Asked::kShape,
     .lessons = kLessons8a,
     .shows = {},
     .veil = kSizeVeil,
     .reveal = Reveal::kGridsAppear,
     .read = read_8a,
     .draw = draw_8a,
     .answer =
         [](const Setting& s) { return of_shape(conv::output_shape(s.spec, s.input.shape())); },
     .distractors = kWrong8a,
     .worked = worked_8a},
    {.id = "8b",
     .concept_number = 8,
     .asked = Asked::kShape,
     .lessons = kLessons8b,
     .shows = {},
     .veil = {.inspector_numbers = true, .code = true, .weight = true},
     .reveal = Reveal::kKernelCaptions,
     .read = read_8b,
     .draw = draw_8b,
     .answer = [](const Setting& s) { return of_shape(conv::weight_shape(s.spec)); },
     .distractors = kWrong8b,
     .worked = worked_8b},
};

}  // namespace

std::span<const Template> filter_templates() { return kTemplates; }

}  // namespace convscope::quiz
