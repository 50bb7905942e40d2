#include "core/session/timeline.h"

#include <gtest/gtest.h>

#include <limits>

namespace convscope::session {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

conv::LayerSpec spec_3x3x3() {
  conv::LayerSpec spec;
  spec.in_channels = 3;
  spec.out_channels = 5;
  return spec;
}

TEST(Timeline, PartsOfAPosition) {
  EXPECT_EQ(timeline_of(spec_3x3x3(), 9, Granularity::kPosition), (Timeline{9, 1, 240}));
  EXPECT_EQ(timeline_of(spec_3x3x3(), 9, Granularity::kChannel), (Timeline{9, 4, 160}));
  EXPECT_EQ(timeline_of(spec_3x3x3(), 9, Granularity::kTerm), (Timeline{9, 28, 96}));
  conv::LayerSpec depthwise = spec_3x3x3();
  depthwise.groups = 3;
  EXPECT_EQ(timeline_of(depthwise, 9, Granularity::kTerm), (Timeline{9, 10, 96}));
}

TEST(Timeline, FrameZeroIsTheEmptyMap) {
  const Beat beat = beat_at(timeline_of(spec_3x3x3(), 9, Granularity::kChannel), 0);
  EXPECT_EQ(beat.position, -1);
  EXPECT_TRUE(beat.finished);
}

TEST(Timeline, APositionEndsOnItsLastTick) {
  const Timeline timeline = timeline_of(spec_3x3x3(), 9, Granularity::kPosition);
  EXPECT_EQ(beat_at(timeline, 1).position, 0);
  EXPECT_FALSE(beat_at(timeline, 1).finished);
  EXPECT_DOUBLE_EQ(beat_at(timeline, 60).progress, 0.25);
  EXPECT_EQ(beat_at(timeline, 240).position, 0);
  EXPECT_TRUE(beat_at(timeline, 240).finished);
  EXPECT_EQ(beat_at(timeline, 241).position, 1);
  EXPECT_EQ(timeline.last(), 9 * 240);
  EXPECT_EQ(beat_at(timeline, kMost).position, 8);
  EXPECT_EQ(beat_at(timeline, -kMost).position, -1);
}

TEST(Timeline, PartsFollowOneAnother) {
  const Timeline timeline = timeline_of(spec_3x3x3(), 9, Granularity::kChannel);
  EXPECT_EQ(beat_at(timeline, 160).part, 0);
  EXPECT_DOUBLE_EQ(beat_at(timeline, 160).progress, 1.0);
  EXPECT_FALSE(beat_at(timeline, 160).finished);
  EXPECT_EQ(beat_at(timeline, 161).part, 1);
  EXPECT_EQ(beat_at(timeline, 640).part, 3);
  EXPECT_TRUE(beat_at(timeline, 640).finished);
}

TEST(Timeline, EveryFrameByRandomAccess) {
  const Timeline timeline = timeline_of(spec_3x3x3(), 4, Granularity::kTerm);
  // The sequential reference: ticks, parts and positions counted one by one.
  std::int64_t tick = 0;
  std::int64_t part = 0;
  std::int64_t position = 0;
  for (Frame frame = 1; frame <= timeline.last(); ++frame) {
    const Beat beat = beat_at(timeline, frame);
    ++tick;
    ASSERT_EQ(beat.position, position);
    ASSERT_EQ(beat.part, part);
    ASSERT_DOUBLE_EQ(beat.progress, static_cast<double>(tick) / 96.0);
    ASSERT_EQ(beat.finished, tick == 96 && part == 27);
    if (tick == 96) {
      tick = 0;
      part = (part + 1) % 28;
      position += part == 0 ? 1 : 0;
    }
  }
  EXPECT_EQ(position, 4);
}

TEST(Timeline, StillsAndRests) {
  const Timeline timeline = timeline_of(spec_3x3x3(), 9, Granularity::kChannel);
  EXPECT_EQ(frame_of(timeline, -1), 0);
  EXPECT_EQ(frame_of(timeline, 0), 640);
  EXPECT_EQ(frame_of(timeline, 100), timeline.last());
  EXPECT_EQ(next_rest(timeline, 0), 160);
  EXPECT_EQ(next_rest(timeline, 159), 160);
  EXPECT_EQ(next_rest(timeline, 160), 320);
  EXPECT_EQ(next_rest(timeline, timeline.last()), timeline.last());
  EXPECT_EQ(previous_rest(timeline, 0), 0);
  EXPECT_EQ(previous_rest(timeline, 160), 0);
  EXPECT_EQ(previous_rest(timeline, 161), 160);
  EXPECT_EQ(previous_rest(timeline, kMost), timeline.last() - 160);
}

TEST(Timeline, HugeLayersSaturate) {
  conv::LayerSpec huge;
  huge.in_channels = kMost;
  huge.kernel_size = {kMost, kMost};
  for (const auto granularity :
       {Granularity::kPosition, Granularity::kChannel, Granularity::kTerm}) {
    const Timeline timeline = timeline_of(huge, kMost, granularity);
    EXPECT_GE(timeline.positions, 1);
    EXPECT_GE(timeline.ticks_per_position(), 1);
    EXPECT_GE(timeline.last(), timeline.ticks_per_position());
    EXPECT_EQ(beat_at(timeline, timeline.last()).position, timeline.positions - 1);
    EXPECT_EQ(next_rest(timeline, kMost), timeline.last());
    EXPECT_EQ(frame_of(timeline, kMost), timeline.last());
  }
}

}  // namespace
}  // namespace convscope::session
