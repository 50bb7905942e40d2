#include "core/picture/stamp/moment.h"

#include <algorithm>

#include "core/conv/analysis/step.h"
#include "core/picture/kit/ease.h"
#include "core/picture/step/summing.h"

namespace convscope::picture::stamp {

namespace {

// After all products are made (timeline.h), in shares of a part: they land, then a rest.
constexpr double kTakeOff = 0.56;
constexpr double kLanding = 0.84;

// Multiplications that fit into one frame.
constexpr std::int64_t kMostWork = 8'000'000;

// The frame glides from the cell before.
void place_frame(const Shape& input, double move, StampMoment& moment) {
  const Index now = moment.stamp.input_at;
  moment.y = static_cast<double>(now.y);
  moment.x = static_cast<double>(now.x);
  moment.arrived = move >= 1;
  if (moment.arrived || moment.stamp.position == 0) {
    return;
  }
  const Index before = conv::output_index(input, moment.stamp.position - 1);
  const double back = 1 - kit::smooth(move);
  moment.y += back * static_cast<double>(before.y - now.y);
  moment.x += back * static_cast<double>(before.x - now.x);
}

// How many of the first `count` input cells of an axis stamp on output cell `out`.
std::int64_t hits(std::int64_t out, std::int64_t count, std::int64_t stride, std::int64_t dilation,
                  std::int64_t pad, std::int64_t kernel) {
  std::int64_t found = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t offset = out + pad - i * stride;
    found += offset >= 0 && offset % dilation == 0 && offset / dilation < kernel ? 1 : 0;
  }
  return found;
}

}  // namespace

std::optional<StampMoment> stamp_moment_of(const session::Session& session,
                                           const derive::LayerResult& layer) {
  const std::int64_t positions = layer.input.shape().count();
  if (positions <= 0 || layer.output_shape.count() <= 0) {
    return std::nullopt;
  }
  const session::Timeline timeline =
      session::stamp_timeline(layer.spec, positions, session.clock.granularity);
  const session::Beat beat = session::beat_at(timeline, session.clock.frame);
  StampMoment moment;
  moment.started = beat.position >= 0;
  const std::int64_t position = std::clamp<std::int64_t>(beat.position, 0, positions - 1);
  moment.stamp = conv::stamp_at(layer.input, layer.weight, layer.spec, position);
  if (!moment.started) {
    place_frame(layer.input.shape(), 1, moment);
    return moment;
  }
  place_frame(layer.input.shape(), step::arrival(beat), moment);
  const step::Summing sum = step::summing_at(timeline, beat, session.clock.granularity,
                                             static_cast<std::int64_t>(moment.stamp.terms.size()),
                                             layer.spec.kernel_size.h * layer.spec.kernel_size.w);
  moment.terms_shown = sum.shown;
  moment.active_map = sum.active_part;
  moment.active_term = sum.active_term;
  if (beat.part == timeline.parts - 1) {
    const double t = beat.progress;
    moment.landed = t >= kLanding;
    moment.flight =
        t >= kTakeOff && !moment.landed ? kit::smooth(kit::share(t, kTakeOff, kLanding)) : -1;
  }
  moment.added = position + (moment.landed ? 1 : 0);
  moment.complete = moment.added == positions;
  return moment;
}

Tensor stamp_sums(const derive::LayerResult& layer, const StampMoment& moment) {
  const conv::LayerSpec& spec = layer.spec;
  const std::int64_t work =
      moment.added * (spec.out_channels / spec.groups) * spec.kernel_size.h * spec.kernel_size.w;
  if (!layer.output.empty() && (moment.complete || work > kMostWork)) {
    return layer.output;
  }
  return work > kMostWork ? Tensor() : conv::stamped(layer.input, layer.weight, spec, moment.added);
}

Tensor stamp_counts(const derive::LayerResult& layer, std::int64_t n, std::int64_t channel,
                    std::int64_t stamps) {
  const conv::LayerSpec& spec = layer.spec;
  const Shape& in = layer.input.shape();
  const Shape& out = layer.output_shape;
  const std::int64_t channels = in.c / spec.groups;
  const std::int64_t first = channel / channels * channels;
  const std::int64_t before = (n * in.c + first) * in.h * in.w;
  const std::int64_t own = std::clamp<std::int64_t>(stamps - before, 0, channels * in.h * in.w);
  // Whole channels, then whole rows, then the cells of one row.
  const std::int64_t whole = own / (in.h * in.w);
  const std::int64_t rows = own % (in.h * in.w) / in.w;
  const std::int64_t cells = own % in.w;
  const auto rows_hitting = [&](std::int64_t y, std::int64_t count) {
    return hits(y, count, spec.stride.h, spec.dilation.h, layer.pads.top, spec.kernel_size.h);
  };
  const auto columns_hitting = [&](std::int64_t x, std::int64_t count) {
    return hits(x, count, spec.stride.w, spec.dilation.w, layer.pads.left, spec.kernel_size.w);
  };
  std::vector<float> counts;
  counts.reserve(static_cast<std::size_t>(out.h * out.w));
  std::vector<std::int64_t> across;
  std::vector<std::int64_t> across_part;
  for (std::int64_t x = 0; x < out.w; ++x) {
    across.push_back(columns_hitting(x, in.w));
    across_part.push_back(columns_hitting(x, cells));
  }
  for (std::int64_t y = 0; y < out.h; ++y) {
    const std::int64_t full = whole * rows_hitting(y, in.h) + rows_hitting(y, rows);
    const std::int64_t part = rows_hitting(y, rows + 1) - rows_hitting(y, rows);
    for (std::size_t x = 0; x < across.size(); ++x) {
      counts.push_back(static_cast<float>(full * across[x] + part * across_part[x]));
    }
  }
  return Tensor({1, 1, out.h, out.w}, std::move(counts));
}

StampBorder stamp_border(const derive::LayerResult& layer) {
  const conv::Pads& pads = layer.pads;
  const conv::Size2& more = layer.spec.output_padding;
  const auto beyond = [](std::int64_t a, std::int64_t b) {
    return std::max<std::int64_t>(a - b, 0);
  };
  return {.cut = {pads.top, beyond(pads.bottom, more.h), pads.left, beyond(pads.right, more.w)},
          .rows = beyond(more.h, pads.bottom),
          .columns = beyond(more.w, pads.right)};
}

std::vector<StampSource> stamp_sources(const derive::LayerResult& layer, const Index& at) {
  std::vector<StampSource> sources;
  if (!contains(layer.output_shape, at)) {
    return sources;
  }
  const conv::Step step = conv::step_at(layer.input, layer.weight, layer.bias, layer.spec,
                                        conv::position_of(layer.output_shape, at));
  for (const conv::Term& term : step.terms) {
    if (term.has_source) {
      sources.push_back({term.source, term.weight_at});
    }
  }
  return sources;
}

}  // namespace convscope::picture::stamp
