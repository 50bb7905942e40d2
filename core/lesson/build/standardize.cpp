// Idea: an addition waits for the one before it, so several planes are added up side by side, each
// in its own order; what is left, a subtraction and a division, is done on all cores.
#include "core/lesson/build/standardize.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/conv/ceil_div.h"
#include "core/conv/parallel.h"

namespace convscope::lesson {
namespace {

struct Spread {
  double mean = 0;
  double deviation = 0;
};

// Of P neighbouring planes.
template <std::size_t P>
std::array<Spread, P> spreads_of(const float* planes, std::size_t plane) {
  std::array<double, P> sums{};
  for (std::size_t i = 0; i < plane; ++i) {
    for (std::size_t p = 0; p < P; ++p) {
      sums[p] += static_cast<double>(planes[p * plane + i]);
    }
  }
  std::array<Spread, P> spreads;
  for (std::size_t p = 0; p < P; ++p) {
    spreads[p].mean = sums[p] / static_cast<double>(plane);
  }
  std::array<double, P> squares{};
  for (std::size_t i = 0; i < plane; ++i) {
    for (std::size_t p = 0; p < P; ++p) {
      const double off = static_cast<double>(planes[p * plane + i]) - spreads[p].mean;
      squares[p] += off * off;
    }
  }
  for (std::size_t p = 0; p < P; ++p) {
    spreads[p].deviation = std::sqrt(squares[p] / static_cast<double>(plane));
  }
  return spreads;
}

template <std::size_t P>
std::size_t add_spreads(std::span<const float> values, std::size_t plane, std::size_t first,
                        std::vector<Spread>& all) {
  std::size_t done = first;
  for (; (done + P) * plane <= values.size(); done += P) {
    const auto spreads = spreads_of<P>(values.data() + done * plane, plane);
    all.insert(all.end(), spreads.begin(), spreads.end());
  }
  return done;
}

}  // namespace

Tensor standardized(const Tensor& input) {
  constexpr std::int64_t kPiece = 1 << 16;
  const Shape shape = input.shape();
  const std::int64_t plane = shape.h * shape.w;
  const std::span<const float> from = input.values();
  std::vector<Spread> spreads;
  std::size_t done = add_spreads<4>(from, static_cast<std::size_t>(plane), 0, spreads);
  done = add_spreads<3>(from, static_cast<std::size_t>(plane), done, spreads);
  done = add_spreads<2>(from, static_cast<std::size_t>(plane), done, spreads);
  add_spreads<1>(from, static_cast<std::size_t>(plane), done, spreads);
  std::vector<float> values(from.size());
  const std::int64_t pieces = conv::ceil_div(plane, kPiece);
  const std::int64_t threads = shape.count() > 4 * kPiece ? conv::core_count() : std::int64_t{1};
  conv::parallel_for(shape.n * shape.c * pieces, threads, [&](std::int64_t index, std::int64_t) {
    const Spread& spread = spreads[static_cast<std::size_t>(index / pieces)];
    const std::int64_t begin = index % pieces * kPiece;
    const std::int64_t end = std::min(begin + kPiece, plane);
    for (std::int64_t i = index / pieces * plane + begin; i < index / pieces * plane + end; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const double off = static_cast<double>(from[at]) - spread.mean;
      values[at] = spread.deviation > 0 ? static_cast<float>(off / spread.deviation) : 0.0F;
    }
  });
  return Tensor(shape, std::move(values));
}

}  // namespace convscope::lesson
