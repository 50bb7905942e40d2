#include "core/picture/step/moment.h"

#include <gtest/gtest.h>

#include "scene_fixture.h"

namespace convscope::picture {
namespace {

step::Moment moment_at(Stage& stage, session::Frame frame) {
  stage.session.clock.frame = frame;
  return *step::moment_of(stage.session, stage.derived.layers[0]);
}

TEST(Moment, FrameZeroIsTheEmptyMap) {
  Stage stage("cross-5x5");
  const step::Moment moment = moment_at(stage, 0);
  EXPECT_FALSE(moment.started);
  EXPECT_EQ(moment.revealed, 0);
  EXPECT_EQ(moment.terms_shown, 0);
  EXPECT_FALSE(moment.total_shown);
}

TEST(Moment, AStillShowsItsPositionFinished) {
  Stage stage("cross-5x5");
  const session::Timeline timeline = session::timeline_of(stage.session);
  for (std::int64_t position = 0; position < timeline.positions; ++position) {
    const step::Moment moment = moment_at(stage, session::frame_of(timeline, position));
    EXPECT_EQ(moment.step.position, position);
    EXPECT_EQ(moment.revealed, position + 1);
    EXPECT_EQ(moment.terms_shown, 9);
    EXPECT_TRUE(moment.total_shown);
    EXPECT_TRUE(moment.landed);
    EXPECT_LT(moment.flight, 0);
    EXPECT_DOUBLE_EQ(moment.window_x, static_cast<double>(position % 3));
    EXPECT_DOUBLE_EQ(moment.window_y, static_cast<double>(position / 3));
  }
}

TEST(Moment, NothingGoesBackwardsWithinAPosition) {
  for (const session::Granularity granularity :
       {session::Granularity::kPosition, session::Granularity::kChannel,
        session::Granularity::kTerm}) {
    Stage stage("rgb-same");
    stage.apply(session::action::SetGranularity{granularity});
    const session::Timeline timeline = session::timeline_of(stage.session);
    step::Moment before = moment_at(stage, timeline.ticks_per_position() + 1);
    for (session::Frame frame = timeline.ticks_per_position() + 2;
         frame <= 2 * timeline.ticks_per_position(); ++frame) {
      const step::Moment now = moment_at(stage, frame);
      ASSERT_EQ(now.step.position, 1);
      ASSERT_GE(now.terms_shown, before.terms_shown) << frame;
      ASSERT_GE(now.revealed, before.revealed) << frame;
      ASSERT_GE(now.window_x, before.window_x) << frame;
      ASSERT_GE(now.total_shown, before.total_shown) << frame;
      before = now;
    }
    EXPECT_EQ(before.terms_shown, 27);
    EXPECT_EQ(before.revealed, 2);
  }
}

TEST(Moment, ATermPartShowsOneMoreProduct) {
  Stage stage("cross-5x5");
  stage.apply(session::action::SetGranularity{session::Granularity::kTerm});
  const session::Timeline timeline = session::timeline_of(stage.session);
  ASSERT_EQ(timeline.parts, 10);  // nine products and the total
  for (std::int64_t part = 0; part < 9; ++part) {
    const step::Moment moment = moment_at(stage, (part + 1) * timeline.ticks_per_part);
    EXPECT_EQ(moment.active_term, part);
    EXPECT_EQ(moment.terms_shown, part + 1);
    EXPECT_FALSE(moment.landed);
  }
}

TEST(Moment, TheWindowSlidesFromThePlaceBefore) {
  Stage stage("cross-5x5");
  const session::Frame start = session::timeline_of(stage.session).ticks_per_position();
  const step::Moment leaving = moment_at(stage, start + 1);
  EXPECT_FALSE(leaving.window_arrived);
  EXPECT_GE(leaving.window_x, 0.0);
  EXPECT_LT(leaving.window_x, 0.1);
}

}  // namespace
}  // namespace convscope::picture
