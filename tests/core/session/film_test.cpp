#include "core/session/film.h"

#include <gtest/gtest.h>

#include <limits>

namespace convscope::session {
namespace {

constexpr Timeline kNinePositions = {.positions = 9, .parts = 1, .ticks_per_part = 240};

TEST(Film, RunsFromBeforeTheFirstStepToTheEndOfTheLast) {
  const Film whole = film_of(kNinePositions, 0, 8, 30);
  EXPECT_EQ(whole.at(0), 0);
  EXPECT_EQ(whole.at(whole.count() - 1), 9 * 240);
  const Film middle = film_of(kNinePositions, 3, 4, 30);
  EXPECT_EQ(middle.at(0), 3 * 240);
  EXPECT_EQ(middle.at(middle.count() - 1), 5 * 240);
}

TEST(Film, LastsForTheMovementAndTwoHolds) {
  // Half a second, nine seconds and one and a half at 30 frames a second; the frame that ends the
  // movement is also the first of the final hold.
  EXPECT_EQ(film_of(kNinePositions, 0, 8, 30).count(), 15 + 270 + 45 - 1);
}

TEST(Film, HoldsTheLastFrameAsLongAsItIsTold) {
  Film animation = film_of(kNinePositions, 0, 8, 30);
  animation.pause = 4000;
  EXPECT_EQ(animation.count(), 15 + 270 + 120 - 1);
  animation.pause = 0;
  EXPECT_EQ(animation.count(), 15 + 270 + 1 - 1);
  EXPECT_EQ(animation.at(animation.count() - 1), animation.last);
}

TEST(Film, ARateThatDoesNotDivideTheClockDoesNotDrift) {
  const Film animation = film_of(kNinePositions, 0, 8, 7);
  const std::int64_t still = animation.hold_first() - 1;
  EXPECT_EQ(animation.at(still), 0);
  EXPECT_EQ(animation.at(still + 1), 34);   // 240 / 7 = 34.28...
  EXPECT_EQ(animation.at(still + 7), 240);  // after a second, a second has passed
  EXPECT_EQ(animation.at(still + 63), 2160);
}

TEST(Film, FramesNeverStepBack) {
  for (const int rate : {1, 24, 60, 100}) {
    const Film animation = film_of(kNinePositions, 0, 8, rate);
    for (std::int64_t i = 1; i < animation.count(); ++i) {
      ASSERT_GE(animation.at(i), animation.at(i - 1)) << rate << " " << i;
    }
    EXPECT_EQ(animation.at(animation.count() - 1), animation.last);
  }
}

TEST(Film, CountsAnEndlessLessonWithoutOverflow) {
  const Film animation = {0, std::numeric_limits<std::int64_t>::max(), 100};
  EXPECT_GT(animation.count(), 3'000'000'000'000'000'000);
}

}  // namespace
}  // namespace convscope::session
