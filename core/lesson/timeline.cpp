#include "core/lesson/timeline.h"

#include <algorithm>
#include <limits>

namespace convscope {
namespace {

// Coarser parts rest longer: a channel is read faster than a position, a product faster still.
constexpr std::int64_t kTicksPerChannel = 160;
constexpr std::int64_t kTicksPerTerm = 96;

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

// a·b for non-negative numbers, at most the largest integer.
std::int64_t saturating_product(std::int64_t a, std::int64_t b) {
  return b != 0 && a > kMost / b ? kMost : a * b;
}

std::int64_t kernel_cells(const LayerSpec& spec) {
  return saturating_product(std::max<std::int64_t>(spec.kernel_size.h, 1),
                            std::max<std::int64_t>(spec.kernel_size.w, 1));
}

Timeline divided(std::int64_t positions, std::int64_t channels, std::int64_t cells,
                 Granularity granularity) {
  Timeline timeline;
  switch (granularity) {
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
  if (granularity != Granularity::kPosition) {
    timeline.parts = std::min(timeline.parts, kMost / timeline.ticks_per_part - 1) + 1;
  }
  timeline.positions =
      std::clamp<std::int64_t>(positions, 0, kMost / timeline.ticks_per_position());
  return timeline;
}

Frame clamped(const Timeline& timeline, Frame frame) {
  return std::clamp<Frame>(frame, 0, timeline.last());
}

}  // namespace

Timeline timeline_of(const LayerSpec& spec, std::int64_t positions, Granularity granularity) {
  // Each value of a layer without weights comes from one channel, whatever its spec says.
  const std::int64_t channels = has_weight(spec.op) ? std::max<std::int64_t>(spec.in_channels, 1) /
                                                          std::max<std::int64_t>(spec.groups, 1)
                                                    : 1;
  const bool one_cell = spec.op == Op::kRelu || spec.op == Op::kUnfold;
  return divided(positions, channels, one_cell ? 1 : kernel_cells(spec), granularity);
}

Timeline stamp_timeline(const LayerSpec& spec, std::int64_t positions, Granularity granularity) {
  const std::int64_t maps =
      std::max<std::int64_t>(spec.out_channels, 1) / std::max<std::int64_t>(spec.groups, 1);
  return divided(positions, maps, kernel_cells(spec), granularity);
}

Timeline descent_timeline(std::int64_t steps, Granularity granularity) {
  constexpr std::int64_t kTicksPerStep = 60;
  constexpr std::int64_t kPhases = 4;
  Timeline timeline;
  const bool whole = granularity == Granularity::kPosition;
  timeline.parts = whole ? 1 : kPhases;
  timeline.ticks_per_part = whole ? kTicksPerStep : kTicksPerSecond;
  timeline.positions = std::clamp<std::int64_t>(steps, 0, kMost / timeline.ticks_per_position());
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

Frame frame_of(const Timeline& timeline, std::int64_t position) {
  const std::int64_t finished = position < 0 ? 0 : std::min(position, timeline.positions - 1) + 1;
  return finished * timeline.ticks_per_position();
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

}  // namespace convscope
