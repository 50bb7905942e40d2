// Shared by channel_planes.cpp and channel_planes_gradient.cpp: bands of several planes with a cell
// of all of them in each vector.
#if defined(CONVSCOPE_CHANNEL_PLANES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_CHANNEL_PLANES_INL_H_
#undef CONVSCOPE_CHANNEL_PLANES_INL_H_
#else
#define CONVSCOPE_CHANNEL_PLANES_INL_H_
#endif

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/conv/ceil_div.h"
#include "core/conv/rungs/correlation.h"
#include "core/conv/rungs/direct/stencil.h"
#include "core/conv/rungs/transpose-inl.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

using PlaneTag = hn::ScalableTag<float>;
using PlaneVector = hn::Vec<PlaneTag>;
constexpr auto kPlanes = static_cast<std::int64_t>(hn::MaxLanes(PlaneTag()));

// Sums that are computed at once: the widths of maps are often multiples of seven.
constexpr int kMostSums = 7;
// A band's cells, in vectors: they should stay in the caches.
constexpr std::int64_t kBandCells = 3000;

struct PlaneTap {
  std::int64_t cell = 0;    // from the window's first one, in floats of the band
  std::int64_t weight = 0;  // from the kernel's first one
};

struct PlanePlan {
  std::int64_t planes = 0;  // of all images
  std::int64_t width = 0;   // cells of a row that windows read, with padding
  std::int64_t reach = 0;   // rows of a window less one
  std::int64_t rows = 0;    // of the output, in a band
  std::int64_t bands = 0;
  std::vector<PlaneTap> taps;

  std::int64_t band_rows(const Windows& w) const { return (rows - 1) * w.stride.h + reach + 1; }
  // Floats of one thread: cells and a place for those that no window reads, results, kernels.
  std::int64_t cells(const Windows& w) const { return (band_rows(w) * width + 1) * kPlanes; }
  std::int64_t results(const Windows& w) const { return rows * w.output.w * kPlanes; }
  std::int64_t kernels() const { return static_cast<std::int64_t>(taps.size() + 1) * kPlanes; }
  std::int64_t floats(const Windows& w) const { return cells(w) + results(w) + kernels(); }
};

PlanePlan plan_planes(const Windows& w, const WeightStrides& strides) {
  PlanePlan plan;
  plan.planes = w.batch * w.groups;
  plan.width = (w.output.w - 1) * w.stride.w + (w.kernel.w - 1) * w.dilation.w + 1;
  plan.reach = (w.kernel.h - 1) * w.dilation.h;
  const std::int64_t fitting = (kBandCells / plan.width - plan.reach - 1) / w.stride.h + 1;
  const std::int64_t most = std::clamp<std::int64_t>(fitting, 1, w.output.h);
  plan.bands = ceil_div(w.output.h, most);
  plan.rows = ceil_div(w.output.h, plan.bands);
  const StencilRows order = stencil_rows_of(w);
  const std::int64_t* row = order.kernel_rows.data();
  for (const StencilPiece& piece : order.pieces) {
    for (std::int64_t j = 0; j < w.kernel.w; ++j) {
      for (std::int64_t t = 0; t < piece.taps; ++t) {
        plan.taps.push_back({(row[t] * w.dilation.h * plan.width + j * w.dilation.w) * kPlanes,
                             row[t] * strides.row + j * strides.column});
      }
    }
    row += piece.taps;
  }
  return plan;
}

// Some planes, and rows [begin, end) of their outputs.
struct PlaneShare {
  std::int64_t first = 0;  // plane
  std::int64_t count = 0;  // of planes, up to kPlanes
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

// The planes in the lanes.
struct Planes {
  const float* of[kPlanes];
};

// kPlanes cells of each plane from `at` on, a cell of all planes in each vector.
HWY_INLINE void load_square(const Planes& planes, std::int64_t at, PlaneVector (&square)[kPlanes]) {
  const PlaneTag d;
  for (std::int64_t l = 0; l < kPlanes; ++l) {
    square[l] = hn::LoadU(d, planes.of[l] + at);
  }
  transpose(d, square);
}

void fill_cells(float* cells, std::int64_t begin, std::int64_t end) {
  std::fill(cells + begin * kPlanes, cells + end * kPlanes, 0.0F);
}

// Writes the input rows that the share reads, with their padding.
void write_band(const Windows& w, const PlanePlan& plan, const PlaneShare& share,
                const Planes& planes, float* cells) {
  const PlaneTag d;
  const std::int64_t top = share.begin * w.stride.h - w.top;  // the input row of band row 0
  const std::int64_t count = (share.end - share.begin - 1) * w.stride.h + plan.reach + 1;
  const std::int64_t left = std::clamp<std::int64_t>(w.left, 0, plan.width);
  const std::int64_t right = std::clamp<std::int64_t>(w.left + w.input.w, left, plan.width);
  const std::int64_t first = std::clamp<std::int64_t>(-top, 0, count);
  const std::int64_t last = std::clamp<std::int64_t>(w.input.h - top, first, count);
  fill_cells(cells, 0, first * plan.width);
  fill_cells(cells, last * plan.width, count * plan.width);
  for (std::int64_t m = first; m < last; ++m) {
    fill_cells(cells, m * plan.width, m * plan.width + left);
    fill_cells(cells, m * plan.width + right, (m + 1) * plan.width);
  }
  // The rows follow each other in the planes, so the squares run on from row to row.
  const std::int64_t begin = (top + first) * w.input.w;
  const std::int64_t end = (top + last) * w.input.w;
  float* const unread = cells + plan.cells(w) - kPlanes;
  std::int64_t x = 0;
  float* row = cells + (first * plan.width + w.left) * kPlanes;  // of column 0 of the input
  const auto place = [&]() HWY_ATTR {
    const std::int64_t column = x + w.left;
    float* to = column >= 0 && column < plan.width ? row + x * kPlanes : unread;
    if (++x == w.input.w) {
      x = 0;
      row += plan.width * kPlanes;
    }
    return to;
  };
  std::int64_t at = begin;
  for (; at + kPlanes <= end; at += kPlanes) {
    PlaneVector square[kPlanes];
    load_square(planes, at, square);
    if (x + kPlanes <= w.input.w && x + w.left >= 0 && x + w.left + kPlanes <= plan.width) {
      for (std::int64_t i = 0; i < kPlanes; ++i) {
        hn::Store(square[i], d, row + (x + i) * kPlanes);
      }
      x += kPlanes;
      if (x == w.input.w) {
        x = 0;
        row += plan.width * kPlanes;
      }
    } else {
      for (std::int64_t i = 0; i < kPlanes; ++i) {
        hn::Store(square[i], d, place());
      }
    }
  }
  for (; at < end; ++at) {
    float* to = place();
    for (std::int64_t l = 0; l < kPlanes; ++l) {
      to[l] = planes.of[l][at];
    }
  }
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // CONVSCOPE_CHANNEL_PLANES_INL_H_
