#include "core/picture/kit/number_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/picture/display/text_metrics.h"

namespace convscope::picture {
namespace {

double from_float(float value) { return static_cast<double>(value); }

struct Case {
  double value;
  int max_chars;
  const char* text;
};

class NumberText : public testing::TestWithParam<Case> {};

TEST_P(NumberText, IsWrittenAsPeopleDo) {
  EXPECT_EQ(kit::number_text(GetParam().value, GetParam().max_chars), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(Integers, NumberText,
                         testing::Values(Case{4, 8, "4"}, Case{-25, 8, "−25"}, Case{0, 8, "0"},
                                         Case{-0.0, 8, "0"}, Case{12345678, 8, "12345678"},
                                         Case{-1234567, 8, "−1234567"}, Case{0, 1, "0"},
                                         Case{16777216, 8, "16777216"}, Case{-25, 3, "−25"}));

INSTANTIATE_TEST_SUITE_P(Fractions, NumberText,
                         testing::Values(Case{0.0625, 8, "1/16"}, Case{-0.0625, 8, "−1/16"},
                                         Case{0.125, 8, "1/8"}, Case{0.375, 8, "3/8"},
                                         Case{1.0 / 64, 8, "1/64"}, Case{1.0 / 3, 8, "1/3"},
                                         Case{-2.0 / 3, 8, "−2/3"},
                                         Case{from_float(1.0F / 3), 8, "1/3"},
                                         Case{2.0 / 3, 4, "2/3"}, Case{1.0 / 9, 8, "1/9"}));

INSTANTIATE_TEST_SUITE_P(ShortDecimals, NumberText,
                         testing::Values(Case{0.5, 8, "0.5"}, Case{3.25, 8, "3.25"},
                                         Case{-0.75, 8, "−0.75"}, Case{3.125, 8, "3.125"},
                                         Case{3.0625, 8, "3.0625"}, Case{63.0 / 64, 8, "0.984375"},
                                         Case{0.1, 8, "0.1"}, Case{1234.5, 8, "1234.5"}));

INSTANTIATE_TEST_SUITE_P(FloatsReadBack, NumberText,
                         testing::Values(Case{from_float(0.1F), 8, "0.1"},
                                         Case{from_float(-0.7F), 8, "−0.7"},
                                         Case{from_float(3.14159F), 8, "3.14159"},
                                         Case{from_float(0.001F), 8, "0.001"},
                                         Case{0.1 + 0.2, 8, "0.3"}));

INSTANTIATE_TEST_SUITE_P(AsManyDigitsAsFit, NumberText,
                         testing::Values(Case{10.0 / 3, 8, "3.333333"},
                                         Case{from_float(10.0F / 3), 8, "3.333333"},
                                         Case{-0.618033988, 8, "−0.61803"},
                                         Case{0.618033988, 4, "0.62"}, Case{1234.56, 5, "1235"},
                                         Case{1234.56, 6, "1234.6"}, Case{99.96, 4, "100"},
                                         Case{0.000123456, 8, "0.000123"}));

INSTANTIATE_TEST_SUITE_P(PowersOfTen, NumberText,
                         testing::Values(Case{1e20, 8, "1e20"}, Case{1e-9, 8, "1e−9"},
                                         Case{-1e9, 8, "−1e9"}, Case{12345678, 5, "1.2e7"},
                                         Case{12345678, 6, "1.23e7"}, Case{12345678, 4, "1e7"},
                                         Case{1e9, 3, "1e9"}, Case{999999, 4, "1e6"},
                                         Case{1.5e-7, 8, "1.5e−7"}, Case{-3.4e38, 8, "−3.4e38"},
                                         Case{0.0000012367, 8, "1.237e−6"}));

// Only zero is shown as zero, even in too little space.
INSTANTIATE_TEST_SUITE_P(TooLittleRoom, NumberText,
                         testing::Values(Case{1e9, 2, "1e9"}, Case{0.00075, 5, "8e−4"},
                                         Case{0.04, 3, "4e−2"}, Case{-1e9, 1, "−1e9"},
                                         Case{0.5, 0, "5e−1"}));

INSTANTIATE_TEST_SUITE_P(NotFinite, NumberText,
                         testing::Values(Case{std::nan(""), 8, "NaN"},
                                         Case{std::numeric_limits<double>::infinity(), 8, "∞"},
                                         Case{-std::numeric_limits<double>::infinity(), 8, "−∞"}));

// Over many magnitudes: the text fits, and is wrong by at most one part in ten.
TEST(NumberTextSweep, FitsAndIsNearlyRight) {
  for (int exponent = -30; exponent <= 30; ++exponent) {
    for (const double digits : {1.0, 1.0 / 3, 9.87654321, 0.99999999, 7.5}) {
      const double value = -digits * std::pow(10.0, exponent);
      for (int room = 6; room <= 12; ++room) {
        std::string text = kit::number_text(value, room);
        EXPECT_LE(decode_utf8(text).size(), static_cast<std::size_t>(room)) << text;
        while (text.find("−") != std::string::npos) {
          text.replace(text.find("−"), std::string("−").size(), "-");
        }
        const double read = text.find('/') == std::string::npos ? std::stod(text) : value;
        EXPECT_NEAR(read / value, 1.0, 0.101) << text << " for " << value << " in " << room;
      }
    }
  }
}

}  // namespace
}  // namespace convscope::picture
