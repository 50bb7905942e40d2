#include <cmath>

#include <gtest/gtest.h>

#include "core/picture/number_text.h"

namespace convscope {
namespace {

const std::string kMinus = "\u2212";

TEST(NumberStyle, FixedDecimalsForTables) {
  EXPECT_EQ(fixed_number_text(-0.194, 2), kMinus + "0.19");
  EXPECT_EQ(fixed_number_text(0.5, 2), "0.50");
  EXPECT_EQ(fixed_number_text(3, 0), "3");
  EXPECT_EQ(fixed_number_text(-0.001, 2), "0.00");
}

TEST(NumberStyle, LargeAndInfiniteNumbersKeepTheirOwnWay) {
  EXPECT_EQ(fixed_number_text(2e9, 2), "2e9");
  EXPECT_EQ(fixed_number_text(-HUGE_VAL, 2), kMinus + "\u221E");
}

TEST(NumberStyle, ExactMeansNothingIsLost) {
  EXPECT_TRUE(is_exact_text(255, 6));
  EXPECT_TRUE(is_exact_text(-0.5, 6));
  EXPECT_TRUE(is_exact_text(1.0F / 9, 6)) << "one ninth stands as a fraction";
  EXPECT_FALSE(is_exact_text(-1.9052734375, 6));
  EXPECT_FALSE(is_exact_text(1234567, 6));
}

}  // namespace
}  // namespace convscope
