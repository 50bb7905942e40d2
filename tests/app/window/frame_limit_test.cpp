#include "app/window/frame_limit.h"

#include <gtest/gtest.h>

namespace convscope::window {
namespace {

TEST(FrameLimit, AQuickFrameWaitsForItsTurn) {
  FrameLimit limit;
  limit.note(10.0, 10.004);
  EXPECT_NEAR(limit.rest(10.004, 50), 0.016, 1e-9);
  EXPECT_NEAR(limit.rest(10.019, 50), 0.001, 1e-9);
  EXPECT_EQ(limit.rest(10.5, 50), 0.0);
}

TEST(FrameLimit, AFrameThatWaitedForTheMonitorDoesNotWaitAgain) {
  FrameLimit limit;
  limit.note(10.0, 10.0199);
  EXPECT_EQ(limit.rest(10.0199, 50), 0.0);
}

TEST(FrameLimit, AFasterMonitorIsServedFaster) {
  FrameLimit limit;
  limit.note(10.0, 10.001);
  EXPECT_NEAR(limit.rest(10.001, 100), 0.009, 1e-9);
}

TEST(FrameLimit, NothingIsWaitedForBeforeTheFirstFrame) {
  EXPECT_EQ(FrameLimit().rest(5, 60), 0.0);
}

}  // namespace
}  // namespace convscope::window
