#include "core/tensor/number_text.h"

#include <gtest/gtest.h>

#include <string>

namespace convscope {
namespace {

TEST(NumberText, TakesWhatTheTextBeginsWith) {
  struct Case {
    const char* text;
    double value;
    std::size_t length;
  };
  for (const Case& c : {Case{"7 cells", 7, 1}, Case{"-1.5e-3,", -0.0015, 7}, Case{".5", 0.5, 2},
                        Case{"2.", 2, 2}, Case{"+4x", 4, 2}, Case{"3e", 3, 1}, Case{"1e+2", 100, 4},
                        Case{"0x10", 0, 1}, Case{"1.2.3", 1.2, 3}}) {
    const auto number = leading_number(c.text);
    ASSERT_TRUE(number) << c.text;
    EXPECT_DOUBLE_EQ(number->value, c.value) << c.text;
    EXPECT_EQ(number->length, c.length) << c.text;
    EXPECT_FALSE(number->too_large) << c.text;
  }
  for (const char* text : {"", " 1", "-", ".", "e3", "--1", "+-1", "nan", "inf", "x"}) {
    EXPECT_FALSE(leading_number(text)) << text;
  }
}

TEST(NumberText, KnowsTheDecimalComma) {
  EXPECT_EQ(leading_number("2,5", ',')->value, 2.5);
  EXPECT_EQ(leading_number("2,5")->length, 1U);
  EXPECT_EQ(leading_number("2.5", ',')->length, 1U);
}

TEST(NumberText, BeyondDoubleIsTooLargeOrNothing) {
  for (const std::string& text : {std::string("1e400"), "-1" + std::string(400, '0')}) {
    EXPECT_TRUE(leading_number(text)->too_large) << text;
  }
  for (const std::string& text : {std::string("1e-400"), "0." + std::string(400, '0') + "1"}) {
    EXPECT_FALSE(leading_number(text)->too_large) << text;
    EXPECT_EQ(leading_number(text)->value, 0) << text;
  }
}

TEST(NumberText, AnEntireNumberLeavesNothing) {
  EXPECT_EQ(entire_number("-2.5e1")->value, -25);
  for (const char* text : {"", "2x", "2 ", "1.2.3", "0x10"}) {
    EXPECT_FALSE(entire_number(text)) << text;
  }
}

}  // namespace
}  // namespace convscope
