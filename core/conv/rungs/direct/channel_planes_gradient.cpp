// Shapes: as in channel_planes.cpp.
// Idea: the same blocks of transposed planes, of the input and of the errors: the gradient of a tap
// is then a sum of products of vectors, up to nine taps at a time. Products are summed in float32
// over a band of rows and in double precision over the bands. A task is a block of groups, so the
// order of the sums doesn't depend on the number of threads.
// Scratch memory per thread: the cells and errors of a band, about 150 KB.
#include <algorithm>
#include <vector>

#include "core/conv/ceil_div.h"
#include "core/conv/rounding.h"
#include "core/conv/rungs/direct/channel_planes.h"
#include "core/conv/rungs/direct/plane_bands.h"
#include "core/conv/rungs/scratch.h"
#include "core/conv/rungs/tasks.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/direct/channel_planes_gradient.cpp"
#include "hwy/foreach_target.h"
// Order matters.
#include "hwy/highway.h"
// Must come after Highway.
#include "core/conv/rungs/direct/channel_planes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

// Rows and columns of the kernel that are summed at once.
constexpr int kMostSide = 3;

struct GradientBand {
  const float* cells = nullptr;   // under the first of the taps
  const float* errors = nullptr;  // (rows, columns)
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  std::int64_t cell_row = 0;     // from an output row to the next, in floats
  std::int64_t cell_column = 0;  // from an output column to the next
  std::int64_t tap_row = 0;      // from a kernel row to the next
  std::int64_t tap_column = 0;
};

// sums(i, j) += the products of a band, for I x J neighbouring taps whose sums are `pitch` apart
// from kernel row to kernel row.
template <int I, int J>
void add_band(const GradientBand& band, std::int64_t pitch, double* sums) {
  const PlaneTag d;
  PlaneVector taps[I][J];
  HWY_UNROLL(3)
  for (int i = 0; i < I; ++i) {
    HWY_UNROLL(3)
    for (int j = 0; j < J; ++j) {
      taps[i][j] = hn::Zero(d);
    }
  }
  const float* error = band.errors;
  for (std::int64_t y = 0; y < band.rows; ++y) {
    const float* cell = band.cells + y * band.cell_row;
    for (std::int64_t x = 0; x < band.columns; ++x) {
      const PlaneVector value = hn::Load(d, error);
      HWY_UNROLL(3)
      for (int i = 0; i < I; ++i) {
        HWY_UNROLL(3)
        for (int j = 0; j < J; ++j) {
          taps[i][j] = hn::MulAdd(hn::Load(d, cell + i * band.tap_row + j * band.tap_column), value,
                                  taps[i][j]);
        }
      }
      error += kPlanes;
      cell += band.cell_column;
    }
  }
  for (int i = 0; i < I; ++i) {
    for (int j = 0; j < J; ++j) {
      HWY_ALIGN float lanes[kPlanes];
      hn::Store(taps[i][j], d, lanes);
      for (std::int64_t l = 0; l < kPlanes; ++l) {
        sums[i * pitch + j * kPlanes + l] += lanes[l];
      }
    }
  }
}

template <int I>
void add_columns(int columns, const GradientBand& band, std::int64_t pitch, double* sums) {
  switch (columns) {
    case 1:
      return add_band<I, 1>(band, pitch, sums);
    case 2:
      return add_band<I, 2>(band, pitch, sums);
    default:
      return add_band<I, kMostSide>(band, pitch, sums);
  }
}

void add_taps(int rows, int columns, const GradientBand& band, std::int64_t pitch, double* sums) {
  switch (rows) {
    case 1:
      return add_columns<1>(columns, band, pitch, sums);
    case 2:
      return add_columns<2>(columns, band, pitch, sums);
    default:
      return add_columns<kMostSide>(columns, band, pitch, sums);
  }
}

// Transposes `count` errors of each plane from `first` on.
void write_errors(const Planes& planes, std::int64_t first, std::int64_t count, float* to) {
  const PlaneTag d;
  std::int64_t at = 0;
  for (; at + kPlanes <= count; at += kPlanes) {
    PlaneVector square[kPlanes];
    load_square(planes, first + at, square);
    for (std::int64_t i = 0; i < kPlanes; ++i) {
      hn::Store(square[i], d, to + (at + i) * kPlanes);
    }
  }
  for (; at < count; ++at) {
    for (std::int64_t l = 0; l < kPlanes; ++l) {
      to[at * kPlanes + l] = planes.of[l][first + at];
    }
  }
}

// Adds one image's products for groups [first, first + kPlanes) and one filter of each.
void add_image(const WeightGradient& job, const PlanePlan& plan, std::int64_t n, std::int64_t first,
               std::int64_t filter, float* memory, double* sums) {
  const Windows& w = job.windows;
  const auto plane_of = [&](std::int64_t lane) {
    return n * w.groups + std::min(first + lane, w.groups - 1);
  };
  Planes inputs;
  Planes errors;
  for (std::int64_t l = 0; l < kPlanes; ++l) {
    inputs.of[l] = job.input + plane_of(l) * w.input.h * w.input.w;
    errors.of[l] = job.errors + (plane_of(l) * w.filters + filter) * w.output.h * w.output.w;
  }
  float* const cells = memory;
  float* const values = memory + plan.cells(w);
  GradientBand band;
  band.errors = values;
  band.columns = w.output.w;
  band.cell_row = w.stride.h * plan.width * kPlanes;
  band.cell_column = w.stride.w * kPlanes;
  band.tap_row = w.dilation.h * plan.width * kPlanes;
  band.tap_column = w.dilation.w * kPlanes;
  for (std::int64_t begin = 0; begin < w.output.h; begin += plan.rows) {
    const std::int64_t end = std::min(begin + plan.rows, w.output.h);
    write_band(w, plan, {first, kPlanes, begin, end}, inputs, cells);
    write_errors(errors, begin * w.output.w, (end - begin) * w.output.w, values);
    band.rows = end - begin;
    for (std::int64_t i = 0; i < w.kernel.h; i += kMostSide) {
      for (std::int64_t j = 0; j < w.kernel.w; j += kMostSide) {
        band.cells = cells + i * band.tap_row + j * band.tap_column;
        add_taps(static_cast<int>(std::min<std::int64_t>(kMostSide, w.kernel.h - i)),
                 static_cast<int>(std::min<std::int64_t>(kMostSide, w.kernel.w - j)), band,
                 w.kernel.w * kPlanes, sums + (i * w.kernel.w + j) * kPlanes);
      }
    }
  }
}

bool gradient_applies_on_target(const Windows& w) {
  const std::int64_t width = (w.output.w - 1) * w.stride.w + (w.kernel.w - 1) * w.dilation.w + 1;
  const std::int64_t reach = (w.kernel.h - 1) * w.dilation.h;
  return kPlanes > 1 && w.channels == 1 && w.mode == PaddingMode::kZeros && w.groups >= kPlanes &&
         w.kernel.h * w.kernel.w <= 121 && width * (reach + 1) <= kBandCells &&
         threads_within_scratch(w, plan_planes(w, {}).floats(w)) > 0;
}

bool gradient_on_target(const WeightGradient& job, const RunOptions& run) {
  const Windows& w = job.windows;
  const PlanePlan plan = plan_planes(w, {});
  const std::int64_t taps = w.kernel.h * w.kernel.w;
  const std::int64_t blocks = ceil_div(w.groups, kPlanes);
  const std::int64_t threads =
      std::min(threads_for(run, w.products()), threads_within_scratch(w, plan.floats(w)));
  std::vector<Scratch> memories;
  for (std::int64_t worker = 0; worker < threads; ++worker) {
    memories.emplace_back(plan.floats(w));
  }
  std::vector<float> checks(static_cast<std::size_t>(threads));
  run_tasks(run, blocks * w.filters, threads, [&](std::int64_t index, std::int64_t worker) {
    const std::int64_t first = index / w.filters * kPlanes;
    const std::int64_t filter = index % w.filters;
    std::vector<double> sums(static_cast<std::size_t>(taps * kPlanes));
    for (std::int64_t n = 0; n < w.batch; ++n) {
      add_image(job, plan, n, first, filter, memories[static_cast<std::size_t>(worker)].data(),
                sums.data());
    }
    for (std::int64_t l = 0; l < std::min(kPlanes, w.groups - first); ++l) {
      float* to = job.gradient + (first + l) * job.strides.group + filter * job.strides.filter;
      for (std::int64_t t = 0; t < taps; ++t) {
        const float value = rounded(sums[static_cast<std::size_t>(t * kPlanes + l)]);
        to[t / w.kernel.w * job.strides.row + t % w.kernel.w * job.strides.column] = value;
        checks[static_cast<std::size_t>(worker)] += value * 0.0F;
      }
    }
  });
  return std::all_of(checks.begin(), checks.end(), [](float check) { return check == 0.0F; });
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::conv::rungs {

namespace {
HWY_EXPORT(gradient_applies_on_target);
HWY_EXPORT(gradient_on_target);
}  // namespace

bool channel_planes_gradient_applies(const Windows& windows) {
  return HWY_DYNAMIC_DISPATCH(gradient_applies_on_target)(windows);
}

bool channel_planes_gradient(const WeightGradient& job, const RunOptions& run) {
  return HWY_DYNAMIC_DISPATCH(gradient_on_target)(job, run);
}

}  // namespace convscope::conv::rungs
#endif  // HWY_ONCE
