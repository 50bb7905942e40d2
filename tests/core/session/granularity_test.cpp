// Changing the granularity in the middle of a position.
#include <gtest/gtest.h>

#include <array>

#include "tests/core/lesson/bundled.h"

namespace convscope::session {
namespace {

using testing::after;
using testing::opened;

constexpr std::array kAll = {Granularity::kPosition, Granularity::kChannel, Granularity::kTerm};

Beat beat_of(const Session& session) { return beat_at(timeline_of(session), session.clock.frame); }

Session next(const Session& session) { return settle(after(session, action::Next{})); }

// Sums, stamps and training.
std::vector<Session> all_kinds() {
  const Session sums = after(opened("cs231n"), action::GoTo{3});
  Session stamps = opened("transposed");
  stamps = after(stamps, action::GoTo{1});
  const Session training = after(opened("weights-are-learned"), action::GoTo{22});
  return {sums, stamps, training};
}

TEST(Granularity, ChannelsThatAreDoneStayDone) {
  Session session =
      after(opened("cs231n"), action::SetGranularity{Granularity::kChannel}, action::GoTo{3});
  session = next(session);
  ASSERT_EQ(beat_of(session).position, 4);
  const Timeline channels = timeline_of(session);
  ASSERT_EQ(channels.parts, 4);  // three channels of 3x3 and the total

  const Session terms = after(session, action::SetGranularity{Granularity::kTerm});
  EXPECT_EQ(terms.clock.frame,
            frame_of(timeline_of(terms), 3) + 9 * timeline_of(terms).ticks_per_part);
  EXPECT_EQ(after(terms, action::SetGranularity{Granularity::kChannel}).clock.frame,
            session.clock.frame);

  const Session whole = after(session, action::SetGranularity{Granularity::kPosition});
  EXPECT_EQ(beat_of(whole).position, 4);
  EXPECT_FALSE(beat_of(whole).finished);
  EXPECT_EQ(next(whole).clock.frame, frame_of(timeline_of(whole), 4));
  EXPECT_EQ(after(whole, action::SetGranularity{Granularity::kChannel}).clock.frame,
            session.clock.frame);
}

// At every tick of a position, from every granularity to every other.
TEST(Granularity, ThePositionStaysAndTheNextStepGoesOnInIt) {
  for (const Session& start : all_kinds()) {
    const std::int64_t under_way = beat_of(start).position + 1;
    for (const Granularity from : kAll) {
      Session session = after(start, action::SetGranularity{from});
      const Frame first = session.clock.frame;
      const Timeline timeline = timeline_of(session);
      for (Frame tick = 1; tick <= timeline.ticks_per_position(); ++tick) {
        session.clock.frame = first + tick;
        for (const Granularity to : kAll) {
          const Session changed = after(session, action::SetGranularity{to});
          const Timeline now = timeline_of(changed);
          ASSERT_EQ(beat_of(changed).position, under_way) << tick;
          ASSERT_EQ(beat_of(changed).finished, tick == timeline.ticks_per_position()) << tick;
          if (!beat_of(changed).finished) {
            const Session on = next(changed);
            ASSERT_EQ(beat_of(on).position, under_way) << tick;
            ASSERT_GT(on.clock.frame, changed.clock.frame);
            ASSERT_LE(on.clock.frame - changed.clock.frame, now.ticks_per_part);
          }
          if (from == to) {
            ASSERT_EQ(changed.clock.frame, session.clock.frame);
          }
        }
      }
    }
  }
}

// Changing back and forth neither loses nor adds anything.
TEST(Granularity, ThereAndBackIsTheSameRest) {
  for (const Session& start : all_kinds()) {
    for (const Granularity from : kAll) {
      Session session = after(start, action::SetGranularity{from});
      const Frame first = session.clock.frame;
      const Timeline timeline = timeline_of(session);
      for (std::int64_t part = 1; part <= timeline.parts; ++part) {
        session.clock.frame = first + part * timeline.ticks_per_part;
        for (const Granularity by : kAll) {
          // A whole position has no rest between its last product and the total.
          if (by != Granularity::kPosition || !timeline.summed || part != timeline.parts - 1) {
            const Session detour =
                after(session, action::SetGranularity{by}, action::SetGranularity{from});
            EXPECT_EQ(detour.clock.frame, session.clock.frame) << part;
          }
        }
      }
    }
  }
}

TEST(Granularity, ARunGoesOnToWhereItWasGoingOrToTheNextRest) {
  Session session = after(opened("cs231n"), action::GoTo{3}, action::Next{}, action::Tick{60});
  session = after(session, action::SetGranularity{Granularity::kChannel});
  EXPECT_EQ(beat_of(session).position, 4);
  EXPECT_FALSE(beat_of(session).finished);
  const Timeline channels = timeline_of(session);
  const Frame start = frame_of(channels, 3);
  ASSERT_EQ(session.clock.run_to, start + channels.ticks_per_part);

  // The first channel was requested, and no more.
  session = after(session, action::SetGranularity{Granularity::kPosition});
  session = after(session, action::Tick{1000});
  EXPECT_FALSE(is_moving(session));
  EXPECT_EQ(beat_of(session).position, 4);
  EXPECT_FALSE(beat_of(session).finished);
  EXPECT_EQ(after(session, action::SetGranularity{Granularity::kChannel}).clock.frame,
            start + channels.ticks_per_part);
}

TEST(Granularity, PlayingGoesOn) {
  const Session session = after(opened("cs231n"), action::TogglePlay{}, action::Tick{100},
                                action::SetGranularity{Granularity::kTerm});
  EXPECT_TRUE(session.clock.playing);
  EXPECT_EQ(beat_of(session).position, 0);
}

}  // namespace
}  // namespace convscope::session
