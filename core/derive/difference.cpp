#include "core/derive/difference.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <span>

#include "core/conv/ceil_div.h"
#include "core/conv/parallel.h"

namespace convscope::derive {
namespace {

// One is shown while the next is made.
constexpr std::size_t kMostBuffers = 2;
// The values that one task subtracts and looks at; they stay in the second-level cache.
constexpr std::int64_t kDifferenceChunk = 1 << 16;

std::int64_t chunks_of(std::int64_t count) { return conv::ceil_div(count, kDifferenceChunk); }

// Parallel lanes, which compilers vectorize; a comparison with NaN is false.
DifferenceSurvey survey_of(std::span<const float> values) {
  constexpr std::size_t kLanes = 32;
  std::array<float, kLanes> largest{};
  std::array<std::int32_t, kLanes> different{};
  const std::size_t whole = values.size() / kLanes * kLanes;
  for (std::size_t i = 0; i < whole; i += kLanes) {
    const float* value = values.data() + i;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const float size = std::abs(value[lane]);
      largest[lane] = size > largest[lane] ? size : largest[lane];
      different[lane] += value[lane] != 0 ? 1 : 0;
    }
  }
  DifferenceSurvey told;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    told = joined(told, {different[lane], largest[lane]});
  }
  for (const float value : values.subspan(whole)) {
    const float size = std::abs(value);
    told = joined(told, {value != 0 ? 1 : 0, size > 0 ? size : 0.0f});
  }
  return told;
}

void subtract(const Tensor& a, const Tensor& b, std::int64_t begin, std::int64_t end, float* to) {
  std::transform(a.data() + begin, a.data() + end, b.data() + begin, to + begin, std::minus());
}

}  // namespace

DifferenceSurvey joined(const DifferenceSurvey& a, const DifferenceSurvey& b) {
  return {a.different + b.different, std::max(a.largest, b.largest)};
}

DifferenceSurvey difference_survey(const Tensor& difference, std::int64_t from,
                                   std::int64_t count) {
  return survey_of(
      difference.values().subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(count)));
}

Difference Differences::of(const LayerMap& first, const LayerMap& second) {
  const Tensor& a = first.values;
  const Tensor& b = second.values;
  if (a.empty() || a.shape() != b.shape()) {
    return {};
  }
  const Shape& shape = a.shape();
  auto kept = std::ranges::find_if(
      kept_, [&](const Kept& each) { return each.memory.use_count() == 1 && each.shape == shape; });
  if (kept == kept_.end()) {
    if (kept_.size() == kMostBuffers) {
      kept_.erase(kept_.begin());
    }
    kept_.push_back({shape,
                     std::make_shared<std::vector<float>>(static_cast<std::size_t>(shape.count())),
                     nullptr,
                     nullptr,
                     {}});
    kept = kept_.end() - 1;
  }
  const std::optional<conv::Area> from_a = changed_since(first.version, kept->a);
  const std::optional<conv::Area> from_b = changed_since(second.version, kept->b);
  const conv::Area area = from_a && from_b ? conv::joined(*from_a, *from_b) : conv::whole(shape);
  const std::int64_t plane = shape.h * shape.w;
  const std::int64_t chunks = chunks_of(plane);
  kept->chunks.resize(static_cast<std::size_t>(shape.n * shape.c * chunks));
  // Of each map the chunks that have a row of the area.
  const std::int64_t first_chunk = area.y * shape.w / kDifferenceChunk;
  const std::int64_t touched =
      area.empty() ? 0 : chunks_of((area.y + area.h) * shape.w) - first_chunk;
  float* to = kept->memory->data();
  conv::parallel_for(
      shape.n * shape.c * touched, conv::core_count(), [&](std::int64_t i, std::int64_t) {
        const std::int64_t map = i / touched;
        const std::int64_t chunk = first_chunk + i % touched;
        const std::int64_t begin = map * plane + chunk * kDifferenceChunk;
        const std::int64_t end = std::min(begin + kDifferenceChunk, (map + 1) * plane);
        subtract(a, b, begin, end, to);
        kept->chunks[static_cast<std::size_t>(map * chunks + chunk)] =
            survey_of({to + begin, to + end});
      });
  kept->a = first.version;
  kept->b = second.version;
  Difference difference;
  for (std::int64_t map = 0; map < shape.n * shape.c; ++map) {
    DifferenceSurvey told;
    for (std::int64_t chunk = 0; chunk < chunks; ++chunk) {
      told = joined(told, kept->chunks[static_cast<std::size_t>(map * chunks + chunk)]);
    }
    difference.told.push_back(told);
  }
  // A name of its own (TensorName), although the memory may be that of an earlier one; who only
  // remembers the name holds no memory.
  const auto let_go = [held = kept->memory](const float*) mutable { held.reset(); };
  difference.map = Tensor(shape, std::shared_ptr<const float[]>(to, let_go));
  return difference;
}

}  // namespace convscope::derive
