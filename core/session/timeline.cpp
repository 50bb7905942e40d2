#include "core/session/timeline.h"
#include "core/conv/operators/operator.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace convscope::session {
namespace {

// Coarser parts rest longer: a channel is read faster than a position, a product faster still.
constexpr std::int64_t kTicksPerChannel = 160;
constexpr std::int64_t kTicksPerTerm = 96;

constexpr std::int64_t kMostTicks = std::numeric_limits<std::int64_t>::max();

// a·b for non-negative numbers, at most the largest integer.
std::int64_t saturating_product(std::int64_t a, std::int64_t b) {
  return b != 0 && a > kMostTicks / b ? kMostTicks : a * b;
}

std::int64_t kernel_cells(const conv::LayerSpec& spec) {
  return saturating_product(std::max<std::int64_t>(spec.kernel_size.h, 1),
                            std::max<std::int64_t>(spec.kernel_size.w, 1));
}

Timeline divided(std::int64_t positions, std::int64_t channels, std::int64_t cells,
                 Granularity granularity) {
  Timeline timeline;
  switch (granularity) {
    case Granularity::kRow:
    case Granularity::kPosition:
      break;
    case Granularity::kChannel:
      timeline.parts = channels;
      timeline.ticks_per_part = kTicksPerChannel;
      break;
    case Granularity::kTerm:
      timeline.parts = saturating_product(channels, cells);
      timeline.ticks_per_part = kTicksPerTerm;
      break;
  }
  // One part more: the total, the bias and the landing in the map.
  if (is_divided(granularity)) {
    timeline.parts = std::min(timeline.parts, kMostTicks / timeline.ticks_per_part - 1) + 1;
  }
  timeline.positions =
      std::clamp<std::int64_t>(positions, 0, kMostTicks / timeline.ticks_per_position());
  return timeline;
}

Frame clamped(const Timeline& timeline, Frame frame) {
  return std::clamp<Frame>(frame, 0, timeline.last());
}

constexpr double kNearly = 1e-9;

// Where the adding up begins in a part.
double sum_begins(std::int64_t part) { return part == 0 ? kArrival : 0; }

// How many of a position's parts add up: all but the total, or the only one.
std::int64_t adding_parts(const Timeline& timeline) {
  return timeline.summed ? std::max<std::int64_t>(timeline.parts - 1, 1) : timeline.parts;
}

// How much of the sum, or of the step of training, is done: 0..1.
double share_done(const Timeline& timeline, const Beat& beat) {
  const double from = sum_begins(beat.part);
  const double here = timeline.summed
                          ? std::clamp((beat.progress - from) / (kSumComplete - from), 0.0, 1.0)
                          : beat.progress;
  const auto parts = static_cast<double>(adding_parts(timeline));
  return std::min((static_cast<double>(beat.part) + here) / parts, 1.0);
}

// How much of the sum one tick adds there.
double share_of_tick(const Timeline& timeline, const Beat& beat) {
  const double ticks =
      (kSumComplete - sum_begins(beat.part)) * static_cast<double>(timeline.ticks_per_part);
  return 1 / (ticks * static_cast<double>(adding_parts(timeline)));
}

// The ticks from a position's start until `share` of its sum is there, and no total yet; a rest
// where `share` is not more than `blur` beyond it.
Frame ticks_until(const Timeline& timeline, double share, double blur) {
  const auto ticks = static_cast<double>(timeline.ticks_per_part);
  if (!timeline.summed) {
    return static_cast<Frame>(std::llround(share * static_cast<double>(timeline.parts) * ticks));
  }
  const std::int64_t adding = adding_parts(timeline);
  const double done = share * static_cast<double>(adding);
  const std::int64_t only = timeline.parts == 1 ? 0 : adding;
  const auto part = std::min(static_cast<std::int64_t>(std::floor(done + kNearly)), only);
  const double rest = std::max(done - static_cast<double>(part), 0.0);
  if (part > 0 && rest < blur * static_cast<double>(adding) + kNearly) {
    return part * timeline.ticks_per_part;
  }
  const double from = sum_begins(part);
  const double complete = std::ceil(kSumComplete * ticks) - 1;  // the last tick before the total
  const double within = std::ceil((from + rest * (kSumComplete - from)) * ticks + kNearly);
  return part * timeline.ticks_per_part + static_cast<Frame>(std::min(within, complete));
}

// The same share of a part, on the same side of the complete sum.
Frame ticks_within(const Timeline& timeline, double progress) {
  const double ticks = progress * static_cast<double>(timeline.ticks_per_part);
  const bool complete = progress >= kSumComplete;
  return static_cast<Frame>(complete ? std::ceil(ticks - kNearly) : std::floor(ticks + kNearly));
}

// The ticks from a position's start to where `beat` is in it.
Frame ticks_to(const Timeline& from, const Timeline& to, const Beat& beat) {
  if (!from.summed) {
    return ticks_until(to, share_done(from, beat), 0);
  }
  const bool both_divided = from.parts > 1 && to.parts > 1;
  if (beat.part == from.parts - 1 && (both_divided || beat.progress >= kSumComplete)) {
    return (to.parts - 1) * to.ticks_per_part + ticks_within(to, beat.progress);
  }
  if (beat.part == 0 && beat.progress < kArrival) {
    return ticks_within(to, beat.progress);
  }
  return ticks_until(to, share_done(from, beat), share_of_tick(from, beat));
}

}  // namespace

Timeline timeline_of(const conv::LayerSpec& spec, std::int64_t positions, Granularity granularity) {
  // Each value of a layer without weights comes from one channel, whatever its spec says.
  const std::int64_t channels =
      conv::has_weight(spec.op)
          ? std::max<std::int64_t>(spec.in_channels, 1) / std::max<std::int64_t>(spec.groups, 1)
          : 1;
  const bool one_cell = conv::operator_of(spec.op).one_cell;
  return divided(positions, channels, one_cell ? 1 : kernel_cells(spec), granularity);
}

Timeline stamp_timeline(const conv::LayerSpec& spec, std::int64_t positions,
                        Granularity granularity) {
  const std::int64_t maps =
      std::max<std::int64_t>(spec.out_channels, 1) / std::max<std::int64_t>(spec.groups, 1);
  return divided(positions, maps, kernel_cells(spec), granularity);
}

Timeline descent_timeline(std::int64_t steps, Granularity granularity) {
  constexpr std::int64_t kTicksPerStep = 60;
  constexpr std::int64_t kPhases = 4;
  Timeline timeline;
  timeline.summed = false;
  const bool whole = !is_divided(granularity);
  timeline.parts = whole ? 1 : kPhases;
  timeline.ticks_per_part = whole ? kTicksPerStep : kTicksPerSecond;
  timeline.positions =
      std::clamp<std::int64_t>(steps, 0, kMostTicks / timeline.ticks_per_position());
  return timeline;
}

Beat beat_at(const Timeline& timeline, Frame frame) {
  const Frame at = clamped(timeline, frame);
  if (at == 0) {
    return {};
  }
  // A position owns (p·T, (p + 1)·T], so that its last tick still shows it.
  const Frame before = at - 1;
  const std::int64_t within = before % timeline.ticks_per_position();
  Beat beat;
  beat.position = before / timeline.ticks_per_position();
  beat.part = within / timeline.ticks_per_part;
  beat.progress = static_cast<double>(within % timeline.ticks_per_part + 1) /
                  static_cast<double>(timeline.ticks_per_part);
  beat.finished = at % timeline.ticks_per_position() == 0;
  return beat;
}

bool shows_result(const Timeline& timeline, const Beat& beat) {
  const bool total = timeline.summed && beat.part == timeline.parts - 1;
  return beat.finished || (total && beat.progress >= kSumComplete);
}

Frame frame_of(const Timeline& timeline, std::int64_t position) {
  const std::int64_t finished = position < 0 ? 0 : std::min(position, timeline.positions - 1) + 1;
  return finished * timeline.ticks_per_position();
}

Frame same_place(const Timeline& from, const Timeline& to, Frame frame) {
  const Beat beat = beat_at(from, frame);
  if (beat.finished || from == to) {
    return beat.finished ? frame_of(to, beat.position) : frame;
  }
  const Frame ticks = ticks_to(from, to, beat);
  const Frame start = frame_of(to, beat.position - 1);
  return clamped(to, start + std::clamp<Frame>(ticks, 1, to.ticks_per_position() - 1));
}

Frame next_rest(const Timeline& timeline, Frame frame) {
  const Frame at = clamped(timeline, frame);
  const Frame left = timeline.ticks_per_part - at % timeline.ticks_per_part;
  return left > timeline.last() - at ? timeline.last() : at + left;
}

Frame previous_rest(const Timeline& timeline, Frame frame) {
  const Frame at = clamped(timeline, frame);
  const Frame over = at % timeline.ticks_per_part;
  return std::max<Frame>(0, at - (over == 0 ? timeline.ticks_per_part : over));
}

}  // namespace convscope::session
