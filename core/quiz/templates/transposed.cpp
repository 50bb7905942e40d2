// Concept 15: the convolution in the opposite direction.
#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "core/conv/analysis/coverage.h"
#include "core/conv/conv_transpose2d.h"
#include "core/quiz/templates/concepts.h"

namespace convscope::quiz {
namespace {

constexpr std::string_view kLessons15a[] = {"transposed", "checkerboard", "conv-arithmetic"};
constexpr std::string_view kLessons15b[] = {"checkerboard"};
constexpr std::string_view kLessons15c[] = {"transposed", "conv-arithmetic"};

std::optional<Setting> read_stamps(const lesson::Scene& scene, const Spot& spot) {
  auto s = read_layer(scene, spot, conv::Op::kConvTranspose);
  const auto axis = s ? common_axis(*s) : std::nullopt;
  if (!axis || axis->d != 1 || s->spec.output_padding != conv::Size2{0, 0} ||
      s->scene.layers.front().one_dimensional) {
    return std::nullopt;
  }
  put_axis(*s, *axis);
  return s;
}

std::optional<Setting> read_15a(const lesson::Scene& scene, const Spot& spot, Draw&) {
  return read_stamps(scene, spot);
}

ConvSizes stamp_sizes(Draw& draw) {
  ConvSizes sizes;
  sizes.op = conv::Op::kConvTranspose;
  sizes.kh = sizes.kw = draw.between(2, 5);
  sizes.stride = draw.between(1, 3);
  sizes.padding = draw.between(0, std::min<std::int64_t>(2, sizes.kh - 1));
  sizes.h = sizes.w = draw.between(2, 6);
  return sizes;
}

Drawn draw_stamps(Draw& draw) {
  lesson::Scene scene = drawn_conv(stamp_sizes(draw), draw);
  scene.transposed_as = lesson::TransposedAs::kScatterAdd;
  return {scene, {}};
}

WrongComputation with_padding(const Setting& s, std::int64_t padding) {
  WrongComputation wrong = own_computation(s);
  wrong.spec.padding = conv::PaddingRule::kExplicit;
  wrong.spec.pads = {padding, padding, padding, padding};
  wrong.at = {};
  return wrong;
}

constexpr Distractor kWrong15a[] = {
    {"SCALE", [](const Setting& s) { return of_number(s["s"] * s["i"]); }},
    {"PADGROWS",
     [](const Setting& s) { return of_number(s["s"] * (s["i"] - 1) + s["k"] + 2 * s["p"]); }},
    {"PLAINCONV",
     [](const Setting& s) {
       return of_number(std::max(0.0, std::floor((s["i"] + 2 * s["p"] - s["k"]) / s["s"]) + 1));
     }},
    {"LASTSTAMP", [](const Setting& s) { return of_number(s["s"] * (s["i"] - 1) - 2 * s["p"]); }},
    {"TILE", [](const Setting& s) { return of_number(s["i"] * s["k"]); },
     [](const Setting& s) {
       WrongComputation wrong = with_padding(s, 0);
       wrong.spec.stride = wrong.spec.kernel_size;
       return wrong;
     }},
};

// For a cell of the output.
std::optional<Setting> read_15b(const lesson::Scene& scene, const Spot& spot, Draw& draw) {
  auto s = read_stamps(scene, spot);
  if (s) {
    s->spot.y = draw.between(0, s->output.h - 1);
    s->spot.x = draw.between(0, s->output.w - 1);
    put(*s, "y", s->spot.y);
    put(*s, "x", s->spot.x);
  }
  return s;
}

// How many stamps along one axis reach the cell.
double stamps(const Setting& s, std::int64_t cell) {
  const conv::WindowAxis columns = conv::window_axes(s.spec, s.input.shape()).columns;
  return static_cast<double>(
      conv::cells_per_window(columns, 0, columns.size)[static_cast<std::size_t>(cell)]);
}

constexpr Distractor kWrong15b[] = {
    {"ONESTAMP", [](const Setting&) { return of_number(1); }},
    {"ALLTAPS", [](const Setting& s) { return of_number(s["k"] * s["k"]); }},
    {"EVERYWHERE",
     [](const Setting& s) {
       const double most = std::ceil(s["k"] / s["s"]);
       return of_number(most * most);
     }},
    {"ADD", [](const Setting& s) { return of_number(stamps(s, s.spot.y) + stamps(s, s.spot.x)); }},
    {"ALLOUT", [](const Setting& s) { return of_number(s["i"] * s["i"]); }},
};

// A convolution followed by the transposed one with the same weight.
lesson::Scene there_and_back(const Tensor& x, const Tensor& weight, std::int64_t stride) {
  lesson::Scene scene = scene_of(x, conv_layer(weight, stride));
  lesson::Layer back = conv_layer(weight, stride);
  back.name = "back";
  back.spec.op = conv::Op::kConvTranspose;
  scene.layers.push_back(back);
  return scene;
}

bool goes_there_and_back(const lesson::Scene& scene) {
  if (scene.layers.size() != 2) {
    return false;
  }
  const conv::LayerSpec& there = scene.layers[0].spec;
  const conv::LayerSpec& back = scene.layers[1].spec;
  return there.op == conv::Op::kConv && back.op == conv::Op::kConvTranspose && !there.bias &&
         !back.bias && there.stride == back.stride && there.padding == conv::PaddingRule::kValid &&
         back.padding == conv::PaddingRule::kValid && back.output_padding == conv::Size2{0, 0} &&
         identical(scene.layers[0].weight.tensor(), scene.layers[1].weight.tensor());
}

// For a transposed layer: a scene with its kernel there and back, on a random input whose map has
// the size of the layer's input.
std::optional<lesson::Scene> round_trip(const lesson::Scene& scene, Draw& draw) {
  if (goes_there_and_back(scene)) {
    return scene;
  }
  const auto s = read_layer(scene, {}, conv::Op::kConvTranspose);
  if (!s || s->scene.layers.front().one_dimensional) {
    return std::nullopt;
  }
  const auto axis = common_axis(*s);
  if (!axis || axis->d != 1 || axis->p != 0 || s->weight.shape().c != 1 ||
      s->weight.shape().n != 1) {
    return std::nullopt;
  }
  const std::int64_t i = axis->s * (axis->i - 1) + axis->k + draw.between(0, axis->s - 1);
  return there_and_back(draw.integers({1, 1, i, i}, 0, 3), s->weight, axis->s);
}

std::optional<Setting> read_15c(const lesson::Scene& scene, const Spot&, Draw& draw) {
  const auto both = round_trip(scene, draw);
  if (!both) {
    return std::nullopt;
  }
  auto s = read_conv(*both, {});
  if (!s) {
    return std::nullopt;
  }
  const auto axis = common_axis(*s);
  if (!axis) {
    return std::nullopt;
  }
  s->scene = *both;
  put(*s, "i", axis->i);
  put(*s, "k", axis->k);
  put(*s, "s", axis->s);
  return s;
}

Drawn draw_15c(Draw& draw) {
  const std::int64_t k = draw.between(2, 4);
  const std::int64_t i = draw.between(k + 1, 8);
  return {there_and_back(draw.integers({1, 1, i, i}, 0, 3), draw.integers({1, 1, k, k}, -2, 2),
                         draw.between(1, 3)),
          {}};
}

// Computed by going there and back.
Answer what_returns(const Setting& s) {
  const Tensor there = map_of(own_computation(s));
  const conv::LayerSpec& back = s.scene.layers.back().spec;
  const Tensor x = conv::conv_transpose2d_reference(there, s.weight, Tensor(), back);
  if (x.shape() != s.input.shape()) {
    return of_word("neither");
  }
  return of_word(identical(x, s.input) ? "x_itself" : "size_of_x");
}

constexpr Distractor kWrong15c[] = {
    {"INVERSE", [](const Setting&) { return of_word("x_itself"); }},
    {"SIZEALWAYS", [](const Setting&) { return of_word("size_of_x"); }},
    {"NEVERBACK", [](const Setting&) { return of_word("neither"); }},
};

WorkedSteps worked_15a(const Setting& s) {
  const double moves = s["i"] - 1;
  WorkedSteps steps = {plain_step(number_text(s["i"]) + " − 1", moves),
                       plain_step(number_text(s["s"]) + "·" + number_text(moves), s["s"] * moves)};
  if (s["p"] != 0) {  // else that sum is the answer
    steps.push_back(plain_step(number_text(s["s"] * moves) + " + " + number_text(s["k"]),
                               s["s"] * moves + s["k"]));
  }
  return steps;
}

// The stamps that reach the cell's row, and those that reach its column.
WorkedSteps worked_15b(const Setting& s) {
  WorkedSteps steps;
  add_labelled(steps, "worked.vertically", windows_over(s["y"], s["k"], s["s"], s["p"], s["i"]));
  add_labelled(steps, "worked.horizontally", windows_over(s["x"], s["k"], s["s"], s["p"], s["i"]));
  return steps;
}

// The size that comes back.
WorkedSteps worked_15c(const Setting& s) {
  WorkedSteps steps = moves_along(s["i"], s["k"], s["s"], 0);
  const double moves = steps.back().value;
  steps.push_back(
      plain_step(number_text(s["s"]) + "·" + number_text(moves) + " + " + number_text(s["k"]),
                 s["s"] * moves + s["k"]));
  return steps;
}

constexpr Template kTemplates[] = {
    {.id = "15a",
     .concept_number = 15,
     .asked = Asked::kNumber,
     .lessons = kLessons15a,
     .shows = {},
     .veil = kSizeVeil,
     .reveal = Reveal::kFirstAndLastStamp,
     .read = read_15a,
     .draw = draw_stamps,
     .answer = [](const Setting& s) { return of_number(static_cast<double>(s.output.w)); },
     .distractors = kWrong15a,
     .worked = worked_15a},
    {.id = "15b",
     .concept_number = 15,
     .asked = Asked::kNumber,
     .lessons = kLessons15b,
     .shows = {},
     .veil = {.sum = true,
              .partial_sums = true,
              .map_values = true,
              .hatching = true,
              .coverage_counts = true},
     .reveal = Reveal::kDotsInCell,
     .read = read_15b,
     .draw = draw_stamps,
     .answer =
         [](const Setting& s) {
           return of_number(
               conv::output_coverage(s.spec, s.input.shape()).at({0, 0, s.spot.y, s.spot.x}));
         },
     .distractors = kWrong15b,
     .worked = worked_15b},
    {.id = "15c",
     .concept_number = 15,
     .asked = Asked::kChoice,
     .lessons = kLessons15c,
     .shows = {.layer = true},
     .veil =
         {.map_values = true, .output_grid = true, .size_caption = true, .inspector_numbers = true},
     .reveal = Reveal::kSideBySide,
     .read = read_15c,
     .draw = draw_15c,
     .answer = what_returns,
     .distractors = kWrong15c,
     .most_wrong = 2,
     .worked = worked_15c},
};

}  // namespace

std::span<const Template> transposed_templates() { return kTemplates; }

}  // namespace convscope::quiz
