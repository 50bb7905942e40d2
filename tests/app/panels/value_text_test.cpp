#include "app/panels/widgets/value_text.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace convscope::panels {
namespace {

TEST(ValueText, ReadsNumbersAsPeopleTypeThem) {
  EXPECT_EQ(widgets::parse_value("2"), 2.0f);
  EXPECT_EQ(widgets::parse_value(" -0.5 "), -0.5f);
  EXPECT_EQ(widgets::parse_value("\u22120,5"), -0.5f);
  EXPECT_EQ(widgets::parse_value("+3"), 3.0f);
  EXPECT_EQ(widgets::parse_value("1/16"), 0.0625f);
  EXPECT_EQ(widgets::parse_value("1e-3"), 0.001f);
}

TEST(ValueText, RefusesEverythingElse) {
  for (const char* text : {"", " ", "nan", "inf", "-inf", "2x", "1/0", "1/", "/2", "--1", "++1",
                           "+-1", "1.2.3", "0x10"}) {
    EXPECT_EQ(widgets::parse_value(text), std::nullopt) << text;
  }
}

TEST(ValueText, ANumberBeyondFloatIsReadAsInfinity) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  for (const char* text : {"1e39", "1e40", "1e99", "1e400", "4e38/1"}) {
    EXPECT_EQ(widgets::parse_value(text), kInfinity) << text;
    EXPECT_EQ(widgets::parse_value("-" + std::string(text)), -kInfinity) << text;
  }
  EXPECT_EQ(widgets::parse_value("3.4e38"), 3.4e38f);
  EXPECT_EQ(widgets::parse_value("1e-400"), 0.0f);
  EXPECT_EQ(widgets::parse_value("0." + std::string(400, '0') + "1"), 0.0f);
  EXPECT_EQ(widgets::parse_value("1e400/1e400"), std::nullopt);
}

TEST(ValueText, OnlyNumbersGetAMinusSign) {
  EXPECT_EQ(widgets::with_minus_signs("-4"), "\u22124");
  EXPECT_EQ(widgets::with_minus_signs("((1, -2), (-0.5, 0))"), "((1, \u22122), (\u22120.5, 0))");
  EXPECT_EQ(widgets::with_minus_signs("stride-1, a -> b, 3-1 -"), "stride-1, a -> b, 3-1 -");
  EXPECT_EQ(widgets::parse_value(widgets::with_minus_signs("-0.5")), -0.5f);
}

TEST(ValueText, WritesWhatReadsBack) {
  for (const float value : {0.1f, -2.0f, 1.0f / 3, 1e20f}) {
    EXPECT_EQ(widgets::parse_value(widgets::value_text(value)), value);
  }
}

}  // namespace
}  // namespace convscope::panels
