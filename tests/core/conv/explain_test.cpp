// Why a rung was chosen, and what the model of costs says.
#include "core/conv/explain.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

#include "core/conv/cost_model.h"
#include "core/conv/forward.h"
#include "tests/core/conv/random_layer.h"

namespace convscope::conv {
namespace {

LayerSpec conv_of(std::int64_t channels, std::int64_t filters, std::int64_t kernel) {
  return {.in_channels = channels, .out_channels = filters, .kernel_size = {kernel, kernel}};
}

const Candidate& candidate(const Explanation& all, Algorithm algorithm) {
  return *std::ranges::find(all.candidates, algorithm, &Candidate::algorithm);
}

TEST(Explain, HasEveryRungOnceAndTheChosenOneCanComputeIt) {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const RandomLayer layer = random_layer(seed % 2 == 0 ? Op::kConv : Op::kConvTranspose, seed);
    const Explanation all = explain(layer.weight, layer.spec, layer.input_shape);
    EXPECT_EQ(all.candidates.size(), std::size(kAlgorithms) - 1);
    EXPECT_TRUE(candidate(all, all.table).why_not.empty()) << layer;
    EXPECT_TRUE(candidate(all, all.model).why_not.empty()) << layer;
    EXPECT_EQ(all.table, forward_algorithm(layer.weight, layer.spec, layer.input_shape)) << layer;
    for (const Candidate& each : all.candidates) {
      const auto used =
          forward_algorithm(layer.weight, layer.spec, layer.input_shape, each.algorithm);
      EXPECT_EQ(used == each.algorithm, each.why_not.empty())
          << layer << name_of(each.algorithm) << each.why_not;
      EXPECT_EQ(each.nanoseconds > 0, each.why_not.empty()) << layer << name_of(each.algorithm);
    }
  }
}

std::string_view why_not(Algorithm algorithm, const LayerSpec& spec, const Shape& input,
                         const Tensor& weight = {}) {
  return candidate(explain(weight, spec, input), algorithm).why_not;
}

TEST(Explain, SaysWhatIsInTheWay) {
  const Shape image = {1, 16, 60, 60};
  EXPECT_EQ(why_not(Algorithm::kDirect, conv_of(16, 32, 3), image), "channels");
  EXPECT_EQ(why_not(Algorithm::kSeparable, conv_of(16, 32, 3), image), "one_channel");
  EXPECT_EQ(why_not(Algorithm::kWinograd, conv_of(16, 32, 1), image), "taps");
  EXPECT_EQ(why_not(Algorithm::kWinograd, conv_of(16, 32, 3), image), "");
  LayerSpec strided = conv_of(16, 32, 3);
  strided.stride = {2, 2};
  EXPECT_EQ(why_not(Algorithm::kFft, strided, image), "stride");
  strided.op = Op::kConvTranspose;
  EXPECT_EQ(why_not(Algorithm::kDirect, strided, image), "transposed");
  const LayerSpec photo = conv_of(1, 1, 3);
  const Tensor diagonal({1, 1, 3, 3}, {1, 0, 0, 0, 1, 0, 0, 0, 1});
  EXPECT_EQ(why_not(Algorithm::kSeparable, photo, {1, 1, 60, 60}, diagonal), "rank");
  LayerSpec line = photo;
  line.kernel_size = {1, 3};
  EXPECT_EQ(why_not(Algorithm::kSeparable, line, {1, 1, 60, 60}), "line");
}

TEST(Explain, ASmallLayerIsExactWhateverTheModelPredicts) {
  const Explanation all = explain({}, conv_of(1, 1, 3), {1, 1, 5, 5});
  EXPECT_EQ(all.table, Algorithm::kExact);
  EXPECT_EQ(all.model, Algorithm::kExact);
}

TEST(Explain, WinogradIsNotForFewFilters) {
  const Explanation all = explain({}, conv_of(64, 4, 3), {1, 64, 56, 56});
  EXPECT_TRUE(candidate(all, Algorithm::kWinograd).inaccurate);
  EXPECT_NE(all.model, Algorithm::kWinograd);
}

// Layers of which one rung is several times as fast as another (workloads.csv, measured).
TEST(CostModel, PutsFarApartRungsInOrder) {
  const auto predicted = [](Algorithm algorithm, const LayerSpec& spec, const Shape& input) {
    return cost_of(algorithm, spec, input)->nanoseconds();
  };
  LayerSpec vgg = conv_of(64, 64, 3);
  vgg.padding = PaddingRule::kSame;
  EXPECT_LT(predicted(Algorithm::kWinograd, vgg, {1, 64, 56, 56}),
            predicted(Algorithm::kGemm, vgg, {1, 64, 56, 56}));
  EXPECT_LT(2 * predicted(Algorithm::kGemm, vgg, {1, 64, 56, 56}),
            predicted(Algorithm::kExact, vgg, {1, 64, 56, 56}));
  const LayerSpec blur = conv_of(1, 1, 31);
  EXPECT_LT(2 * predicted(Algorithm::kFft, blur, {1, 1, 480, 640}),
            predicted(Algorithm::kDirect, blur, {1, 1, 480, 640}));
  LayerSpec small = conv_of(1, 1, 3);
  EXPECT_LT(2 * predicted(Algorithm::kDirect, small, {1, 1, 480, 640}),
            predicted(Algorithm::kFft, small, {1, 1, 480, 640}));
}

}  // namespace
}  // namespace convscope::conv
