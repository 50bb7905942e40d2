// Concept 16: what a cell sees through several layers.
#include <algorithm>
#include <string_view>
#include <vector>

#include "core/conv/analysis/receptive_field.h"
#include "core/quiz/templates/concepts.h"

namespace convscope::quiz {
namespace {

constexpr std::string_view kLessons[] = {"receptive-field"};

std::vector<conv::LayerSpec> specs_of(const lesson::Scene& scene) {
  std::vector<conv::LayerSpec> specs;
  Shape shape = scene.input.base.shape();
  for (const lesson::Layer& layer : scene.layers) {
    specs.push_back(conv::fitted(layer.spec, shape));
    shape = conv::output_shape(layer.spec, shape);
  }
  return specs;
}

// (kernel, stride, padding) of a layer whose axes are alike.
std::optional<NumberList> triple(const conv::LayerSpec& spec, const Shape& input) {
  const conv::Pads pads = conv::resolved_pads(spec, input);
  const bool slides =
      spec.op == conv::Op::kConv || spec.op == conv::Op::kMaxPool || spec.op == conv::Op::kAvgPool;
  const bool alike = spec.kernel_size.h == spec.kernel_size.w && spec.stride.h == spec.stride.w &&
                     pads.top == pads.bottom && pads.top == pads.left && pads.left == pads.right &&
                     spec.dilation == conv::Size2{1, 1} && !spec.ceil_mode;
  if (!slides || !alike) {
    return std::nullopt;
  }
  return NumberList{static_cast<double>(spec.kernel_size.w), static_cast<double>(spec.stride.w),
                    static_cast<double>(pads.left)};
}

// Requires at least two layers.
std::optional<Setting> read_stack(const lesson::Scene& scene) {
  if (scene.layers.size() < 2 || scene.layers.front().one_dimensional ||
      scene.input.base.shape().h != scene.input.base.shape().w) {
    return std::nullopt;
  }
  auto s = read_layer(scene, {}, scene.layers.front().spec.op);
  if (!s) {
    return std::nullopt;
  }
  s->scene.layers = scene.layers;
  std::vector<NumberList> list;
  Shape shape = s->input.shape();
  for (const conv::LayerSpec& spec : specs_of(s->scene)) {
    const auto numbers = triple(spec, shape);
    if (!numbers) {
      return std::nullopt;
    }
    list.push_back(*numbers);
    shape = conv::output_shape(spec, shape);
  }
  s->output = shape;  // of the last map
  s->values.put("L", std::move(list));
  put(*s, "n", s->input.shape().w);
  return s;
}

conv::ReceptiveField field_of(const Setting& s) {
  return conv::receptive_fields(specs_of(s.scene), s.input.shape()).back();
}

const std::vector<NumberList>& layers(const Setting& s) {
  return std::get<std::vector<NumberList>>(s.values.at("L"));
}

// Requires a stride before the last layer; without one, ignoring strides would go unnoticed.
std::optional<Setting> read_16a(const lesson::Scene& scene, const Spot&, Draw&) {
  auto s = read_stack(scene);
  const auto strides = [](const NumberList& layer) { return layer[1] > 1; };
  if (!s || std::none_of(layers(*s).begin(), layers(*s).end() - 1, strides)) {
    return std::nullopt;
  }
  put(*s, "r", field_of(*s).size.w);
  return s;
}

lesson::Layer drawn_stack_layer(Draw& draw) {
  if (draw.chance(30)) {
    return pool_layer(conv::Op::kMaxPool, 2, 2);
  }
  const std::int64_t k = draw.pick({3, 3, 5});
  return conv_layer(draw.integers({1, 1, k, k}, -1, 1), draw.chance(25) ? 2 : 1, k / 2);
}

Drawn draw_stack(Draw& draw) {
  lesson::Scene scene = scene_of(draw.integers({1, 1, 32, 32}, 0, 3), drawn_stack_layer(draw));
  const std::int64_t more = draw.between(2, 4);
  for (std::int64_t l = 0; l < more; ++l) {
    scene.layers.push_back(drawn_stack_layer(draw));
  }
  scene.view = lesson::View::kReceptiveField;
  return {scene, {}};
}

constexpr Distractor kWrong16a[] = {
    {"SUMK",
     [](const Setting& s) {
       double sum = 0;
       for (const NumberList& layer : layers(s)) {
         sum += layer[0];
       }
       return of_number(sum);
     }},
    {"RFNOSTRIDE",
     [](const Setting& s) {
       double sum = 1;
       for (const NumberList& layer : layers(s)) {
         sum += layer[0] - 1;
       }
       return of_number(sum);
     }},
    {"MULT",
     [](const Setting& s) {
       double product = 1;
       for (const NumberList& layer : layers(s)) {
         product *= layer[0];
       }
       return of_number(product);
     }},
    {"LASTONLY", [](const Setting& s) { return of_number(layers(s).back()[0]); }},
};

// A cell of the last map, often close to the edge.
std::optional<Setting> read_16b(const lesson::Scene& scene, const Spot&, Draw& draw) {
  auto s = read_stack(scene);
  if (!s) {
    return std::nullopt;
  }
  const conv::ReceptiveField field = field_of(*s);
  const std::int64_t size = s->output.w;
  const std::int64_t c = draw.chance(30) ? draw.pick({0, size - 1}) : draw.between(0, size - 1);
  const double reach = static_cast<double>(field.size.w - 1) / 2;
  const double centre = static_cast<double>(c) * field.jump_x + field.start_x;
  put(*s, "c", c);
  put(*s, "size", size);
  put(*s, "r", field.size.w);
  s->values.put("j", field.jump_x);
  s->values.put("start", field.start_x);
  s->values.put("lo", centre - reach);
  s->values.put("hi", centre + reach);
  return s;
}

// Goes down from the cell, layer by layer, and clips only at the end.
Answer seen(const Setting& s) {
  const std::vector<conv::LayerSpec> specs = specs_of(s.scene);
  std::vector<Shape> inputs = {s.input.shape()};
  for (const conv::LayerSpec& spec : specs) {
    inputs.push_back(conv::output_shape(spec, inputs.back()));
  }
  const auto c = static_cast<std::int64_t>(s["c"]);
  conv::CellRect cells = {{c, c}, {c, c}};
  for (std::size_t l = specs.size(); l-- > 0;) {
    cells = conv::field_below(specs[l], inputs[l], cells);
  }
  return of_tuple({static_cast<double>(std::max<std::int64_t>(cells.x.first, 0)),
                   static_cast<double>(std::min(cells.x.last, s.input.shape().w - 1))});
}

constexpr Distractor kWrong16b[] = {
    {"UNCLIPPED", [](const Setting& s) { return of_tuple({s["lo"], s["hi"]}); }},
    {"NOJUMP", [](const Setting& s) { return of_tuple({s["c"], s["c"] + s["r"] - 1}); }},
    {"NOJUMP",
     [](const Setting& s) {
       const double half = static_cast<double>((static_cast<std::int64_t>(s["r"]) - 1) / 2);
       return of_tuple({std::max(s["c"] - half, 0.0), std::min(s["c"] + half, s["n"] - 1)});
     }},
    {"LASTONLY",
     [](const Setting& s) {
       const double first = s["c"] * s["j"];
       return of_tuple({first, first + layers(s).back()[0] - 1});
     }},
};

constexpr Veil kVeil = {.inspector_numbers = true, .receptive_row = true, .receptive_light = true};

// r = 1 + Σ (k − 1)·j, where j is the product of the strides below.
WorkedSteps worked_16a(const Setting& s) {
  WorkedSteps steps;
  double field = 1;
  double jump = 1;
  for (const NumberList& layer : std::get<std::vector<NumberList>>(s.values.at("L"))) {
    const double next = field + (layer[0] - 1) * jump;
    steps.push_back(plain_step(
        number_text(field) + " + (" + number_text(layer[0]) + " − 1)·" + number_text(jump), next));
    field = next;
    jump *= layer[1];
  }
  steps.pop_back();
  return steps;
}

WorkedSteps worked_16b(const Setting& s) {
  return {
      plain_step(number_text(s["c"]) + "·" + number_text(s["j"]) + " + " + operand_text(s["start"]),
                 s["c"] * s["j"] + s["start"]),
      plain_step("(" + number_text(s["r"]) + " − 1) / 2", (s["r"] - 1) / 2)};
}

constexpr Template kTemplates[] = {
    {.id = "16a",
     .concept_number = 16,
     .asked = Asked::kNumber,
     .lessons = kLessons,
     .shows = {},
     .veil = kVeil,
     .reveal = Reveal::kLightPyramid,
     .read = read_16a,
     .draw = draw_stack,
     .answer = [](const Setting& s) { return of_number(static_cast<double>(field_of(s).size.w)); },
     .distractors = kWrong16a,
     .worked = worked_16a},
    {.id = "16b",
     .concept_number = 16,
     .asked = Asked::kPair,
     .lessons = kLessons,
     .shows = {.layer = true},
     .veil = kVeil,
     .reveal = Reveal::kLightField,
     .read = read_16b,
     .draw = draw_stack,
     .answer = seen,
     .distractors = kWrong16b,
     .worked = worked_16b},
};

}  // namespace

std::span<const Template> receptive_field_templates() { return kTemplates; }

}  // namespace convscope::quiz
