#include "app/window/pace.h"

#include <gtest/gtest.h>

namespace convscope::window {
namespace {

TEST(Pace, AQuickFrameWaitsForItsTurn) {
  Pace pace;
  pace.note(10.0, 10.004);
  EXPECT_NEAR(pace.rest(10.004, 50), 0.016, 1e-9);
  EXPECT_NEAR(pace.rest(10.019, 50), 0.001, 1e-9);
  EXPECT_EQ(pace.rest(10.5, 50), 0.0);
}

TEST(Pace, AFrameThatWaitedForTheMonitorDoesNotWaitAgain) {
  Pace pace;
  pace.note(10.0, 10.0199);
  EXPECT_EQ(pace.rest(10.0199, 50), 0.0);
}

TEST(Pace, AFasterMonitorIsServedFaster) {
  Pace pace;
  pace.note(10.0, 10.001);
  EXPECT_NEAR(pace.rest(10.001, 100), 0.009, 1e-9);
}

TEST(Pace, NothingIsWaitedForBeforeTheFirstFrame) { EXPECT_EQ(Pace().rest(5, 60), 0.0); }

}  // namespace
}  // namespace convscope::window
