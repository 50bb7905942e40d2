// One row per mistake: the error, its place and its line.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/lesson/json/lesson_json.h"
#include "core/session/action.h"
#include "tests/core/lesson/zoo.h"

namespace convscope::lesson {
namespace {

std::int64_t line_of(const Problem& problem) {
  for (const auto& [name, value] : problem.values) {
    if (name == "line") {
      return std::get<std::int64_t>(value);
    }
  }
  return 0;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

constexpr const char* kGood = R"({
  "format": 1,
  "id": "x",
  "title": "X",
  "scenes": [
    {
      "input": {
        "values": [[1, 2, 3],
                   [4, 5, 6],
                   [7, 8, 9]]
      },
      "layers": [
        {
          "op": "conv2d",
          "stride": 1,
          "weight": {"values": [[1, 2], [3, 4]]},
          "bias": {"values": [0]}
        }
      ],
      "view": "flat",
      "narration": [
        {"at": "start", "text": "a"},
        {"at": 3, "text": "b"}
      ]
    }
  ]
})";

struct Mistake {
  const char* from;
  const char* to;
  const char* code;
  const char* path;
  std::int64_t line;
};

const Mistake kMistakes[] = {
    {"\"id\": \"x\",", "\"id\": \"x\"", "json_syntax", "", 4},
    {"\"id\": \"x\"", "\"id\": \"\xff\"", "json_syntax", "", 3},
    {"[1, 2, 3]", "[1, NaN, 3]", "json_syntax", "", 8},
    {"[1, 2, 3]", "[1, 1e999, 3]", "json_number_range", "", 8},
    {"[1, 2, 3]", "[1, 1e39, 3]", "json_number_range", "scenes[0].input.values[0][1]", 8},
    {"[4, 5, 6]", "[4, 5]", "tensor_ragged", "scenes[0].input.values[1]", 9},
    {"[4, 5, 6]", "[4, [5], 6]", "json_not_number", "scenes[0].input.values[1][1]", 9},
    {"[7, 8, 9]", "7", "json_not_array", "scenes[0].input.values[2]", 10},
    {"[7, 8, 9]", "[7, 8, \"9\"]", "json_not_number", "scenes[0].input.values[2][2]", 10},
    {"[1, 2, 3]", "[]", "json_empty_array", "scenes[0].input.values", 8},
    {"[[1, 2], [3, 4]]", "[1, 2]", "tensor_rank", "scenes[0].layers[0].weight.values", 16},
    {"[[1, 2], [3, 4]]", "[[[[[1]]]]]", "tensor_rank", "scenes[0].layers[0].weight.values", 16},
    {"{\"values\": [[1, 2], [3, 4]]}", "{\"seed\": 1, \"shape\": [100000, 100000, 9, 9]}",
     "tensor_too_large", "scenes[0].layers[0].weight.shape", 16},
    {"{\"values\": [[1, 2], [3, 4]]}", "{\"seed\": -1, \"shape\": [2, 2]}", "json_out_of_range",
     "scenes[0].layers[0].weight.seed", 16},
    {"{\"values\": [[1, 2], [3, 4]]}", "{\"seed\": 1, \"shape\": [2, 0]}", "json_out_of_range",
     "scenes[0].layers[0].weight.shape[1]", 16},
    {"{\"values\": [[1, 2], [3, 4]]}", "{\"seed\": 1, \"shape\": [2, 2], \"low\": 3, \"high\": 2}",
     "random_bounds", "scenes[0].layers[0].weight.low", 16},
    {"{\"values\": [[1, 2], [3, 4]]}", "{\"npy\": \"w.npy\"}", "tensor_file_unavailable",
     "scenes[0].layers[0].weight.npy", 16},
    {"{\"values\": [[1, 2], [3, 4]]}", "{}", "tensor_source", "scenes[0].layers[0].weight", 16},
    {"{\"values\": [[1, 2], [3, 4]]}", "{\"values\": [[1]], \"seed\": 1, \"shape\": [1, 1]}",
     "tensor_source", "scenes[0].layers[0].weight", 16},
    {"{\"values\": [[1, 2], [3, 4]]}",
     "{\"values\": [[1]], \"edits\": [{\"at\": [0, 1], \"value\": 1}]}", "edit_outside",
     "scenes[0].layers[0].weight.edits[0].at", 16},
    {"\"values\": [0]", "\"values\": [0, 0]", "bias_disagrees", "scenes[0].layers[0].bias", 17},
    {"\"format\": 1", "\"format\": 2", "format_newer", "format", 2},
    {"\"format\": 1", "\"format\": 0", "json_out_of_range", "format", 2},
    {"\"format\": 1", "\"format\": \"1\"", "json_not_integer", "format", 2},
    {"\"format\": 1,", "", "json_missing_key", "", 1},
    {"\"id\": \"x\"", "\"id\": 5", "json_not_string", "id", 3},
    {"\"title\": \"X\"", "\"title\": 5", "json_not_text", "title", 4},
    {"\"title\": \"X\"", "\"tittle\": \"X\"", "json_unknown_key_near", "tittle", 4},
    {"\"stride\": 1", "\"strides\": 1", "json_unknown_key_near", "scenes[0].layers[0].strides", 15},
    {"\"stride\": 1", "\"activation\": 1", "json_unknown_key", "scenes[0].layers[0].activation",
     15},
    {"\"stride\": 1", "\"stride\": 1.5", "json_not_integer", "scenes[0].layers[0].stride", 15},
    {"\"stride\": 1", "\"stride\": [1, 1, 1]", "size_length", "scenes[0].layers[0].stride", 15},
    {"\"stride\": 1", "\"padding\": [1, 2, 3]", "padding_length", "scenes[0].layers[0].padding",
     15},
    {"\"stride\": 1", "\"padding\": \"half\"", "json_unknown_choice", "scenes[0].layers[0].padding",
     15},
    {"\"stride\": 1", "\"in_channels\": 3", "weight_disagrees", "scenes[0].layers[0].in_channels",
     15},
    {"\"stride\": 1", "\"stride\": 1, \"stride\": 2", "json_duplicate_key", "", 15},
    {"\"conv2d\"", "\"max_pool2d\"", "json_unknown_key", "scenes[0].layers[0].weight", 16},
    {"\"conv2d\"", "\"conv1d\"", "channels_differ", "scenes[0].layers[0]", 13},
    {"\"conv2d\",", "\"relu\",", "json_unknown_key", "scenes[0].layers[0].stride", 15},
    {"\"conv2d\"", "\"conv4d\"", "json_unknown_choice", "scenes[0].layers[0].op", 14},
    {"\"flat\"", "\"front\"", "json_unknown_choice", "scenes[0].view", 20},
    {"\"flat\"", "[\"flat\", \"descent\"]", "views_pair", "scenes[0].view", 20},
    {"\"flat\"", "\"flat\",\n\"training\": {\"start\": {\"values\": [[1]]}}", "tensor_shape",
     "scenes[0].training.start", 21},
    {"\"flat\"", "\"flat\",\n\n\"claim\": {\"label\": \"x\", \"values\": [[1]]}", "tensor_shape",
     "scenes[0].claim", 22},
    {"\"title\": \"X\"", "\"title\": {}", "json_not_text", "title", 4},
    {"\"at\": 3", "\"at\": 4", "json_out_of_range", "scenes[0].narration[1].at", 23},
    {"\"at\": 3", "\"at\": \"start\"", "narration_order", "scenes[0].narration[1].at", 23},
    {"\"at\": 3", "\"at\": 3, \"layer\": 2", "json_out_of_range", "scenes[0].narration[1].layer",
     23},
    {"\"at\": 3", "\"at\": 3, \"layer\": 0", "json_out_of_range", "scenes[0].narration[1].layer",
     23},
    {"\"flat\"", "\"flat\",\n\"start\": 4", "json_out_of_range", "scenes[0].start", 21},
    {"\"flat\"", "\"flat\",\n\"start\": [1, 2]", "json_out_of_range", "scenes[0].start[1]", 21},
    {"\"flat\"", "\"flat\",\n\"start\": [1]", "size_length", "scenes[0].start", 21},
    {"\"flat\"", "\"flat\",\n\"asks\": 1", "json_not_bool", "scenes[0].asks", 21},
};

TEST(HostileLesson, TheGoodOneIsGood) { EXPECT_NO_THROW(parse_lesson(kGood, "x.json", {})); }

TEST(HostileLesson, EveryMistakeIsNamedWithItsPlace) {
  for (const Mistake& mistake : kMistakes) {
    SCOPED_TRACE(mistake.to);
    try {
      parse_lesson(replaced(kGood, mistake.from, mistake.to), "x.json", {});
      ADD_FAILURE() << "was accepted";
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.problem().code, mistake.code);
      EXPECT_EQ(failure.problem().field, mistake.path);
      EXPECT_EQ(line_of(failure.problem()), mistake.line);
      EXPECT_EQ(failure.problem().values.front(),
                (std::pair<std::string, ProblemValue>{"file", std::string("x.json")}));
    }
  }
}

// Problems from core/conv keep their code and get the place of the setting.
TEST(HostileLesson, ALayerThatCannotRunSaysWhichSetting) {
  for (const auto& [setting, path] :
       {std::pair{"\"stride\": 0", "scenes[0].layers[0].stride"},
        std::pair{"\"dilation\": 3", "scenes[0].layers[0].dilation"},
        std::pair{"\"padding\": -1", "scenes[0].layers[0].padding"},
        std::pair{"\"padding\": 9223372036854775807", "scenes[0].layers[0].padding"}}) {
    try {
      parse_lesson(replaced(kGood, "\"stride\": 1", setting), "x.json", {});
      ADD_FAILURE() << setting << " was accepted";
    } catch (const Failure& failure) {
      EXPECT_TRUE(failure.problem().field.starts_with("scenes[0].layers[0]")) << path;
      EXPECT_TRUE(line_of(failure.problem()) == 13 || line_of(failure.problem()) == 15);
    }
  }
}

TEST(HostileLesson, EveryTruncationIsRefused) {
  const std::string good = kGood;
  for (std::size_t length = 0; length < good.size() - 1; ++length) {
    EXPECT_THROW(parse_lesson(good.substr(0, length), "x.json", {}), Failure) << length;
  }
}

// With one byte changed, lost or doubled, the lesson is either refused, or can be shown and saved.
TEST(HostileLesson, AnyMutationIsReadOrRefused) {
  const std::string good = testing::kZoo;
  std::uint64_t state = 99;
  const auto below = [&](std::uint64_t count) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>((state >> 33) % count);
  };
  constexpr std::string_view kBytes = "0123456789-.,:[]{}\"enx ";
  int read = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string json = good;
    const std::size_t at = below(json.size());
    switch (below(3)) {
      case 0:
        json[at] = kBytes[below(kBytes.size())];
        break;
      case 1:
        json.erase(at, 1);
        break;
      default:
        json.insert(at, 1, json[at]);
    }
    try {
      const Lesson lesson = parse_lesson(json, "m.json", testing::ramp);
      const session::Session session =
          session::update(testing::opened("cross-5x5"), session::action::Opened{lesson});
      ASSERT_FALSE(session.transient.notice) << session.transient.notice->code << "\n" << json;
      ASSERT_NO_THROW(parse_lesson(lesson_json(session.document.lesson), "m.json", testing::ramp))
          << json;
      ++read;
    } catch (const Failure& failure) {
      ASSERT_FALSE(failure.problem().code.empty());
    }
  }
  EXPECT_GT(read, 300);
  EXPECT_LT(read, 2700);
}

TEST(HostileLesson, NestingBombs) {
  const std::string bomb(1000000, '[');
  try {
    parse_lesson(bomb, "x.json", {});
    ADD_FAILURE();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.problem().code, "json_too_deep");
  }
}

TEST(HostileLesson, ALineIsNotLostAfterANumber) {
  try {
    parse_lesson("{\"format\":\n1\n,\"id\":\n\n2\n}", "x.json", {});
    ADD_FAILURE();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.problem().code, "json_not_string");
    EXPECT_EQ(line_of(failure.problem()), 5);
  }
  try {
    parse_lesson("{\"format\":\n7\n}", "x.json", {});
    ADD_FAILURE();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.problem().code, "format_newer");
    EXPECT_EQ(line_of(failure.problem()), 2);
  }
}

}  // namespace
}  // namespace convscope::lesson
