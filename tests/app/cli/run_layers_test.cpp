// `run` on layers of every kind, against published numbers: the lecture's course (pooling), CS231n
// (im2col), "Dive into Deep Learning" (transposed convolution, pooling).
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli/program.h"
#include "core/tensor/npy.h"
#include "tests/app/cli/workbench.h"

namespace convscope::cli {
namespace {

using Json = nlohmann::json;

constexpr const char* kFourByFour = R"({"values": [[1,1,2,4],[5,6,7,8],[3,2,1,0],[1,2,3,4]]})";
constexpr const char* kTwoByTwo = R"({"values": [[0,1],[2,3]]})";

class RunLayers : public Workbench {
 protected:
  struct Printed {
    int status;
    std::string out;
    std::string err;
  };

  // Runs a lesson of one scene; `more`: additional options.
  Printed run(const std::string& input, const std::string& layers,
              std::vector<std::string> more = {}) const {
    write("l.json", R"({"format": 1, "id": "l", "title": "L", "scenes": [{"input": )" + input +
                        ", \"layers\": [" + layers + "]}]}");
    std::vector<std::string> arguments = {"run", path("l.json").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    std::ostringstream out;
    std::ostringstream err;
    const int status = run_program(arguments, lesson::Language::kEnglish, out, err);
    return {status, out.str(), err.str()};
  }

  Json json(const std::string& input, const std::string& layers,
            std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--format", "json"});
    const Printed printed = run(input, layers, more);
    EXPECT_EQ(printed.status, 0) << printed.err;
    return Json::parse(printed.out);
  }
};

TEST_F(RunLayers, MaxPool) {
  const std::string pool = R"({"op": "max_pool2d", "kernel_size": 2})";
  const Json found = json(kFourByFour, pool);
  EXPECT_EQ(found["output"][0][0], Json::parse("[[6,8],[3,4]]"));
  EXPECT_EQ(found["shapes"], Json::parse(R"({"input": [1,1,4,4], "output": [1,1,2,2]})"));
  EXPECT_EQ(found["step"], Json::parse(R"({"position": 0,
    "window": {"top": 0, "left": 0, "height": 2, "width": 2}, "products": [[[1,1],[5,6]]],
    "partial_sums": [6], "fold": "max", "bias": 0, "value": 6})"));
  const std::string text = run(kFourByFour, pool).out;
  EXPECT_TRUE(has(text, "    1  1\n    5  6\n  max = 6\n")) << text;
  EXPECT_FALSE(has(text, "weight")) << text;
}

TEST_F(RunLayers, PaddingIsNeverTheMaximum) {
  const std::string pool = R"({"op": "max_pool2d", "kernel_size": 2, "stride": 1, "padding": 1})";
  const Json found = json(R"({"values": [[-1, -2], [-3, -4]]})", pool);
  EXPECT_EQ(found["step"]["products"], Json::parse("[[[null,null],[null,-1]]]"));
  EXPECT_EQ(found["step"]["value"], -1);
  const std::string text = run(R"({"values": [[-1, -2], [-3, -4]]})", pool).out;
  EXPECT_TRUE(has(text, "    -   -\n    -  -1\n  max = -1\n")) << text;
}

TEST_F(RunLayers, AveragePool) {
  const std::string pool = R"({"op": "avg_pool2d", "kernel_size": 2})";
  const Json found = json(kFourByFour, pool, {"--step", "1"});
  EXPECT_EQ(found["output"][0][0], Json::parse("[[3.25,5.25],[2,2]]"));
  EXPECT_EQ(found["step"]["partial_sums"], Json::parse("[21]"));
  EXPECT_EQ(found["step"]["fold"], "mean");
  EXPECT_EQ(found["step"]["divisor"], 4);
  EXPECT_EQ(found["step"]["value"], 5.25);
  const std::string text = run(kFourByFour, pool, {"--step", "1"}).out;
  EXPECT_TRUE(has(text, "  21 / 4 = 5.25\n")) << text;
}

TEST_F(RunLayers, Relu) {
  const Json found = json(R"({"values": [[-3, 2]]})", R"({"op": "relu"})");
  EXPECT_EQ(found["output"][0][0], Json::parse("[[0,2]]"));
  EXPECT_EQ(found["step"]["products"], Json::parse("[[[-3]]]"));
  EXPECT_EQ(found["step"]["fold"], "relu");
  const std::string text = run(R"({"values": [[-3, 2]]})", R"({"op": "relu"})").out;
  EXPECT_TRUE(has(text, "  max(0, -3) = 0\n")) << text;
}

TEST_F(RunLayers, UnfoldHasPyTorchsShape) {
  const std::string unfold = R"({"op": "unfold", "kernel_size": 2})";
  const std::string input = R"({"values": [[0,1,2],[3,4,5],[6,7,8]]})";
  const Json found = json(input, unfold, {"--step", "5"});
  EXPECT_EQ(found["shapes"]["output"], Json::parse("[1,4,4]"));
  EXPECT_EQ(found["output"], Json::parse("[[[0,1,3,4],[1,2,4,5],[3,4,6,7],[4,5,7,8]]]"));
  EXPECT_EQ(found["step"]["products"], Json::parse("[[[2]]]"));
  const std::string text = run(input, unfold, {"--step", "5"}).out;
  EXPECT_TRUE(has(text, "out[0,:,:]\n  0  1  3  4\n  1  2  4  5\n")) << text;
  EXPECT_TRUE(has(text, "  img[0,0,0,2] = 2\n")) << text;
  const Json large =
      json(R"({"seed": 1, "shape": [3, 227, 227]})",
           R"({"op": "unfold", "kernel_size": 11, "stride": 4})", {"--out", path("a").string()});
  EXPECT_EQ(large["shapes"]["output"], Json::parse("[1,363,3025]"));
  const std::string bytes = read(path("a/output.npy"));
  EXPECT_EQ(parse_npy(std::as_bytes(std::span(bytes)), "o").shape,
            (std::vector<std::int64_t>{1, 363, 3025}));
  EXPECT_FALSE(std::filesystem::exists(path("a/weight.npy")));
  EXPECT_FALSE(std::filesystem::exists(path("a/bias.npy")));
}

TEST_F(RunLayers, TransposedConvolution) {
  const std::string layer = std::string(R"({"op": "conv_transpose2d", "weight": )") + kTwoByTwo;
  EXPECT_EQ(json(kTwoByTwo, layer + "}")["output"][0][0],
            Json::parse("[[0,0,1],[0,4,6],[4,12,9]]"));
  EXPECT_EQ(json(kTwoByTwo, layer + ", \"padding\": 1}")["output"][0][0], Json::parse("[[4]]"));
  const std::string stride = layer + ", \"stride\": 2}";
  const Json found = json(kTwoByTwo, stride, {"--step", "15"});
  EXPECT_EQ(found["output"][0][0], Json::parse("[[0,0,0,1],[0,0,2,3],[0,2,0,3],[4,6,6,9]]"));
  // The turned kernel on the stretched input: 3·3 and three zeros after the end.
  EXPECT_EQ(found["step"]["window"],
            Json::parse(R"({"top": 2, "left": 2, "height": 2, "width": 2})"));
  EXPECT_EQ(found["step"]["products"], Json::parse("[[[9,0],[0,0]]]"));
  EXPECT_EQ(found["step"]["value"], 9);
  const std::string text = run(kTwoByTwo, stride, {"--step", "15"}).out;
  EXPECT_TRUE(has(text, "with zeros between its cells")) << text;
  EXPECT_TRUE(has(text, "3*3 + 0*2")) << text;
}

TEST_F(RunLayers, AnyLayerOfAScene) {
  const std::string layers = R"(
    {"op": "conv2d", "name": "conv", "weight": {"values": [[1,0,1],[0,1,0],[1,0,1]]}},
    {"op": "relu"}, {"op": "max_pool2d", "kernel_size": 3})";
  const std::string cross =
      R"({"values": [[1,1,1,0,0],[0,1,1,1,0],[0,0,1,1,1],[0,0,1,1,0],[0,1,1,0,0]]})";
  const Json first = json(cross, layers);
  EXPECT_EQ(first["layer"], 1);
  EXPECT_EQ(first["output"][0][0], Json::parse("[[4,3,4],[2,4,3],[2,3,4]]"));
  EXPECT_EQ(first["layers"], Json::parse(R"([
    {"op": "conv2d", "input": [1,1,5,5], "output": [1,1,3,3], "algorithm": "exact"},
    {"op": "relu", "input": [1,1,3,3], "output": [1,1,3,3]},
    {"op": "max_pool2d", "input": [1,1,3,3], "output": [1,1,1,1]}])"));
  const Json last = json(cross, layers, {"--layer", "3"});
  EXPECT_EQ(last["layer"], 3);
  EXPECT_EQ(first["algorithm"], "exact");
  EXPECT_FALSE(last.contains("algorithm"));
  EXPECT_EQ(last["output"], Json::parse("[[[[4]]]]"));
  const std::string text = run(cross, layers, {"--layer", "3"}).out;
  EXPECT_TRUE(has(text, "  1  nn.Conv2d(1, 1, kernel_size=3, bias=False)  (1, 1, 5, 5) -> "))
      << text;
  EXPECT_TRUE(has(text, "> 3  nn.MaxPool2d(kernel_size=3)")) << text;
  EXPECT_FALSE(json(kFourByFour, R"({"op": "relu"})").contains("layers"));
}

TEST_F(RunLayers, ScenesAndLayersHaveTheirRange) {
  const auto refused = [&](const char* option, const char* number) {
    return run(kFourByFour, R"({"op": "relu"}, {"op": "relu"})", {option, number});
  };
  EXPECT_EQ(refused("--layer", "2").status, 0);
  EXPECT_EQ(refused("--layer", "3").status, 1);
  EXPECT_TRUE(has(refused("--layer", "3").err, "layers 1 to 2"));
  EXPECT_EQ(refused("--scene", "2").status, 1);
  EXPECT_TRUE(has(refused("--scene", "2").err, "scenes 1 to 1"));
}

TEST_F(RunLayers, SignalsHaveThreeAxes) {
  const Json found =
      json(R"({"values": [1, 5, 2, 8, 3]})", R"({"op": "max_pool1d", "kernel_size": 2})");
  EXPECT_EQ(found["output"], Json::parse("[[[5,8]]]"));
  EXPECT_EQ(found["step"]["products"], Json::parse("[[1,5]]"));
}

}  // namespace
}  // namespace convscope::cli
