// `run` against published numbers (the lecture's example, the RGB animation, conv_arithmetic's
// figure); the inputs come from the lessons' own files.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli/program.h"
#include "core/tensor/npy.h"
#include "tests/app/cli/workbench.h"

namespace convscope::cli {
namespace {

using Json = nlohmann::json;

struct Printed {
  int status;
  std::string out;
  std::string err;
};

Printed run(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const int status = run_program(arguments, lesson::Language::kEnglish, out, err);
  return {status, out.str(), err.str()};
}

Json run_json(std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--format", "json"});
  const Printed printed = run(arguments);
  EXPECT_EQ(printed.status, 0) << printed.err;
  return Json::parse(printed.out);
}

class Run : public Workbench {};

TEST_F(Run, CrossGivesTheLecturesMap) {
  const Printed printed = run({"run", "cross-5x5", "--format", "json"});
  EXPECT_TRUE(has(printed.out, "[[4,3,4],[2,4,3],[2,3,4]]")) << printed.out;
  const Json json = Json::parse(printed.out);
  EXPECT_EQ(json["shapes"], Json::parse(R"({"input": [1,1,5,5], "weight": [1,1,3,3],
                                            "output": [1,1,3,3]})"));
  EXPECT_EQ(json["step"]["position"], 0);
  EXPECT_EQ(json["step"]["products"], Json::parse("[[[1,0,1],[0,1,0],[0,0,1]]]"));
  EXPECT_EQ(json["step"]["value"], 4);
}

TEST_F(Run, RgbSpellsOutItsFirstPosition) {
  const Json json = run_json({"run", "rgb-same", "--step", "0"});
  EXPECT_EQ(json["step"]["partial_sums"], Json::parse("[308,-498,164]"));
  EXPECT_EQ(json["step"]["bias"], 1);
  EXPECT_EQ(json["step"]["value"], -25);
  EXPECT_EQ(json["step"]["window"],
            Json::parse(R"({"top": -1, "left": -1, "height": 3, "width": 3})"));
  EXPECT_EQ(json["output"][0][0],
            Json::parse("[[-25,466,466,475,653],[295,787,798,812,671],[291,776,784,800,659],"
                        "[293,771,773,782,645],[159,328,324,319,335]]"));
  const std::string text = run({"run", "rgb-same", "--step", "0"}).out;
  EXPECT_TRUE(has(text, "= 308\n")) << text;
  EXPECT_TRUE(has(text, "= -498\n")) << text;
  EXPECT_TRUE(has(text, "308 - 498 + 164 + 1 = -25\n")) << text;
}

// The sums named in the texts of the photo lessons, computed from the PNG by hand.
TEST_F(Run, ThePhotoLessonsSumsAreThoseOfTheirTexts) {
  struct Told {
    const char* lesson;
    const char* scene;
    const char* step;
    const char* sum;
  };
  for (const Told& told : {Told{"photo-edges", "1", "182271", "-960 - 930 - 862 = -2752\n"},
                           Told{"photo-edges", "2", "177519", "613 + 654 + 657 = 1924\n"},
                           Told{"photo-edges", "3", "183232", "716 + 677 + 595 = 1988\n"},
                           Told{"photo-edges", "4", "177518", " = 505\n"},
                           Told{"photo-edges", "4", "177519", " = -401\n"},
                           Told{"photo-edges", "6", "177518", " = -394\n"},
                           Told{"photo-edges", "6", "177519", " = 952\n"}}) {
    const std::string text =
        run({"run", told.lesson, "--scene", told.scene, "--step", told.step}).out;
    EXPECT_TRUE(has(text, told.sum)) << told.lesson << ": " << text;
  }
}

TEST_F(Run, OtherLessonsHaveTheShapesOfTheLecture) {
  EXPECT_EQ(run_json({"run", "conv2d-3-to-5"})["shapes"],
            Json::parse(R"({"input": [1,3,100,100], "weight": [5,3,3,3], "output": [1,5,98,98]})"));
  EXPECT_EQ(run_json({"run", "one-filter-depth"})["shapes"],
            Json::parse(R"({"input": [1,3,8,8], "weight": [1,3,3,3], "output": [1,1,6,6]})"));
}

TEST_F(Run, NamesTheAlgorithmThatComputedTheMap) {
  EXPECT_EQ(run_json({"run", "cross-5x5"})["algorithm"], "exact");
  const Json gemm = run_json({"run", "cross-5x5", "--algorithm", "gemm"});
  EXPECT_EQ(gemm["algorithm"], "gemm");
  EXPECT_EQ(gemm["output"], run_json({"run", "cross-5x5"})["output"]);
  // The separable rung takes one channel per group; here there are three.
  EXPECT_NE(run_json({"run", "conv2d-3-to-5", "--algorithm", "separable"})["algorithm"],
            "separable");
  EXPECT_EQ(run_json({"run", "conv2d-3-to-5", "--algorithm", "direct"})["algorithm"], "direct");
  EXPECT_TRUE(has(run({"run", "cross-5x5"}).out, "algorithm  exact\n"));
  const Printed wrong = run({"run", "cross-5x5", "--algorithm", "magic"});
  EXPECT_EQ(wrong.status, 2);
  EXPECT_TRUE(has(wrong.err, "auto, exact, direct, gemm, winograd, fft, separable")) << wrong.err;
}

TEST_F(Run, ExplainsHowEachLayerIsComputed) {
  const Json all = run_json({"run", "conv2d-3-to-5", "--explain"})["explain"];
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0]["by"], "table");
  EXPECT_EQ(all[0]["chosen"], run_json({"run", "conv2d-3-to-5"})["algorithm"]);
  ASSERT_EQ(all[0]["candidates"].size(), 6U);
  for (const Json& each : all[0]["candidates"]) {
    EXPECT_NE(each.contains("predicted_ns"), each.contains("why_not")) << each;
  }
  const Json wanted = run_json({"run", "conv2d-3-to-5", "--explain", "--algorithm", "gemm"});
  EXPECT_EQ(wanted["explain"][0]["by"], "option");
  EXPECT_EQ(wanted["explain"][0]["chosen"], "gemm");
  EXPECT_FALSE(run_json({"run", "conv2d-3-to-5"}).contains("explain"));
  const std::string text =
      run({"run", "nn.Sequential(nn.Conv2d(16, 4, 1), nn.ReLU())", "--explain"}).out;
  EXPECT_TRUE(has(text, "winograd   -")) << text;
  EXPECT_TRUE(has(text, "not 2 to 5 taps on each axis")) << text;
  EXPECT_TRUE(has(text, "nn.ReLU(): there is one way to compute it")) << text;
}

TEST_F(Run, GranularityChoosesTheDetailOfTheText) {
  const std::string position = run({"run", "rgb-same", "--granularity", "position"}).out;
  const std::string channel = run({"run", "rgb-same", "--granularity", "channel"}).out;
  const std::string term = run({"run", "rgb-same", "--granularity", "term"}).out;
  EXPECT_FALSE(has(position, "channel 1"));
  EXPECT_TRUE(has(position, "308 - 498 + 164 + 1 = -25"));
  EXPECT_TRUE(has(channel, "channel 1 = -498"));
  EXPECT_FALSE(has(channel, "156*"));
  EXPECT_TRUE(has(term, "156*"));
}

TEST_F(Run, TheEmptyMapHasNoStep) {
  EXPECT_TRUE(run_json({"run", "cross-5x5", "--step", "start"})["step"].is_null());
}

TEST_F(Run, ALessonFileWithStrideAndPadding) {
  write("figure.json",
        tiny_lesson(R"({"values": [[3,3,2,1,0],[0,0,1,3,1],[3,1,2,2,3],[2,0,0,2,2],[2,0,0,0,1]]})",
                    R"({"op": "conv2d", "stride": 2, "padding": 1,
                        "weight": {"values": [[0,1,2],[2,2,0],[0,1,2]]}})"));
  EXPECT_EQ(run_json({"run", path("figure.json").string()})["output"][0][0],
            Json::parse("[[6,17,3],[8,17,13],[6,4,4]]"));
}

TEST_F(Run, Conv1dHasThreeAxes) {
  write("signal.json", tiny_lesson(R"({"values": [0, 1, 2, 3]})",
                                   R"({"op": "conv1d", "weight": {"values": [1, 10]}})"));
  const Json json = run_json({"run", path("signal.json").string()});
  EXPECT_EQ(json["shapes"]["input"], Json::parse("[1,1,4]"));
  EXPECT_EQ(json["output"], Json::parse("[[[10,21,32]]]"));
  EXPECT_EQ(json["step"]["products"], Json::parse("[[0,10]]"));
}

TEST_F(Run, NanAndInfinityInAnArrayAreComputedAndShown) {
  const std::array<std::int64_t, 2> shape = {1, 4};
  const std::array<float, 4> values = {1, std::numeric_limits<float>::quiet_NaN(), 2,
                                       -std::numeric_limits<float>::infinity()};
  write("odd.npy", npy_bytes(shape, values));
  write("odd.json",
        tiny_lesson(R"({"npy": "odd.npy"})", R"({"op": "conv2d", "weight": {"values": [[2]]}})"));
  EXPECT_EQ(run_json({"run", path("odd.json").string()})["output"][0][0],
            Json::parse(R"([[2,"NaN",4,"-Infinity"]])"));
  EXPECT_TRUE(has(run({"run", path("odd.json").string()}).out, "2  NaN  4  -Infinity"));
}

TEST_F(Run, ArraysAreWrittenAndReadBack) {
  const Printed printed = run({"run", "rgb-same", "--out", path("new/arrays").string()});
  EXPECT_EQ(printed.status, 0) << printed.err;
  const auto array = [&](const std::string& name) {
    const std::string bytes = read(path("new/arrays/" + name));
    return parse_npy(std::as_bytes(std::span(bytes)), name);
  };
  EXPECT_EQ(array("input.npy").shape, (std::vector<std::int64_t>{1, 3, 5, 5}));
  EXPECT_EQ(array("weight.npy").shape, (std::vector<std::int64_t>{1, 3, 3, 3}));
  EXPECT_EQ(array("bias.npy").shape, (std::vector<std::int64_t>{1}));
  EXPECT_EQ(array("bias.npy").values, std::vector<float>{1});
  EXPECT_EQ(array("output.npy").shape, (std::vector<std::int64_t>{1, 1, 5, 5}));
  EXPECT_EQ(array("output.npy").values.back(), 335.0F);
}

TEST_F(Run, ALayerWithoutBiasWritesZeros) {
  EXPECT_EQ(run({"run", "cross-5x5", "--out", path("arrays").string()}).status, 0);
  const std::string bytes = read(path("arrays/bias.npy"));
  EXPECT_EQ(parse_npy(std::as_bytes(std::span(bytes)), "bias").values, std::vector<float>{0});
}

TEST_F(Run, IfOneArrayCannotBeWrittenNoneIs) {
  std::filesystem::create_directories(path("half/output.npy"));
  const Printed printed = run({"run", "cross-5x5", "--out", path("half").string()});
  EXPECT_EQ(printed.status, 1);
  EXPECT_TRUE(std::filesystem::exists(path("half/output.npy")));
  EXPECT_FALSE(std::filesystem::exists(path("half/input.npy")));
}

TEST_F(Run, AStepOutOfRangeSaysTheRange) {
  const Printed printed = run({"run", "cross-5x5", "--step", "9"});
  EXPECT_EQ(printed.status, 1);
  EXPECT_TRUE(has(printed.err, "0 to 8")) << printed.err;
  EXPECT_EQ(run({"run", "cross-5x5", "--step", "8"}).status, 0);
}

TEST_F(Run, AMillionValuesRequireAFolder) {
  write("large.json", tiny_lesson(R"({"seed": 1, "shape": [1, 1, 1001, 1000]})",
                                  R"({"op": "conv2d", "weight": {"values": [[1]]}})"));
  const std::string large = path("large.json").string();
  const Printed refused = run({"run", large, "--format", "json"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_TRUE(has(refused.err, "--out")) << refused.err;
  const Json json = run_json({"run", large, "--out", path("arrays").string()});
  EXPECT_FALSE(json.contains("output"));
  EXPECT_EQ(json["shapes"]["output"], Json::parse("[1,1,1001,1000]"));
}

}  // namespace
}  // namespace convscope::cli
