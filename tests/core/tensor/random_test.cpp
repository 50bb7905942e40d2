#include "core/tensor/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace convscope {
namespace {

// The published first values of splitmix64 for seed 1234567.
TEST(Random, GeneratorIsSplitMix64) {
  SplitMix64 generator(1234567);
  for (const std::uint64_t expected :
       {6457827717110365317U, 3203168211198807973U, 9817491932198370423U, 4593380528125082431U,
        16408922859458223821U}) {
    EXPECT_EQ(generator.next(), expected);
  }
}

struct Moments {
  double mean = 0;
  double variance = 0;
};

Moments moments(const Tensor& tensor) {
  Moments result;
  const auto count = static_cast<double>(tensor.values().size());
  for (const float value : tensor.values()) {
    result.mean += value / count;
  }
  for (const float value : tensor.values()) {
    result.variance += (value - result.mean) * (value - result.mean) / count;
  }
  return result;
}

constexpr Shape kMany = {1, 4, 100, 100};

TEST(Random, NormalHasMeanZeroAndVarianceOne) {
  const Tensor tensor = random_tensor(kMany, {.seed = 7});
  const Moments found = moments(tensor);
  EXPECT_NEAR(found.mean, 0.0, 0.02);  // four standard errors of 40,000 values
  EXPECT_NEAR(found.variance, 1.0, 0.03);
  const auto values = tensor.values();
  const auto within_one = std::count_if(values.begin(), values.end(),
                                        [](float value) { return std::abs(value) < 1.0F; });
  EXPECT_NEAR(static_cast<double>(within_one) / 40000.0, 0.6827, 0.01);
}

TEST(Random, UniformFillsItsRangeAndStaysInIt) {
  const Tensor tensor = random_tensor(
      kMany, {.seed = 7, .distribution = Distribution::kUniform, .low = -2.0, .high = 4.0});
  const auto [least, most] = std::minmax_element(tensor.values().begin(), tensor.values().end());
  EXPECT_GE(*least, -2.0F);
  EXPECT_LT(*most, 4.0F);
  const Moments found = moments(tensor);
  EXPECT_NEAR(found.mean, 1.0, 0.04);
  EXPECT_NEAR(found.variance, 3.0, 0.06);  // (4 + 2)² / 12
}

TEST(Random, IntegersIncludeBothEnds) {
  const Tensor tensor = random_tensor(
      kMany, {.seed = 7, .distribution = Distribution::kIntegers, .low = -1.0, .high = 2.0});
  const std::set<float> found(tensor.values().begin(), tensor.values().end());
  EXPECT_EQ(found, (std::set<float>{-1, 0, 1, 2}));
  EXPECT_NEAR(moments(tensor).variance, 1.25, 0.03);
}

TEST(Random, ValuesAreMultiplesOfOneIn1024) {
  for (const auto distribution :
       {Distribution::kNormal, Distribution::kUniform, Distribution::kIntegers}) {
    const Tensor tensor = random_tensor({1, 1, 30, 30}, {.seed = 3, .distribution = distribution});
    for (const float value : tensor.values()) {
      EXPECT_EQ(value * 1024.0F, std::round(value * 1024.0F));
    }
  }
}

TEST(Random, SeedDecidesEverything) {
  EXPECT_TRUE(identical(random_tensor({1, 1, 5, 5}, {.seed = 1}),
                        random_tensor({1, 1, 5, 5}, {.seed = 1})));
  EXPECT_FALSE(identical(random_tensor({1, 1, 5, 5}, {.seed = 1}),
                         random_tensor({1, 1, 5, 5}, {.seed = 2})));
}

}  // namespace
}  // namespace convscope
