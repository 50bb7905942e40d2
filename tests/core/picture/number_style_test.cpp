#include <cmath>

#include <gtest/gtest.h>

#include "core/picture/kit/number_text.h"

namespace convscope::picture {
namespace {

const std::string kMinusSign = "\u2212";

TEST(NumberStyle, FixedDecimalsForTables) {
  EXPECT_EQ(kit::fixed_number_text(-0.194, 2), kMinusSign + "0.19");
  EXPECT_EQ(kit::fixed_number_text(0.5, 2), "0.50");
  EXPECT_EQ(kit::fixed_number_text(3, 0), "3");
  EXPECT_EQ(kit::fixed_number_text(-0.001, 2), "0.00");
}

TEST(NumberStyle, WhatWouldRoundToZeroKeepsTwoDigits) {
  EXPECT_EQ(kit::number_text(0.00412321, kit::NumberStyle{10, 2}), "0.0041");
  EXPECT_EQ(kit::number_text(-0.00412321, kit::NumberStyle{10, 2}), kMinusSign + "0.0041");
  EXPECT_EQ(kit::number_text(0.000412321, kit::NumberStyle{10, 2}), "4.1e" + kMinusSign + "4");
}

TEST(NumberStyle, LargeAndInfiniteNumbersKeepTheirFormat) {
  EXPECT_EQ(kit::fixed_number_text(2e9, 2), "2e9");
  EXPECT_EQ(kit::fixed_number_text(-HUGE_VAL, 2), kMinusSign + "\u221E");
}

TEST(NumberStyle, ExactMeansNothingIsLost) {
  EXPECT_TRUE(kit::is_exact_text(255, 6));
  EXPECT_TRUE(kit::is_exact_text(-0.5, 6));
  EXPECT_TRUE(kit::is_exact_text(1.0F / 9, 6)) << "one ninth stands as a fraction";
  EXPECT_FALSE(kit::is_exact_text(-1.9052734375, 6));
  EXPECT_FALSE(kit::is_exact_text(1234567, 6));
}

}  // namespace
}  // namespace convscope::picture
