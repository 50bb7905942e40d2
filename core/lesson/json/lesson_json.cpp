#include "core/lesson/json/lesson_json.h"

#include <algorithm>
#include <utility>

#include "core/lesson/enum_names.h"
#include "core/lesson/formula.h"
#include "core/lesson/json/json_tree.h"
#include "core/lesson/json/layer_json.h"
#include "core/lesson/json/scene_json.h"
#include "core/lesson/json/spec_json.h"
#include "core/lesson/json/tensor_json.h"
#include "core/lesson/limits.h"
#include "core/lesson/scene_shapes.h"
#include "core/lesson/training.h"

namespace convscope::lesson {
namespace {

constexpr std::int64_t kFormat = 1;

std::vector<Narration> parse_narration(const JsonAt& at, const Scene& scene) {
  std::vector<Narration> narration;
  for (const JsonAt& entry : at.elements()) {
    entry.allow_only({"at", "layer", "text"});
    const JsonAt place = entry.get("at");
    Narration told;
    if (const auto layer = entry.find("layer")) {
      told.layer = layer->integer(1, static_cast<std::int64_t>(scene.layers.size())) - 1;
    }
    const std::int64_t positions = told_shape(scene, told.layer).count();
    if (place.is_string()) {
      told.position = place.choice(
          Words<std::int64_t, 2>{{{"start", std::int64_t{-1}}, {"last", positions - 1}}});
    } else {
      told.position = place.integer(0, positions - 1);
    }
    if (!narration.empty() && std::pair(told.layer, told.position) <=
                                  std::pair(narration.back().layer, narration.back().position)) {
      place.fail("narration_order");
    }
    told.text = parse_text(entry.get("text"));
    narration.push_back(std::move(told));
  }
  return narration;
}

// Texts at places that the scene doesn't have.
std::vector<Narration> parse_unplaced(const JsonAt& at) {
  constexpr std::int64_t kMostLayers = 1000;
  std::vector<Narration> unplaced;
  for (const JsonAt& entry : at.elements()) {
    entry.allow_only({"at", "layer", "text"});
    Narration told;
    if (const auto layer = entry.find("layer")) {
      told.layer = layer->integer(1, kMostLayers) - 1;
    }
    const JsonAt place = entry.get("at");
    told.position = place.is_string() ? place.choice(Words<std::int64_t, 1>{{{"start", -1}}})
                                      : place.integer(0);
    told.text = parse_text(entry.get("text"));
    unplaced.push_back(std::move(told));
  }
  return unplaced;
}

// Both in order; a place has one text, the one that is seen.
void add_unplaced(std::vector<Narration>& narration, std::vector<Narration> unplaced) {
  const auto place = [](const Narration& told) { return std::pair(told.layer, told.position); };
  for (Narration& told : unplaced) {
    const auto at = std::ranges::lower_bound(narration, place(told), {}, place);
    if (at == narration.end() || place(*at) != place(told)) {
      narration.insert(at, std::move(told));
    }
  }
}

std::vector<std::string> parse_ids(const JsonAt& at) {
  std::vector<std::string> ids;
  for (const JsonAt& id : at.elements()) {
    ids.push_back(id.text());
  }
  return ids;
}

// A position of the first layer, or the row and the column of a cell of its first map.
std::int64_t parse_start(const JsonAt& at, const Shape& positions) {
  if (!at.is_array()) {
    return at.integer(0, positions.count() - 1);
  }
  const std::vector<JsonAt> place = at.elements();
  if (place.size() != 2) {
    at.fail("size_length", {{"expected", std::int64_t{2}}});
  }
  return place[0].integer(0, positions.h - 1) * positions.w + place[1].integer(0, positions.w - 1);
}

// One view, or two side by side.
void parse_views(const JsonAt& at, Scene& scene) {
  if (!at.is_array()) {
    scene.view = at.choice(kViews);
    return;
  }
  const std::vector<JsonAt> views = at.elements();
  if (views.size() != 2) {
    at.fail("views_count", {{"found", static_cast<std::int64_t>(views.size())}});
  }
  scene.view = views[0].choice(kViews);
  scene.second_view = views[1].choice(kViews);
  if (!can_pair(scene.view, scene.second_view)) {
    at.fail("views_pair");
  }
}

TensorRef parse_shaped(const JsonAt& at, TensorLayout layout, const Shape& expected,
                       TensorPool& pool, std::initializer_list<std::string_view> other_keys = {}) {
  TensorRef ref = parse_tensor(at, layout, pool, other_keys);
  if (ref.base.shape() != expected) {
    const bool signal = layout == TensorLayout::kSignal;
    at.fail("tensor_shape", {{"expected", shape_text(expected, signal)},
                             {"found", shape_text(ref.base.shape(), signal)}});
  }
  return ref;
}

TensorLayout layout_of(const Scene& scene) {
  return scene.layers.front().one_dimensional ? TensorLayout::kSignal : TensorLayout::kPlanes;
}

// A tensor, or a list of them: one for each trained convolution.
void parse_starts(const JsonAt& at, const Scene& scene, TensorPool& pool, Training& training) {
  std::vector<Shape> shapes;
  for (const conv::LayerSpec& spec : trained_chain(scene, training.all_layers)) {
    if (spec.op == conv::Op::kConv) {
      shapes.push_back(conv::weight_shape(spec));
    }
  }
  if (!at.is_array()) {
    training.start = parse_shaped(at, layout_of(scene), shapes.front(), pool);
    return;
  }
  const std::vector<JsonAt> starts = at.elements();
  if (starts.size() != shapes.size()) {
    at.fail("size_length", {{"expected", static_cast<std::int64_t>(shapes.size())}});
  }
  training.start = parse_shaped(starts.front(), layout_of(scene), shapes.front(), pool);
  for (std::size_t i = 1; i < starts.size(); ++i) {
    training.later_starts.push_back(parse_shaped(starts[i], layout_of(scene), shapes[i], pool));
  }
}

Training parse_training(const JsonAt& at, const Scene& scene, TensorPool& pool) {
  at.allow_only({"optimizer", "lr", "momentum", "beta1", "beta2", "eps", "steps", "layers", "start",
                 "target"});
  Training training;
  training.optimizer = parse_optimizer(at);
  if (const auto steps = at.find("steps")) {
    training.steps = steps->integer(1, kMaxTrainingSteps);
  }
  const conv::LayerSpec& spec = scene.layers.front().spec;
  if (spec.op != conv::Op::kConv) {
    at.fail("training_needs_conv");
  }
  if (const auto layers = at.find("layers")) {
    training.all_layers = layers->choice(Words<bool, 2>{{{"first", false}, {"all", true}}});
  }
  if (!conv::is_trainable(trained_chain(scene, training.all_layers))) {
    at.fail("training_chain");
  }
  if (const auto start = at.find("start")) {
    parse_starts(*start, scene, pool, training);
  }
  if (const auto target = at.find("target")) {
    training.target =
        parse_shaped(*target, layout_of(scene), target_shape(scene, training.all_layers), pool);
  }
  return training;
}

ReferenceMap parse_reference_map(const JsonAt& at, const Scene& scene, TensorPool& pool) {
  ReferenceMap reference_map;
  reference_map.label = parse_text(at.get("label"));
  reference_map.map = parse_shaped(
      at, layout_of(scene), conv::output_shape(scene.layers.front().spec, scene.input.base.shape()),
      pool, {"label"});
  return reference_map;
}

// Whether the scene's input is a signal: decided by the first layer that doesn't accept both.
bool is_signal(const std::vector<JsonAt>& layers) {
  for (const JsonAt& layer : layers) {
    const OpWord op = layer.get("op").choice(kOps);
    if (!conv::operator_of(op.op).any_dimensions()) {
      return op.one_dimensional;
    }
  }
  return false;
}

}  // namespace

LocalizedText parse_text(const JsonAt& at) {
  LocalizedText text;
  if (at.is_string()) {
    text.by_language["en"] = at.text();
    return text;
  }
  if (!at.is_object() || at.members().empty()) {
    at.fail("json_not_text");
  }
  for (const JsonMember& member : at.members()) {
    text.by_language[member.key] = at.get(member.key).text();
  }
  return text;
}

Scene parse_scene(const JsonAt& at, TensorPool& pool) {
  at.allow_only({"title", "input", "layers", "view", "code", "transposed_as", "training", "claim",
                 "start", "asks", "narration", "unplaced"});
  Scene scene;
  if (const auto title = at.find("title")) {
    scene.title = parse_text(*title);
  }
  const std::vector<JsonAt> layers = at.get("layers").at_least_one();
  const bool signal = is_signal(layers);
  const JsonAt input = at.get("input");
  const std::string_view called = names_array(input) ? "as" : "name";
  scene.input = parse_tensor(input, signal ? TensorLayout::kSignal : TensorLayout::kPlanes, pool,
                             {called, "colors"});
  if (const auto name = input.find(called)) {
    scene.input_name = name->text();
  }
  if (const auto colors = input.find("colors")) {
    scene.colors = colors->choice(kInputColors);
  }
  Shape shape = scene.input.base.shape();
  std::int64_t kept = shape.count();
  for (const JsonAt& layer : layers) {
    scene.layers.push_back(parse_layer(layer, shape, signal, pool, kept));
    shape = conv::output_shape(scene.layers.back().spec, shape);
  }
  if (const auto view = at.find("view")) {
    parse_views(*view, scene);
  }
  if (const auto code = at.find("code")) {
    scene.code = code->choice(kCodeStrips);
  }
  if (const auto as = at.find("transposed_as")) {
    scene.transposed_as = as->choice(kTransposedAs);
  }
  if (const auto training = at.find("training")) {
    scene.training = parse_training(*training, scene, pool);
  }
  if (const auto reference_map = at.find("claim")) {
    scene.reference_map = parse_reference_map(*reference_map, scene, pool);
  }
  if (const auto start = at.find("start")) {
    scene.start = parse_start(*start, told_shape(scene, 0));
  }
  if (const auto asks = at.find("asks")) {
    scene.asks = asks->boolean();
  }
  if (const auto narration = at.find("narration")) {
    scene.narration = parse_narration(*narration, scene);
  }
  if (const auto unplaced = at.find("unplaced")) {
    add_unplaced(scene.narration, parse_unplaced(*unplaced));
  }
  return scene;
}

namespace {

Heading heading_at(const JsonAt& at) {
  // Checked first: a newer format may differ in anything else.
  if (const std::int64_t format = at.get("format").integer(1); format > kFormat) {
    at.get("format").fail("format_newer", {{"format", format}, {"known", kFormat}});
  }
  at.allow_only(
      {"$schema", "format", "id", "title", "summary", "scenes", "questions", "exercises"});
  if (const auto schema = at.find("$schema")) {
    schema->text();  // only used by editors
  }
  Heading heading{at.get("id").text(),
                  parse_text(at.get("title")),
                  {},
                  std::ssize(at.get("scenes").at_least_one())};
  if (const auto summary = at.find("summary")) {
    heading.summary = parse_text(*summary);
  }
  return heading;
}

}  // namespace

Heading parse_heading(std::string_view json, const std::string& name) {
  const JsonNode root = parse_json(json, name);
  return heading_at(JsonAt(root, name));
}

Lesson parse_lesson(std::string_view json, const std::string& name, const LoadTensor& load) {
  TensorPool pool(load);
  const JsonNode root = parse_json(json, name);
  const JsonAt at(root, name);
  Heading heading = heading_at(at);
  Lesson lesson{std::move(heading.id), std::move(heading.title), std::move(heading.summary), {}};
  for (const JsonAt& scene : at.get("scenes").at_least_one()) {
    lesson.scenes.push_back(parse_scene(scene, pool));
  }
  if (const auto questions = at.find("questions")) {
    lesson.questions = parse_ids(*questions);
  }
  if (const auto exercises = at.find("exercises")) {
    lesson.exercises = parse_ids(*exercises);
  }
  return lesson;
}

}  // namespace convscope::lesson
