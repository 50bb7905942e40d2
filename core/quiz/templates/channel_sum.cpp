// Concept 7: the channels of one filter are added up.
#include <algorithm>
#include <numeric>
#include <string_view>

#include "core/conv/analysis/step.h"
#include "core/quiz/setting/patch.h"
#include "core/quiz/templates/concepts.h"

namespace convscope::quiz {
namespace {

constexpr std::string_view kLessons7a[] = {"rgb-same", "one-filter-depth", "cs231n"};
constexpr std::string_view kLessons7b[] = {"one-filter-depth", "conv2d-3-to-5"};

std::optional<Setting> read_7a(const lesson::Scene& scene, const Spot& spot, Draw&) {
  auto s = read_conv(scene, spot);
  if (!s || s->input.shape().c < 2 || !is_by_hand(*s) || s->scene.layers.front().one_dimensional) {
    return std::nullopt;
  }
  s->values.put("part", step_of(*s).partial_sums);
  s->values.put("b", spot_bias(*s));
  put(*s, "C", s->input.shape().c);
  put_spot(*s);
  return s;
}

Drawn draw_7a(Draw& draw) {
  ConvSizes sizes;
  sizes.c = draw.between(2, 3);
  sizes.kh = sizes.kw = draw.between(1, 3);
  sizes.h = sizes.w = draw.between(3, 5);
  sizes.low = -2;
  sizes.high = 2;
  sizes.bias = true;
  const lesson::Scene scene = drawn_conv(sizes, draw);
  return {scene, drawn_spot(scene, draw)};
}

const NumberList& part(const Setting& s) { return std::get<NumberList>(s.values.at("part")); }

double total(const Setting& s) { return std::accumulate(part(s).begin(), part(s).end(), 0.0); }

// Multiplies the weights of the filter's first `channels` channels by `factor`, and drops the
// others.
WrongComputation scaled(const Setting& s, double factor, std::int64_t channels) {
  Patch filter = filter_of(s);
  const auto kept = static_cast<std::size_t>(channels * filter.rows * filter.columns);
  for (std::size_t t = 0; t < filter.values.size(); ++t) {
    filter.values[t] *= t < kept ? factor : 0.0;
  }
  return with_weights(s, filter);
}

constexpr Distractor kWrong7a[] = {
    {"MAXCH",
     [](const Setting& s) { return of_number(*std::ranges::max_element(part(s)) + s["b"]); }},
    {"MEANCH", [](const Setting& s) { return of_number(total(s) / s["C"] + s["b"]); },
     [](const Setting& s) { return scaled(s, 1 / s["C"], s.spec.in_channels); }},
    {"BIASPERCH", [](const Setting& s) { return of_number(total(s) + s["C"] * s["b"]); },
     [](const Setting& s) { return with_bias(s, s["C"] * s["b"]); }},
    {"NOBIAS", [](const Setting& s) { return of_number(total(s)); },
     [](const Setting& s) { return with_bias(s, 0); }},
    {"FIRSTCH", [](const Setting& s) { return of_number(part(s).front() + s["b"]); },
     [](const Setting& s) { return scaled(s, 1, 1); }},
};

std::optional<Setting> read_7b(const lesson::Scene& scene, const Spot& spot, Draw&) {
  auto s = read_conv(scene, spot);
  if (!s || s->scene.layers.front().one_dimensional) {
    return std::nullopt;
  }
  put(*s, "N", s->output.n);
  put(*s, "C", s->spec.in_channels);
  put(*s, "K", s->spec.out_channels);
  put(*s, "OH", s->output.h);
  put(*s, "OW", s->output.w);
  return s;
}

Drawn draw_7b(Draw& draw) {
  ConvSizes sizes;
  sizes.n = draw.pick({1, 2, 4, 8});
  sizes.c = draw.between(1, 4);
  sizes.filters = draw.between(1, 6);
  sizes.h = sizes.w = draw.between(4, 7);
  return {drawn_conv(sizes, draw), {}};
}

Answer shape(double n, double k, double h, double w) { return of_tuple({n, k, h, w}); }

// For the layer with one more channel.
Answer deeper(const Setting& s) {
  conv::LayerSpec spec = s.spec;
  Shape input = s.input.shape();
  ++spec.in_channels;
  ++input.c;
  return of_shape(conv::output_shape(spec, input));
}

constexpr Distractor kWrong7b[] = {
    {"ONEMORE", [](const Setting& s) { return shape(s["N"], s["K"] + 1, s["OH"], s["OW"]); }},
    {"MAPPERCH",
     [](const Setting& s) { return shape(s["N"], s["K"] * (s["C"] + 1), s["OH"], s["OW"]); }},
    {"KEEPCH", [](const Setting& s) { return shape(s["N"], s["C"] + 1, s["OH"], s["OW"]); }},
    {"DEPTHSIZE", [](const Setting& s) { return shape(s["N"], s["K"], s["OH"] + 1, s["OW"] + 1); }},
};

WorkedSteps worked_7a(const Setting& s) {
  WorkedSteps steps;
  double sum = part(s).front();
  for (std::size_t c = 1; c < part(s).size(); ++c) {
    const double next = sum + part(s)[c];
    steps.push_back(plain_step(number_text(sum) + " + " + operand_text(part(s)[c]), next));
    sum = next;
  }
  return steps;
}

// The map's height and width, which the channels leave as they are.
WorkedSteps worked_7b(const Setting& s) {
  WorkedSteps steps;
  if (const auto axis = common_axis(s); axis && axis->d == 1) {
    const auto k = static_cast<double>(axis->k);
    const auto stride = static_cast<double>(axis->s);
    const auto p = static_cast<double>(axis->p);
    const Shape& input = s.input.shape();
    add_labelled(steps, "worked.height",
                 positions_along(static_cast<double>(input.h), k, stride, p));
    add_labelled(steps, "worked.width",
                 positions_along(static_cast<double>(input.w), k, stride, p));
  }
  return steps;
}

constexpr Template kTemplates[] = {
    {.id = "7a",
     .concept_number = 7,
     .asked = Asked::kNumber,
     .lessons = kLessons7a,
     .shows = {},
     .veil = {.sum = true, .map_values = true, .code = true},
     .reveal = Reveal::kJoinPartialSums,
     .read = read_7a,
     .draw = draw_7a,
     .answer = [](const Setting& s) { return of_number(step_of(s).value); },
     .distractors = kWrong7a,
     .worked = worked_7a},
    {.id = "7b",
     .concept_number = 7,
     .asked = Asked::kShape,
     .lessons = kLessons7b,
     .shows = {.layer = true},
     .veil = {.inspector_numbers = true},
     .reveal = Reveal::kAddChannel,
     .read = read_7b,
     .draw = draw_7b,
     .answer = deeper,
     .distractors = kWrong7b,
     .worked = worked_7b},
};

}  // namespace

std::span<const Template> channel_sum_templates() { return kTemplates; }

}  // namespace convscope::quiz
