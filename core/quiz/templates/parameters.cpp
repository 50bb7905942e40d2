// Concept 9: what is learned, and what it costs.
#include <string_view>
#include <vector>

#include "core/quiz/templates/concepts.h"

namespace convscope::quiz {
namespace {

constexpr std::string_view kLessons9a[] = {"conv2d-3-to-5", "depthwise-separable", "one-by-one",
                                           "what-it-costs"};
constexpr std::string_view kLessons9b[] = {"conv2d-3-to-5", "linear-layer"};

// The scene with a bias of zeros where its first layer has none: the question is about a layer with
// bias.
lesson::Scene biased(lesson::Scene scene) {
  lesson::Layer& layer = scene.layers.front();
  if (!layer.spec.bias) {
    layer.spec.bias = true;
    const std::int64_t filters = layer.spec.out_channels;
    layer.bias = inline_tensor(
        Tensor({1, 1, 1, filters}, std::vector<float>(static_cast<std::size_t>(filters))));
  }
  return scene;
}

std::optional<Setting> read_9a(const lesson::Scene& scene, const Spot& spot, Draw&) {
  auto s = read_conv(scene, spot);
  if (!s || s->scene.layers.front().one_dimensional ||
      s->spec.kernel_size.h != s->spec.kernel_size.w) {
    return std::nullopt;
  }
  s = read_conv(biased(scene), spot);
  put(*s, "C", s->spec.in_channels);
  put(*s, "K", s->spec.out_channels);
  put(*s, "k", s->spec.kernel_size.w);
  put(*s, "kh", s->spec.kernel_size.h);
  put(*s, "kw", s->spec.kernel_size.w);
  put(*s, "OH", s->output.h);
  put(*s, "OW", s->output.w);
  return s;
}

Drawn draw_9a(Draw& draw) {
  ConvSizes sizes;
  sizes.c = draw.between(1, 6);
  sizes.filters = draw.between(2, 6);
  sizes.kh = sizes.kw = draw.pick({2, 3, 5});
  sizes.h = sizes.w = draw.between(5, 7);
  sizes.bias = true;
  return {drawn_conv(sizes, draw), {}};
}

double taps(const Setting& s) { return s["kh"] * s["kw"]; }

constexpr Distractor kWrong9a[] = {
    {"KER2D", [](const Setting& s) { return of_number((taps(s) + 1) * s["K"]); }},
    {"NOBIAS", [](const Setting& s) { return of_number(s["C"] * taps(s) * s["K"]); }},
    {"ONEBIAS", [](const Setting& s) { return of_number(s["C"] * taps(s) * s["K"] + 1); }},
    {"ONEFILTER", [](const Setting& s) { return of_number(s["C"] * taps(s) + 1); }},
    {"DENSE",
     [](const Setting& s) {
       return of_number((s["C"] * taps(s) + 1) * s["K"] * s["OH"] * s["OW"]);
     }},
    {"BIASPERCH", [](const Setting& s) { return of_number(s["C"] * (taps(s) + 1) * s["K"]); }},
};

std::optional<Setting> read_9b(const lesson::Scene& scene, const Spot& spot, Draw&) {
  auto s = read_conv(scene, spot);
  return s && !s->scene.layers.front().one_dimensional ? s : std::nullopt;
}

Drawn draw_9b(Draw& draw) {
  ConvSizes sizes;
  sizes.c = draw.between(1, 3);
  sizes.filters = draw.between(1, 4);
  sizes.kh = sizes.kw = draw.pick({3, 5});
  sizes.h = draw.between(4, 8);
  sizes.w = draw.between(4, 8);
  lesson::Scene scene = drawn_conv(sizes, draw);
  scene.layers.front().spec.padding = conv::PaddingRule::kSame;
  return {scene, {}};
}

// For the layer with padding "same" and stride 1, by counting.
Answer growth(const Setting& s) {
  conv::LayerSpec spec = s.spec;
  spec.padding = conv::PaddingRule::kSame;
  spec.padding_mode = conv::PaddingMode::kZeros;
  spec.stride = {1, 1};
  const Shape once = s.input.shape();
  const Shape twice = {once.n, once.c, once.h * 2, once.w * 2};
  // The number of parameters depends on the settings alone.
  return of_tuple({1, static_cast<double>(conv::multiply_add_count(spec, twice)) /
                          static_cast<double>(conv::multiply_add_count(spec, once))});
}

constexpr Distractor kWrong9b[] = {
    {"DENSE", [](const Setting&) { return of_tuple({4, 4}); }},
    {"COSTPARAM", [](const Setting&) { return of_tuple({1, 1}); }},
    {"LINEAR2", [](const Setting&) { return of_tuple({1, 2}); }},
};

WorkedSteps worked_9a(const Setting& s) {
  const double weights = s["C"] * s["kh"] * s["kw"];
  return {plain_step(number_text(s["C"]) + "·" + number_text(s["kh"]) + "·" + number_text(s["kw"]),
                     weights),
          plain_step(number_text(weights) + " + 1", weights + 1)};
}

// The positions before and after; each costs the same.
WorkedSteps worked_9b(const Setting& s) {
  const Shape& input = s.input.shape();
  const auto h = static_cast<double>(input.h);
  const auto w = static_cast<double>(input.w);
  return {plain_step(number_text(h) + "·" + number_text(w), h * w),
          plain_step(number_text(2 * h) + "·" + number_text(2 * w), 4 * h * w)};
}

constexpr Template kTemplates[] = {
    {.id = "9a",
     .concept_number = 9,
     .asked = Asked::kNumber,
     .lessons = kLessons9a,
     .shows = {},
     .veil = {.inspector_numbers = true},
     .reveal = Reveal::kCountOneFilter,
     .read = read_9a,
     .draw = draw_9a,
     .answer =
         [](const Setting& s) {
           return of_number(static_cast<double>(conv::parameter_count(s.spec)));
         },
     .distractors = kWrong9a,
     .worked = worked_9a},
    {.id = "9b",
     .concept_number = 9,
     .asked = Asked::kPair,
     .lessons = kLessons9b,
     .shows = {},
     .veil = {.inspector_numbers = true},
     .reveal = Reveal::kResizeInput,
     .read = read_9b,
     .draw = draw_9b,
     .answer = growth,
     .distractors = kWrong9b,
     .worked = worked_9b},
};

}  // namespace

std::span<const Template> parameter_templates() { return kTemplates; }

}  // namespace convscope::quiz
