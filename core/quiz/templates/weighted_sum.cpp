// Concept 1: a window times a filter, cell by cell, summed.
#include <algorithm>
#include <string_view>
#include <utility>

#include "core/conv/analysis/step.h"
#include "core/quiz/setting/patch.h"
#include "core/quiz/templates/concepts.h"

namespace convscope::quiz {
namespace {

constexpr std::string_view kLessons1a[] = {"cross-5x5", "one-filter-depth", "rgb-same", "cs231n"};
constexpr std::string_view kLessons1b[] = {"cross-5x5", "one-filter-depth", "stride",
                                           "dilation",  "one-by-one",       "padding-modes"};

std::optional<Setting> read_1a(const lesson::Scene& scene, const Spot& spot, Draw&) {
  auto s = read_conv(scene, spot);
  if (!s || !is_by_hand(*s) || s->scene.layers.front().one_dimensional) {
    return std::nullopt;
  }
  put_spot(*s);
  put(*s, "kh", s->spec.kernel_size.h);
  put(*s, "kw", s->spec.kernel_size.w);
  put(*s, "OW", s->output.w);
  s->values.put("b", spot_bias(*s));
  s->map = map_of(own_computation(*s));
  return s;
}

Drawn draw_1a(Draw& draw) {
  ConvSizes sizes;
  sizes.c = draw.between(1, 3);
  sizes.filters = draw.between(1, 2);
  sizes.kh = sizes.kw = draw.between(2, 3);
  sizes.h = sizes.w = draw.between(5, 7);
  sizes.stride = draw.between(1, 2);
  sizes.padding = draw.between(0, 1);
  sizes.bias = true;
  const lesson::Scene scene = drawn_conv(sizes, draw);
  return {scene, drawn_spot(scene, draw)};
}

Patch centre_of(const Patch& patch) {
  Patch centre = {patch.channels, patch.rows, patch.columns, {}};
  centre.values.assign(patch.values.size(), 0.0);
  for (std::int64_t c = 0; c < patch.channels; ++c) {
    const auto at = (c * patch.rows + patch.rows / 2) * patch.columns + patch.columns / 2;
    centre.values[static_cast<std::size_t>(at)] = patch.at(c, patch.rows / 2, patch.columns / 2);
  }
  return centre;
}

// 1 where a value is nonzero.
Tensor hits(const Tensor& tensor) {
  std::vector<float> values(tensor.values().begin(), tensor.values().end());
  std::ranges::transform(values, values.begin(), [](float v) { return v != 0 ? 1.0F : 0.0F; });
  return Tensor(tensor.shape(), std::move(values));
}

WrongComputation count_hits(const Setting& s) {
  WrongComputation wrong = own_computation(s);
  wrong.input = hits(s.input);
  wrong.weight = hits(s.weight);
  wrong.bias = Tensor();
  wrong.spec.bias = false;
  return wrong;
}

// Every cell times the sum of all weights.
WrongComputation sum_times_sum(const Setting& s) {
  Patch filter = filter_of(s);
  std::ranges::fill(filter.values, sum(filter));
  return with_weights(s, filter);
}

WrongComputation next_window(const Setting& s) {
  WrongComputation wrong = own_computation(s);
  wrong.at.x = std::min(wrong.at.x + 1, s.output.w - 1);
  return wrong;
}

std::int64_t count_of_hits(const Setting& s) {
  const Patch window = window_of(s);
  const Patch filter = filter_of(s);
  std::int64_t count = 0;
  for (std::size_t t = 0; t < window.values.size(); ++t) {
    count += window.values[t] != 0 && filter.values[t] != 0 ? 1 : 0;
  }
  return count;
}

constexpr Distractor kWrong1a[] = {
    {"FLIP",
     [](const Setting& s) {
       return of_number(sum_of_products(window_of(s), turned(filter_of(s))) + s["b"]);
     },
     [](const Setting& s) { return with_weights(s, turned(filter_of(s))); }},
    {"HITS", [](const Setting& s) { return of_number(static_cast<double>(count_of_hits(s))); },
     count_hits},
    {"SUMS",
     [](const Setting& s) { return of_number(sum(window_of(s)) * sum(filter_of(s)) + s["b"]); },
     sum_times_sum},
    {"CENTRE",
     [](const Setting& s) {
       return of_number(sum_of_products(window_of(s), centre_of(filter_of(s))) + s["b"]);
     },
     [](const Setting& s) { return with_weights(s, centre_of(filter_of(s))); }},
    {"NEXT", [](const Setting& s) { return of_number(s.map.at(next_window(s).at)); }, next_window},
    {"NOBIAS",
     [](const Setting& s) { return of_number(sum_of_products(window_of(s), filter_of(s))); },
     [](const Setting& s) { return with_bias(s, 0); }},
};

// Input cell [c, a, q] is under the window's weight [ti, tj], if that is inside.
std::optional<Setting> read_1b(const lesson::Scene& scene, const Spot& spot, Draw& draw) {
  auto s = read_conv(scene, spot);
  const auto axis = s ? common_axis(*s) : std::nullopt;
  const bool plain = axis && axis->d == 1 && s->spec.padding_mode == conv::PaddingMode::kZeros &&
                     !s->scene.layers.front().one_dimensional;
  if (!plain || !is_by_hand(*s)) {
    return std::nullopt;
  }
  const Shape& input = s->input.shape();
  const bool mostly = draw.chance(85);
  const auto near = [&](std::int64_t at, std::int64_t size) {
    const std::int64_t start = at * axis->s - axis->p;
    return mostly
               ? draw.between(std::max<std::int64_t>(start, 0), std::min(start + axis->k, size) - 1)
               : draw.between(0, size - 1);
  };
  const std::int64_t a = near(s->spot.y, input.h);
  const std::int64_t q = near(s->spot.x, input.w);
  const std::int64_t ti = a + axis->p - s->spot.y * axis->s;
  const std::int64_t tj = q + axis->p - s->spot.x * axis->s;
  put_spot(*s);
  put(*s, "c", draw.between(0, input.c - 1));
  put(*s, "a", a);
  put(*s, "q", q);
  put(*s, "D", draw.between(1, 3));
  put(*s, "ti", ti);
  put(*s, "tj", tj);
  put(*s, "s", axis->s);
  put(*s, "p", axis->p);
  put(*s, "kh", axis->k);
  put(*s, "kw", axis->k);
  s->values.put("inside", ti >= 0 && ti < axis->k && tj >= 0 && tj < axis->k);
  return s;
}

Drawn draw_1b(Draw& draw) {
  ConvSizes sizes;
  sizes.c = draw.between(1, 2);
  sizes.filters = draw.between(1, 2);
  sizes.kh = sizes.kw = draw.between(2, 3);
  sizes.h = sizes.w = draw.between(5, 7);
  sizes.stride = draw.between(1, 2);
  sizes.padding = draw.between(0, 1);
  sizes.low = -2;
  sizes.high = 2;
  const lesson::Scene scene = drawn_conv(sizes, draw);
  return {scene, drawn_spot(scene, draw)};
}

// The change of the output, computed from its values before and after.
Answer change(const Setting& s) {
  const Index cell = {0, static_cast<std::int64_t>(s["c"]), static_cast<std::int64_t>(s["a"]),
                      static_cast<std::int64_t>(s["q"])};
  const Tensor raised = s.input.with(cell, s.input.at(cell) + static_cast<float>(s["D"]));
  const Index out = {0, s.spot.filter, s.spot.y, s.spot.x};
  const std::int64_t position = conv::position_of(s.output, out);
  return of_number(conv::step_at(raised, s.weight, s.bias, s.spec, position).value -
                   conv::step_at(s.input, s.weight, s.bias, s.spec, position).value);
}

// The weight [i, j] in the channel that changes.
double weight_at(const Setting& s, double i, double j) {
  return filter_of(s).at(static_cast<std::int64_t>(s["c"]), static_cast<std::int64_t>(i),
                         static_cast<std::int64_t>(j));
}

double weights_of_channel(const Setting& s) {
  double total = 0;
  for (std::int64_t i = 0; i < s.spec.kernel_size.h; ++i) {
    for (std::int64_t j = 0; j < s.spec.kernel_size.w; ++j) {
      total += weight_at(s, static_cast<double>(i), static_cast<double>(j));
    }
  }
  return total;
}

constexpr Distractor kWrong1b[] = {
    {"COPY", [](const Setting& s) { return of_number(s["D"]); }},
    {"FLIP",
     [](const Setting& s) {
       const bool inside = std::get<bool>(s.values.at("inside"));
       return of_number(s["D"] * (inside
                                      ? weight_at(s, s["kh"] - 1 - s["ti"], s["kw"] - 1 - s["tj"])
                                      : weight_at(s, 0, 0)));
     }},
    {"ALLW", [](const Setting& s) { return of_number(s["D"] * weights_of_channel(s)); }},
    {"OUTSIDE", [](const Setting&) { return of_number(0); }},
    {"CENTRE",
     [](const Setting& s) {
       const double ci = static_cast<double>(s.spec.kernel_size.h / 2);
       const double cj = static_cast<double>(s.spec.kernel_size.w / 2);
       return of_number(s["D"] * weight_at(s, ci, cj));
     }},
};

WorkedSteps worked_1a(const Setting& s) { return products(step_of(s).terms); }

// Which weight lies on the cell.
WorkedSteps worked_1b(const Setting& s) {
  const auto offset = [&s](const char* cell, const char* position) {
    return number_text(s[cell]) + (s["p"] == 0 ? "" : " + " + number_text(s["p"])) + " − " +
           number_text(s[position]) + "·" + number_text(s["s"]);
  };
  WorkedSteps steps;
  add_labelled(steps, "worked.row", {plain_step(offset("a", "y"), s["ti"])});
  add_labelled(steps, "worked.column", {plain_step(offset("q", "x"), s["tj"])});
  return steps;
}

constexpr Template kTemplates[] = {
    {.id = "1a",
     .concept_number = 1,
     .asked = Asked::kNumber,
     .lessons = kLessons1a,
     .shows = {.layer = true, .input = true, .weight = true},
     .veil = kValueVeil,
     .reveal = Reveal::kPlayTerms,
     .read = read_1a,
     .draw = draw_1a,
     .answer =
         [](const Setting& s) {
           return of_number(s.map.at({0, s.spot.filter, s.spot.y, s.spot.x}));
         },
     .distractors = kWrong1a,
     .worked = worked_1a},
    {.id = "1b",
     .concept_number = 1,
     .asked = Asked::kNumber,
     .lessons = kLessons1b,
     .shows = {.layer = true, .input = true, .weight = true},
     .veil = {.sum = true, .partial_sums = true, .lying_weights = true},
     .reveal = Reveal::kLightCellWeightOutput,
     .read = read_1b,
     .draw = draw_1b,
     .answer = change,
     .distractors = kWrong1b,
     .worked = worked_1b},
};

}  // namespace

std::span<const Template> weighted_sum_templates() { return kTemplates; }

}  // namespace convscope::quiz
