// Layers as code in the place of LESSON, the arrays that they read, and their weights. Shapes are
// those of PyTorch's documentation: out = (in + 2·padding - kernel) / stride + 1, rounded down.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli/program.h"
#include "core/tensor/npy.h"
#include "tests/app/cli/workbench.h"
#include "tests/support/zip_writer.h"

namespace convscope::cli {
namespace {

using Json = nlohmann::json;

struct Printed {
  int status;
  std::string out;
  std::string err;
};

Printed run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "run");
  std::ostringstream out;
  std::ostringstream err;
  const int status = run_program(arguments, lesson::Language::kEnglish, out, err);
  return {status, out.str(), err.str()};
}

Json run_json(std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--format", "json"});
  const Printed printed = run(arguments);
  EXPECT_EQ(printed.status, 0) << printed.err;
  return printed.status == 0 ? Json::parse(printed.out) : Json();
}

class Layers : public Workbench {
 protected:
  NpyArray array(const std::string& name) const {
    const std::string bytes = read(path(name));
    return parse_npy(std::as_bytes(std::span(bytes)), name);
  }
  std::string file(const std::string& name) const { return path(name).string(); }
};

TEST_F(Layers, AConvolutionRunsOnNoiseOf16By16) {
  const Json json = run_json({"nn.Conv2d(3, 8, 3, stride=2, padding=1)"});
  EXPECT_EQ(json["shapes"],
            Json::parse(R"({"input": [1,3,16,16], "weight": [8,3,3,3], "output": [1,8,8,8]})"));
  EXPECT_EQ(json["output"][0].size(), 8u);
}

// torch.nn.Conv2d: weight and bias from U(-sqrt(k), sqrt(k)), k = groups / (C_in · kh · kw). The
// standard deviation of U(-b, b) is b / sqrt(3).
TEST_F(Layers, WeightsHaveTheSpreadOfPyTorch) {
  EXPECT_EQ(run({"nn.Conv2d(16, 64, 3, groups=2)", "--out", file("a")}).status, 0);
  const double bound = 1.0 / std::sqrt(8.0 * 9);
  for (const char* name : {"a/weight.npy", "a/bias.npy"}) {
    double squares = 0;
    const std::vector<float> values = array(name).values;
    for (const float value : values) {
      EXPECT_LE(std::abs(static_cast<double>(value)), bound) << name;
      squares += static_cast<double>(value) * static_cast<double>(value);
    }
    const double spread = std::sqrt(squares / static_cast<double>(values.size()));
    EXPECT_NEAR(spread, bound / std::sqrt(3.0), 0.15 * bound) << name;
  }
  EXPECT_EQ(run({"nn.Conv2d(16, 64, 3, groups=2)", "--out", file("b")}).status, 0);
  EXPECT_EQ(array("a/weight.npy").values, array("b/weight.npy").values) << "seeded";
}

TEST_F(Layers, LayerChoosesOneOfASequential) {
  const std::string net = "nn.Sequential(nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2))";
  const Json first = run_json({net});
  EXPECT_EQ(first["layer"], 1);
  EXPECT_EQ(first["layers"].size(), 3u);
  EXPECT_EQ(first["shapes"]["output"], Json::parse("[1,6,12,12]"));
  const Json third = run_json({net, "--layer", "3"});
  EXPECT_EQ(third["layer"], 3);
  EXPECT_EQ(third["shapes"]["output"], Json::parse("[1,6,6,6]"));
  const Printed beyond = run({net, "--layer", "4"});
  EXPECT_EQ(beyond.status, 1);
  EXPECT_NE(beyond.err.find("1 to 3"), std::string::npos) << beyond.err;
}

TEST_F(Layers, FunctionsKerasAndFlaxAreRead) {
  EXPECT_EQ(run_json({"F.conv2d(x, w, stride=2)"})["shapes"]["output"], Json::parse("[1,1,7,7]"));
  EXPECT_EQ(run_json({"keras.layers.Conv2D(8, 3, input_shape=(28, 28, 1))"})["shapes"]["output"],
            Json::parse("[1,8,26,26]"));
  EXPECT_EQ(run_json({"nn.Conv(features=4, kernel_size=(3, 3))"})["shapes"]["output"],
            Json::parse("[1,4,16,16]"));
  EXPECT_EQ(run_json({"nn.Conv1d(2, 4, 5)"})["shapes"]["output"], Json::parse("[1,4,12]"));
}

TEST_F(Layers, WhatWasAssumedIsSaid) {
  const Json json = run_json({"Conv2D(8, 3)"});
  ASSERT_EQ(json["remarks"].size(), 1u);
  EXPECT_NE(json["remarks"][0].get<std::string>().find("3 are assumed"), std::string::npos);
  EXPECT_FALSE(run_json({"nn.Conv2d(3, 8, 3)"}).contains("remarks"));
  EXPECT_NE(run({"Conv2D(8, 3)"}).out.find("3 are assumed"), std::string::npos);
}

TEST_F(Layers, AWrongWordIsNamedWithItsColumn) {
  const Printed typo = run({"nn.Conv2d(3, 8, 3, strid=2)"});
  EXPECT_EQ(typo.status, 1);
  EXPECT_EQ(typo.out, "");
  EXPECT_NE(typo.err.find("column 20"), std::string::npos) << typo.err;
  EXPECT_NE(typo.err.find("\"stride\" may be meant"), std::string::npos) << typo.err;
  const Printed layer = run({"nn.Sequential(nn.Conf2d(3, 8, 3))"});
  EXPECT_EQ(layer.status, 1);
  EXPECT_NE(layer.err.find("column 15"), std::string::npos) << layer.err;
  EXPECT_EQ(run({"nn.Conv2d(3, 8, 3"}).status, 1);
  EXPECT_EQ(run({"nn.Conv2d(3, 8, 3, groups=2)"}).status, 1);
}

TEST_F(Layers, AnArrayNamedBehindThemIsWhatTheyRead) {
  const std::array<std::int64_t, 3> shape = {1, 4, 5};
  std::vector<float> values(20);
  std::ranges::generate(values, [n = 0.0F]() mutable { return n++; });
  write("x.npy", npy_bytes(shape, values));
  const Json json = run_json({"nn.MaxPool2d(2)", file("x.npy")});
  EXPECT_EQ(json["shapes"]["input"], Json::parse("[1,1,4,5]"));
  EXPECT_EQ(json["output"], Json::parse("[[[[6,8],[16,18]]]]"));
  const Printed wrong = run({"nn.Conv2d(3, 8, 3)", file("x.npy")});
  EXPECT_EQ(wrong.status, 1);
  EXPECT_NE(wrong.err.find("in_channels 1 would fit"), std::string::npos) << wrong.err;
  EXPECT_EQ(run({"nn.MaxPool2d(2)", file("none.npy")}).status, 1);
}

TEST_F(Layers, AnImageBehindThemIsWhatTheyRead) {
  std::filesystem::copy_file(
      std::filesystem::path(CONVSCOPE_SOURCE_DIR) / "assets/images/still-life.png",
      path("photo.png"));
  const Json json = run_json({"nn.Conv2d(3, 1, 9, stride=9)", file("photo.png")});
  EXPECT_EQ(json["shapes"]["input"][1], 3);
  EXPECT_GT(json["shapes"]["input"][2], 100);
}

TEST_F(Layers, OnlyLayersReadAnInput) {
  const Printed printed = run({"cross-5x5", "x.npy"});
  EXPECT_EQ(printed.status, 2);
  EXPECT_NE(printed.err.find("x.npy is not expected"), std::string::npos) << printed.err;
}

TEST_F(Layers, OtherCommandsTakeThemToo) {
  const std::string layer = "'nn.Conv2d(1, 2, 3)'";
  EXPECT_EQ(convscope("render " + layer + " --out map.svg").status, 0);
  EXPECT_TRUE(std::filesystem::exists(path("map.svg")));
  write("r.json", R"json({"format": 1, "lesson": "nn.Conv2d(1, 2, 3)", "actions": [
      {"do": "set_layer", "layer": 0}, {"do": "open", "lesson": "nn.MaxPool2d(2)"}]})json");
  const Outcome replayed = convscope("replay r.json");
  EXPECT_EQ(replayed.status, 0) << replayed.err;
  EXPECT_NE(replayed.out.find("max_pool2d"), std::string::npos);
}

// A bundle of arrays opens with its filters on a picture; what it does not hold is said.
TEST_F(Layers, ArraysOpenAsFilters) {
  const std::array<std::int64_t, 4> shape = {2, 1, 3, 3};
  const std::string weight = npy_bytes(shape, std::vector<float>(18, 1.0F));
  const std::array<std::int64_t, 1> two = {2};
  const std::string bias = npy_bytes(two, std::vector<float>{5, 7});
  write("w.npz", testing::zip_of({{"conv1.weight.npy", weight}, {"conv1.bias.npy", bias}}));
  const Json json = run_json({file("w.npz"), "--out", file("out")});
  EXPECT_EQ(json["shapes"]["weight"], Json::parse("[2,1,3,3]"));
  EXPECT_EQ(array("out/bias.npy").values, (std::vector<float>{5, 7}));
}

// {"npz": FILE, "name": NAME, "slice": ...}: the second filter's last row, and nothing of the rest.
TEST_F(Layers, ALessonReadsAPartOfAnArray) {
  const std::array<std::int64_t, 4> shape = {2, 1, 1, 3};
  write("w.npz",
        testing::zip_of({{"w.npy", npy_bytes(shape, std::vector<float>{1, 2, 3, 10, 20, 30})}}));
  write("part.json", tiny_lesson(R"({"values": [[1, 1, 1]]})",
                                 R"({"op": "conv2d", "weight": {"npz": "w.npz", "name": "w",
                        "slice": "1:, ..., :2"}})"));
  EXPECT_EQ(run_json({file("part.json")})["output"], Json::parse("[[[[30,30]]]]"));
  write("none.json", tiny_lesson(R"({"values": [[1, 1, 1]]})",
                                 R"({"op": "conv2d", "weight": {"npz": "w.npz", "name": "v"}})"));
  const Printed none = run({file("none.json")});
  EXPECT_EQ(none.status, 1);
  EXPECT_NE(none.err.find("there are: w"), std::string::npos) << none.err;
  write("slice.json",
        tiny_lesson(R"({"values": [[1, 1, 1]]})",
                    R"({"op": "conv2d", "weight": {"npz": "w.npz", "name": "w", "slice": "7"}})"));
  const Printed slice = run({file("slice.json")});
  EXPECT_EQ(slice.status, 1);
  EXPECT_NE(slice.err.find("weight.slice"), std::string::npos) << slice.err;
}

}  // namespace
}  // namespace convscope::cli
