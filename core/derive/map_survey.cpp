#include "core/derive/map_survey.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/conv/ceil_div.h"
#include "core/conv/parallel.h"
#include "core/conv/rungs/tasks.h"

namespace convscope::derive {

namespace {

constexpr float kLargest = std::numeric_limits<float>::max();
constexpr ValueRange kNothing = {kLargest, -kLargest};

// For smaller tensors the colour scale spans all values.
constexpr std::int64_t kPicture = 20'000;
constexpr std::int64_t kSamples = 1 << 16;

// The values that one task examines; they stay in the second-level cache while samples are taken.
constexpr std::int64_t kChunk = 1 << 16;

ValueRange joined(const ValueRange& a, const ValueRange& b) {
  return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

ValueRange or_none(const ValueRange& range) {
  return range.low > range.high ? ValueRange{1, -1} : range;
}

Extremes extremes_one_by_one(std::span<const float> values) {
  Extremes extremes = {kNothing, true};
  for (const float value : values) {
    const bool finite = value >= -kLargest && value <= kLargest;
    extremes.range = finite ? joined(extremes.range, {value, value}) : extremes.range;
    extremes.finite &= finite;
  }
  return extremes;
}

// Parallel lanes with separate extremes, so that compilers vectorize the loops; they don't
// vectorize a single running minimum, as the order of comparisons must be kept.
Extremes extremes_of(std::span<const float> values) {
  constexpr std::size_t kLanes = 32;
  std::array<float, kLanes> low;
  std::array<float, kLanes> high;
  std::array<float, kLanes> check{};  // NaN if any value was not finite: infinity · 0 is NaN
  low.fill(kLargest);
  high.fill(-kLargest);
  const std::size_t whole = values.size() / kLanes * kLanes;
  for (std::size_t i = 0; i < whole; i += kLanes) {
    const float* value = values.data() + i;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      low[lane] = value[lane] < low[lane] ? value[lane] : low[lane];
      high[lane] = value[lane] > high[lane] ? value[lane] : high[lane];
      check[lane] += value[lane] * 0;
    }
  }
  if (std::ranges::any_of(check, [](float lane) { return std::isnan(lane); })) {
    return extremes_one_by_one(values);
  }
  Extremes extremes = extremes_one_by_one(values.subspan(whole));
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    extremes.range = joined(extremes.range, {low[lane], high[lane]});
  }
  return extremes;
}

// Every stride-th value of all maps together is a sample; 0: there are no samples.
std::int64_t sample_stride(const Shape& shape) {
  return shape.count() < kPicture ? 0 : shape.count() / kSamples + 1;
}

// How many samples come before value `offset`.
std::int64_t samples_before(std::int64_t offset, std::int64_t stride) {
  return (offset + stride - 1) / stride;
}

// Values [begin, end) of a map.
struct Stretch {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

// Looks again at the chunks of a map that the stretch touches, and draws the conclusions.
void look(const Tensor& values, std::int64_t index, const Stretch& stretch,
          const conv::RunOptions& run, MapSurvey& result) {
  const Shape& shape = values.shape();
  const std::int64_t plane = shape.h * shape.w;
  const std::int64_t begin = index * plane;
  const std::int64_t stride = sample_stride(shape);
  const std::int64_t first_sample = stride > 0 ? samples_before(begin, stride) : 0;
  const std::int64_t first_chunk = stretch.begin / kChunk;
  const std::int64_t chunks = conv::ceil_div(stretch.end, kChunk) - first_chunk;
  conv::parallel_for(
      chunks, conv::rungs::threads_for(run, chunks * kChunk), [&](std::int64_t i, std::int64_t) {
        const std::int64_t chunk = first_chunk + i;
        const std::int64_t from = begin + chunk * kChunk;
        const std::int64_t to = std::min(from + kChunk, begin + plane);
        result.chunks[static_cast<std::size_t>(chunk)] = extremes_of(values.values().subspan(
            static_cast<std::size_t>(from), static_cast<std::size_t>(to - from)));
        if (stride > 0) {
          for (std::int64_t s = samples_before(from, stride); s * stride < to; ++s) {
            result.samples[static_cast<std::size_t>(s - first_sample)] = values.data()[s * stride];
          }
        }
      });
  Extremes all = {kNothing, true};
  for (const Extremes& part : result.chunks) {
    all.range = joined(all.range, part.range);
    all.finite &= part.finite;
  }
  result.range = or_none(all.range);
  result.finite = all.finite;
}

}  // namespace

MapSurvey survey(const Tensor& values, std::int64_t index, const conv::RunOptions& run) {
  const Shape& shape = values.shape();
  const std::int64_t plane = shape.h * shape.w;
  const std::int64_t stride = sample_stride(shape);
  MapSurvey result;
  result.chunks.resize(static_cast<std::size_t>(conv::ceil_div(plane, kChunk)));
  if (stride > 0) {
    result.samples.resize(static_cast<std::size_t>(samples_before((index + 1) * plane, stride) -
                                                   samples_before(index * plane, stride)));
  }
  look(values, index, {0, plane}, run, result);
  return result;
}

std::vector<MapSurvey> surveys_after(const std::vector<MapSurvey>& before, const Tensor& values,
                                     const conv::Area& changed, const conv::RunOptions& run) {
  std::vector<MapSurvey> maps = before;
  const std::int64_t w = values.shape().w;
  if (!changed.empty()) {
    for (std::int64_t i = 0; i < std::ssize(maps); ++i) {
      look(values, i, {changed.y * w, (changed.y + changed.h) * w}, run,
           maps[static_cast<std::size_t>(i)]);
    }
  }
  return maps;
}

std::vector<MapSurvey> surveys_of(const Tensor& values, const conv::RunOptions& run) {
  std::vector<MapSurvey> maps;
  const std::int64_t count = values.shape().n * values.shape().c;
  maps.reserve(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) {
    maps.push_back(survey(values, i, run));
  }
  return maps;
}

ValueRange range_of(const Tensor& tensor) {
  ValueRange range = kNothing;
  const std::span<const float> values = tensor.values();
  for (std::size_t i = 0; i < values.size(); i += kChunk) {
    range = joined(
        range,
        extremes_of(values.subspan(i, std::min<std::size_t>(kChunk, values.size() - i))).range);
  }
  return or_none(range);
}

ValueRange range_of(std::span<const MapSurvey> maps) {
  ValueRange range = kNothing;
  for (const MapSurvey& map : maps) {
    range = map.range.low > map.range.high ? range : joined(range, map.range);
  }
  return or_none(range);
}

ValueRange color_range(std::span<const MapSurvey> maps) {
  constexpr double kNextToNothing = 0.02;
  const ValueRange range = range_of(maps);
  std::vector<float> sizes;
  double negative = 0;  // sums of magnitudes
  double all = 0;
  for (const MapSurvey& map : maps) {
    for (const float value : map.samples) {
      if (std::isfinite(value)) {
        sizes.push_back(std::abs(value));
        negative += value < 0 ? static_cast<double>(sizes.back()) : 0;
        all += static_cast<double>(sizes.back());
      }
    }
  }
  if (sizes.empty()) {
    return range;
  }
  const auto nth = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() * 99 / 100);
  std::nth_element(sizes.begin(), nth, sizes.end());
  if (*nth <= 0) {
    return range;
  }
  return {negative < kNextToNothing * all ? 0 : -*nth, *nth};
}

}  // namespace convscope::derive
