// Concept 2: the sum as a measure of similarity, and what it misses.
#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "core/quiz/setting/patch.h"
#include "core/quiz/templates/concepts.h"

namespace convscope::quiz {
namespace {

constexpr std::string_view kLessons[] = {"cross-5x5", "template-match"};

bool is_binary(const Tensor& tensor) {
  return std::ranges::all_of(tensor.values(), [](float v) { return v == 0 || v == 1; });
}

// Requires one channel, no bias, and, if `binary`, an input of 0 and 1.
std::optional<Setting> read_match(const lesson::Scene& scene, const Spot& spot, bool binary) {
  auto s = read_conv(scene, spot);
  const bool fits = s && s->input.shape().c == 1 && s->input.shape().n == 1 && spot_bias(*s) == 0 &&
                    is_by_hand(*s) && (!binary || is_binary(s->input)) &&
                    !s->scene.layers.front().one_dimensional;
  if (!fits) {
    return std::nullopt;
  }
  put(*s, "f", s->spot.filter);
  put(*s, "kh", s->spec.kernel_size.h);
  put(*s, "kw", s->spec.kernel_size.w);
  s->map = map_of(own_computation(*s));
  return s;
}

std::optional<Setting> read_2a(const lesson::Scene& scene, const Spot& spot, Draw&) {
  return read_match(scene, spot, true);
}

std::optional<Setting> read_2c(const lesson::Scene& scene, const Spot& spot, Draw&) {
  auto s = read_match(scene, spot, false);
  if (s) {
    const std::vector<float> white(s->input.values().size(), 1.0F);
    s->input = Tensor(s->input.shape(), white);
    s->scene.input = inline_tensor(s->input);
    s->map = map_of(own_computation(*s));
  }
  return s;
}

// Inputs of 0 and 1; filters of ones, every third also with minus ones.
Drawn draw_match(Draw& draw) {
  const Tensor input = draw.integers({1, 1, 5, 5}, 0, 1);
  const Tensor weight = draw.integers({1, 1, 3, 3}, draw.chance(33) ? -1 : 0, 1);
  const lesson::Scene scene = scene_of(input, conv_layer(weight));
  return {scene, drawn_spot(scene, draw)};
}

// Found by painting the best patch.
Answer best_possible(const Setting& s) {
  WrongComputation painted = own_computation(s);
  Patch best = filter_of(s);
  std::vector<float> values;
  for (const double weight : best.values) {
    values.push_back(weight > 0 ? 1.0F : 0.0F);
  }
  painted.input = Tensor({1, 1, best.rows, best.columns}, std::move(values));
  painted.spec.padding = conv::PaddingRule::kValid;
  painted.spec.dilation = {1, 1};
  return of_number(map_of(painted).at({0, s.spot.filter, 0, 0}));
}

Answer best_seen(const Setting& s) {
  const auto each = static_cast<std::size_t>(s.output.h * s.output.w);
  return of_number(*std::ranges::max_element(
      s.map.values().subspan(static_cast<std::size_t>(s.spot.filter) * each, each)));
}

constexpr Distractor kWrong2a[] = {
    {"AREA", [](const Setting& s) { return of_number(s["kh"] * s["kw"]); }},
    {"ABS", [](const Setting& s) { return of_number(sum_of_sizes(filter_of(s))); }},
    {"SEEN", best_seen},
    {"WHITEBEST", [](const Setting& s) { return of_number(sum(filter_of(s))); }},
};

// The setting with its window at position number `position`.
Setting moved(const Setting& s, double position) {
  Setting other = s;
  const auto cell = static_cast<std::int64_t>(position);
  other.spot.y = cell / s.output.w;
  other.spot.x = cell % s.output.w;
  return other;
}

double score(const Setting& s, double position) {
  const Spot spot = moved(s, position).spot;
  return s.map.at({0, spot.filter, spot.y, spot.x});
}

// How many cells of the patch equal the weight on them.
double agreement(const Setting& s, double position) {
  const Patch window = window_of(moved(s, position));
  const Patch filter = filter_of(s);
  double equal = 0;
  for (std::size_t t = 0; t < window.values.size(); ++t) {
    equal += window.values[t] == filter.values[t] ? 1 : 0;
  }
  return equal;
}

// Requires two positions whose order by score differs from that by equal cells.
std::optional<Setting> read_2b(const lesson::Scene& scene, const Spot& spot, Draw& draw) {
  auto s = read_match(scene, spot, true);
  if (!s) {
    return std::nullopt;
  }
  const std::int64_t last = s->output.h * s->output.w - 1;
  put(*s, "P", draw.between(0, last));
  put(*s, "Q", draw.between(0, last));
  const double by_score = score(*s, (*s)["P"]) - score(*s, (*s)["Q"]);
  const double by_cells = agreement(*s, (*s)["P"]) - agreement(*s, (*s)["Q"]);
  return by_score * by_cells < 0 ? s : std::nullopt;
}

constexpr Distractor kWrong2b[] = {
    {"AGREE",
     [](const Setting& s) {
       return of_word(agreement(s, s["P"]) > agreement(s, s["Q"]) ? "a" : "b");
     }},
    {"EQUALSUM", [](const Setting&) { return of_word("equal"); }},
};

constexpr Distractor kWrong2c[] = {
    {"LIKENESS", [](const Setting&) { return of_number(0); }},
    {"AREA", [](const Setting& s) { return of_number(s["kh"] * s["kw"]); }},
    {"AGREE",
     [](const Setting& s) {
       const Patch filter = filter_of(s);
       return of_number(static_cast<double>(
           std::ranges::count_if(filter.values, [](double weight) { return weight > 0; })));
     }},
    {"ABS", [](const Setting& s) { return of_number(sum_of_sizes(filter_of(s))); }},
};

// The sum of a window entirely inside a white input.
Answer white_sum(const Setting& s) {
  WrongComputation white = own_computation(s);
  white.spec.padding = conv::PaddingRule::kValid;
  return of_number(map_of(white).at({0, s.spot.filter, 0, 0}));
}

// The weights that lie on ones.
WorkedStep sum_at(const Setting& s, double position) {
  const Patch window = window_of(moved(s, position));
  const Patch filter = filter_of(s);
  WorkedStep step;
  for (std::size_t t = 0; t < window.values.size(); ++t) {
    if (window.values[t] == 0) {
      continue;
    }
    step.parts.push_back({step.parts.empty() ? "" : " + "});
    step.parts.push_back({operand_text(filter.values[t]), WorkedPart::Role::kWeight});
    step.value += filter.values[t];
  }
  if (step.parts.empty()) {
    step.parts.push_back({"0"});
  }
  return step;
}

// Patch A, patch B.
WorkedSteps worked_2b(const Setting& s) { return {sum_at(s, s["P"]), sum_at(s, s["Q"])}; }

WorkedSteps worked_2a(const Setting& s) { return row_sums(filter_of(s), true); }
WorkedSteps worked_2c(const Setting& s) { return row_sums(filter_of(s)); }

constexpr Template kTemplates[] = {
    {.id = "2a",
     .concept_number = 2,
     .asked = Asked::kNumber,
     .lessons = kLessons,
     .shows = {.input = true, .weight = true, .map = true},
     .veil = {},
     .reveal = Reveal::kPaintBestPatch,
     .read = read_2a,
     .draw = draw_match,
     .answer = best_possible,
     .distractors = kWrong2a,
     .worked = worked_2a},
    {.id = "2b",
     .concept_number = 2,
     .asked = Asked::kChoice,
     .lessons = kLessons,
     .shows = {.input = true, .weight = true},
     .veil = kValueVeil,
     .reveal = Reveal::kGreyZeroProducts,
     .read = read_2b,
     .draw = draw_match,
     .answer =
         [](const Setting& s) { return of_word(score(s, s["P"]) > score(s, s["Q"]) ? "a" : "b"); },
     .distractors = kWrong2b,
     .most_wrong = 2,
     .worked = worked_2b},
    {.id = "2c",
     .concept_number = 2,
     .asked = Asked::kNumber,
     .lessons = kLessons,
     .shows = {.weight = true},
     .veil = kValueVeil,
     .reveal = Reveal::kPaintWhite,
     .read = read_2c,
     .draw = draw_match,
     .answer = white_sum,
     .distractors = kWrong2c,
     .worked = worked_2c},
};

}  // namespace

std::span<const Template> template_match_templates() { return kTemplates; }

}  // namespace convscope::quiz
