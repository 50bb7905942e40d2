#include "core/lesson/spelling.h"

#include <gtest/gtest.h>

namespace convscope::lesson {
namespace {

TEST(Spelling, DistanceCountsInsertionsDeletionsAndReplacements) {
  EXPECT_EQ(spelling_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(spelling_distance("saturday", "sunday"), 3U);
  EXPECT_EQ(spelling_distance("", "abc"), 3U);
  EXPECT_EQ(spelling_distance("abc", "abc"), 0U);
}

TEST(Spelling, TheNearestWordsComeFirst) {
  const std::vector<std::string> words = {"stride", "dilation", "strip", "string"};
  EXPECT_EQ(nearest_words("strid", words, 3),
            (std::vector<std::string>{"stride", "strip", "string"}));
  EXPECT_EQ(nearest_words("x", words, 9).size(), 4U);
}

}  // namespace
}  // namespace convscope::lesson
