// Errors to values at the points, for the gradient of 3x3 kernels.
#if defined(CONVSCOPE_WINOGRAD_ERRORS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_WINOGRAD_ERRORS_INL_H_
#undef CONVSCOPE_WINOGRAD_ERRORS_INL_H_
#else
#define CONVSCOPE_WINOGRAD_ERRORS_INL_H_
#endif

#include <algorithm>

#include "core/conv/rungs/correlation.h"
#include "core/conv/rungs/winograd/winograd_pack-inl.h"
#include "core/conv/rungs/winograd/winograd_tiles.h"
#include "core/conv/rungs/winograd/winograd_transforms-inl.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// Outputs of a tile of 3x3 kernels along each axis.
constexpr std::int64_t kTile = 4;

// A errors A^T of one tile: the transpose of the map from sums to outputs.
HWY_INLINE void transform_errors(const PackedRows<kTile>& rows, std::int64_t offset, float* to,
                                 std::int64_t plane) {
  const Lane d;
  Vector columns[4][6];
  for (int s = 0; s < 4; ++s) {
    Vector errors[4];
    for (int r = 0; r < 4; ++r) {
      errors[r] = hn::Load(d, rows.row(static_cast<std::size_t>(r)) + offset + s * kLanes);
    }
    outputs_to_points(errors, columns[s]);
  }
  for (int i = 0; i < 6; ++i) {
    Vector across[4];
    for (int s = 0; s < 4; ++s) {
      across[s] = columns[s][i];
    }
    Vector points[6];
    outputs_to_points(across, points);
    for (int j = 0; j < 6; ++j) {
      hn::Store(points[j], d, to + (6 * i + j) * plane);
    }
  }
}

// The errors of a part at the points, tile after tile; zero outside the maps.
inline void transform_errors(const Windows& w, const float* errors, const Part& part,
                             const TileRuns& runs, float* memory, const Points& to) {
  PackedRows<kTile> rows(memory, kTile * runs.longest());
  for (std::int64_t k = 0; k < part.channels; k += kLanes) {
    std::int64_t tile = 0;
    for (std::int64_t index = part.begin; index < part.end; ++index) {
      const TileRun run = runs.at(index);
      const std::int64_t map = (run.n * w.groups + part.group) * w.filters + part.channel + k;
      const Maps maps{errors + map * w.output.h * w.output.w, std::min(kLanes, part.channels - k),
                      w.output};
      rows.pack(maps, {run.row * kTile, 1, w.output.h}, {run.column * kTile, 1, w.output.w},
                run.count * kTile, 0);
      for (std::int64_t t = 0; t < run.count; ++t) {
        transform_errors(rows, t * kTile * kLanes, to.at(tile, k), to.plane);
        ++tile;
      }
    }
  }
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
