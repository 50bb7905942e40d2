#include "core/lesson/lesson_json.h"

#include <algorithm>
#include <array>

#include "core/lesson/json_tree.h"
#include "core/lesson/limits.h"
#include "core/lesson/spec_json.h"
#include "core/lesson/tensor_json.h"
#include "core/lesson/words.h"

namespace convscope {
namespace {

constexpr std::int64_t kFormat = 1;

// Named by the format, computed by later versions.
constexpr std::array<std::string_view, 7> kLaterOps = {
    "max_pool2d", "avg_pool2d", "conv_transpose1d", "conv_transpose2d", "relu", "unfold", "linear"};
constexpr std::array<std::string_view, 7> kLaterViews = {
    "volume", "strip", "neuron", "matrix", "descent", "coverage", "receptive-field"};

LocalizedText parse_text(const JsonAt& at) {
  LocalizedText text;
  if (at.is_string()) {
    text.by_language["en"] = at.text();
    return text;
  }
  if (!at.is_object()) {
    at.fail("json_not_text");
  }
  for (const JsonMember& member : at.members()) {
    text.by_language[member.key] = at.get(member.key).text();
  }
  return text;
}

LayerKind parse_op(const JsonAt& at) {
  if (std::ranges::find(kLaterOps, at.text()) != kLaterOps.end()) {
    at.fail("op_not_yet", {{"op", at.text()}});
  }
  return at.choice(kLayerKinds);
}

View parse_view(const JsonAt& at) {
  if (std::ranges::find(kLaterViews, at.text()) != kLaterViews.end()) {
    at.fail("view_not_yet", {{"view", at.text()}});
  }
  return at.choice(kViews);
}

std::string text_of(const Shape& shape, LayerKind kind) {
  const std::string channels = std::to_string(shape.n) + ", " + std::to_string(shape.c) + ", ";
  const std::string height = kind == LayerKind::kConv1d ? "" : std::to_string(shape.h) + ", ";
  return "(" + channels + height + std::to_string(shape.w) + ")";
}

// What the weight tells need not be said; what is said must agree with it.
Conv2dSpec parse_layer_spec(const JsonAt& at, const Layer& layer) {
  const Shape& weight = layer.weight.base.shape();
  Conv2dSpec told;
  if (const auto groups = at.find("groups")) {
    told.groups = groups->integer(1, kMaxWeights);
  }
  told.in_channels = weight.c * told.groups;
  told.out_channels = weight.n;
  told.kernel_size = {weight.h, weight.w};
  told.bias = !layer.bias.base.empty();
  const Conv2dSpec spec = parse_spec(at, layer.kind, told);
  for (const auto& [key, agrees] :
       {std::pair{"in_channels", spec.in_channels == told.in_channels},
        std::pair{"out_channels", spec.out_channels == weight.n},
        std::pair{"kernel_size", spec.kernel_size == told.kernel_size}}) {
    if (!agrees) {
      at.get(key).fail("weight_disagrees",
                       {{"setting", key}, {"shape", text_of(weight, layer.kind)}});
    }
  }
  return spec;
}

Layer parse_layer(const JsonAt& at, const Shape& input, const LoadTensor& load) {
  at.members();
  Layer layer;
  layer.kind = parse_op(at.get("op"));
  at.allow_only({"op", "name", "in_channels", "out_channels", "kernel_size", "stride", "padding",
                 "padding_mode", "dilation", "groups", "weight", "bias"});
  const bool signal = layer.kind == LayerKind::kConv1d;
  if (const auto name = at.find("name")) {
    layer.name = name->text();
  }
  const JsonAt weight = at.get("weight");
  layer.weight = parse_tensor(weight, signal ? TensorLayout::kSignal : TensorLayout::kPlanes, load);
  if (signal && layer.weight.base.shape().h != 1) {
    weight.fail("tensor_rank", {{"rank", 4}, {"low", 1}, {"high", 3}});
  }
  if (const auto bias = at.find("bias")) {
    layer.bias = parse_tensor(*bias, TensorLayout::kVector, load);
    const Shape expected = {1, 1, 1, layer.weight.base.shape().n};
    if (layer.bias.base.shape() != expected) {
      bias->fail("bias_disagrees",
                 {{"expected", expected.w}, {"found", layer.bias.base.shape().count()}});
    }
  }
  layer.spec = parse_layer_spec(at, layer);
  for (const Problem& problem : layer_problems(layer.spec, input)) {
    const auto setting = at.find(problem.field);
    (setting ? *setting : at).fail(problem.code, problem.values);
  }
  return layer;
}

std::vector<Narration> parse_narration(const JsonAt& at, std::int64_t positions) {
  std::vector<Narration> narration;
  for (const JsonAt& entry : at.elements()) {
    entry.allow_only({"at", "text"});
    const JsonAt place = entry.get("at");
    Narration told;
    if (place.is_string()) {
      told.position = place.choice(
          Words<std::int64_t, 2>{{{"start", std::int64_t{-1}}, {"last", positions - 1}}});
    } else {
      told.position = place.integer(0, positions - 1);
    }
    if (!narration.empty() && told.position <= narration.back().position) {
      place.fail("narration_order");
    }
    told.text = parse_text(entry.get("text"));
    narration.push_back(std::move(told));
  }
  return narration;
}

Scene parse_scene(const JsonAt& at, const LoadTensor& load) {
  at.allow_only({"title", "input", "layers", "view", "narration"});
  Scene scene;
  if (const auto title = at.find("title")) {
    scene.title = parse_text(*title);
  }
  const std::vector<JsonAt> layers = at.get("layers").at_least_one();
  const bool signal = parse_op(layers.front().get("op")) == LayerKind::kConv1d;
  const JsonAt input = at.get("input");
  scene.input = parse_tensor(input, signal ? TensorLayout::kSignal : TensorLayout::kPlanes, load,
                             {"name", "colors"});
  if (const auto name = input.find("name")) {
    scene.input_name = name->text();
  }
  if (const auto colors = input.find("colors")) {
    scene.colors = colors->choice(kInputColors);
  }
  Shape shape = scene.input.base.shape();
  std::int64_t positions = 0;
  for (const JsonAt& layer : layers) {
    scene.layers.push_back(parse_layer(layer, shape, load));
    shape = output_shape(scene.layers.back().spec, shape);
    positions = positions == 0 ? shape.count() : positions;
  }
  if (const auto view = at.find("view")) {
    scene.view = parse_view(*view);
  }
  if (const auto narration = at.find("narration")) {
    scene.narration = parse_narration(*narration, positions);
  }
  return scene;
}

}  // namespace

Lesson parse_lesson(std::string_view json, const std::string& name, const LoadTensor& load) {
  const JsonNode root = parse_json(json, name);
  const JsonAt at(root, name);
  // First of all: a newer format may differ in anything else.
  if (const std::int64_t format = at.get("format").integer(1); format > kFormat) {
    at.get("format").fail("format_newer", {{"format", format}, {"known", kFormat}});
  }
  at.allow_only({"format", "id", "title", "summary", "scenes"});
  Lesson lesson;
  lesson.id = at.get("id").text();
  lesson.title = parse_text(at.get("title"));
  if (const auto summary = at.find("summary")) {
    lesson.summary = parse_text(*summary);
  }
  for (const JsonAt& scene : at.get("scenes").at_least_one()) {
    lesson.scenes.push_back(parse_scene(scene, load));
  }
  return lesson;
}

}  // namespace convscope
