#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "core/lesson/json/json_tree.h"
#include "core/lesson/json/layer_json.h"
#include "core/lesson/json/scene_json.h"
#include "core/lesson/json/tensor_json.h"
#include "core/quiz/exercise/exercise.h"

namespace convscope::quiz {
namespace {

constexpr std::int64_t kFormat = 1;

template <typename Value, std::size_t kCount>
using Table = std::array<std::pair<std::string_view, Value>, kCount>;

constexpr Table<Take, 4> kTakes = {{{"all", Take::kAll},
                                    {"largest", Take::kLargest},
                                    {"smallest", Take::kSmallest},
                                    {"largest_size", Take::kLargestSize}}};
constexpr Table<Relation, 5> kRelations = {{{"equals", Relation::kEquals},
                                            {"at_least", Relation::kAtLeast},
                                            {"at_most", Relation::kAtMost},
                                            {"above", Relation::kAbove},
                                            {"below", Relation::kBelow}}};

// A word, optionally preceded by "start.".
void parse_word(const lesson::JsonAt& at, Quantity& quantity) {
  constexpr std::string_view kStart = "start.";
  std::string_view word = at.text();
  quantity.of_start = word.starts_with(kStart);
  word.remove_prefix(quantity.of_start ? kStart.size() : 0);
  std::string words;
  for (const auto& [name, measure] : measures()) {
    if (name == word) {
      quantity.measure = measure;
      return;
    }
    words.append(words.empty() ? "" : ", ").append(name);
  }
  at.fail("json_unknown_choice", {{"value", at.text()}, {"choices", words}});
}

CellSpan parse_span(const lesson::JsonAt& at) {
  const std::vector<lesson::JsonAt> ends = at.elements();
  if (ends.size() != 2) {
    at.fail("exercise_span");
  }
  return {ends[0].integer(), ends[1].integer()};
}

Quantity parse_quantity(const lesson::JsonAt& at) {
  Quantity quantity;
  if (at.is_string()) {
    parse_word(at, quantity);
    return quantity;
  }
  at.allow_only({"of", "rows", "columns", "take", "plus"});
  parse_word(at.get("of"), quantity);
  if (const auto rows = at.find("rows")) {
    quantity.rows = parse_span(*rows);
  }
  if (const auto columns = at.find("columns")) {
    quantity.columns = parse_span(*columns);
  }
  if (const auto take = at.find("take")) {
    quantity.take = take->choice(kTakes);
  }
  if (const auto plus = at.find("plus")) {
    quantity.plus = plus->number();
  }
  return quantity;
}

// A quantity, a number or a list of numbers.
std::variant<Quantity, Measured> parse_operand(const lesson::JsonAt& at) {
  if (at.is_string() || at.is_object()) {
    return parse_quantity(at);
  }
  Numbers numbers;
  if (at.is_array()) {
    for (const lesson::JsonAt& element : at.at_least_one()) {
      numbers.values.push_back(element.number());
    }
    numbers.shape.w = static_cast<std::int64_t>(numbers.values.size());
  } else {
    numbers.values.push_back(at.number());
  }
  return Measured(numbers);
}

Comparison parse_comparison(const lesson::JsonAt& at) {
  at.allow_only({"what", "is", "equals", "at_least", "at_most", "above", "below", "within"});
  Comparison comparison;
  comparison.what = parse_quantity(at.get("what"));
  int relations = 0;
  if (const auto is = at.find("is")) {
    ++relations;
    comparison.with = is->is_string() ? Measured(is->text()) : Measured(is->boolean());
  }
  for (const auto& [word, relation] : kRelations) {
    if (const auto with = at.find(word)) {
      ++relations;
      comparison.relation = relation;
      comparison.with = parse_operand(*with);
    }
  }
  if (relations != 1) {
    at.fail("exercise_relation");
  }
  if (const auto within = at.find("within")) {
    comparison.within = within->number();
  }
  return comparison;
}

// The object with the members of `changes` replacing its own; null removes a member.
lesson::JsonNode merged(const lesson::JsonNode& object, const lesson::JsonAt& changes) {
  lesson::JsonNode result = object;
  auto& members = std::get<lesson::JsonNode::Object>(result.value);
  for (const lesson::JsonMember& change : changes.members()) {
    std::erase_if(members,
                  [&](const lesson::JsonMember& member) { return member.key == change.key; });
    if (!std::holds_alternative<std::monostate>(change.node.value)) {
      members.push_back(change);
    }
  }
  return result;
}

// The member with this name; added as an empty object if missing.
lesson::JsonNode& member_of(lesson::JsonNode& object, std::string_view key) {
  auto& members = std::get<lesson::JsonNode::Object>(object.value);
  const auto found = std::ranges::find(members, key, &lesson::JsonMember::key);
  if (found != members.end()) {
    return found->node;
  }
  lesson::JsonMember& added = members.emplace_back();
  added.key = key;
  added.node.value = lesson::JsonNode::Object();
  return added.node;
}

// Where the file has what the merged scene has at `path`: a change knows one layer.
std::string place_in_change(std::string path, const std::string& change) {
  const std::string merged = change + ".layers[0]";
  return path.starts_with(merged) ? path.replace(0, merged.size(), change + ".layer") : path;
}

// The start with a change applied.
lesson::Scene parse_change(const lesson::JsonAt& at, const lesson::JsonAt& start,
                           const std::string& file, lesson::TensorPool& pool) {
  at.allow_only({"layer", "training", "input"});
  lesson::JsonNode scene = start.node();
  if (const auto layer = at.find("layer")) {
    auto& layers = std::get<lesson::JsonNode::Array>(member_of(scene, "layers").value);
    layers.front() = merged(layers.front(), *layer);
  }
  for (const char* key : {"training", "input"}) {
    if (const auto part = at.find(key)) {
      lesson::JsonNode& member = member_of(scene, key);
      member = merged(member, *part);
    }
  }
  try {
    return lesson::parse_scene(lesson::JsonAt(scene, file, at.path()), pool);
  } catch (const Failure& failure) {
    Problem problem = failure.problem();
    problem.field = place_in_change(problem.field, at.path());
    for (auto& [name, value] : problem.values) {
      if (name == "path") {
        value = problem.field;
      }
    }
    throw Failure(std::move(problem));
  }
}

void parse_different(const lesson::JsonAt& at, Exercise& exercise) {
  at.allow_only({"count", "in"});
  exercise.different_count = static_cast<std::size_t>(at.get("count").integer(1, 100));
  for (const lesson::JsonAt& word : at.get("in").at_least_one()) {
    Quantity quantity;
    parse_word(word, quantity);
    exercise.different_in.push_back(quantity.measure);
  }
}

// Parses the members that define when it is solved.
void parse_goal(const lesson::JsonAt& at, Exercise& exercise, lesson::TensorPool& pool) {
  for (const lesson::JsonAt& comparison : at.get("solved_when").at_least_one()) {
    exercise.solved_when.push_back(parse_comparison(comparison));
  }
  if (const auto different = at.find("different")) {
    parse_different(*different, exercise);
  }
  if (const auto target = at.find("target")) {
    Shape shape = exercise.start.input.base.shape();
    std::int64_t kept = shape.count();
    for (const lesson::JsonAt& layer : target->at_least_one()) {
      exercise.target.push_back(lesson::parse_layer(layer, shape, false, pool, kept));
      shape = conv::output_shape(exercise.target.back().spec, shape);
    }
  }
  if (const auto also_on = at.find("also_on")) {
    exercise.also_on = lesson::parse_tensor(*also_on, lesson::TensorLayout::kPlanes, pool);
  }
}

}  // namespace

Exercise parse_exercise(std::string_view json, const std::string& name,
                        const lesson::LoadTensor& load) {
  lesson::TensorPool pool(load);
  constexpr std::size_t kHints = 3;
  const lesson::JsonNode root = lesson::parse_json(json, name);
  const lesson::JsonAt at(root, name);
  if (const std::int64_t format = at.get("format").integer(1); format > kFormat) {
    at.get("format").fail("format_newer", {{"format", format}, {"known", kFormat}});
  }
  at.allow_only({"format", "id", "lesson", "extra", "title", "goal", "start", "solved_when",
                 "different", "target", "also_on", "hints", "solution", "also_solved_by",
                 "near_misses"});
  Exercise exercise;
  exercise.id = at.get("id").text();
  exercise.lesson = at.get("lesson").text();
  if (const auto extra = at.find("extra")) {
    exercise.extra = extra->boolean();
  }
  exercise.title = lesson::parse_text(at.get("title"));
  exercise.goal = lesson::parse_text(at.get("goal"));
  const lesson::JsonAt start = at.get("start");
  exercise.start = lesson::parse_scene(start, pool);
  parse_goal(at, exercise, pool);
  for (const lesson::JsonAt& hint : at.get("hints").elements()) {
    exercise.hints.push_back(lesson::parse_text(hint));
  }
  if (exercise.hints.size() != kHints) {
    at.get("hints").fail("exercise_hints");
  }
  const auto changes = [&](const lesson::JsonAt& list, std::vector<lesson::Scene>& scenes) {
    for (const lesson::JsonAt& change : list.at_least_one()) {
      scenes.push_back(parse_change(change, start, name, pool));
    }
  };
  changes(at.get("solution"), exercise.solution);
  if (const auto also = at.find("also_solved_by")) {
    changes(*also, exercise.also_solved_by);
  }
  changes(at.get("near_misses"), exercise.near_misses);
  return exercise;
}

}  // namespace convscope::quiz
