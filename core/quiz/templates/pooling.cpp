// Concept 14: the maximum of a window.
#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "core/quiz/setting/patch.h"
#include "core/quiz/templates/concepts.h"

namespace convscope::quiz {
namespace {

constexpr std::string_view kLessons[] = {"pooling"};

// Requires adjacent windows, without padding.
std::optional<Setting> read_pool(const lesson::Scene& scene, const Spot& spot) {
  auto s = read_layer(scene, spot, conv::Op::kMaxPool);
  const auto axis = s ? common_axis(*s) : std::nullopt;
  const bool fits = axis && axis->s == axis->k && axis->p == 0 && axis->d == 1 &&
                    !s->spec.ceil_mode && !s->scene.layers.front().one_dimensional;
  if (!fits) {
    return std::nullopt;
  }
  put(*s, "k", axis->k);
  return s;
}

std::optional<Setting> read_14a(const lesson::Scene& scene, const Spot& spot, Draw&) {
  auto s = read_pool(scene, {0, spot.y, spot.x});
  if (!s || !is_by_hand(*s)) {
    return std::nullopt;
  }
  put_spot(*s);
  return s;
}

Drawn draw_14a(Draw& draw) {
  const std::int64_t k = draw.between(2, 3);
  const std::int64_t size = k * draw.between(2, 3);
  const lesson::Scene scene =
      scene_of(draw.integers({1, 1, size, size}, -9, 9), pool_layer(conv::Op::kMaxPool, k, k));
  return {scene, drawn_spot(scene, draw)};
}

WrongComputation averaged(const Setting& s, std::int64_t divisor) {
  WrongComputation wrong = own_computation(s);
  wrong.spec.op = conv::Op::kAvgPool;
  wrong.spec.divisor_override = divisor;
  return wrong;
}

// With a window as large as the input.
WrongComputation of_all(const Setting& s) {
  WrongComputation wrong = own_computation(s);
  wrong.spec.kernel_size = wrong.spec.stride = {s.input.shape().h, s.input.shape().w};
  wrong.at = {};
  return wrong;
}

WrongComputation of_sizes(const Setting& s) {
  WrongComputation wrong = own_computation(s);
  std::vector<float> sizes;
  for (const float value : s.input.values()) {
    sizes.push_back(std::abs(value));
  }
  wrong.input = Tensor(s.input.shape(), std::move(sizes));
  return wrong;
}

WrongComputation of_first(const Setting& s) {
  WrongComputation wrong = own_computation(s);
  wrong.spec.kernel_size = {1, 1};
  return wrong;
}

constexpr Distractor kWrong14a[] = {
    {"AVG",
     [](const Setting& s) {
       return of_number(sum(window_of(s)) / static_cast<double>(window_of(s).values.size()));
     },
     [](const Setting& s) { return averaged(s, 0); }},
    {"SUMPOOL", [](const Setting& s) { return of_number(sum(window_of(s))); },
     [](const Setting& s) { return averaged(s, 1); }},
    {"DROP", [](const Setting& s) { return of_number(window_of(s).at(0, 0, 0)); }, of_first},
    {"GLOBAL",
     [](const Setting& s) {
       const auto plane = static_cast<std::size_t>(s.input.shape().h * s.input.shape().w);
       return of_number(*std::ranges::max_element(s.input.values().first(plane)));
     },
     of_all},
    {"ABSMAX",
     [](const Setting& s) {
       double largest = 0;
       for (const double value : window_of(s).values) {
         largest = std::max(largest, std::abs(value));
       }
       return of_number(largest);
     },
     of_sizes},
};

std::optional<Setting> read_14b(const lesson::Scene& scene, const Spot& spot, Draw&) {
  auto s = read_pool(scene, spot);
  if (!s || s->input.shape().n != 1) {
    return std::nullopt;
  }
  put(*s, "N", 1);
  put(*s, "C", s->input.shape().c);
  put(*s, "H", s->input.shape().h);
  return s;
}

Drawn draw_14b(Draw& draw) {
  const std::int64_t k = draw.between(2, 3);
  const std::int64_t size = draw.between(2 * k, 11);
  const Tensor input = draw.integers({1, draw.between(1, 4), size, size}, 0, 9);
  return {scene_of(input, pool_layer(conv::Op::kMaxPool, k, k)), {}};
}

Answer square(double channels, double size) { return of_tuple({1, channels, size, size}); }
double pooled(const Setting& s) { return std::floor((s["H"] - s["k"]) / s["k"]) + 1; }

constexpr Distractor kWrong14b[] = {
    {"POOLCH", [](const Setting& s) { return square(1, pooled(s)); }},
    {"S1", [](const Setting& s) { return square(s["C"], s["H"] - s["k"] + 1); },
     [](const Setting& s) {
       WrongComputation wrong = own_computation(s);
       wrong.spec.stride = {1, 1};
       return wrong;
     }},
    {"CEIL", [](const Setting& s) { return square(s["C"], std::ceil(s["H"] / s["k"])); },
     [](const Setting& s) {
       WrongComputation wrong = own_computation(s);
       wrong.spec.ceil_mode = true;
       return wrong;
     }},
    {"KEEP", [](const Setting& s) { return square(s["C"], s["H"]); }},
    {"POOLCH",
     [](const Setting& s) {
       return square(std::floor(s["C"] / s["k"]), std::floor(s["H"] / s["k"]));
     }},
};

WorkedSteps worked_14b(const Setting& s) {
  WorkedSteps steps = moves_along(s["H"], s["k"], s["k"], 0);
  const double moves = steps.back().value;
  steps.push_back(plain_step(number_text(moves) + " + 1", moves + 1));
  return steps;
}

constexpr Template kTemplates[] = {
    {.id = "14a",
     .concept_number = 14,
     .asked = Asked::kNumber,
     .lessons = kLessons,
     .shows = {.input = true},
     .veil = {.sum = true, .partial_sums = true, .map_values = true},
     .reveal = Reveal::kFrameWinner,
     .read = read_14a,
     .draw = draw_14a,
     .answer =
         [](const Setting& s) {
           const WrongComputation own = own_computation(s);
           return of_number(map_of(own).at(own.at));
         },
     .distractors = kWrong14a,
     .worked = [](const Setting& s) { return row_maxima(window_of(s)); }},
    {.id = "14b",
     .concept_number = 14,
     .asked = Asked::kShape,
     .lessons = kLessons,
     .shows = {},
     .veil = {.map_values = true,
              .output_grid = true,
              .size_caption = true,
              .hatching = true,
              .inspector_numbers = true},
     .reveal = Reveal::kGridsAppear,
     .read = read_14b,
     .draw = draw_14b,
     .answer =
         [](const Setting& s) { return of_shape(conv::output_shape(s.spec, s.input.shape())); },
     .distractors = kWrong14b,
     .worked = worked_14b},
};

}  // namespace

std::span<const Template> pooling_templates() { return kTemplates; }

}  // namespace convscope::quiz
