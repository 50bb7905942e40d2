// sums(r, v) = sum over s < count of scalars(r, s) · vectors(s, v), with v running over lanes: in
// tiles of sums that stay in registers; each step loads its vectors once and broadcasts its scalars
// as they are loaded.
#if defined(CONVSCOPE_WINOGRAD_MULTIPLY_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_WINOGRAD_MULTIPLY_INL_H_
#undef CONVSCOPE_WINOGRAD_MULTIPLY_INL_H_
#else
#define CONVSCOPE_WINOGRAD_MULTIPLY_INL_H_
#endif

#include <array>
#include <utility>

#include "core/conv/rungs/winograd/winograd_transforms-inl.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// Distances in floats; planes: from point to point. `add`: go on from the existing sums.
struct Product {
  const float* scalars = nullptr;
  std::int64_t scalars_plane = 0;
  std::int64_t scalars_row = 0;
  std::int64_t scalars_step = 0;
  const float* vectors = nullptr;
  std::int64_t vectors_plane = 0;
  std::int64_t vectors_step = 0;
  float* sums = nullptr;
  std::int64_t sums_plane = 0;
  std::int64_t sums_row = 0;
  std::int64_t count = 0;
  bool add = false;
};

// The tile that fills the registers: 32 or 16 of them, 15 of WebAssembly's, where a product takes
// one until it is added.
constexpr int kTileRows = HWY_TARGET == HWY_WASM ? 4 : 6;
constexpr int kTileVectors = kLanes == 16 || HWY_TARGET == HWY_NEON ? 4 : 2;

// One tile, kIndex = 0, 1, ... counting its vectors of sums. Parameter packs replace loops, since
// compilers keep only such sums in registers throughout.
template <std::size_t kVectors, std::size_t... kIndex>
HWY_INLINE void multiply_in_registers(const Product& job, std::index_sequence<kIndex...>) {
  const Lane d;
  const auto sum_at = [&](std::size_t index) {
    return job.sums + static_cast<std::int64_t>(index / kVectors) * job.sums_row +
           static_cast<std::int64_t>(index % kVectors) * kLanes;
  };
  Vector sums[] = {(static_cast<void>(kIndex), hn::Zero(d))...};
  if (job.add) {
    ((sums[kIndex] = hn::Load(d, sum_at(kIndex))), ...);
  }
  const float* scalars = job.scalars;
  const float* vectors = job.vectors;
  const std::int64_t row = job.scalars_row;
  HWY_UNROLL(1)
  for (std::int64_t s = 0; s < job.count; ++s) {
    ((sums[kIndex] =
          hn::MulAdd(hn::Set(d, scalars[static_cast<std::int64_t>(kIndex / kVectors) * row]),
                     hn::Load(d, vectors + static_cast<std::int64_t>(kIndex % kVectors) * kLanes),
                     sums[kIndex])),
     ...);
    scalars += job.scalars_step;
    vectors += job.vectors_step;
  }
  (hn::Store(sums[kIndex], d, sum_at(kIndex)), ...);
}

template <std::size_t kRows, std::size_t kVectors>
void multiply_tile(const Product& job) {
  multiply_in_registers<kVectors>(job, std::make_index_sequence<kRows * kVectors>());
}

using MultiplyTile = void (*)(const Product&);

inline MultiplyTile tile_of(std::int64_t rows, std::int64_t vectors) {
  static constexpr auto kTiles = []<std::size_t... kIndex>(std::index_sequence<kIndex...>) {
    return std::array{
        MultiplyTile(multiply_tile<kIndex / kTileVectors + 1, kIndex % kTileVectors + 1>)...};
  }(std::make_index_sequence<kTileRows * kTileVectors>());
  return kTiles[static_cast<std::size_t>((rows - 1) * kTileVectors + vectors - 1)];
}

// `width` sums per row; the rest of a row's last vector is written too.
inline void multiply(const Product& job, std::int64_t rows, std::int64_t width) {
  const std::int64_t all_vectors = ceil_div(width, kLanes);
  for (std::int64_t v = 0; v < all_vectors; v += kTileVectors) {
    const std::int64_t vectors = std::min<std::int64_t>(kTileVectors, all_vectors - v);
    Product tile = job;
    tile.vectors += v * kLanes;
    const std::int64_t tiles = ceil_div(rows, kTileRows);
    for (std::int64_t t = 0; t < tiles; ++t) {
      const std::int64_t begin = t * rows / tiles;
      tile.scalars = job.scalars + begin * job.scalars_row;
      tile.sums = job.sums + begin * job.sums_row + v * kLanes;
      tile_of((t + 1) * rows / tiles - begin, vectors)(tile);
    }
  }
}

// The products of all points.
inline void multiply_points(Product job, std::int64_t rows, std::int64_t width) {
  for (std::int64_t point = 0; point < kTilePoints; ++point) {
    multiply(job, rows, width);
    job.scalars += job.scalars_plane;
    job.vectors += job.vectors_plane;
    job.sums += job.sums_plane;
  }
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
