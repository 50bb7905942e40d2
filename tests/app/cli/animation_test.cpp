#include "app/cli/render/animation.h"

#include <gtest/gtest.h>

#include <limits>

namespace convscope::cli {
namespace {

constexpr session::Timeline kNinePositions = {.positions = 9, .parts = 1, .ticks_per_part = 240};

TEST(Animation, RunsFromBeforeTheFirstStepToTheEndOfTheLast) {
  const Animation whole = animation_of(kNinePositions, {0, 8}, 30);
  EXPECT_EQ(whole.at(0), 0);
  EXPECT_EQ(whole.at(whole.count() - 1), 9 * 240);
  const Animation middle = animation_of(kNinePositions, {3, 4}, 30);
  EXPECT_EQ(middle.at(0), 3 * 240);
  EXPECT_EQ(middle.at(middle.count() - 1), 5 * 240);
}

TEST(Animation, LastsForTheMovementAndTwoHolds) {
  // Half a second, nine seconds and one and a half at 30 frames a second; the frame that ends the
  // movement is also the first of the final hold.
  EXPECT_EQ(animation_of(kNinePositions, {0, 8}, 30).count(), 15 + 270 + 45 - 1);
}

TEST(Animation, HoldsTheLastFrameAsLongAsItIsTold) {
  Animation animation = animation_of(kNinePositions, {0, 8}, 30);
  animation.pause = 4000;
  EXPECT_EQ(animation.count(), 15 + 270 + 120 - 1);
  animation.pause = 0;
  EXPECT_EQ(animation.count(), 15 + 270 + 1 - 1);
  EXPECT_EQ(animation.at(animation.count() - 1), animation.last);
}

TEST(Animation, ARateThatDoesNotDivideTheClockDoesNotDrift) {
  const Animation animation = animation_of(kNinePositions, {0, 8}, 7);
  const std::int64_t still = animation.hold_first() - 1;
  EXPECT_EQ(animation.at(still), 0);
  EXPECT_EQ(animation.at(still + 1), 34);   // 240 / 7 = 34.28...
  EXPECT_EQ(animation.at(still + 7), 240);  // after a second, a second has passed
  EXPECT_EQ(animation.at(still + 63), 2160);
}

TEST(Animation, FramesNeverStepBack) {
  for (const int rate : {1, 24, 60, 100}) {
    const Animation animation = animation_of(kNinePositions, {0, 8}, rate);
    for (std::int64_t i = 1; i < animation.count(); ++i) {
      ASSERT_GE(animation.at(i), animation.at(i - 1)) << rate << " " << i;
    }
    EXPECT_EQ(animation.at(animation.count() - 1), animation.last);
  }
}

TEST(Animation, CountsAnEndlessLessonWithoutOverflow) {
  const Animation animation = {0, std::numeric_limits<std::int64_t>::max(), 100};
  EXPECT_GT(animation.count(), 3'000'000'000'000'000'000);
}

}  // namespace
}  // namespace convscope::cli
