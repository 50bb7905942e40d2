// Concept 5: the ring around the input.
#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/conv/analysis/coverage.h"
#include "core/quiz/templates/concepts.h"

namespace convscope::quiz {
namespace {

constexpr std::string_view kLessons5a[] = {"rgb-same", "padding-modes", "cs231n"};
constexpr std::string_view kLessons5b[] = {"valid-vs-same"};

std::optional<Setting> read_5a(const lesson::Scene& scene, const Spot&, Draw&) {
  auto s = read_conv(scene, {});
  if (!s || s->scene.layers.front().one_dimensional || s->spec.dilation != conv::Size2{1, 1}) {
    return std::nullopt;
  }
  const conv::Size2 kernel = s->spec.kernel_size;
  const Shape& input = s->input.shape();
  const conv::Pads pads = conv::resolved_pads(s->spec, input);
  const bool fits = pads.top == pads.left && pads.top >= 1 &&
                    pads.top < std::min(kernel.h, kernel.w) && input.h >= kernel.h &&
                    input.w >= kernel.w;
  put(*s, "kh", kernel.h);
  put(*s, "kw", kernel.w);
  put(*s, "p", pads.top);
  return fits ? s : std::nullopt;
}

Drawn draw_5a(Draw& draw) {
  ConvSizes sizes;
  sizes.kh = draw.between(2, 5);
  sizes.kw = draw.between(2, 5);
  sizes.padding = draw.between(1, std::min(sizes.kh, sizes.kw) - 1);
  sizes.h = sizes.w = draw.between(5, 8);
  return {drawn_conv(sizes, draw), {}};
}

// All products except those with a real cell; a copied cell of the padding is not real.
Answer padding_products(const Setting& s) {
  conv::LayerSpec zeros = s.spec;
  zeros.padding_mode = conv::PaddingMode::kZeros;
  const double real = conv::output_coverage(zeros, s.input.shape()).at({0, 0, 0, 0});
  return of_number(s["kh"] * s["kw"] - real);
}

constexpr Distractor kWrong5a[] = {
    {"DOUBLE", [](const Setting& s) { return of_number(s["p"] * s["kw"] + s["p"] * s["kh"]); }},
    {"LINES", [](const Setting& s) { return of_number(2 * s["p"]); }},
    {"INSIDE", [](const Setting&) { return of_number(0); }},
    {"CORNER", [](const Setting& s) { return of_number(s["p"] * s["p"]); }},
};

// TensorFlow's SAME along the horizontal axis.
std::optional<Setting> read_5b(const lesson::Scene& scene, const Spot&, Draw&) {
  auto s = read_conv(scene, {});
  if (!s || s->spec.padding != conv::PaddingRule::kSameTf || s->spec.dilation.w != 1) {
    return std::nullopt;
  }
  const conv::Pads pads = conv::resolved_pads(s->spec, s->input.shape());
  put(*s, "i", s->input.shape().w);
  put(*s, "k", s->spec.kernel_size.w);
  put(*s, "s", s->spec.stride.w);
  put(*s, "tot", pads.left + pads.right);
  return pads.left + pads.right > 0 ? s : std::nullopt;
}

// Usually with an odd number of zeros, which can't be split evenly.
Drawn draw_5b(Draw& draw) {
  const bool odd = draw.chance(90);
  for (;;) {
    const std::int64_t k = draw.between(2, 7);
    lesson::Layer layer = conv_layer(draw.integers({1, 1, 1, k}, -3, 3));
    layer.one_dimensional = true;
    layer.spec.stride.w = draw.between(1, 5);
    layer.spec.padding = conv::PaddingRule::kSameTf;
    const Shape input = {1, 1, 1, draw.between(k, 24)};
    const conv::Pads pads = conv::resolved_pads(layer.spec, input);
    if (!odd || (pads.left + pads.right) % 2 == 1) {
      lesson::Scene scene = scene_of(draw.integers(input, -3, 3), layer);
      scene.view = lesson::View::kStrip;
      return {scene, {}};
    }
  }
}

constexpr Distractor kWrong5b[] = {
    {"BIGFIRST",
     [](const Setting& s) {
       const double half = std::floor(s["tot"] / 2);
       return of_tuple({s["tot"] - half, half});
     }},
    {"HALFK",
     [](const Setting& s) { return of_tuple({std::floor(s["k"] / 2), std::floor(s["k"] / 2)}); }},
    {"ALLEND", [](const Setting& s) { return of_tuple({0, s["tot"]}); }},
    {"TOTALBOTH", [](const Setting& s) { return of_tuple({s["tot"], s["tot"]}); }},
};

WorkedSteps worked_5a(const Setting& s) {
  const double p = s["p"];
  const auto inside = [p](double k) { return "(" + number_text(k) + " − " + number_text(p) + ")"; };
  return {plain_step(number_text(s["kh"]) + "·" + number_text(s["kw"]), s["kh"] * s["kw"]),
          plain_step(inside(s["kh"]) + "·" + inside(s["kw"]), (s["kh"] - p) * (s["kw"] - p))};
}

// Where the windows reach beyond the input.
WorkedSteps worked_5b(const Setting& s) {
  const double outputs = std::ceil(s["i"] / s["s"]);
  const double span = (outputs - 1) * s["s"] + s["k"];
  if (span - s["i"] != s["tot"]) {
    return {};  // dilated
  }
  return {plain_step("⌈" + number_text(s["i"]) + " / " + number_text(s["s"]) + "⌉", outputs),
          plain_step("(" + number_text(outputs) + " − 1)·" + number_text(s["s"]) + " + " +
                         number_text(s["k"]),
                     span),
          plain_step(number_text(span) + " − " + number_text(s["i"]), s["tot"])};
}

constexpr Template kTemplates[] = {
    {.id = "5a",
     .concept_number = 5,
     .asked = Asked::kNumber,
     .lessons = kLessons5a,
     .shows = {},
     .veil = {.sum = true, .partial_sums = true, .hatching = true, .coverage_counts = true},
     .reveal = Reveal::kHatchPadding,
     .read = read_5a,
     .draw = draw_5a,
     .answer = padding_products,
     .distractors = kWrong5a,
     .worked = worked_5a},
    {.id = "5b",
     .concept_number = 5,
     .asked = Asked::kPair,
     .lessons = kLessons5b,
     .shows = {},
     .veil = {.output_grid = true,
              .size_caption = true,
              .hatching = true,
              .inspector_numbers = true,
              .code = true},
     .reveal = Reveal::kStripBrackets,
     .read = read_5b,
     .draw = draw_5b,
     .answer =
         [](const Setting& s) {
           const conv::Pads pads = conv::resolved_pads(s.spec, s.input.shape());
           return of_tuple({static_cast<double>(pads.left), static_cast<double>(pads.right)});
         },
     .distractors = kWrong5b,
     .worked = worked_5b},
};

}  // namespace

std::span<const Template> padding_templates() { return kTemplates; }

}  // namespace convscope::quiz
