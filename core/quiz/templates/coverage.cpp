// Concept 6: which cells are read, and how often.
#include <algorithm>
#include <string_view>
#include <utility>

#include "core/conv/analysis/coverage.h"
#include "core/quiz/templates/concepts.h"

namespace convscope::quiz {
namespace {

constexpr std::string_view kLessons6a[] = {"never-read", "stride"};
constexpr std::string_view kLessons6b[] = {"never-read"};

std::optional<Setting> read_square(const lesson::Scene& scene, const Spot& spot) {
  auto s = read_conv(scene, spot);
  const auto axis = s ? common_axis(*s) : std::nullopt;
  if (!axis || axis->d != 1 || s->scene.layers.front().one_dimensional ||
      s->spec.padding_mode != conv::PaddingMode::kZeros) {
    return std::nullopt;
  }
  put_axis(*s, *axis);
  return s;
}

std::optional<Setting> read_6a(const lesson::Scene& scene, const Spot& spot, Draw&) {
  auto s = read_square(scene, spot);
  if (!s || (*s)["p"] != 0) {
    return std::nullopt;
  }
  const conv::WindowAxis columns = conv::window_axes(s->spec, s->input.shape()).columns;
  const conv::AxisCounts readers = conv::windows_per_cell(columns, 0, columns.outputs);
  const auto unread = std::ranges::count(readers, 0);
  put(*s, "u", unread);
  return unread > 0 ? s : std::nullopt;
}

Drawn draw_6a(Draw& draw) {
  ConvSizes sizes;
  sizes.kh = sizes.kw = draw.between(2, 4);
  sizes.stride = draw.between(2, 4);
  sizes.h = sizes.w = draw.between(sizes.kh + 2, 12);
  lesson::Scene scene = drawn_conv(sizes, draw);
  scene.view = lesson::View::kCoverage;
  return {scene, {}};
}

constexpr Distractor kWrong6a[] = {
    {"DOUBLE", [](const Setting& s) { return of_number(2 * s["u"] * s["i"]); }},
    {"LINES", [](const Setting& s) { return of_number(2 * s["u"]); }},
    {"CORNER", [](const Setting& s) { return of_number(s["u"] * s["u"]); }},
    {"ALLREAD", [](const Setting&) { return of_number(0); }},
    {"ONELINE", [](const Setting& s) { return of_number(s["u"] * s["i"]); }},
};

Answer never_read(const Setting& s) {
  const Tensor counts = conv::input_coverage(s.spec, s.input.shape());
  return of_number(static_cast<double>(std::ranges::count(counts.values(), 0.0F)));
}

std::optional<Setting> read_6b(const lesson::Scene& scene, const Spot& spot, Draw& draw) {
  auto s = read_square(scene, spot);
  if (!s) {
    return std::nullopt;
  }
  // Corners and edges are where the count differs from the middle.
  const auto cell = [&](std::int64_t size) {
    return draw.chance(40) ? draw.pick({0, size - 1}) : draw.between(0, size - 1);
  };
  put(*s, "a", cell(s->input.shape().h));
  put(*s, "q", cell(s->input.shape().w));
  put(*s, "OH", s->output.h);
  return s;
}

Drawn draw_6b(Draw& draw) {
  ConvSizes sizes;
  sizes.kh = sizes.kw = draw.between(2, 4);
  sizes.stride = draw.between(1, 3);
  sizes.h = sizes.w = draw.between(sizes.kh + 1, 9);
  lesson::Scene scene = drawn_conv(sizes, draw);
  scene.view = lesson::View::kCoverage;
  return {scene, {}};
}

// How many windows along one axis read the cell.
double readers(const Setting& s, const char* name) {
  const conv::WindowAxis columns = conv::window_axes(s.spec, s.input.shape()).columns;
  return static_cast<double>(
      conv::windows_per_cell(columns, 0, columns.outputs)[static_cast<std::size_t>(s[name])]);
}

constexpr Distractor kWrong6b[] = {
    {"EVERYWHERE", [](const Setting& s) { return of_number(s["k"] * s["k"]); }},
    {"ADD", [](const Setting& s) { return of_number(readers(s, "a") + readers(s, "q")); }},
    {"ONCE", [](const Setting&) { return of_number(1); }},
    {"ALLOUT", [](const Setting& s) { return of_number(s["OH"] * s["OH"]); }},
};

constexpr Veil kVeil = {.hatching = true, .coverage_counts = true};

WorkedSteps worked_6a(const Setting& s) {
  WorkedSteps steps = moves_along(s["i"], s["k"], s["s"], 0);
  const double read = steps.back().value * s["s"] + s["k"];
  steps.push_back(plain_step(
      number_text(steps.back().value) + "·" + number_text(s["s"]) + " + " + number_text(s["k"]),
      read));
  steps.push_back(plain_step(number_text(s["i"]) + "·" + number_text(s["i"]), s["i"] * s["i"]));
  if (read == s["i"] - s["u"]) {  // or cells between the windows are unread, too
    steps.push_back(plain_step(number_text(read) + "·" + number_text(read), read * read));
    return steps;
  }
  return {};
}

// The windows over the cell's row, and those over its column.
WorkedSteps worked_6b(const Setting& s) {
  WorkedSteps steps;
  add_labelled(steps, "worked.vertically", windows_over(s["a"], s["k"], s["s"], s["p"], s["OH"]));
  add_labelled(steps, "worked.horizontally", windows_over(s["q"], s["k"], s["s"], s["p"], s["OH"]));
  return steps;
}

constexpr Template kTemplates[] = {
    {.id = "6a",
     .concept_number = 6,
     .asked = Asked::kNumber,
     .lessons = kLessons6a,
     .shows = {},
     .veil = kVeil,
     .reveal = Reveal::kCoverageView,
     .read = read_6a,
     .draw = draw_6a,
     .answer = never_read,
     .distractors = kWrong6a,
     .worked = worked_6a},
    {.id = "6b",
     .concept_number = 6,
     .asked = Asked::kNumber,
     .lessons = kLessons6b,
     .shows = {.layer = true},
     .veil = kVeil,
     .reveal = Reveal::kLightOutputs,
     .read = read_6b,
     .draw = draw_6b,
     .answer =
         [](const Setting& s) {
           return of_number(conv::input_coverage(s.spec, s.input.shape())
                                .at({0, 0, static_cast<std::int64_t>(s["a"]),
                                     static_cast<std::int64_t>(s["q"])}));
         },
     .distractors = kWrong6b,
     .worked = worked_6b},
};

}  // namespace

std::span<const Template> coverage_templates() { return kTemplates; }

}  // namespace convscope::quiz
