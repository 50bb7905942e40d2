// Shapes: values (N, G·K, OH, OW) of the convolution that this is the transpose of -> (N, G·C, H,
// W), the weights of a filter in one piece; best with few positions.
// Idea: the definition. Every position is multiplied by all weights at once, (OH·OW, K) by
// (K, C·kh·kw), with neighbouring weights in the lanes, and the products are added where the
// windows lie in the output. No lane is lost on a small map, the weights are read once, and no
// product falls into the padding. A task is some channels of the output; their weights are copied a
// piece of the filters at a time. Scratch memory per thread: a piece of the weights, and the
// products of a task.
#include "core/conv/rungs/scatter_add.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <vector>

#include "core/conv/ceil_div.h"
#include "core/conv/rungs/all_finite.h"
#include "core/conv/rungs/scratch.h"
#include "core/conv/rungs/tasks.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/scatter_add.cpp"
#include "hwy/foreach_target.h"
// Must come after foreach_target.h.
#include "core/conv/rungs/winograd/winograd_multiply-inl.h"
#include "hwy/cache_control.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {

// Copies `count` floats of each of `filters` rows of weights, `stride` apart, to rows of `width`;
// `rest`: rows that there are.
void copy_weights(const float* weights, std::int64_t stride, std::int64_t filters,
                  std::int64_t rest, std::int64_t count, std::int64_t width, float* to) {
  const Lane d;
  constexpr std::int64_t kFiltersAhead = 16;
  constexpr std::int64_t kLine = 16;
  for (std::int64_t k = 0; k < filters; ++k) {
    // The rows are too far apart for the hardware's prefetching.
    const float* ahead = weights + std::min(kFiltersAhead, rest - 1 - k) * stride;
    for (std::int64_t m = 0; m < count; m += kLine) {
      hwy::Prefetch(ahead + m);
    }
    std::int64_t m = 0;
    for (; m + kLanes <= count; m += kLanes) {
      hn::Store(hn::LoadU(d, weights + m), d, to + m);
    }
    for (; m < count; ++m) {
      to[m] = weights[m];
    }
    std::fill(to + count, to + width, 0.0F);
    weights += stride;
    to += width;
  }
}

// sums[p] (+)= values of position p, `filters` planes of `positions`, times rows of weights.
void multiply_positions(const float* values, std::int64_t positions, std::int64_t filters,
                        const float* weights, std::int64_t width, bool add, float* sums) {
  Product product;
  product.scalars = values;
  product.scalars_row = 1;
  product.scalars_step = positions;
  product.vectors = weights;
  product.vectors_step = width;
  product.sums = sums;
  product.sums_row = width;
  product.count = filters;
  product.add = add;
  multiply(product, positions, width);
}

// The same for a single position, where weights are used once: sums (+)= the sum of values[k] · row
// k.
void multiply_position(const float* values, std::int64_t filters, const float* weights,
                       std::int64_t stride, std::int64_t count, float* sums) {
  const Lane d;
  std::fill_n(sums, count, 0.0F);
  std::int64_t k = 0;
  const auto add_rows = [&](std::int64_t rows) HWY_ATTR {
    const float* row[4];
    Vector value[4];
    for (std::int64_t r = 0; r < 4; ++r) {
      row[r] = weights + (k + std::min(r, rows - 1)) * stride;
      value[r] = hn::Set(d, r < rows ? values[k + r] : 0.0F);
    }
    std::int64_t m = 0;
    for (; m + kLanes <= count; m += kLanes) {
      Vector sum = hn::LoadU(d, sums + m);
      for (std::int64_t r = 0; r < rows; ++r) {
        sum = hn::MulAdd(hn::LoadU(d, row[r] + m), value[r], sum);
      }
      hn::StoreU(sum, d, sums + m);
    }
    for (; m < count; ++m) {
      for (std::int64_t r = 0; r < rows; ++r) {
        sums[m] += row[r][m] * values[k + r];
      }
    }
  };
  for (; k + 4 <= filters; k += 4) {
    add_rows(4);
  }
  if (k < filters) {
    add_rows(filters - k);
  }
}

}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::conv::rungs {

namespace {

HWY_EXPORT(copy_weights);
HWY_EXPORT(multiply_positions);
HWY_EXPORT(multiply_position);

// Weights of a filter that a task uses, about; and filters whose weights are copied at once.
constexpr std::int64_t kTaskWeights = 128;
constexpr std::int64_t kTaskWeightsInPlace = 2048;
constexpr std::int64_t kPieceFilters = 64;

struct ScatterPlan {
  explicit ScatterPlan(const Windows& w)
      : kernel(w.kernel.h * w.kernel.w),
        positions(w.output.h * w.output.w),
        channels(std::clamp<std::int64_t>(
            (positions == 1 ? kTaskWeightsInPlace : kTaskWeights) / kernel, 1, w.channels)),
        chunks(ceil_div(w.channels, channels)),
        width(aligned_count(channels * kernel)) {}

  std::int64_t kernel;
  std::int64_t positions;
  std::int64_t channels;  // of a task
  std::int64_t chunks;
  std::int64_t width;  // weights of a filter in a task, padded
  std::int64_t thread_floats() const { return (pieces() + positions) * width; }
  std::int64_t pieces() const { return positions == 1 ? 0 : kPieceFilters; }
};

std::int64_t most_threads(const Windows& w, const ScatterPlan& plan) {
  return most_scratch(w) / plan.thread_floats();
}

// The taps [first, last) of a window at `start` that lie inside the output.
struct TapsInside {
  TapsInside(std::int64_t start, std::int64_t dilation, std::int64_t kernel, std::int64_t size)
      : first(std::clamp<std::int64_t>(ceil_div(-start, dilation), 0, kernel)),
        last(std::clamp<std::int64_t>(ceil_div(size - start, dilation), first, kernel)) {}
  std::int64_t first;
  std::int64_t last;
};

// Adds the products of one channel to its plane.
void add_products(const Windows& w, const float* products, std::int64_t width, float* plane) {
  for (std::int64_t v = 0; v < w.output.h; ++v) {
    const std::int64_t y = v * w.stride.h - w.top;
    const TapsInside rows(y, w.dilation.h, w.kernel.h, w.input.h);
    for (std::int64_t u = 0; u < w.output.w; ++u) {
      const std::int64_t x = u * w.stride.w - w.left;
      const TapsInside columns(x, w.dilation.w, w.kernel.w, w.input.w);
      for (std::int64_t i = rows.first; i < rows.last; ++i) {
        float* row = plane + (y + i * w.dilation.h) * w.input.w + x;
        const float* from = products + i * w.kernel.w;
        for (std::int64_t j = columns.first; j < columns.last; ++j) {
          row[j * w.dilation.w] += from[j];
        }
      }
      products += width;
    }
  }
}

// Computes a task's channels; false if a value isn't finite.
bool compute_channels(const Transposed& job, const ScatterPlan& plan, std::int64_t index,
                      float* memory) {
  const Windows& w = job.windows;
  const std::int64_t first = index % plan.chunks * plan.channels;
  const std::int64_t image_group = index / plan.chunks;
  const std::int64_t group = image_group % w.groups;
  const std::int64_t channels = std::min(plan.channels, w.channels - first);
  float* weights = memory;
  float* products = memory + plan.pieces() * plan.width;
  const float* values = job.values + image_group * w.filters * plan.positions;
  const float* from = job.weight + group * job.weight_strides.group + first * plan.kernel;
  if (plan.positions == 1) {
    HWY_DYNAMIC_DISPATCH(multiply_position)
    (values, w.filters, from, job.weight_strides.filter, channels * plan.kernel, products);
  }
  for (std::int64_t k = 0; k < w.filters && plan.positions > 1; k += kPieceFilters) {
    const std::int64_t filters = std::min(kPieceFilters, w.filters - k);
    HWY_DYNAMIC_DISPATCH(copy_weights)
    (from + k * job.weight_strides.filter, job.weight_strides.filter, filters, w.filters - k,
     channels * plan.kernel, plan.width, weights);
    HWY_DYNAMIC_DISPATCH(multiply_positions)
    (values + k * plan.positions, plan.positions, filters, weights, plan.width, k > 0, products);
  }
  const std::int64_t size = w.input.h * w.input.w;
  bool finite = true;
  for (std::int64_t c = 0; c < channels; ++c) {
    float* plane = job.output + (image_group * w.channels + first + c) * size;
    std::fill_n(plane, size, job.bias != nullptr ? job.bias[group * w.channels + first + c] : 0.0F);
    add_products(w, products + c * plan.kernel, plan.width, plane);
    finite &= all_finite({plane, static_cast<std::size_t>(size)});
  }
  return finite;
}

}  // namespace

bool scatter_add_applies(const Transposed& job) {
  const Windows& w = job.windows;
  const bool in_order = job.weight == nullptr || job.weight_strides.in_order(w.kernel);
  return in_order && w.mode == PaddingMode::kZeros && most_threads(w, ScatterPlan(w)) > 0;
}

bool scatter_add_worth_it(const Windows& w) {
  constexpr std::int64_t kFew = 64;
  const std::int64_t positions = w.output.h * w.output.w;
  // With a stride of 1 the phases have lanes enough, unless most of what they read is padding.
  return positions <= kFew && w.kernel.h * w.kernel.w > 1 &&
         (w.stride != Size2{1, 1} || 4 * positions <= w.input.h * w.input.w);
}

bool scatter_add(const Transposed& job, const RunOptions& run) {
  const Windows& w = job.windows;
  const ScatterPlan plan(w);
  const std::int64_t work =
      w.batch * w.groups * plan.positions * w.filters * w.channels * plan.kernel;
  const std::int64_t threads = std::min(threads_for(run, work), most_threads(w, plan));
  const Scratch memory(threads * plan.thread_floats());
  std::atomic<bool> finite = true;
  run_tasks(
      run, w.batch * w.groups * plan.chunks, threads, [&](std::int64_t index, std::int64_t worker) {
        if (!compute_channels(job, plan, index, memory.data() + worker * plan.thread_floats())) {
          finite = false;
        }
      });
  return finite;
}

}  // namespace convscope::conv::rungs
#endif  // HWY_ONCE
