#include "core/derive/difference.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/conv/ceil_div.h"
#include "core/conv/parallel.h"

namespace convscope::derive {
namespace {

// The values that one task looks at.
constexpr std::int64_t kDifferenceChunk = 1 << 16;

std::int64_t chunks_of(std::int64_t count) { return conv::ceil_div(count, kDifferenceChunk); }

// Parallel lanes, which compilers vectorize; a comparison with NaN is false.
DifferenceSurvey survey_of(const float* a, const float* b, std::int64_t count) {
  constexpr std::int64_t kLanes = 32;
  std::array<float, kLanes> largest{};
  std::array<std::int32_t, kLanes> different{};
  const std::int64_t whole = count / kLanes * kLanes;
  for (std::int64_t i = 0; i < whole; i += kLanes) {
    const float* from = a + i;
    const float* less = b + i;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const float value = from[lane] - less[lane];
      const float size = std::abs(value);
      largest[lane] = size > largest[lane] ? size : largest[lane];
      different[lane] += value != 0 ? 1 : 0;
    }
  }
  DifferenceSurvey told;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    told = joined(told, {different[lane], largest[lane]});
  }
  for (std::int64_t i = whole; i < count; ++i) {
    const float value = a[i] - b[i];
    told = joined(told, {value != 0 ? 1 : 0, std::abs(value) > 0 ? std::abs(value) : 0.0f});
  }
  return told;
}

}  // namespace

DifferenceSurvey joined(const DifferenceSurvey& a, const DifferenceSurvey& b) {
  return {a.different + b.different, std::max(a.largest, b.largest)};
}

DifferenceSurvey difference_survey(const Difference& difference, std::int64_t from,
                                   std::int64_t count) {
  return survey_of(difference.first.data() + from, difference.second.data() + from, count);
}

Difference Differences::of(const LayerMap& a, const LayerMap& b) {
  if (a.values.empty() || a.values.shape() != b.values.shape()) {
    return {};
  }
  Difference difference = {a.values, b.values, {}};
  const Shape& shape = a.values.shape();
  const bool follows = shape == shape_;
  const auto from_a = follows ? changed_since(a.version, first_) : std::nullopt;
  const auto from_b = follows ? changed_since(b.version, second_) : std::nullopt;
  const conv::Area area = from_a && from_b ? conv::joined(*from_a, *from_b) : conv::whole(shape);
  const std::int64_t plane = shape.h * shape.w;
  const std::int64_t chunks = chunks_of(plane);
  chunks_.resize(static_cast<std::size_t>(shape.n * shape.c * chunks));
  // Of each map the chunks that have a row of the area.
  const std::int64_t first_chunk = area.y * shape.w / kDifferenceChunk;
  const std::int64_t touched =
      area.empty() ? 0 : chunks_of((area.y + area.h) * shape.w) - first_chunk;
  conv::parallel_for(
      shape.n * shape.c * touched, conv::core_count(), [&](std::int64_t i, std::int64_t) {
        const std::int64_t map = i / touched;
        const std::int64_t chunk = first_chunk + i % touched;
        const std::int64_t begin = map * plane + chunk * kDifferenceChunk;
        const std::int64_t count = std::min(kDifferenceChunk, (map + 1) * plane - begin);
        chunks_[static_cast<std::size_t>(map * chunks + chunk)] =
            difference_survey(difference, begin, count);
      });
  shape_ = shape;
  first_ = a.version;
  second_ = b.version;
  for (std::int64_t map = 0; map < shape.n * shape.c; ++map) {
    DifferenceSurvey told;
    for (std::int64_t chunk = 0; chunk < chunks; ++chunk) {
      told = joined(told, chunks_[static_cast<std::size_t>(map * chunks + chunk)]);
    }
    difference.told.push_back(told);
  }
  return difference;
}

}  // namespace convscope::derive
