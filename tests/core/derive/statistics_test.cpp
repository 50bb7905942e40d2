#include "core/derive/statistics.h"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>

#include "core/tensor/random.h"

namespace convscope::derive {
namespace {

TEST(Statistics, TheWorkedExampleOfTheStandardDeviation) {
  // 2 4 4 4 5 5 7 9 has the mean 5 and the standard deviation 2.
  const Tensor tensor({1, 1, 2, 4}, {2, 4, 4, 4, 5, 5, 7, 9});
  const Statistics of = statistics_of(tensor, 0, 1, {3, 8});
  EXPECT_EQ(of.count, 8);
  EXPECT_EQ(of.low, 2);
  EXPECT_EQ(of.high, 9);
  EXPECT_DOUBLE_EQ(of.mean, 5);
  EXPECT_DOUBLE_EQ(of.deviation, 2);
  EXPECT_EQ(of.beyond, 2);
  EXPECT_EQ(std::accumulate(of.bins.begin(), of.bins.end(), std::int64_t{0}), 8);
  EXPECT_EQ(of.bins.front(), 1);
  EXPECT_EQ(of.bins.back(), 1);
}

TEST(Statistics, OnlyTheAskedPlanesCountAndWhatIsNotFiniteIsToldApart) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const Tensor tensor({1, 3, 1, 2}, {9, 9, 1, 3, kInfinity, 9});
  EXPECT_DOUBLE_EQ(statistics_of(tensor, 1, 1, {}).mean, 2);
  const Statistics of = statistics_of(tensor, 2, 1, {});
  EXPECT_EQ(of.broken, 1);
  EXPECT_EQ(of.count, 1);
  EXPECT_EQ(of.high, 9);
}

TEST(Statistics, AConstantTensorHasOneBin) {
  const Statistics of = statistics_of(Tensor({1, 1, 2, 2}, {4, 4, 4, 4}), 0, 1, {4, 4});
  EXPECT_EQ(of.bins.front(), 4);
  EXPECT_EQ(of.deviation, 0);
}

// A uniform distribution over 0..1 has the mean 1/2 and the standard deviation 1/sqrt(12).
TEST(Statistics, ALargeTensorIsSampledButItsExtremesAreExact) {
  Tensor tensor = random_tensor(
      {1, 1, 2000, 2000}, {.seed = 5, .distribution = Distribution::kUniform, .low = 0, .high = 1});
  tensor = tensor.with({0, 0, 1234, 777}, 50);
  const Statistics of = statistics_of(tensor, 0, 1, {0, 1});
  EXPECT_TRUE(of.sampled);
  EXPECT_EQ(of.high, 50);
  EXPECT_NEAR(of.mean, 0.5, 0.01);
  EXPECT_NEAR(of.deviation, 0.2887, 0.01);
}

TEST(Extremes, TheFirstOfEqualCellsAndNoNan) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const Tensor tensor({1, 2, 2, 2}, {8, 8, 8, 8, nan, 7, -3, 7});
  EXPECT_EQ(extreme_cell(tensor, 0, 1, true), (Index{0, 1, 0, 1}));
  EXPECT_EQ(extreme_cell(tensor, 0, 1, false), (Index{0, 1, 1, 0}));
  EXPECT_EQ(extreme_cell(tensor, 0, 2, true), std::nullopt);
  EXPECT_EQ(extreme_cell(Tensor({1, 1, 1, 1}, {nan}), 0, 0, true), std::nullopt);
}

}  // namespace
}  // namespace convscope::derive
