#include "core/derive/statistics.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace convscope::derive {
namespace {

// Beyond it an exact look would take too much of a frame.
constexpr std::int64_t kMostExact = 1 << 20;
constexpr std::int64_t kMostSampled = 1 << 18;

std::size_t bin_of(const Statistics& statistics, float value) {
  const double width = static_cast<double>(statistics.high) - static_cast<double>(statistics.low);
  const double share =
      width > 0 ? (static_cast<double>(value) - static_cast<double>(statistics.low)) / width : 0;
  const auto bin = static_cast<std::int64_t>(share * static_cast<double>(kHistogramBins));
  return static_cast<std::size_t>(std::clamp<std::int64_t>(bin, 0, kHistogramBins - 1));
}

void find_extremes(std::span<const float> values, Statistics& out) {
  bool any = false;
  for (const float value : values) {
    if (std::isfinite(value)) {
      out.low = any ? std::min(out.low, value) : value;
      out.high = any ? std::max(out.high, value) : value;
      any = true;
    }
  }
}

}  // namespace

Statistics statistics_of(const Tensor& tensor, std::int64_t first, std::int64_t planes,
                         const ValueRange& colors, const std::optional<ValueRange>& range) {
  const Shape& shape = tensor.shape();
  const std::int64_t plane = shape.h * shape.w;
  Statistics out;
  out.bins.assign(kHistogramBins, 0);
  if (first < 0 || planes < 0 || (first + planes) * plane > shape.count()) {
    return out;
  }
  const std::span<const float> values = tensor.values().subspan(
      static_cast<std::size_t>(first * plane), static_cast<std::size_t>(planes * plane));
  if (range) {
    out.low = range->low;
    out.high = range->high;
  } else {
    find_extremes(values, out);
  }
  out.sampled = std::ssize(values) > kMostExact;
  // An odd stride meets every column in turn.
  const auto step =
      static_cast<std::size_t>(out.sampled ? std::ssize(values) / kMostSampled / 2 * 2 + 1 : 1);
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); i += step) {
    const float value = values[i];
    if (!std::isfinite(value)) {
      ++out.broken;
      continue;
    }
    ++out.count;
    sum += static_cast<double>(value);
    out.beyond += value < colors.low || value > colors.high ? 1 : 0;
    ++out.bins[bin_of(out, value)];
  }
  if (out.count == 0) {
    return out;
  }
  out.mean = sum / static_cast<double>(out.count);
  double squares = 0;
  for (std::size_t i = 0; i < values.size(); i += step) {
    if (std::isfinite(values[i])) {
      const double apart = static_cast<double>(values[i]) - out.mean;
      squares += apart * apart;
    }
  }
  out.deviation = std::sqrt(squares / static_cast<double>(out.count));
  return out;
}

std::optional<Index> extreme_cell(const Tensor& tensor, std::int64_t n, std::int64_t c,
                                  bool largest) {
  const Shape& shape = tensor.shape();
  if (n < 0 || n >= shape.n || c < 0 || c >= shape.c) {
    return std::nullopt;
  }
  const std::int64_t plane = shape.h * shape.w;
  const std::span<const float> values = tensor.values().subspan(
      static_cast<std::size_t>((n * shape.c + c) * plane), static_cast<std::size_t>(plane));
  std::optional<std::int64_t> found;
  for (std::int64_t i = 0; i < plane; ++i) {
    const float value = values[static_cast<std::size_t>(i)];
    const float best = found ? values[static_cast<std::size_t>(*found)] : 0;
    if (!std::isnan(value) && (!found || (largest ? value > best : value < best))) {
      found = i;
    }
  }
  return found ? std::optional(Index{n, c, *found / shape.w, *found % shape.w}) : std::nullopt;
}

}  // namespace convscope::derive
