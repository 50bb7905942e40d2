// Stepping by rows, runs within a minute, and what stays visible after a click.
#include "core/session/pace.h"

#include <gtest/gtest.h>

#include "tests/core/lesson/bundled.h"

namespace convscope::session {
namespace {

using testing::after;
using testing::opened;
using testing::position_of;

Session by_rows(const std::string& lesson) {
  return after(opened(lesson), action::SetGranularity{Granularity::kRow});
}

TEST(Pace, ByRowsAStepEndsARow) {  // cross-5x5 gives 3×3
  Session session = settle(after(by_rows("cross-5x5"), action::Next{}));
  EXPECT_EQ(position_of(session), 2);
  session = settle(after(session, action::GoTo{3}, action::Next{}));
  EXPECT_EQ(position_of(session), 5);
  session = settle(after(session, action::GoTo{7}, action::Previous{}));
  EXPECT_EQ(position_of(session), 5);
  EXPECT_EQ(position_of(settle(after(session, action::Previous{}))), 2);
  session = settle(after(session, action::Last{}, action::Next{}));
  EXPECT_EQ(position_of(session), 8);
}

TEST(Pace, ByRowsARowTakesTheTimeOfAPosition) {
  const Session session = after(by_rows("cross-5x5"), action::Switch{&Toggles::guided, false},
                                action::TogglePlay{}, action::Tick{kTicksPerSecond});
  EXPECT_EQ(position_of(session), 2);
  EXPECT_TRUE(beat_at(timeline_of(session), session.clock.frame).finished);
}

TEST(Pace, GoingByRowsKeepsTheMoment) {
  const Session session = after(opened("cross-5x5"), action::Seek{1000});
  EXPECT_EQ(after(session, action::SetGranularity{Granularity::kRow}).clock.frame, 1000);
}

TEST(Pace, TenIterationsAreTheRowsOfATraining) {
  const Session session = settle(after(by_rows("weights-are-learned"), action::Next{}));
  EXPECT_EQ(position_of(session), 9);
}

TEST(Pace, ALongRunCanEndInAMinute) {
  Session session = after(opened("conv2d-3-to-5"), action::Switch{&Toggles::guided, false});
  EXPECT_NEAR(seconds_of_run(session), 48020, 1e-9);  // 5·98·98 at one per second
  ASSERT_TRUE(is_long_run(session));
  session = after(session, action::SetSpeed{1e9}, action::TogglePlay{});
  EXPECT_LT(session.clock.frame, timeline_of(session).last());
  session = after(session, action::Tick{59 * kTicksPerSecond});
  EXPECT_TRUE(session.clock.playing);
  session = after(session, action::Tick{kTicksPerSecond});
  EXPECT_EQ(session.clock.frame, timeline_of(session).last());
}

TEST(Pace, AShortRunGoesNoFasterThanBefore) {
  EXPECT_FALSE(is_long_run(opened("cross-5x5")));
  EXPECT_EQ(after(opened("cross-5x5"), action::SetSpeed{1e9}).clock.speed, kMaxSpeed);
}

TEST(Pace, TheFastSpeedEndsWithItsLesson) {
  const Session hurried = after(opened("conv2d-3-to-5"), action::SetSpeed{1e9});
  ASSERT_GT(hurried.clock.speed, kMaxSpeed);
  EXPECT_EQ(after(hurried, action::SetScene{0}).clock.speed, kMaxSpeed);
}

TEST(Pace, AClickKeepsWhatHadBeenComputed) {
  Session session = after(opened("cross-5x5"), action::Last{}, action::GoTo{3});
  EXPECT_EQ(session.clock.kept, 9);
  session = after(session, action::GoTo{6}, action::GoTo{1});
  EXPECT_EQ(session.clock.kept, 9);
  EXPECT_EQ(after(session, action::PlaceWindow{{0, 0, 1, 1}}).clock.kept, 9);
  EXPECT_EQ(after(session, action::GoTo{8}).clock.kept, 0);   // nothing comes after it
  EXPECT_EQ(after(session, action::GoTo{-1}).clock.kept, 0);  // from the start
}

TEST(Pace, GoingOnForgetsWhatAClickKept) {
  const Session session = after(opened("cross-5x5"), action::Last{}, action::GoTo{3});
  EXPECT_EQ(after(session, action::Next{}).clock.kept, 0);
  EXPECT_EQ(after(session, action::Previous{}).clock.kept, 0);
  EXPECT_EQ(after(session, action::TogglePlay{}).clock.kept, 0);
  EXPECT_EQ(after(session, action::First{}).clock.kept, 0);
  EXPECT_EQ(after(session, action::SetScene{0}).clock.kept, 0);
}

TEST(Pace, SteppingBackKeepsNothing) {
  const Session session = after(opened("cross-5x5"), action::Last{}, action::Previous{});
  EXPECT_EQ(settle(session).clock.kept, 0);
}

}  // namespace
}  // namespace convscope::session
