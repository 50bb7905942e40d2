#include "core/import/text/word_meant.h"

#include <gtest/gtest.h>

#include <array>

namespace convscope::imports {
namespace {

TEST(WordMeant, OnlyANearWordIsMeant) {
  constexpr std::array<std::string_view, 3> kKnown = {"stride", "padding", "op"};
  EXPECT_EQ(word_meant("strides", kKnown), "stride");
  EXPECT_EQ(word_meant("paddin", kKnown), "padding");
  EXPECT_EQ(word_meant("dilation", kKnown), "");
  EXPECT_EQ(word_meant("xy", kKnown), "");  // two changes would turn it into anything
  EXPECT_EQ(word_meant("stride", {}), "");
}

}  // namespace
}  // namespace convscope::imports
