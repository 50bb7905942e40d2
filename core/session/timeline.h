// Time is an integer. A Frame counts ticks of 1/240 s at 1x speed from the empty map; this file
// says what each of them shows.
#pragma once

#include <cstdint>

#include "core/conv/layer_spec.h"

namespace convscope::session {

using Frame = std::int64_t;

inline constexpr std::int64_t kTicksPerSecond = 240;

// How finely a position is stepped through. kRow divides it no finer than kPosition, but steps and
// plays by whole rows (pace.h).
enum class Granularity { kRow, kPosition, kChannel, kTerm };

// Whether the parts of a position are stepped through.
constexpr bool is_divided(Granularity granularity) { return granularity > Granularity::kPosition; }

// The clock of one layer. A position is divided into parts: one (kPosition), its channels and then
// the total (kChannel), or its products and then the total (kTerm).
struct Timeline {
  std::int64_t positions = 0;
  std::int64_t parts = 1;
  std::int64_t ticks_per_part = kTicksPerSecond;
  bool summed = true;  // a position is a sum; false: a step of training

  std::int64_t ticks_per_position() const { return parts * ticks_per_part; }
  Frame last() const { return positions * ticks_per_position(); }
  bool operator==(const Timeline&) const = default;
};

// `positions`: output cells. Saturates instead of overflowing.
Timeline timeline_of(const conv::LayerSpec& spec, std::int64_t positions, Granularity granularity);

// The same for a transposed convolution told by stamps: kChannel divides a stamp into the output's
// channels, kTerm into its products. `positions`: input cells.
Timeline stamp_timeline(const conv::LayerSpec& spec, std::int64_t positions,
                        Granularity granularity);

// Of training: a step is one part, or four (predict, compare, gradient, update).
Timeline descent_timeline(std::int64_t steps, Granularity granularity);

// How a part spends its time, as fractions of it: at the start of a position the window arrives,
// then the terms are added up; the rest belongs to the total and its way into the map.
inline constexpr double kArrival = 0.26;
inline constexpr double kSumComplete = 0.46;

// What a frame shows. Before position 0 (frame 0) `position` is -1: the empty map.
struct Beat {
  std::int64_t position = -1;  // under way, or just finished
  std::int64_t part = 0;
  double progress = 1.0;  // of the part, in (0, 1]; 1 = finished
  bool finished = true;   // the whole position is finished: its value stands in the map
};

Beat beat_at(const Timeline& timeline, Frame frame);

// Whether the result of the beat's position has been seen: its sum, or the whole step of training.
bool shows_result(const Timeline& timeline, const Beat& beat);

// The still of a position: its last tick. position -1 is frame 0.
Frame frame_of(const Timeline& timeline, std::int64_t position);

// The frame of `to` that shows the same position as `frame` of `from`, as far under way as `to` can
// show it. Both count the same positions; a position is never finished, nor left, on the way.
Frame same_place(const Timeline& from, const Timeline& to, Frame frame);

// The next and the previous resting point, a part boundary, clamped to the ends.
Frame next_rest(const Timeline& timeline, Frame frame);
Frame previous_rest(const Timeline& timeline, Frame frame);

}  // namespace convscope::session
