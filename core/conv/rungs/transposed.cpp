// Shapes: values (N, G·K, OH, OW) of the convolution that this is the transpose of -> (N, G·C, H,
// W).
//
// Idea: output cells whose rows and columns have the same remainder modulo the stride (their phase)
// read consecutive values through the same taps of the kernel: each phase is a correlation of
// stride 1 with a part of the kernel, turned by 180 degrees. (Dumoulin and Visin, "A guide to
// convolution arithmetic", section 4, draws the same with zeros between the values; here nothing is
// multiplied by them.) With stride 1 there is one phase, written in place; otherwise, unless
// Winograd (winograd_axis.h) pays off, the phases are computed side by side, so that the values are
// packed once, and interleaved afterwards.
//
// Scratch: the size of the output for stride > 1, and what gemm.cpp uses.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/transposed.cpp"  // this file
#include "hwy/foreach_target.h"
// must come after foreach_target.h
#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/conv/ceil_div.h"
#include "core/conv/correlate.h"
#include "core/conv/rungs/all_finite.h"
#include "core/conv/rungs/dense/gemm.h"
#include "core/conv/rungs/rungs.h"
#include "core/conv/rungs/scatter_add.h"
#include "core/conv/rungs/scratch.h"
#include "core/conv/rungs/tasks.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

namespace {

// row[2·x] = even[x], row[2·x + 1] = odd[x] for x < count.
HWY_INLINE void weave_row(const float* HWY_RESTRICT even, const float* HWY_RESTRICT odd,
                          std::int64_t count, float* HWY_RESTRICT row) {
  const hn::ScalableTag<float> d;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  std::int64_t x = 0;
  for (; x + lanes <= count; x += lanes) {
    hn::StoreInterleaved2(hn::LoadU(d, even + x), hn::LoadU(d, odd + x), d, row + 2 * x);
  }
  for (; x < count; ++x) {
    row[2 * x] = even[x];
    row[2 * x + 1] = odd[x];
  }
}

}  // namespace

// Interleaves two columns' phases into every row_step-th row of a plane, from `out` on.
void weave_rows(const float* even, std::int64_t even_columns, const float* odd,
                std::int64_t odd_columns, std::int64_t rows, std::int64_t row_step, float* out) {
  const std::int64_t columns = even_columns + odd_columns;
  for (std::int64_t y = 0; y < rows; ++y) {
    float* row = out + y * row_step * columns;
    weave_row(even + y * even_columns, odd + y * odd_columns, odd_columns, row);
    row[columns - 1] = odd_columns < even_columns ? even[(y + 1) * even_columns - 1]
                                                  : odd[(y + 1) * odd_columns - 1];
  }
}

}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::conv::rungs {

namespace {

HWY_EXPORT(weave_rows);

// One axis of one phase: the output cells phase, phase + stride, … and the taps that reach them, in
// the order of the values that they read.
struct PhaseTaps {
  std::int64_t cells = 0;
  std::int64_t count = 0;     // taps; 0: none reaches these cells
  std::int64_t first = 0;     // the tap that reads first
  std::int64_t step = 0;      // from tap to tap, negative
  std::int64_t dilation = 1;  // from value to value
  std::int64_t before = 0;    // the first cell reads its first value at -before
};

// y + before = v·stride + i·dilation: the taps i for which a value v exists for the cells of this
// phase repeat every stride / gcd(stride, dilation).
PhaseTaps taps_of_phase(std::int64_t phase, std::int64_t size, std::int64_t before,
                        std::int64_t kernel, std::int64_t stride, std::int64_t dilation) {
  PhaseTaps taps;
  taps.cells = ceil_div(size - phase, stride);
  const std::int64_t common = std::gcd(stride, dilation);
  const std::int64_t period = stride / common;
  std::int64_t lowest = 0;
  while (lowest < std::min(period, kernel) && (phase + before - lowest * dilation) % stride != 0) {
    ++lowest;
  }
  if (lowest >= std::min(period, kernel)) {
    return taps;
  }
  taps.count = (kernel - 1 - lowest) / period + 1;
  taps.first = lowest + (taps.count - 1) * period;
  taps.step = -period;
  taps.dilation = dilation / common;
  taps.before = -((phase + before - taps.first * dilation) / stride);
  return taps;
}

struct Phase {
  PhaseTaps rows;
  PhaseTaps columns;
  std::int64_t first = 0;  // where its planes begin, among those of all phases
  std::int64_t plane() const { return rows.cells * columns.cells; }
  bool empty() const { return rows.count == 0 || columns.count == 0; }
};

Correlation correlation_of(const Transposed& job, const Phase& phase, float* output) {
  const Windows& w = job.windows;
  Correlation part;
  part.windows.batch = w.batch;
  part.windows.groups = w.groups;
  part.windows.channels = w.filters;
  part.windows.filters = w.channels;
  part.windows.input = w.output;
  part.windows.output = {phase.rows.cells, phase.columns.cells};
  part.windows.kernel = {phase.rows.count, phase.columns.count};
  part.windows.dilation = {phase.rows.dilation, phase.columns.dilation};
  part.windows.top = phase.rows.before;
  part.windows.left = phase.columns.before;
  part.input = job.values;
  if (job.weight != nullptr) {
    part.weight = job.weight + phase.rows.first * job.weight_strides.row +
                  phase.columns.first * job.weight_strides.column;
  }
  part.weight_strides = {job.weight_strides.group, job.weight_strides.channel,
                         job.weight_strides.filter, phase.rows.step * job.weight_strides.row,
                         phase.columns.step * job.weight_strides.column};
  part.bias = job.bias;
  part.output = output;
  return part;
}

// The number of phases that have cells in the output.
Size2 phase_counts(const Windows& w) {
  return {std::min(w.stride.h, w.input.h), std::min(w.stride.w, w.input.w)};
}

// Where each phase of one plane starts; null: only the bias reaches its cells.
struct PlanePhases {
  std::vector<const float*> first;  // of phase (p, q): p · phase_counts().w + q
  float rest = 0;                   // the bias
};

// The rows p, p + stride.h, … of a plane.
void weave_phase_rows(const Windows& w, const std::vector<Phase>& phases, const PlanePhases& from,
                      std::int64_t p, float* plane) {
  const auto index = static_cast<std::size_t>(p * phase_counts(w).w);
  const std::int64_t rows = phases[index].rows.cells;
  float* out = plane + p * w.input.w;
  if (w.stride.w == 2 && w.input.w > 1 && from.first[index] != nullptr &&
      from.first[index + 1] != nullptr) {
    HWY_DYNAMIC_DISPATCH(weave_rows)
    (from.first[index], phases[index].columns.cells, from.first[index + 1],
     phases[index + 1].columns.cells, rows, w.stride.h, out);
    return;
  }
  for (std::int64_t y = 0; y < rows; ++y) {
    float* row = out + y * w.stride.h * w.input.w;
    for (std::int64_t x = 0; x < w.input.w; ++x) {
      const std::size_t phase = index + static_cast<std::size_t>(x % w.stride.w);
      const float* first = from.first[phase];
      row[x] =
          first != nullptr ? first[y * phases[phase].columns.cells + x / w.stride.w] : from.rest;
    }
  }
}

// Computes the phases into one scratch buffer, then interleaves them.
bool transposed_in_phases(const Transposed& job, const RunOptions& run) {
  const Windows& w = job.windows;
  const std::int64_t planes = w.batch * w.groups * w.channels;
  const Scratch scratch(planes * w.input.h * w.input.w);
  std::vector<Phase> phases;
  std::vector<Correlation> parts;
  std::int64_t first = 0;
  for (std::int64_t p = 0; p < phase_counts(w).h; ++p) {
    for (std::int64_t q = 0; q < phase_counts(w).w; ++q) {
      const Phase phase = {
          taps_of_phase(p, w.input.h, w.top, w.kernel.h, w.stride.h, w.dilation.h),
          taps_of_phase(q, w.input.w, w.left, w.kernel.w, w.stride.w, w.dilation.w), first};
      if (!phase.empty()) {
        parts.push_back(correlation_of(job, phase, scratch.data() + first));
      }
      phases.push_back(phase);
      first += planes * phase.plane();
    }
  }
  // A phase of a depthwise layer is one, too.
  const bool direct_pays =
      w.filters == 1 && std::all_of(parts.begin(), parts.end(),
                                    [](const auto& part) { return direct_applies(part.windows); });
  bool finite = true;
  if (direct_pays) {
    for (const Correlation& part : parts) {
      finite = finite && direct(part, run);
    }
  } else {
    finite = parts.empty() || gemm_parts(parts, run);
  }
  if (parts.empty() && job.bias != nullptr) {
    finite = all_finite({job.bias, static_cast<std::size_t>(w.groups * w.channels)});
  }
  if (!finite || cancelled(run)) {
    return finite;
  }
  const RunOptions quiet = {.threads = run.threads};
  // Moving a cell takes as long as a few multiply-adds.
  const std::int64_t threads = threads_for(run, 4 * planes * w.input.h * w.input.w);
  run_tasks(quiet, planes, threads, [&](std::int64_t plane, std::int64_t) {
    PlanePhases from;
    from.rest = job.bias != nullptr ? job.bias[plane % (w.groups * w.channels)] : 0.0F;
    for (const Phase& phase : phases) {
      from.first.push_back(phase.empty() ? nullptr
                                         : scratch.data() + phase.first + plane * phase.plane());
    }
    for (std::int64_t p = 0; p < phase_counts(w).h; ++p) {
      weave_phase_rows(w, phases, from, p, job.output + plane * w.input.h * w.input.w);
    }
  });
  return finite;
}

// Whether every output cell comes from one value, and the weights of a filter lie in order.
bool has_no_overlap(const Transposed& job) {
  const Windows& w = job.windows;
  return w.kernel == w.stride && w.dilation == Size2{1, 1} && w.top == 0 && w.left == 0 &&
         w.input.h == w.output.h * w.stride.h && w.input.w == w.output.w * w.stride.w &&
         job.weight_strides.in_order(w.kernel);
}

// One pointwise layer with a filter for each tap; its maps are then interleaved.
bool transposed_without_overlap(const Transposed& job, const RunOptions& run) {
  const Windows& w = job.windows;
  const std::int64_t taps = w.kernel.h * w.kernel.w;
  const std::int64_t map = w.output.h * w.output.w;
  const std::int64_t planes = w.batch * w.groups * w.channels;
  const Scratch maps(planes * taps * map);
  std::vector<float> bias;
  for (std::int64_t c = 0; job.bias != nullptr && c < w.groups * w.channels; ++c) {
    bias.insert(bias.end(), static_cast<std::size_t>(taps), job.bias[c]);
  }
  Correlation layer;
  layer.windows.batch = w.batch;
  layer.windows.groups = w.groups;
  layer.windows.channels = w.filters;
  layer.windows.filters = w.channels * taps;
  layer.windows.input = layer.windows.output = w.output;
  layer.windows.kernel = layer.windows.stride = layer.windows.dilation = {1, 1};
  layer.input = job.values;
  layer.weight = job.weight;
  layer.weight_strides = {job.weight_strides.group, 1, job.weight_strides.filter, 1, 1};
  layer.bias = bias.empty() ? nullptr : bias.data();
  layer.output = maps.data();
  if (!gemm(layer, run)) {
    return false;
  }
  const std::vector<Phase> phases(static_cast<std::size_t>(taps),
                                  {{.cells = w.output.h}, {.cells = w.output.w}});
  const RunOptions quiet = {.threads = run.threads};
  run_tasks(quiet, planes, threads_for(run, 4 * planes * taps * map),
            [&](std::int64_t plane, std::int64_t) {
              PlanePhases from;
              for (std::int64_t t = 0; t < taps; ++t) {
                from.first.push_back(maps.data() + (plane * taps + t) * map);
              }
              for (std::int64_t p = 0; p < w.kernel.h; ++p) {
                weave_phase_rows(w, phases, from, p, job.output + plane * w.input.h * w.input.w);
              }
            });
  return true;
}

bool is_one_phase(const Windows& windows) { return windows.stride == Size2{1, 1}; }

Correlation only_phase(const Transposed& job) {
  const Windows& w = job.windows;
  const Phase phase = {taps_of_phase(0, w.input.h, w.top, w.kernel.h, 1, w.dilation.h),
                       taps_of_phase(0, w.input.w, w.left, w.kernel.w, 1, w.dilation.w)};
  return correlation_of(job, phase, job.output);
}

}  // namespace

Algorithm transposed_algorithm(const Transposed& job, Algorithm wanted) {
  const Windows& w = job.windows;
  if (is_one_phase(w)) {
    const Algorithm chosen = choose(only_phase(job), wanted);
    return chosen != wanted && is_small(w) ? Algorithm::kExact : chosen;
  }
  return choose_dense(w, wanted, winograd_transposed_applies, winograd_transposed_worth_it);
}

bool transposed(const Transposed& job, Algorithm algorithm, const RunOptions& run) {
  if (algorithm == Algorithm::kGemm && scatter_add_worth_it(job.windows) &&
      scatter_add_applies(job)) {
    return scatter_add(job, run);
  }
  if (algorithm == Algorithm::kGemm && !is_one_phase(job.windows) && has_no_overlap(job)) {
    return transposed_without_overlap(job, run);
  }
  if (is_one_phase(job.windows)) {
    return compute(only_phase(job), algorithm, run);
  }
  return algorithm == Algorithm::kWinograd ? winograd_transposed(job, run)
                                           : transposed_in_phases(job, run);
}

}  // namespace convscope::conv::rungs
#endif  // HWY_ONCE
