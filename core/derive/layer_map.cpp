#include "core/derive/layer_map.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <span>
#include <utility>

#include "core/conv/forward.h"
#include "core/conv/parallel.h"
#include "core/conv/rungs/tasks.h"

namespace convscope::derive {

namespace {

// A larger map is not held for the next edit.
constexpr std::int64_t kMostSpare = std::int64_t{64} << 20;  // floats: 256 MB

bool same_layer(const MapSource& a, const MapSource& b) {
  return a.spec == b.spec && a.wanted == b.wanted && !a.input.empty() &&
         a.input.shares_storage_with(b.input);
}

bool same_source(const MapSource& a, const MapSource& b) {
  return same_layer(a, b) && identical(a.weight, b.weight) && identical(a.bias, b.bias);
}

// Of a convolution, whose filters' weights follow each other: whether filter k is the same in two
// sources of the same layer.
bool same_filter(const MapSource& a, const MapSource& b, std::int64_t k) {
  const Shape& shape = a.weight.shape();
  const std::int64_t row = shape.c * shape.h * shape.w;
  const auto same = [](const Tensor& one, const Tensor& other, std::int64_t at,
                       std::int64_t count) {
    return std::memcmp(one.data() + at, other.data() + at,
                       static_cast<std::size_t>(count) * sizeof(float)) == 0;
  };
  return same(a.weight, b.weight, k * row, row) && (a.bias.empty() || same(a.bias, b.bias, k, 1));
}

double reach(const ValueRange& range) {
  return range.low > range.high
             ? 0
             : std::max(std::abs(double{range.low}), std::abs(double{range.high}));
}

// Far enough from overflow that no rung meets an infinity on its way to a finite map. A rung that
// does has all filters computed again on the exact one, so that one filter alone would differ.
bool is_calm(const MapSource& source) {
  constexpr double kLarge = 1e30;
  const double input = reach(source.input_range);
  const double weight = reach(range_of(source.weight));
  return input < kLarge && weight < kLarge && input * weight < kLarge &&
         reach(range_of(source.bias)) < kLarge;
}

bool all_finite(const StoredMap& map) {
  return std::ranges::all_of(map.surveys, [](const MapSurvey& survey) { return survey.finite; });
}

// Whether filters of `map` may stand beside filters that `algorithm` computes for `source`.
bool takes_part(const StoredMap& map, const MapSource& source,
                const std::optional<conv::Algorithm>& algorithm) {
  return source.spec.op == conv::Op::kConv && same_layer(map.source, source) &&
         map.algorithm == algorithm && all_finite(map) && is_calm(map.source);
}

// Whether some filters of the map before are those of `source`, and the others, whichever of them,
// can be computed alone.
bool can_patch(const LayerMap& before, const MapSource& source,
               const std::optional<conv::Algorithm>& algorithm) {
  if (before.values.empty() || !takes_part(before.now, source, algorithm) || !is_calm(source)) {
    return false;
  }
  const std::int64_t group = source.spec.out_channels / source.spec.groups;
  bool some = false;
  std::int64_t changed = 0;  // neighbours in a group
  std::int64_t most_changed = 0;
  for (std::int64_t k = 0; k < source.spec.out_channels; ++k) {
    const bool same = same_filter(before.now.source, source, k);
    some = some || same;
    changed = same ? 0 : (k % group == 0 ? 1 : changed + 1);
    most_changed = std::max(most_changed, changed);
  }
  for (std::int64_t count = 1; some && count <= most_changed; ++count) {
    some = conv::filters_stand_alone(source.weight, source.spec, source.input.shape(), count,
                                     *algorithm);
  }
  return some;
}

// A map's tensor. Each has a name of its own, though they follow each other at the same address.
Tensor tensor_in(const std::shared_ptr<conv::rungs::Scratch>& storage, const Shape& shape) {
  // A TensorName outlives the tensor, and with it whatever lets go of the memory: that must hold no
  // share of it any more.
  const auto let_go = [held = storage](const float*) mutable { held.reset(); };
  return {shape, std::shared_ptr<const float[]>(storage->data(), let_go)};
}

// Whether the memory of `map` can be written to: it has room for `shape` and nobody looks at it.
bool is_free(const StoredMap& map, const Shape& shape) {
  if (map.storage == nullptr || map.shape != shape || map.storage.use_count() != 1) {
    return false;
  }
  // Who looked last has finished: those reads come before our writes.
  std::atomic_thread_fence(std::memory_order_acquire);
  return true;
}

// What the map after `before` may keep for the one after itself.
StoredMap spare_of(StoredMap before, const MapSource& source) {
  if (before.storage == nullptr || before.shape.count() > kMostSpare) {
    return {};
  }
  if (!same_layer(before.source, source)) {
    before.source = {};  // its memory alone; its input need not be held
  }
  return before;
}

// All filters.
LayerMap whole_map(const MapSource& source, const std::optional<conv::Algorithm>& algorithm,
                   LayerMap before, const conv::RunOptions& run) {
  LayerMap map;
  const Shape shape = conv::output_shape(source.spec, source.input.shape());
  std::shared_ptr<conv::rungs::Scratch> storage;
  if (conv::has_weight(source.spec.op)) {
    const bool reuse = is_free(before.spare, shape);
    storage = reuse ? std::move(before.spare.storage)
                    : std::make_shared<conv::rungs::Scratch>(shape.count());
    before.spare = {};
    const std::span<float> out(storage->data(), static_cast<std::size_t>(shape.count()));
    if (!conv::forward_into(out, source.input, source.weight, source.bias, source.spec, run)) {
      return {};
    }
    map.values = tensor_in(storage, shape);
  } else {
    map.values = conv::forward(source.input, source.weight, source.bias, source.spec, run);
    if (map.values.empty()) {
      return {};
    }
  }
  map.computed = shape.n * shape.c;
  map.now = {source, algorithm, shape, surveys_of(map.values, run), std::move(storage)};
  if (algorithm && !all_finite(map.now)) {
    map.now.algorithm = conv::Algorithm::kExact;  // which the others leave such maps to
  }
  map.spare = spare_of(std::move(before.now), source);
  return map;
}

// Where a filter's map comes from.
enum class Origin { kComputed, kCopied, kInPlace };

std::vector<Origin> origins_of(const MapSource& source, const StoredMap& before,
                               const StoredMap* in_place) {
  std::vector<Origin> origins;
  for (std::int64_t k = 0; k < source.spec.out_channels; ++k) {
    if (in_place != nullptr && same_filter(in_place->source, source, k)) {
      origins.push_back(Origin::kInPlace);
    } else {
      origins.push_back(same_filter(before.source, source, k) ? Origin::kCopied
                                                              : Origin::kComputed);
    }
  }
  return origins;
}

// The filters first .. last of one group on image n, as a layer of their own.
bool compute_filters(const MapSource& source, float* out, std::int64_t n, std::int64_t first,
                     std::int64_t last, const conv::RunOptions& run) {
  const Shape& input = source.input.shape();
  const Shape output = conv::output_shape(source.spec, input);
  const Shape& weight = source.weight.shape();
  const std::int64_t group = first / (source.spec.out_channels / source.spec.groups);
  conv::LayerSpec spec = source.spec;
  spec.groups = 1;
  spec.in_channels = weight.c;
  spec.out_channels = last - first;
  const TensorView image({1, weight.c, input.h, input.w},
                         source.input.data() + offset_of(input, {n, group * weight.c, 0, 0}));
  const TensorView filters({last - first, weight.c, weight.h, weight.w},
                           source.weight.data() + offset_of(weight, {first, 0, 0, 0}));
  const TensorView bias = source.bias.empty()
                              ? TensorView()
                              : TensorView({1, 1, 1, last - first}, source.bias.data() + first);
  const auto count = static_cast<std::size_t>((last - first) * output.h * output.w);
  return conv::forward_into(std::span(out + offset_of(output, {n, first, 0, 0}), count), image,
                            filters, bias, spec, run);
}

// Those of them that are neither there nor to be copied, neighbours together.
bool compute_missing(const MapSource& source, const std::vector<Origin>& origins, float* out,
                     const conv::RunOptions& run) {
  const std::int64_t group = source.spec.out_channels / source.spec.groups;
  const auto missing = [&](std::int64_t k) {
    return origins[static_cast<std::size_t>(k)] == Origin::kComputed;
  };
  for (std::int64_t n = 0; n < source.input.shape().n; ++n) {
    std::int64_t k = 0;
    while (k < source.spec.out_channels) {
      const std::int64_t first = k;
      const std::int64_t end = (k / group + 1) * group;
      while (k < end && missing(k)) {
        ++k;
      }
      if (k > first && !compute_filters(source, out, n, first, k, run)) {
        return false;
      }
      k += k == first ? 1 : 0;
    }
  }
  return true;
}

void copy_maps(const Tensor& from, const std::vector<Origin>& origins, float* to,
               const conv::RunOptions& run) {
  constexpr std::int64_t kPiece = 1 << 18;
  const Shape& shape = from.shape();
  const std::int64_t plane = shape.h * shape.w;
  const std::int64_t pieces = (plane + kPiece - 1) / kPiece;
  std::vector<std::int64_t> maps;
  for (std::int64_t i = 0; i < shape.n * shape.c; ++i) {
    if (origins[static_cast<std::size_t>(i % shape.c)] == Origin::kCopied) {
      maps.push_back(i);
    }
  }
  const std::int64_t count = static_cast<std::int64_t>(maps.size()) * pieces;
  conv::parallel_for(
      count, conv::rungs::threads_for(run, count * kPiece), [&](std::int64_t i, std::int64_t) {
        const std::int64_t begin = i % pieces * kPiece;
        const std::int64_t at = maps[static_cast<std::size_t>(i / pieces)] * plane + begin;
        std::copy_n(from.data() + at, std::min(kPiece, plane - begin), to + at);
      });
}

// The filters that changed; the others come from `before`, or are in place already. Nothing where a
// new map is not finite: then all filters are the exact rung's. Empty when cancelled.
std::optional<LayerMap> patched_map(const MapSource& source, conv::Algorithm algorithm,
                                    LayerMap& before, conv::RunOptions run) {
  const Shape shape = before.now.shape;
  const bool reuse = is_free(before.spare, shape);
  StoredMap made = reuse ? std::move(before.spare) : StoredMap{};
  before.spare = {};
  const bool filled = reuse && takes_part(made, source, algorithm);
  const std::vector<Origin> origins = origins_of(source, before.now, filled ? &made : nullptr);
  if (!reuse) {
    made.storage = std::make_shared<conv::rungs::Scratch>(shape.count());
  }
  run.algorithm = algorithm;
  copy_maps(before.values, origins, made.storage->data(), run);
  if (!compute_missing(source, origins, made.storage->data(), run)) {
    return LayerMap{};
  }
  LayerMap map;
  map.values = tensor_in(made.storage, shape);
  made.surveys.resize(static_cast<std::size_t>(shape.n * shape.c));
  for (std::int64_t i = 0; i < shape.n * shape.c; ++i) {
    MapSurvey& survey_of_map = made.surveys[static_cast<std::size_t>(i)];
    const Origin origin = origins[static_cast<std::size_t>(i % shape.c)];
    if (origin == Origin::kComputed) {
      survey_of_map = survey(map.values, i, run);
      ++map.computed;
    } else if (origin == Origin::kCopied) {
      survey_of_map = before.now.surveys[static_cast<std::size_t>(i)];
    }
    if (!survey_of_map.finite) {
      return std::nullopt;
    }
  }
  made.source = source;
  made.algorithm = algorithm;
  made.shape = shape;
  map.now = std::move(made);
  map.spare = spare_of(std::move(before.now), source);
  return map;
}

}  // namespace

std::int64_t maps_to_compute(const MapSource& source, const LayerMap& before) {
  const Shape input = source.input.shape();
  if (!before.values.empty() && same_source(before.now.source, source)) {
    return 0;
  }
  const auto algorithm = conv::forward_algorithm(source.weight, source.spec, input, source.wanted);
  std::int64_t filters = source.spec.out_channels;
  if (can_patch(before, source, algorithm)) {
    for (std::int64_t k = 0; k < source.spec.out_channels; ++k) {
      filters -= same_filter(before.now.source, source, k) ? 1 : 0;
    }
  }
  return input.n * filters;
}

LayerMap layer_map(const MapSource& source, LayerMap before, conv::RunOptions run) {
  if (!before.values.empty() && same_source(before.now.source, source)) {
    before.computed = 0;
    return before;
  }
  run.algorithm = source.wanted;
  const std::optional<conv::Algorithm> algorithm =
      conv::forward_algorithm(source.weight, source.spec, source.input.shape(), source.wanted);
  if (can_patch(before, source, algorithm)) {
    if (std::optional<LayerMap> map = patched_map(source, *algorithm, before, run)) {
      return *std::move(map);
    }
  }
  return whole_map(source, algorithm, std::move(before), run);
}

}  // namespace convscope::derive
