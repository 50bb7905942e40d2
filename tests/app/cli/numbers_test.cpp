#include "app/cli/run/numbers.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>

namespace convscope::cli {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

TEST(Numbers, IntegersHaveNoPoint) {
  EXPECT_EQ(plain_number(-25.0F), "-25");
  EXPECT_EQ(plain_number(-0.0F), "0");
  EXPECT_EQ(plain_number(16777216.0), "16777216");
}

TEST(Numbers, OthersAreShortAndReadBack) {
  EXPECT_EQ(plain_number(0.1F), "0.1");
  EXPECT_EQ(plain_number(0.1), "0.1");
  for (const float value : {1e-30F, 0.333333343F, 3.4e38F, -1.5e20F}) {
    EXPECT_EQ(std::strtof(plain_number(value).c_str(), nullptr), value);
  }
}

TEST(Numbers, PeopleGetNineDigits) {
  EXPECT_EQ(readable_number(1.0 / 3.0), "0.333333333");
  EXPECT_EQ(readable_number(0.1 + 0.2), "0.3");
  EXPECT_EQ(readable_number(1234567890123.0), "1234567890123");
  EXPECT_EQ(readable_number(1.0 / 3.0, 6), "0.333333");
}

TEST(Numbers, NonFiniteNumbersAreStringsInJson) {
  EXPECT_EQ(plain_number(kNan), "NaN");
  EXPECT_EQ(json_value(kNan), "\"NaN\"");
  EXPECT_EQ(json_value(kInfinity), "\"Infinity\"");
  EXPECT_EQ(json_value(-kInfinity), "\"-Infinity\"");
  EXPECT_EQ(json_value(0.5F), "0.5");
}

}  // namespace
}  // namespace convscope::cli
