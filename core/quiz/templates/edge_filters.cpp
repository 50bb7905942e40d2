// Concept 11: named filters, on flat areas and on edges.
#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "core/quiz/setting/patch.h"
#include "core/quiz/templates/concepts.h"

namespace convscope::quiz {
namespace {

constexpr std::string_view kLessons[] = {"photo-edges"};

struct NamedFilter {
  std::string_view name;  // a locale key below "filter."
  std::array<float, 9> weights;
};

constexpr NamedFilter kFilters[] = {
    {"sobel_x", {-1, 0, 1, -2, 0, 2, -1, 0, 1}},   {"sobel_y", {-1, -2, -1, 0, 0, 0, 1, 2, 1}},
    {"prewitt_x", {-1, 0, 1, -1, 0, 1, -1, 0, 1}}, {"prewitt_y", {-1, -1, -1, 0, 0, 0, 1, 1, 1}},
    {"laplace", {0, 1, 0, 1, -4, 1, 0, 1, 0}},     {"gauss", {1, 2, 1, 2, 4, 2, 1, 2, 1}},
    {"sharpen", {0, -1, 0, -1, 5, -1, 0, -1, 0}},  {"emboss", {-2, -1, 0, -1, 1, 1, 0, 1, 2}},
    {"identity", {0, 0, 0, 0, 1, 0, 0, 0, 0}},
};
// The first four respond to edges of one direction.
constexpr std::int64_t kDirected = 4;

// The named filter of the scene; all its channels are alike, so the first one identifies it.
const NamedFilter* named(const lesson::Scene& scene) {
  const auto s = read_conv(scene, {});
  if (!s || s->spec.kernel_size != conv::Size2{3, 3}) {
    return nullptr;
  }
  const auto found = std::ranges::find_if(kFilters, [&](const NamedFilter& filter) {
    return std::ranges::equal(filter.weights, s->weight.values().first(9));
  });
  return found == std::end(kFilters) ? nullptr : &*found;
}

Tensor weight_of(const NamedFilter& filter) {
  return Tensor({1, 1, 3, 3}, std::vector<float>(filter.weights.begin(), filter.weights.end()));
}

// The filter applied to its own input, with one channel.
std::optional<Setting> on_input(const NamedFilter& filter, const Tensor& input) {
  auto s = read_conv(scene_of(input, conv_layer(weight_of(filter))), {});
  s->values.put("name", std::string(filter.name));
  return s;
}

std::optional<Setting> read_11a(const lesson::Scene& scene, const Spot&, Draw& draw) {
  const NamedFilter* filter = named(scene);
  if (filter == nullptr) {
    return std::nullopt;
  }
  const std::int64_t c = draw.between(2, 9);
  const std::vector<float> flat(25, static_cast<float>(c));
  auto s = on_input(*filter, Tensor({1, 1, 5, 5}, flat));
  put(*s, "c", c);
  return s;
}

Drawn draw_filter(Draw& draw, std::int64_t count) {
  const NamedFilter& filter = kFilters[draw.between(0, count - 1)];
  return {scene_of(draw.integers({1, 1, 5, 5}, 0, 9), conv_layer(weight_of(filter))), {}};
}

constexpr Distractor kWrong11a[] = {
    {"FLATKEEP", [](const Setting& s) { return of_number(s["c"]); }},
    {"EDGEONLY", [](const Setting&) { return of_number(0); }},
    {"ABS", [](const Setting& s) { return of_number(s["c"] * sum_of_sizes(filter_of(s))); }},
    {"CENTRE", [](const Setting& s) { return of_number(s["c"] * filter_of(s).at(0, 1, 1)); }},
    {"NOWEIGHTS", [](const Setting& s) { return of_number(9 * s["c"]); }},
};

// The four edges, ordered so that opposite ones are two apart.
constexpr std::string_view kEdges[] = {"left_dark", "top_dark", "right_dark", "bottom_dark"};

// The filter's response to a window on an edge.
float on_edge(const Setting& s, std::size_t edge) {
  std::vector<float> values;
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      const int across = edge % 2 == 0 ? j : i;
      const bool bright = edge < 2 ? across > 0 : across < 2;
      values.push_back(bright ? 1.0F : 0.0F);
    }
  }
  WrongComputation window = own_computation(s);
  window.input = Tensor({1, 1, 3, 3}, std::move(values));
  return map_of(window).at({});
}

std::size_t best_edge(const Setting& s) {
  std::size_t best = 0;
  for (std::size_t edge = 1; edge < std::size(kEdges); ++edge) {
    best = on_edge(s, edge) > on_edge(s, best) ? edge : best;
  }
  return best;
}

// The edge at this many quarter turns from the best.
Answer turned_by(const Setting& s, std::size_t quarters) {
  return of_word(kEdges[(best_edge(s) + quarters) % std::size(kEdges)]);
}

// A bright square, which has all four edges.
std::optional<Setting> read_11b(const lesson::Scene& scene, const Spot&, Draw&) {
  const NamedFilter* filter = named(scene);
  if (filter == nullptr || filter >= std::begin(kFilters) + kDirected) {
    return std::nullopt;
  }
  std::vector<float> values(64, 0.0F);
  for (std::size_t y = 2; y < 6; ++y) {
    std::fill_n(values.begin() + static_cast<std::ptrdiff_t>(y * 8 + 2), 4, 9.0F);
  }
  return on_input(*filter, Tensor({1, 1, 8, 8}, std::move(values)));
}

constexpr Distractor kWrong11b[] = {
    {"SIGN", [](const Setting& s) { return turned_by(s, 2); }},
    {"ALONG", [](const Setting& s) { return turned_by(s, best_edge(s) % 2 == 0 ? 1 : 3); }},
    {"ALONG", [](const Setting& s) { return turned_by(s, best_edge(s) % 2 == 0 ? 3 : 1); }},
};

WorkedSteps worked_11a(const Setting& s) {
  WorkedSteps steps = row_sums(filter_of(s));
  std::string text;
  for (const WorkedStep& row : steps) {
    text += (text.empty() ? "" : " + ") + operand_text(row.value);
  }
  steps.push_back(plain_step(text, sum(filter_of(s))));
  return steps;
}

// What each side of the filter adds where it lies on bright cells.
WorkedSteps worked_11b(const Setting& s) {
  struct Side {
    const char* label;
    bool column;
    std::int64_t at;
  };
  WorkedSteps steps;
  const Patch filter = filter_of(s);
  for (const Side side : {Side{"worked.left_column", true, 0},
                          {"worked.right_column", true, 2},
                          {"worked.top_row", false, 0},
                          {"worked.bottom_row", false, 2}}) {
    WorkedStep step;
    for (std::int64_t i = 0; i < 3; ++i) {
      const double weight = side.column ? filter.at(0, i, side.at) : filter.at(0, side.at, i);
      if (i > 0) {
        step.parts.push_back({" + "});
      }
      step.parts.push_back({operand_text(weight), WorkedPart::Role::kWeight});
      step.value += weight;
    }
    add_labelled(steps, side.label, {std::move(step)});
  }
  return steps;
}

constexpr Template kTemplates[] = {
    {.id = "11a",
     .concept_number = 11,
     .asked = Asked::kNumber,
     .lessons = kLessons,
     .shows = {.weight = true},
     .veil = kValueVeil,
     .reveal = Reveal::kFlatWindow,
     .read = read_11a,
     .draw = [](Draw& draw) { return draw_filter(draw, std::size(kFilters)); },
     .answer = [](const Setting& s) { return of_number(map_of(own_computation(s)).at({})); },
     .distractors = kWrong11a,
     .worked = worked_11a},
    {.id = "11b",
     .concept_number = 11,
     .asked = Asked::kChoice,
     .lessons = kLessons,
     .shows = {.weight = true},
     .veil = {.sum = true, .partial_sums = true, .map_values = true, .code = true, .input = true},
     .reveal = Reveal::kClickEdge,
     .read = read_11b,
     .draw = [](Draw& draw) { return draw_filter(draw, kDirected); },
     .answer = [](const Setting& s) { return turned_by(s, 0); },
     .distractors = kWrong11b,
     .worked = worked_11b},
};

}  // namespace

std::span<const Template> edge_filter_templates() { return kTemplates; }

}  // namespace convscope::quiz
