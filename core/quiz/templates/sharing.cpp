// Concept 10: shared weights, and the fully connected layer, which shares none.
#include <string_view>

#include "core/quiz/templates/concepts.h"

namespace convscope::quiz {
namespace {

constexpr std::string_view kLessons10a[] = {"linear-layer", "im2col"};
constexpr std::string_view kLessons10b[] = {"im2col"};

// Requires one filter over a square, without padding.
std::optional<Setting> read_single(const lesson::Scene& scene) {
  auto s = read_conv(scene, {});
  const auto axis = s ? common_axis(*s) : std::nullopt;
  if (!axis || s->scene.layers.front().one_dimensional || s->spec.out_channels != 1 ||
      s->spec.dilation != conv::Size2{1, 1} || axis->p != 0) {
    return std::nullopt;
  }
  put(*s, "C", s->spec.in_channels);
  put(*s, "i", axis->i);
  put(*s, "k", axis->k);
  put(*s, "o", axis->o);
  return s;
}

std::optional<Setting> read_10a(const lesson::Scene& scene, const Spot&, Draw&) {
  return read_single(scene);
}

// Requires several channels: with one, its window would be the whole answer.
std::optional<Setting> read_10b(const lesson::Scene& scene, const Spot&, Draw&) {
  auto s = read_single(scene);
  return s && s->spec.in_channels > 1 ? s : std::nullopt;
}

Drawn draw_single(Draw& draw) {
  ConvSizes sizes;
  sizes.c = draw.between(2, 4);
  sizes.kh = sizes.kw = draw.between(2, 3);
  sizes.h = sizes.w = draw.between(5, 8);
  return {drawn_conv(sizes, draw), {}};
}

// nn.Linear as a convolution: o·o filters as large as the image.
Answer linear_weights(const Setting& s) {
  conv::LayerSpec linear;
  linear.in_channels = s.spec.in_channels;
  linear.kernel_size = {s.input.shape().h, s.input.shape().w};
  linear.out_channels = s.output.h * s.output.w;
  return of_number(static_cast<double>(conv::parameter_count(linear)));
}

constexpr Distractor kWrong10a[] = {
    {"SHARED", [](const Setting& s) { return of_number(s["C"] * s["k"] * s["k"]); }},
    {"UNSHARED",
     [](const Setting& s) { return of_number(s["C"] * s["k"] * s["k"] * s["o"] * s["o"]); }},
    {"ADDPAIR",
     [](const Setting& s) { return of_number(s["C"] * s["i"] * s["i"] + s["o"] * s["o"]); }},
    {"FIRSTCH", [](const Setting& s) { return of_number(s["i"] * s["i"] * s["o"] * s["o"]); }},
};

// One row of the matrix computes one value of the map.
Answer weights_in_a_row(const Setting& s) {
  return of_number(static_cast<double>(conv::multiply_add_count(s.spec, s.input.shape())) /
                   static_cast<double>(s.output.count()));
}

constexpr Distractor kWrong10b[] = {
    {"FULLROW", [](const Setting& s) { return of_number(s["C"] * s["i"] * s["i"]); }},
    {"FIRSTCH", [](const Setting& s) { return of_number(s["k"] * s["k"]); }},
    {"ROWCOUNT", [](const Setting& s) { return of_number(s["o"] * s["o"]); }},
    {"LINES", [](const Setting& s) { return of_number(s["k"]); }},
};

WorkedSteps worked_10a(const Setting& s) {
  const std::string side = number_text(s["i"]);
  const std::string out = number_text(s["o"]);
  return {plain_step(number_text(s["C"]) + "·" + side + "·" + side, s["C"] * s["i"] * s["i"]),
          plain_step(out + "·" + out, s["o"] * s["o"])};
}

WorkedSteps worked_10b(const Setting& s) {
  return {plain_step(number_text(s["k"]) + "·" + number_text(s["k"]), s["k"] * s["k"])};
}

constexpr Template kTemplates[] = {
    {.id = "10a",
     .concept_number = 10,
     .asked = Asked::kNumber,
     .lessons = kLessons10a,
     .shows = {},
     .veil = {.inspector_numbers = true},
     .reveal = Reveal::kNeuronView,
     .read = read_10a,
     .draw = draw_single,
     .answer = linear_weights,
     .distractors = kWrong10a,
     .worked = worked_10a},
    {.id = "10b",
     .concept_number = 10,
     .asked = Asked::kNumber,
     .lessons = kLessons10b,
     .shows = {},
     .veil = {.inspector_numbers = true},
     .reveal = Reveal::kLightRow,
     .read = read_10b,
     .draw = draw_single,
     .answer = weights_in_a_row,
     .distractors = kWrong10b,
     .worked = worked_10b},
};

}  // namespace

std::span<const Template> sharing_templates() { return kTemplates; }

}  // namespace convscope::quiz
