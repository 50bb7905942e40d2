#include "core/derive/layer_map.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>
#include <utility>

#include "core/conv/forward.h"
#include "core/conv/forward_part.h"
#include "core/conv/parallel.h"
#include "core/conv/rungs/tasks.h"
#include "core/derive/map_shelf.h"

namespace convscope::derive {

namespace {

bool same_layer(const MapOrigin& a, const MapSource& b) {
  return a.spec == b.spec && a.wanted == b.wanted && !b.input.empty() && a.input == b.input;
}

bool same_source(const MapOrigin& a, const MapSource& b) {
  return same_layer(a, b) && identical(a.weight, b.weight) && identical(a.bias, b.bias);
}

// Whether filter k is equal in two maps of the same convolution, where the weights of each filter
// are contiguous.
bool same_filter(const MapOrigin& a, const MapSource& b, std::int64_t k) {
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
// does falls back to the exact rung for all filters, so computing one filter alone would give other
// bits.
bool is_calm(const MapSource& source) {
  constexpr double kLarge = 1e30;
  const double input = reach(source.input_range);
  const double weight = reach(range_of(source.weight));
  return input < kLarge && weight < kLarge && input * weight < kLarge &&
         reach(range_of(source.bias)) < kLarge;
}

bool all_finite(const std::vector<MapSurvey>& surveys) {
  return std::ranges::all_of(surveys, [](const MapSurvey& survey) { return survey.finite; });
}

MapOrigin origin_of(const MapSource& source, const std::optional<conv::Algorithm>& algorithm,
                    std::vector<MapSurvey> surveys) {
  const bool finite = all_finite(surveys);
  return {.spec = source.spec,
          .wanted = source.wanted,
          .input = source.input,
          .weight = source.weight,
          .bias = source.bias,
          .algorithm = algorithm,
          .surveys = std::move(surveys),
          .input_version = source.version,
          .version = first_version(),
          .calm = is_calm(source),
          .finite = finite};
}

// Whether filters of an existing map may be combined with filters that `algorithm` computes for
// `source`.
bool takes_part(const MapOrigin& map, const MapSource& source,
                const std::optional<conv::Algorithm>& algorithm) {
  return source.spec.op == conv::Op::kConv && same_layer(map, source) &&
         map.algorithm == algorithm && map.finite && map.calm;
}

// How many filters differ from those of the previous map; nullopt if all have to be computed:
// because all differ, or because those that differ can't be computed separately.
std::optional<std::int64_t> filters_to_patch(const LayerMap& before, const MapSource& source,
                                             const std::optional<conv::Algorithm>& algorithm) {
  if (before.values.empty() || !takes_part(*before.origin, source, algorithm) || !is_calm(source)) {
    return std::nullopt;
  }
  const std::int64_t group = source.spec.out_channels / source.spec.groups;
  std::int64_t all = 0;
  std::int64_t changed = 0;  // consecutive ones in a group
  std::int64_t most_changed = 0;
  for (std::int64_t k = 0; k < source.spec.out_channels; ++k) {
    const bool same = same_filter(*before.origin, source, k);
    all += same ? 0 : 1;
    changed = same ? 0 : (k % group == 0 ? 1 : changed + 1);
    most_changed = std::max(most_changed, changed);
  }
  bool alone = all < source.spec.out_channels;
  for (std::int64_t count = 1; alone && count <= most_changed; ++count) {
    alone = conv::filters_stand_alone(source.weight, source.spec, source.input.shape(), count,
                                      *algorithm);
  }
  return alone ? std::optional(all) : std::nullopt;
}

// The part of the map that has to be computed if only a part of the input has changed; nullopt if
// all of it has to be: because more has changed, or because the part would not get the same bits.
std::optional<conv::Area> area_to_compute(const LayerMap& before, const MapSource& source,
                                          const std::optional<conv::Algorithm>& algorithm) {
  if (before.values.empty()) {
    return std::nullopt;
  }
  const MapOrigin& origin = *before.origin;
  const Shape& input = source.input.shape();
  const bool same = origin.spec == source.spec && origin.wanted == source.wanted &&
                    origin.algorithm == algorithm && identical(origin.weight, source.weight) &&
                    identical(origin.bias, source.bias);
  const bool calm =
      !conv::has_weight(source.spec.op) || (origin.finite && origin.calm && is_calm(source));
  const std::optional<conv::Area> changed = changed_since(source.version, origin.input_version);
  if (!same || !calm || !changed || input.count() == 0 ||
      before.values.shape() != conv::output_shape(source.spec, input)) {
    return std::nullopt;
  }
  const std::optional<conv::Area> area =
      conv::area_that_stands_alone(source.weight, source.spec, input,
                                   conv::area_that_reads(source.spec, input, *changed), algorithm);
  const bool worth_it = area && 2 * area->count() <= conv::whole(before.values.shape()).count();
  return worth_it ? area : std::nullopt;
}

// Computes all filters.
LayerMap whole_map(const MapPlan& plan, const conv::RunOptions& run) {
  const MapSource& source = plan.source;
  LayerMap map;
  const Shape shape = conv::output_shape(source.spec, source.input.shape());
  const auto origin = std::make_shared<MapOrigin>();
  map.shelf = plan.before.shelf ? plan.before.shelf : std::make_shared<MapShelf>();
  MapMemory memory = memory_for(shape, *map.shelf);
  const std::span<float> out(memory.floats.data(), static_cast<std::size_t>(shape.count()));
  if (!conv::forward_into(out, source.input, source.weight, source.bias, source.spec, run)) {
    return {};
  }
  memory.origin = origin;
  map.values = tensor_in(std::move(memory), map.shelf);
  map.computed = shape.n * shape.c;
  *origin = origin_of(source, plan.algorithm, surveys_of(map.values, run));
  if (origin->algorithm && !origin->finite) {
    origin->algorithm = conv::Algorithm::kExact;  // to which the others leave such maps
  }
  map.algorithm = origin->algorithm;
  map.surveys = origin->surveys;
  map.version = origin->version;
  map.origin = origin;
  return map;
}

// Computes the planned area; all else is as before. nullopt if it is not finite.
std::optional<LayerMap> partial_map(const MapPlan& plan, conv::RunOptions run) {
  const MapSource& source = plan.source;
  const LayerMap& before = plan.before;
  const conv::Area& area = plan.area;
  const Shape& shape = before.values.shape();
  LayerMap map = before;
  map.computed = area.empty() ? 0 : shape.n * shape.c;
  const auto origin = std::make_shared<MapOrigin>(*before.origin);
  origin->input = source.input;
  origin->input_version = source.version;
  origin->calm = is_calm(source);
  map.origin = origin;
  if (area.empty()) {
    return map;
  }
  run.algorithm = plan.algorithm.value_or(run.algorithm);
  const std::optional<Tensor> part =
      conv::forward_part(source.input, source.weight, source.bias, source.spec, area, run);
  if (!part || part->empty()) {
    return part ? std::optional(LayerMap{}) : std::nullopt;
  }
  MapMemory memory = patched_memory(before.values, before.version, *before.shelf, run);
  for (std::int64_t row = 0; row < shape.n * shape.c * area.h; ++row) {
    const std::int64_t to = (row / area.h * shape.h + area.y + row % area.h) * shape.w + area.x;
    std::copy_n(part->data() + row * area.w, area.w, memory.floats.data() + to);
  }
  memory.origin = origin;
  map.values = tensor_in(std::move(memory), map.shelf);
  origin->version = next_version(before.version, area);
  origin->surveys = surveys_after(*before.surveys, map.values, area, run);
  map.surveys = origin->surveys;
  map.version = origin->version;
  return map;
}

// Where a filter's map comes from.
enum class From { kComputed, kCopied, kInPlace };

std::vector<From> sources_of(const MapSource& source, const MapOrigin& before,
                             const MapOrigin* in_place) {
  std::vector<From> from;
  for (std::int64_t k = 0; k < source.spec.out_channels; ++k) {
    if (in_place != nullptr && same_filter(*in_place, source, k)) {
      from.push_back(From::kInPlace);
    } else {
      from.push_back(same_filter(before, source, k) ? From::kCopied : From::kComputed);
    }
  }
  return from;
}

// Computes filters first .. last of one group on image n, as a layer of their own.
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

// Computes the filters that are neither present nor to be copied, consecutive ones together.
bool compute_missing(const MapSource& source, const std::vector<From>& filters, float* out,
                     const conv::RunOptions& run) {
  const std::int64_t group = source.spec.out_channels / source.spec.groups;
  const auto missing = [&](std::int64_t k) {
    return filters[static_cast<std::size_t>(k)] == From::kComputed;
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

void copy_maps(const Tensor& from, const std::vector<From>& filters, float* to,
               const conv::RunOptions& run) {
  constexpr std::int64_t kPiece = 1 << 18;
  const Shape& shape = from.shape();
  const std::int64_t plane = shape.h * shape.w;
  const std::int64_t pieces = (plane + kPiece - 1) / kPiece;
  std::vector<std::int64_t> maps;
  for (std::int64_t i = 0; i < shape.n * shape.c; ++i) {
    if (filters[static_cast<std::size_t>(i % shape.c)] == From::kCopied) {
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

// Computes the filters that changed; the others are copied from the previous map, or already in
// place. nullopt if the new map is not finite: then the exact rung computes all filters. Empty if
// cancelled.
std::optional<LayerMap> patched_map(const MapPlan& plan, conv::RunOptions run) {
  const MapSource& source = plan.source;
  const LayerMap& before = plan.before;
  const Shape shape = before.values.shape();
  MapMemory memory = memory_for(shape, *before.shelf);
  const std::shared_ptr<const MapOrigin> kept =
      memory.origin && takes_part(*memory.origin, source, plan.algorithm) ? memory.origin : nullptr;
  const std::vector<From> filters = sources_of(source, *before.origin, kept.get());
  run.algorithm = *plan.algorithm;
  copy_maps(before.values, filters, memory.floats.data(), run);
  if (!compute_missing(source, filters, memory.floats.data(), run)) {
    return LayerMap{};
  }
  const auto origin = std::make_shared<MapOrigin>();
  memory.origin = origin;
  LayerMap map;
  map.shelf = before.shelf;
  map.values = tensor_in(std::move(memory), map.shelf);
  std::vector<MapSurvey> surveys;
  for (std::int64_t i = 0; i < shape.n * shape.c; ++i) {
    const auto at = static_cast<std::size_t>(i);
    switch (filters[static_cast<std::size_t>(i % shape.c)]) {
      case From::kComputed:
        surveys.push_back(survey(map.values, i, run));
        ++map.computed;
        break;
      case From::kCopied:
        surveys.push_back((*before.surveys)[at]);
        break;
      case From::kInPlace:
        surveys.push_back((*kept->surveys)[at]);
        break;
    }
  }
  if (!all_finite(surveys)) {
    return std::nullopt;
  }
  *origin = origin_of(source, plan.algorithm, std::move(surveys));
  map.algorithm = origin->algorithm;
  map.surveys = origin->surveys;
  map.version = origin->version;
  map.origin = origin;
  return map;
}

}  // namespace

MapPlan plan_map(MapSource source, LayerMap before) {
  MapPlan plan;
  plan.source = std::move(source);
  plan.before = std::move(before);
  const MapSource& next = plan.source;
  if (!plan.before.values.empty() && same_source(*plan.before.origin, next)) {
    plan.algorithm = plan.before.algorithm;
    plan.way = MapPlan::Way::kKeep;
    return plan;
  }
  plan.algorithm = conv::forward_algorithm(next.weight, next.spec, next.input.shape(), next.wanted);
  const Shape output = conv::output_shape(next.spec, next.input.shape());
  plan.area = conv::whole(output);
  plan.maps = output.n * output.c;
  if (const auto area = area_to_compute(plan.before, next, plan.algorithm)) {
    plan.way = MapPlan::Way::kPart;
    plan.area = *area;
    return plan;
  }
  const std::optional<std::int64_t> filters = filters_to_patch(plan.before, next, plan.algorithm);
  plan.way = filters ? MapPlan::Way::kPatch : MapPlan::Way::kWhole;
  plan.maps = next.input.shape().n * filters.value_or(next.spec.out_channels);
  return plan;
}

LayerMap layer_map(MapPlan plan, conv::RunOptions run) {
  if (plan.way == MapPlan::Way::kKeep) {
    plan.before.computed = 0;
    return std::move(plan.before);
  }
  run.algorithm = plan.source.wanted;
  if (plan.way == MapPlan::Way::kPart) {
    if (std::optional<LayerMap> map = partial_map(plan, run)) {
      return *std::move(map);
    }
  } else if (plan.way == MapPlan::Way::kPatch) {
    if (std::optional<LayerMap> map = patched_map(plan, run)) {
      return *std::move(map);
    }
  }
  return whole_map(plan, run);
}

}  // namespace convscope::derive
