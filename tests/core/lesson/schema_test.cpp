// assets/lesson.schema.json agrees with the parser: the same keys, the same refusals.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/lesson/json/layer_json.h"
#include "tests/core/lesson/zoo.h"
#include "tests/support/json_schema.h"

namespace convscope::lesson {
namespace {

using Json = nlohmann::json;
using testing::JsonSchema;

const JsonSchema& schema() {
  static const JsonSchema kSchema(Json::parse(testing::read_text("assets/lesson.schema.json")));
  return kSchema;
}

bool is_parsed(const Json& lesson) {
  try {
    parse_lesson(lesson.dump(), "s.json", testing::ramp);
    return true;
  } catch (const Failure&) {
    return false;
  }
}

TEST(Schema, TakesEveryBundledLesson) {
  for (const std::string& id : testing::names_in("lessons")) {
    const std::string text = testing::read_text("assets/lessons/" + id + ".json");
    EXPECT_TRUE(schema().allows(Json::parse(text))) << id;
  }
}

TEST(Schema, TakesWhatWeWrite) {
  EXPECT_TRUE(schema().allows(Json::parse(testing::kZoo)));
  EXPECT_TRUE(schema().allows(Json::parse(lesson_json(testing::zoo().document.lesson))));
  const session::Session edited = session::update(
      testing::zoo(), session::action::SetValue{{session::TensorRole::kInput, {}}, 0.5F});
  EXPECT_TRUE(schema().allows(Json::parse(lesson_json(edited.document.lesson))));
}

TEST(Schema, EveryOpHasTheParsersKeys) {
  std::size_t ops = 0;
  for (const auto& [word, op] : kOps) {
    std::vector<std::string> parsed;
    for (const std::string_view key : layer_keys(op)) {
      parsed.emplace_back(key);
    }
    std::vector<std::string> described;
    for (const auto& [key, rule] :
         schema().definition(std::string(word)).at("properties").items()) {
      described.push_back(key);
    }
    std::ranges::sort(parsed);
    std::ranges::sort(described);
    EXPECT_EQ(parsed, described) << word;
    ++ops;
  }
  EXPECT_EQ(schema().definition("layer").at("oneOf").size(), ops);
}

// The words of every choice, from the tables that the parser uses.
TEST(Schema, EveryChoiceHasTheParsersWords) {
  const auto expect = [](const Json& rule, const auto& table) {
    std::vector<std::string> words;
    for (const auto& [word, value] : table) {
      words.emplace_back(word);
    }
    std::vector<std::string> described = rule.at("enum").get<std::vector<std::string>>();
    std::ranges::sort(words);
    std::ranges::sort(described);
    EXPECT_EQ(described, words);
  };
  const Json& scene = schema().definition("scene").at("properties");
  expect(scene.at("view").at("anyOf").at(0), kViews);
  std::vector<std::pair<std::string_view, View>> beside_another;
  for (const ViewRow& row : kViewTable) {
    if (!row.stands_alone) {
      beside_another.emplace_back(row.word, row.view);
    }
  }
  expect(scene.at("view").at("anyOf").at(1).at("items"), beside_another);
  expect(scene.at("code"), kCodeStrips);
  expect(scene.at("transposed_as"), kTransposedAs);
  expect(schema().definition("training").at("properties").at("optimizer"), kOptimizers);
  expect(schema().definition("input").at("properties").at("colors"), kInputColors);
  expect(schema().definition("one_source").at("properties").at("distribution"), kDistributions);
  expect(schema().definition("conv2d").at("properties").at("padding_mode"), kPaddingModes);
  expect(schema().definition("padding2").at("anyOf").back(), kPaddingRules);
}

// A value to set (or a key to remove), about which schema and parser must agree.
struct Change {
  const char* place;
  const char* value;  // nullptr: removed
  bool good;
};

const Change kChanges[] = {
    {"/$schema", "\"x\"", true},
    {"/summary", "\"one line\"", true},
    {"/title", "{\"en\": \"a\", \"ru\": \"b\"}", true},
    {"/title", "{}", false},
    {"/title", "5", false},
    {"/title", nullptr, false},
    {"/id", nullptr, false},
    {"/format", "2", false},
    {"/format", "\"1\"", false},
    {"/scenes", "[]", false},
    {"/author", "\"me\"", false},
    {"/scenes/0/input", nullptr, false},
    {"/scenes/0/layers", "[]", false},
    {"/scenes/0/view", "\"strip\"", true},
    {"/scenes/0/view", "\"side\"", false},
    {"/scenes/0/view", "[\"flat\"]", false},
    {"/scenes/0/view", "[\"flat\", \"flat\"]", false},
    {"/scenes/0/view", "[\"flat\", \"descent\"]", false},
    {"/scenes/0/code", "\"loop\"", true},
    {"/scenes/0/code", "true", false},
    {"/scenes/0/claim/label", nullptr, false},
    {"/scenes/0/claim/colors", "\"gray\"", false},
    {"/scenes/0/narration/0/at", "-1", false},
    {"/scenes/0/narration/0/at", "\"begin\"", false},
    {"/scenes/0/narration/0/text", nullptr, false},
    {"/scenes/0/narration/3/layer", "4", true},
    {"/scenes/0/narration/3/layer", "0", false},
    {"/scenes/0/narration/3/layer", "\"relu\"", false},
    {"/scenes/0/start", "7", true},
    {"/scenes/0/start", "[2, 3]", true},
    {"/scenes/0/start", "-1", false},
    {"/scenes/0/start", "[2]", false},
    {"/scenes/0/start", "\"last\"", false},
    {"/scenes/0/asks", "true", true},
    {"/scenes/0/asks", "\"yes\"", false},
    {"/scenes/0/input/colors", "\"signed\"", true},
    {"/scenes/0/input/color", "\"signed\"", false},
    {"/scenes/0/input/low", "1e9", false},
    {"/scenes/0/input/seed", "-1", false},
    {"/scenes/0/input/shape", nullptr, false},
    {"/scenes/0/input/values", "[[1]]", false},
    {"/scenes/0/input/edits", "[{\"at\": [0, 1, 1], \"value\": 2}]", true},
    {"/scenes/0/input/edits", "[{\"at\": [], \"value\": 2}]", false},
    {"/scenes/0/input/edits", "[{\"at\": [0, 0, 0, 0, 0], \"value\": 2}]", false},
    {"/scenes/1/input/values", "[]", false},
    {"/scenes/1/input/values", "[[1, \"2\"]]", false},
    {"/scenes/1/input/shape", "[2, 2]", false},
    {"/questions", R"(["4a", "5b"])", true},
    {"/questions", R"("4a")", false},
    {"/exercises", R"([])", true},
    {"/exercises", R"([1])", false},
    {"/scenes/0/code", "\"conv2d\"", true},
    {"/scenes/0/unplaced", R"([{"at": 900, "layer": 7, "text": "x"}])", true},
    {"/scenes/0/unplaced", R"([{"at": "start", "layer": 9, "text": {"ru": "x"}}])", true},
    {"/scenes/0/unplaced", R"([{"at": "last", "text": "x"}])", false},
    {"/scenes/0/unplaced", R"([{"at": -1, "text": "x"}])", false},
    {"/scenes/0/unplaced", R"([{"at": 3}])", false},
    {"/scenes/2/input", R"({"npz": "x.npz", "name": "x"})", true},
    {"/scenes/2/input", R"({"npz": "x.npz", "name": "x", "as": "img", "slice": ":"})", true},
    {"/scenes/2/input", R"({"npz": "x.npz"})", false},
    {"/scenes/2/input", R"({"npz": "x.npz", "name": 5})", false},
    {"/scenes/2/input", R"({"npz": "x.npz", "npy": "x.npy", "name": "x"})", false},
    {"/scenes/2/input", R"({"safetensors": "x", "name": "x", "slice": 0})", false},
    {"/scenes/2/input", R"({"npy": "x.npy", "slice": "0:1", "name": "img"})", true},
    {"/scenes/2/input", R"({"npy": "x.npy", "as": "img"})", false},
    {"/scenes/2/input", R"({"image": "x.png", "shrink": true})", true},
    {"/scenes/2/input", R"({"image": "x.png", "slice": ":"})", false},
    {"/scenes/2/input", R"({"npy": "x.npy", "shrink": true})", false},
    {"/scenes/0/input/slice", "\":\"", false},
    {"/scenes/0/layers/0/weight/slice", "\":\"", false},
    {"/scenes/0/layers/0/op", "\"conv3d\"", false},
    {"/scenes/0/layers/0/op", nullptr, false},
    {"/scenes/0/layers/0/weight", nullptr, false},
    {"/scenes/0/layers/0/weight/name", "\"w\"", false},
    {"/scenes/0/layers/0/padding", "\"same\"", true},
    {"/scenes/0/layers/0/padding", "\"half\"", false},
    {"/scenes/0/layers/0/padding", "[1, 1, 1, 1]", true},
    {"/scenes/0/layers/0/padding", "[1, 1, 1]", false},
    {"/scenes/0/layers/0/padding", "-1", false},
    {"/scenes/0/layers/0/stride", "[1, 1]", true},
    {"/scenes/0/layers/0/stride", "[1]", false},
    {"/scenes/0/layers/0/stride", "0", false},
    {"/scenes/0/layers/0/stride", "1.5", false},
    {"/scenes/0/layers/0/groups", "0", false},
    {"/scenes/0/layers/0/flip", "1", false},
    {"/scenes/0/layers/0/kernel_size", "[3, 3]", true},
    {"/scenes/0/layers/0/output_padding", "0", false},
    {"/scenes/0/layers/1/stride", "1", false},
    {"/scenes/0/layers/2/kernel_size", nullptr, false},
    {"/scenes/0/layers/2/padding", "\"valid\"", true},
    {"/scenes/0/layers/2/padding", "\"same\"", false},
    {"/scenes/0/layers/2/weight", "{\"values\": [[1]]}", false},
    {"/scenes/1/layers/0/padding_mode", "\"zeros\"", false},
    {"/scenes/1/layers/1/dilation", "1", false},
    {"/scenes/2/layers/0/divisor_override", "-1", false},
    {"/scenes/3/layers/2/divisor_override", "2", false},
    {"/scenes/3/layers/0/stride", "[2]", true},
    {"/scenes/3/layers/0/stride", "[2, 2]", false},
    {"/scenes/3/layers/0/padding", "[1, 2]", true},
    {"/scenes/3/layers/0/padding", "[1, 1, 2, 2]", false},
    {"/scenes/4/training/steps", "0", false},
    {"/scenes/4/training/steps", "10001", false},
    {"/scenes/4/training/optimizer", "\"sgd\"", true},
    {"/scenes/4/training/optimizer", "\"lbfgs\"", false},
    {"/scenes/4/training/momentum", "\"high\"", false},
    {"/scenes/4/training/epochs", "3", false},
    {"/scenes/4/training/target", "{\"values\": [[4, 3, 4], [2, 4, 3], [2, 3, 4]]}", true},
};

TEST(Schema, AgreesWithTheParser) {
  for (const Change& change : kChanges) {
    SCOPED_TRACE(std::string(change.place) + " " + (change.value ? change.value : "removed"));
    Json lesson = Json::parse(testing::kZoo);
    const Json::json_pointer place(change.place);
    if (change.value != nullptr) {
      lesson[place] = Json::parse(change.value);
    } else {
      lesson.at(place.parent_pointer()).erase(place.back());
    }
    EXPECT_EQ(schema().allows(lesson), change.good);
    EXPECT_EQ(is_parsed(lesson), change.good);
  }
}

}  // namespace
}  // namespace convscope::lesson
