// What the stage shows of a position if the granularity changes in the middle of it.
#include <gtest/gtest.h>

#include <array>

#include "core/picture/stamp/moment.h"
#include "core/picture/step/moment.h"
#include "scene_fixture.h"

namespace convscope::picture {
namespace {

constexpr std::array kAll = {session::Granularity::kPosition, session::Granularity::kChannel,
                             session::Granularity::kTerm};

std::int64_t terms_shown(const session::Session& session, const derive::LayerResult& layer) {
  return session::is_scatter_add(session) ? stamp::stamp_moment_of(session, layer)->terms_shown
                                          : step::moment_of(session, layer)->terms_shown;
}

// Position 1 at each rest of `from`, then in `to`: the same products are shown.
void expect_same_terms(Stage& stage, session::Granularity from, session::Granularity to) {
  stage.session = session::update(stage.session, session::action::SetGranularity{from});
  const session::Timeline timeline = session::timeline_of(stage.session);
  for (std::int64_t part = 1; part < timeline.parts; ++part) {
    stage.session.clock.frame = session::frame_of(timeline, 0) + part * timeline.ticks_per_part;
    const session::Session changed =
        session::update(stage.session, session::action::SetGranularity{to});
    const std::int64_t before = terms_shown(stage.session, stage.derived.layers[0]);
    const std::int64_t after = terms_shown(changed, stage.derived.layers[0]);
    // A whole position has no rest between its last product and the total.
    const bool all = part == timeline.parts - 1 && to == session::Granularity::kPosition;
    EXPECT_EQ(after, all ? before - 1 : before) << "part " << part;
    if (!session::is_scatter_add(changed)) {
      EXPECT_FALSE(step::moment_of(changed, stage.derived.layers[0])->total_shown);
    }
  }
}

TEST(Granularity, TheProductsOnTheStageStay) {
  for (const char* lesson : {"cs231n", "cross-5x5", "transposed", "checkerboard", "pooling"}) {
    Stage stage(lesson);
    for (const session::Granularity from : kAll) {
      for (const session::Granularity to : kAll) {
        SCOPED_TRACE(lesson);
        expect_same_terms(stage, from, to);
      }
    }
  }
}

// In the middle of an animation too, nothing disappears and no total appears early.
TEST(Granularity, NothingIsGivenAway) {
  Stage stage("cs231n");
  for (const session::Granularity from : kAll) {
    for (const session::Granularity to : kAll) {
      stage.session = session::update(stage.session, session::action::SetGranularity{from});
      const session::Timeline timeline = session::timeline_of(stage.session);
      for (session::Frame tick = 1; tick < timeline.ticks_per_position(); ++tick) {
        stage.session.clock.frame = session::frame_of(timeline, 0) + tick;
        const session::Session changed =
            session::update(stage.session, session::action::SetGranularity{to});
        const step::Moment before = *step::moment_of(stage.session, stage.derived.layers[0]);
        const step::Moment after = *step::moment_of(changed, stage.derived.layers[0]);
        ASSERT_EQ(after.step.position, 1);
        ASSERT_EQ(after.total_shown, before.total_shown) << "tick " << tick;
      }
    }
  }
}

}  // namespace
}  // namespace convscope::picture
