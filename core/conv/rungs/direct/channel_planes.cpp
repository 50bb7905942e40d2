// Shapes: depthwise layers (one channel per group, any number of filters) with at least as many
// planes as a vector has lanes; any kernel, stride and dilation, padded with zeros.
// Idea: the planes in the lanes. Blocks of planes are transposed, so that a cell of all of them is
// one vector; then every tap is a load and a multiply-add, whatever the stride and the width of the
// map, and the results are transposed back.
// Scratch memory per thread: the cells of a band of rows, its results and the kernels, about 150
// KB.
#include "core/conv/rungs/direct/channel_planes.h"

#include <algorithm>
#include <atomic>
#include <vector>

#include "core/conv/ceil_div.h"
#include "core/conv/rungs/direct/plane_bands.h"
#include "core/conv/rungs/scratch.h"
#include "core/conv/rungs/tasks.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/direct/channel_planes.cpp"
#include "hwy/foreach_target.h"
// Order matters.
#include "hwy/highway.h"
// Must come after Highway.
#include "core/conv/rungs/direct/channel_planes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

struct PlaneMemory {
  Scratch floats;
  float* cells = nullptr;
  float* results = nullptr;
  float* kernels = nullptr;
  HWY_ALIGN float check[kPlanes] = {};
};

// N neighbouring outputs whose cells are kStride vectors apart; 0: any `stride`.
template <int kStride, int N>
HWY_INLINE void compute_sums(const PlanePlan& plan, const float* from, std::int64_t stride,
                             const float* HWY_RESTRICT kernels, float* HWY_RESTRICT results,
                             PlaneVector& check) {
  const PlaneTag d;
  const std::int64_t step = (kStride > 0 ? kStride : stride) * kPlanes;
  PlaneVector sums[N];
  const PlaneVector bias = hn::Load(d, kernels);
  HWY_UNROLL(8)
  for (int i = 0; i < N; ++i) {
    sums[i] = bias;
  }
  const float* weights = kernels + kPlanes;
  for (const PlaneTap& tap : plan.taps) {
    const PlaneVector weight = hn::Load(d, weights);
    const float* cell = from + tap.cell;
    HWY_UNROLL(8)
    for (int i = 0; i < N; ++i) {
      sums[i] = hn::MulAdd(hn::Load(d, cell + i * step), weight, sums[i]);
    }
    weights += kPlanes;
  }
  HWY_UNROLL(8)
  for (int i = 0; i < N; ++i) {
    check = hn::Add(check, sums[i]);
    hn::Store(sums[i], d, results + i * kPlanes);
  }
}

template <int kStride, int N = kMostSums>
HWY_INLINE void compute_some(std::int64_t count, const PlanePlan& plan, const float* from,
                             std::int64_t stride, const float* kernels, float* results,
                             PlaneVector& check) {
  if constexpr (N > 1) {
    if (count < N) {
      compute_some<kStride, N - 1>(count, plan, from, stride, kernels, results, check);
      return;
    }
  }
  compute_sums<kStride, N>(plan, from, stride, kernels, results, check);
}

template <int kStride>
void compute_rows(const Windows& w, const PlanePlan& plan, const PlaneShare& share,
                  PlaneMemory& memory) {
  const PlaneTag d;
  PlaneVector check = hn::Load(d, memory.check);
  const std::int64_t tiles = ceil_div(w.output.w, std::int64_t{kMostSums});
  for (std::int64_t y = 0; y < share.end - share.begin; ++y) {
    const float* row = memory.cells + y * w.stride.h * plan.width * kPlanes;
    float* results = memory.results + y * w.output.w * kPlanes;
    for (std::int64_t i = 0; i < tiles; ++i) {
      const std::int64_t x = w.output.w * i / tiles;
      compute_some<kStride>(w.output.w * (i + 1) / tiles - x, plan, row + x * w.stride.w * kPlanes,
                            w.stride.w, memory.kernels, results + x * kPlanes, check);
    }
  }
  hn::Store(check, d, memory.check);
}

// Copies the results to rows of the planes' maps; `maps`: of filter k.
void write_maps(const Windows& w, const PlaneShare& share, const float* results,
                float* const (&maps)[kPlanes]) {
  const PlaneTag d;
  const std::int64_t begin = share.begin * w.output.w;
  const std::int64_t cells = (share.end - share.begin) * w.output.w;
  std::int64_t at = 0;
  for (; at + kPlanes <= cells; at += kPlanes) {
    PlaneVector square[kPlanes];
    for (std::int64_t i = 0; i < kPlanes; ++i) {
      square[i] = hn::Load(d, results + (at + i) * kPlanes);
    }
    transpose(d, square);
    if (share.count == kPlanes) {  // without a loop the vectors stay in registers
      HWY_UNROLL(16)
      for (std::int64_t l = 0; l < kPlanes; ++l) {
        hn::StoreU(square[l], d, maps[l] + begin + at);
      }
      continue;
    }
    for (std::int64_t l = 0; l < share.count; ++l) {
      hn::StoreU(square[l], d, maps[l] + begin + at);
    }
  }
  for (; at < cells; ++at) {
    for (std::int64_t l = 0; l < share.count; ++l) {
      maps[l][begin + at] = results[at * kPlanes + l];
    }
  }
}

void compute_share(const Correlation& job, const PlanePlan& plan, const PlaneShare& share,
                   PlaneMemory& memory) {
  const Windows& w = job.windows;
  if (memory.cells == nullptr) {
    memory.floats = Scratch(plan.floats(w));
    memory.cells = memory.floats.data();
    memory.results = memory.cells + plan.cells(w);
    memory.kernels = memory.results + plan.results(w);
  }
  Planes planes;
  for (std::int64_t l = 0; l < kPlanes; ++l) {
    // Lanes without a plane repeat the last one.
    const std::int64_t plane = share.first + std::min(l, share.count - 1);
    planes.of[l] = job.input + plane * w.input.h * w.input.w;
  }
  write_band(w, plan, share, planes, memory.cells);
  for (std::int64_t k = 0; k < w.filters; ++k) {
    float* maps[kPlanes] = {};
    for (std::int64_t l = 0; l < kPlanes; ++l) {
      const std::int64_t plane = share.first + std::min(l, share.count - 1);
      const std::int64_t group = plane % w.groups;
      maps[l] = job.output + (plane * w.filters + k) * w.output.h * w.output.w;
      memory.kernels[l] = job.bias != nullptr ? job.bias[group * w.filters + k] : 0.0F;
      const float* weight = job.weight_at(group, k, 0);
      float* to = memory.kernels + kPlanes + l;
      for (const PlaneTap& tap : plan.taps) {
        *to = weight[tap.weight];
        to += kPlanes;
      }
    }
    switch (w.stride.w) {
      case 1:
        compute_rows<1>(w, plan, share, memory);
        break;
      case 2:
        compute_rows<2>(w, plan, share, memory);
        break;
      default:
        compute_rows<0>(w, plan, share, memory);
    }
    write_maps(w, share, memory.results, maps);
  }
}

bool channel_planes_apply_on_target(const Windows& w) {
  if (kPlanes == 1 || w.channels != 1 || w.mode != PaddingMode::kZeros ||
      w.batch * w.groups < kPlanes || w.kernel.h * w.kernel.w > 1024) {
    return false;
  }
  const std::int64_t width = (w.output.w - 1) * w.stride.w + (w.kernel.w - 1) * w.dilation.w + 1;
  const std::int64_t reach = (w.kernel.h - 1) * w.dilation.h;
  return width * (reach + 1) <= 2 * kBandCells &&
         threads_within_scratch(w, plan_planes(w, {}).floats(w)) > 0;
}

bool channel_planes_on_target(const Correlation& job, const RunOptions& run) {
  const Windows& w = job.windows;
  const PlanePlan plan = plan_planes(w, job.weight_strides);
  const std::int64_t threads =
      std::min(threads_for(run, w.products()), threads_within_scratch(w, plan.floats(w)));
  std::vector<PlaneMemory> memories(static_cast<std::size_t>(threads));
  const std::int64_t blocks = ceil_div(plan.planes, kPlanes);
  run_tasks(run, blocks * plan.bands, threads, [&](std::int64_t index, std::int64_t worker) {
    const std::int64_t first = index / plan.bands * kPlanes;
    const std::int64_t begin = index % plan.bands * plan.rows;
    if (begin >= w.output.h) {
      return;
    }
    compute_share(job, plan,
                  {first, std::min(kPlanes, plan.planes - first), begin,
                   std::min(begin + plan.rows, w.output.h)},
                  memories[static_cast<std::size_t>(worker)]);
  });
  const PlaneTag d;
  bool finite = true;
  for (const PlaneMemory& memory : memories) {
    const PlaneVector check = hn::Load(d, memory.check);
    finite &= hn::AllTrue(d, hn::Eq(hn::Sub(check, check), hn::Zero(d)));
  }
  return finite;
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::conv::rungs {

namespace {
HWY_EXPORT(channel_planes_apply_on_target);
HWY_EXPORT(channel_planes_on_target);
}  // namespace

bool channel_planes_apply(const Windows& windows) {
  return HWY_DYNAMIC_DISPATCH(channel_planes_apply_on_target)(windows);
}

bool channel_planes(const Correlation& job, const RunOptions& run) {
  return HWY_DYNAMIC_DISPATCH(channel_planes_on_target)(job, run);
}

}  // namespace convscope::conv::rungs
#endif  // HWY_ONCE
