// Concept 13: correlation, and the convolution that flips its kernel.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/conv/analysis/as_convolution.h"
#include "core/quiz/setting/patch.h"
#include "core/quiz/templates/concepts.h"

namespace convscope::quiz {
namespace {

constexpr std::string_view kLessons[] = {"true-convolution"};

// Requires one asymmetric square kernel on one channel.
std::optional<Setting> read_asymmetric(const lesson::Scene& scene) {
  auto s = read_layer(scene, {}, conv::Op::kConv);
  const auto axis = s ? common_axis(*s) : std::nullopt;
  if (!axis || s->scene.layers.front().one_dimensional || s->input.shape().c != 1 ||
      s->spec.out_channels != 1 || axis->k < 2 || axis->d != 1 || !is_by_hand(*s)) {
    return std::nullopt;
  }
  const Patch kernel = filter_of(*s);
  if (turned(kernel).values == kernel.values) {
    return std::nullopt;
  }
  put(*s, "k", axis->k);
  s->values.put("flip", s->spec.flip);
  return s;
}

bool is_flipped(const Setting& s) { return std::get<bool>(s.values.at("flip")); }

// For a cell of the window off the centre and off the diagonal.
std::optional<Setting> read_13a(const lesson::Scene& scene, const Spot&, Draw& draw) {
  auto s = read_asymmetric(scene);
  if (!s) {
    return std::nullopt;
  }
  const auto k = static_cast<std::int64_t>((*s)["k"]);
  const std::int64_t i = draw.between(0, k - 1);
  const std::int64_t j = draw.between(0, k - 1);
  put(*s, "i", i);
  put(*s, "j", j);
  return i != j ? s : std::nullopt;
}

Drawn draw_flipped(Draw& draw) {
  lesson::Scene scene =
      scene_of(draw.integers({1, 1, 5, 5}, 0, 5), conv_layer(draw.integers({1, 1, 3, 3}, 0, 9)));
  scene.layers.front().spec.flip = draw.chance(50);
  return {scene, {}};
}

Answer lying_weight(const Setting& s) {
  const Index at = conv::own_weight_at(
      s.spec, {0, 0, static_cast<std::int64_t>(s["i"]), static_cast<std::int64_t>(s["j"])});
  return of_tuple({static_cast<double>(at.y), static_cast<double>(at.x)});
}

Answer as_it_is(const Setting& s) { return of_tuple({s["i"], s["j"]}); }
Answer turned_round(const Setting& s) {
  return of_tuple({s["k"] - 1 - s["i"], s["k"] - 1 - s["j"]});
}

// The layer with the opposite flip.
WrongComputation flipped_over(const Setting& s) {
  WrongComputation wrong = own_computation(s);
  wrong.spec.flip = !wrong.spec.flip;
  return wrong;
}

constexpr Distractor kWrong13a[] = {
    {"UNFLIP", [](const Setting& s) { return is_flipped(s) ? as_it_is(s) : Answer{}; },
     flipped_over},
    {"FLIP", [](const Setting& s) { return is_flipped(s) ? Answer{} : turned_round(s); },
     flipped_over},
    {"MIRROR", [](const Setting& s) { return of_tuple({s["i"], s["k"] - 1 - s["j"]}); }},
    {"MIRROR", [](const Setting& s) { return of_tuple({s["k"] - 1 - s["i"], s["j"]}); }},
    {"SWAP", [](const Setting& s) { return of_tuple({s["j"], s["i"]}); }},
};

// The kernel applied to a single 1 in the middle, so that the map is as large as the kernel.
std::optional<Setting> read_13b(const lesson::Scene& scene, const Spot&, Draw&) {
  auto s = read_asymmetric(scene);
  if (!s || (*s)["k"] != 3) {
    return std::nullopt;
  }
  const Tensor spike = Tensor({1, 1, 5, 5}, std::vector<float>(25)).with({0, 0, 2, 2}, 1);
  lesson::Layer layer = conv_layer(s->weight);
  layer.spec.flip = s->spec.flip;
  const Values values = s->values;
  s = read_layer(scene_of(spike, layer), {}, conv::Op::kConv);
  s->values = values;
  return s;
}

// A map of 3x3 whose cell (i, j) is the weight that `weight` chooses.
template <typename Weight>
Answer map_by(const Setting& s, Weight weight) {
  std::vector<double> values;
  for (std::int64_t i = 0; i < 3; ++i) {
    for (std::int64_t j = 0; j < 3; ++j) {
      values.push_back(weight(filter_of(s), i, j));
    }
  }
  return of_map(std::move(values), 3);
}

Answer kernel_itself(const Setting& s) { return of_map(filter_of(s).values, 3); }
Answer kernel_turned(const Setting& s) { return of_map(turned(filter_of(s)).values, 3); }

constexpr Distractor kWrong13b[] = {
    {"UNFLIP", [](const Setting& s) { return is_flipped(s) ? kernel_turned(s) : Answer{}; },
     flipped_over},
    {"FLIP", [](const Setting& s) { return is_flipped(s) ? Answer{} : kernel_itself(s); },
     flipped_over},
    {"MIRROR",
     [](const Setting& s) {
       return map_by(s, [](const Patch& w, auto i, auto j) { return w.at(0, i, 2 - j); });
     }},
    {"SPIKE",
     [](const Setting& s) {
       return map_by(s, [](const Patch& w, auto i, auto j) {
         return i == 1 && j == 1 ? w.at(0, 1, 1) : 0.0;
       });
     }},
    {"TRANSPOSE",
     [](const Setting& s) {
       return map_by(s, [](const Patch& w, auto i, auto j) { return w.at(0, j, i); });
     }},
};

Answer spike_map(const Setting& s) {
  const Tensor map = map_of(own_computation(s));
  return of_map({map.values().begin(), map.values().end()}, map.shape().w);
}

// The first row of the map: each of its windows has the 1 at another weight.
WorkedSteps worked_13b(const Setting& s) {
  WorkedSteps steps;
  for (std::int64_t x = 0; x < 3; ++x) {
    const Index at = conv::own_weight_at(s.spec, {0, 0, 2, 2 - x});
    const double weight = filter_of(s).at(0, at.y, at.x);
    WorkedStep step{.parts = {{"1", WorkedPart::Role::kInput},
                              {"·"},
                              {operand_text(weight), WorkedPart::Role::kWeight}},
                    .value = weight};
    add_labelled(steps, "out[0," + std::to_string(x) + "]", {std::move(step)});
  }
  return steps;
}

// The last row and column, from which a turned kernel counts; without a flip there is nothing to
// work out.
WorkedSteps worked_13a(const Setting& s) {
  return is_flipped(s) ? WorkedSteps{plain_step(number_text(s["k"]) + " − 1", s["k"] - 1)}
                       : WorkedSteps{};
}

constexpr Template kTemplates[] = {
    {.id = "13a",
     .concept_number = 13,
     .asked = Asked::kCell,
     .lessons = kLessons,
     .shows = {.layer = true},
     .veil = {.sum = true, .partial_sums = true, .map_values = true, .lying_weights = true},
     .reveal = Reveal::kSmallWeights,
     .read = read_13a,
     .draw = draw_flipped,
     .answer = lying_weight,
     .distractors = kWrong13a,
     .worked = worked_13a},
    {.id = "13b",
     .concept_number = 13,
     .asked = Asked::kMap,
     .lessons = kLessons,
     .shows = {.weight = true},
     .veil = {.sum = true,
              .partial_sums = true,
              .map_values = true,
              .code = true,
              .lying_weights = true},
     .reveal = Reveal::kStepRound,
     .read = read_13b,
     .draw = draw_flipped,
     .answer = spike_map,
     .distractors = kWrong13b,
     .worked = worked_13b},
};

}  // namespace

std::span<const Template> true_convolution_templates() { return kTemplates; }

}  // namespace convscope::quiz
