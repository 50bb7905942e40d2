#include "core/import/layers/mismatch_text.h"

#include <gtest/gtest.h>

#include <map>

#include "core/import/layers/layer_text.h"
#include "tests/core/import/golden.h"

namespace convscope::imports {
namespace {

using testing::number_of;
using testing::value_of;

std::vector<conv::LayerSpec> specs_of(const std::string& text) {
  std::vector<conv::LayerSpec> specs;
  if (!text.empty()) {
    for (const PastedLayer& layer : value_of(read_layer_text(text)).layers) {
      specs.push_back(layer.spec);
    }
  }
  return specs;
}

Shape shape_of(std::vector<std::int64_t> sides) {
  if (sides.size() == 3) {
    sides.insert(sides.begin() + 2, 1);
  }
  return sides.size() == 4 ? Shape{sides[0], sides[1], sides[2], sides[3]} : Shape{};
}

// Error messages from torch for networks that don't fit, with the layer at fault.
TEST(MismatchText, FindsTheLayerThatTorchComplainsOf) {
  for (const auto& one : testing::golden_cases("messages.json")) {
    const std::string error = one.at("error");
    SCOPED_TRACE(error);
    const std::vector<conv::LayerSpec> specs = specs_of(one.at("repr"));
    for (const Shape& input :
         {Shape{}, shape_of(one.at("input").get<std::vector<std::int64_t>>())}) {
      const auto found =
          read_mismatch("Traceback (most recent call last):\n" + error, specs, input);
      ASSERT_TRUE(found);
      if (!specs.empty()) {
        ASSERT_TRUE(found->layer);
        EXPECT_EQ(static_cast<int>(*found->layer), one.at("layer").get<int>());
        EXPECT_EQ(number_of(found->problem, "layer"), one.at("layer").get<int>() + 1);
      } else {
        EXPECT_FALSE(found->layer);
      }
    }
  }
}

Problem problem_of(const std::string& text, const std::string& layers = "") {
  const std::vector<conv::LayerSpec> specs = specs_of(layers);
  const auto found = read_mismatch(text, specs);
  return found ? found->problem : Problem{};
}

TEST(MismatchText, NamesTheNumbersThatDisagree) {
  const Problem channels = problem_of(
      "RuntimeError: Given groups=1, weight of size [4, 16, 3, 3], expected input[1, 8, 26, 26] to "
      "have 16 channels, but got 8 channels instead",
      "nn.Conv2d(1, 8, 3), nn.ReLU(), nn.Conv2d(16, 4, 3)");
  EXPECT_EQ(channels.code, "mismatch_channels_between");
  EXPECT_EQ(channels.field, "in_channels");
  EXPECT_EQ(number_of(channels, "layer"), 3);
  EXPECT_EQ(number_of(channels, "expected"), 16);
  EXPECT_EQ(number_of(channels, "found"), 8);
  EXPECT_EQ(number_of(channels, "source"), 1);

  const Problem kernel = problem_of(
      "Calculated padded input size per channel: (2 x 2). Kernel size: (3 x 3). Kernel size can't "
      "be greater than actual input size");
  EXPECT_EQ(kernel.code, "mismatch_kernel");
  EXPECT_EQ(testing::word_of(kernel, "kernel"), "3 x 3");
  EXPECT_EQ(testing::word_of(kernel, "input"), "2 x 2");

  const Problem linear = problem_of("mat1 and mat2 shapes cannot be multiplied (16x400 and 120x84)",
                                    "nn.Conv2d(1, 8, 3)");
  EXPECT_EQ(linear.code, "mismatch_linear");
  EXPECT_EQ(number_of(linear, "found"), 400);
  EXPECT_EQ(number_of(linear, "expected"), 120);
  EXPECT_EQ(number_of(linear, "layer"), 1);

  const Problem pool = problem_of(
      "pad should be at most half of effective kernel size, but got pad=2, kernel_size=3 and "
      "dilation=1");
  EXPECT_EQ(pool.code, "mismatch_pool_padding");
  EXPECT_EQ(number_of(pool, "limit"), 1);
  EXPECT_EQ(
      problem_of("pad should be smaller than or equal to half of kernel size, but got padW = 2, "
                 "padH = 2, kW = 3, kH = 3")
          .code,
      "mismatch_pool_padding");
}

// Torch 1.13 prints the last two; the others are those of its early versions and of view().
TEST(MismatchText, ReadsOtherWordsForTheSame) {
  for (const char* text : {"size mismatch, m1: [1 x 288], m2: [100 x 10] at THTensorMath.cpp:41",
                           "shape '[-1, 100]' is invalid for input of size 288",
                           "shape '[4, 100]' is invalid for input of size 1152"}) {
    const Problem linear = problem_of(text, "nn.Conv2d(3, 8, 3)");
    EXPECT_EQ(linear.code, "mismatch_linear") << text;
    EXPECT_EQ(number_of(linear, "found"), 288) << text;
    EXPECT_EQ(number_of(linear, "expected"), 100) << text;
  }
  const std::string stem = "nn.Conv2d(3, 64, 7), nn.Conv2d(64, 8, 3)";
  const Problem channels = problem_of(
      "Given groups=1, weight of size 64 3 7 7, expected input[1, 1, 224, 224] to have 3 "
      "channels, but got 1 channels instead",
      stem);
  EXPECT_EQ(channels.code, "mismatch_channels");
  EXPECT_EQ(number_of(channels, "layer"), 1);
  for (const char* text :
       {"Expected 4-dimensional input for 4-dimensional weight [64, 3, 7, 7], but got "
        "3-dimensional input of size [3, 224, 224] instead",
        "Input 0 of layer conv2d is incompatible with the layer: : expected min_ndim=4, found "
        "ndim=3. Full shape received: (None, 28, 28)"}) {
    EXPECT_EQ(problem_of(text, stem).code, "mismatch_rank") << text;
    EXPECT_EQ(number_of(problem_of(text, stem), "found"), 3) << text;
  }
  const Problem circular =
      problem_of("Padding value causes wrapping around more than once.",
                 "nn.Conv2d(3, 3, 3), nn.Conv2d(3, 8, 3, padding=4, padding_mode='circular')");
  EXPECT_EQ(circular.code, "mismatch_circular");
  EXPECT_EQ(number_of(circular, "layer"), 2);
  EXPECT_EQ(problem_of("Given input with spatial size (3, 3), kernel_size=(5, 5), dilation=(1, 1), "
                       "padding=(0, 0), calculated shape of the array of sliding blocks as (-1, "
                       "-1), but its components must be at least one.",
                       "nn.ReLU(), nn.Unfold(5)")
                .code,
            "mismatch_pool");
}

TEST(MismatchText, ReadsAMessageThatATerminalWrapped) {
  EXPECT_EQ(
      problem_of("Given groups=1, weight of size [64, 3, 7, 7], expected input[1, 1, 28, 28] to\n"
                 "have 3 channels, but got 1 channels instead")
          .code,
      "mismatch_channels");
}

TEST(MismatchText, ReadsKeras) {
  const Problem channels = problem_of(
      "ValueError: Input 0 of layer \"conv2d\" is incompatible with the layer: expected axis -1 of "
      "input shape to have value 3, but received input with shape (None, 28, 28, 1)");
  EXPECT_EQ(channels.code, "mismatch_channels");
  EXPECT_EQ(number_of(channels, "expected"), 3);
  EXPECT_EQ(number_of(channels, "found"), 1);
  const Problem kernel =
      problem_of("Negative dimension size caused by subtracting 3 from 2 for '{{node conv2d}}'",
                 "nn.Conv2d(1, 8, 5), nn.Conv2d(8, 8, 3)");
  EXPECT_EQ(kernel.code, "mismatch_kernel");
  EXPECT_EQ(number_of(kernel, "layer"), 2);
}

TEST(MismatchText, OtherTextsAreNotRecognized) {
  EXPECT_FALSE(read_mismatch("", {}));
  EXPECT_FALSE(read_mismatch("nn.Conv2d(3, 8, 3)", {}));
  EXPECT_FALSE(read_mismatch("RuntimeError: CUDA out of memory", {}));
  EXPECT_FALSE(read_mismatch("weight of size [, expected to have channels, but got", {}));
  EXPECT_FALSE(read_mismatch("shapes cannot be multiplied (1x99999999999999999999 and 2x2)", {}));
}

// Weights of another network, and maps that are joined or added, with torch's own messages.
TEST(MismatchText, TellsWhatDoesNotMeet) {
  const auto cases = testing::golden_cases("meetings.json");
  EXPECT_EQ(cases.size(), 7u);
  for (const auto& one : cases) {
    const std::string error = one.at("error");
    SCOPED_TRACE(error);
    const auto found = read_mismatch(error, specs_of(one.at("repr")));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->problem.code, one.at("code").get<std::string>());
    for (const auto& [name, value] : one.at("values").items()) {
      if (value.is_string()) {
        EXPECT_EQ(testing::word_of(found->problem, name), value.get<std::string>());
      } else {
        EXPECT_EQ(number_of(found->problem, name), value.get<std::int64_t>());
      }
    }
    const std::optional<std::size_t> layer =
        one.at("layer").is_null() ? std::nullopt
                                  : std::optional(one.at("layer").get<std::size_t>());
    EXPECT_EQ(found->layer, layer);
  }
}

}  // namespace
}  // namespace convscope::imports
