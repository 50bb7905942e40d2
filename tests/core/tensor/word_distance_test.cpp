#include "core/tensor/word_distance.h"

#include <gtest/gtest.h>

#include <array>

namespace convscope {
namespace {

// The examples of every textbook.
TEST(WordDistance, CountsInsertionsDeletionsAndReplacements) {
  EXPECT_EQ(word_distance("kitten", "sitting"), 3u);
  EXPECT_EQ(word_distance("flaw", "lawn"), 2u);
  EXPECT_EQ(word_distance("", "abc"), 3u);
  EXPECT_EQ(word_distance("abc", ""), 3u);
  EXPECT_EQ(word_distance("same", "same"), 0u);
}

TEST(WordDistance, OnlyANearWordIsMeant) {
  constexpr std::array<std::string_view, 3> kKnown = {"stride", "padding", "op"};
  EXPECT_EQ(word_meant("strides", kKnown), "stride");
  EXPECT_EQ(word_meant("paddin", kKnown), "padding");
  EXPECT_EQ(word_meant("dilation", kKnown), "");
  EXPECT_EQ(word_meant("xy", kKnown), "");  // two changes make any word of it
  EXPECT_EQ(word_meant("stride", {}), "");
}

}  // namespace
}  // namespace convscope
