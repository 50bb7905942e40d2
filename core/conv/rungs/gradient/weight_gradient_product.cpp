// Shapes: any with few positions, many filters and many taps.
// Idea: the gradient is the product of the errors, (K, N·OH·OW), and the cells under the taps,
// (N·OH·OW, C·kh·kw). With the second one written out, it is a pointwise layer with a channel for
// each position, which the dense rung computes (panel_gemm.cpp).
// Scratch: the cells under the taps; the errors, if there is more than one image; and what the
// dense rung uses.
#include "core/conv/rungs/gradient/weight_gradient_product.h"

#include <algorithm>
#include <vector>

#include "core/conv/ceil_div.h"
#include "core/conv/padding.h"
#include "core/conv/rungs/dense/gemm.h"
#include "core/conv/rungs/rungs.h"
#include "core/conv/rungs/scratch.h"
#include "core/conv/rungs/tasks.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/gradient/weight_gradient_product.cpp"
#include "hwy/foreach_target.h"
// Must come after foreach_target.h.
#include "core/conv/rungs/transpose-inl.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {

// to[x · to_pitch + c] = from[c · from_pitch + x], c < rows, x < columns.
void transpose_matrix(const float* from, std::int64_t from_pitch, std::int64_t rows,
                      std::int64_t columns, float* to, std::int64_t to_pitch) {
  const hn::ScalableTag<float> d;
  constexpr auto kSide = static_cast<std::int64_t>(hn::MaxLanes(hn::ScalableTag<float>()));
  const std::int64_t whole_rows = rows / kSide * kSide;
  const std::int64_t whole_columns = columns / kSide * kSide;
  for (std::int64_t c = 0; c < whole_rows; c += kSide) {
    for (std::int64_t x = 0; x < whole_columns; x += kSide) {
      transpose_square(d, from + c * from_pitch + x, from_pitch, to + x * to_pitch + c, to_pitch);
    }
  }
  for (std::int64_t x = 0; x < columns; ++x) {
    for (std::int64_t c = x < whole_columns ? whole_rows : 0; c < rows; ++c) {
      to[x * to_pitch + c] = from[c * from_pitch + x];
    }
  }
}

}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::conv::rungs {

namespace {

HWY_EXPORT(transpose_matrix);

// Products are added in float32 in one go, so a sum must not be long.
constexpr std::int64_t kMostPositions = 1024;

// Channels whose cells a task writes.
constexpr std::int64_t kTaskCells = 16;

// The cell of the input under each tap of each window, as an offset in its plane; -1: a zero.
std::vector<std::int32_t> cells_under_taps(const Windows& w) {
  std::vector<std::int32_t> cells;
  cells.reserve(static_cast<std::size_t>(w.output.h * w.output.w * w.kernel.h * w.kernel.w));
  for (std::int64_t y = 0; y < w.output.h; ++y) {
    for (std::int64_t x = 0; x < w.output.w; ++x) {
      for (std::int64_t i = 0; i < w.kernel.h; ++i) {
        const auto row = source_index(y * w.stride.h + i * w.dilation.h - w.top, w.input.h, w.mode);
        for (std::int64_t j = 0; j < w.kernel.w; ++j) {
          const auto column =
              source_index(x * w.stride.w + j * w.dilation.w - w.left, w.input.w, w.mode);
          cells.push_back(row && column ? static_cast<std::int32_t>(*row * w.input.w + *column)
                                        : -1);
        }
      }
    }
  }
  return cells;
}

// The cells of some channels of one image under all taps, (OH·OW, C·kh·kw).
void write_cells(const WeightGradient& job, const std::vector<std::int32_t>& cells, std::int64_t n,
                 std::int64_t group, std::int64_t first, float* to) {
  const Windows& w = job.windows;
  const std::int64_t plane = w.input.h * w.input.w;
  const std::int64_t kernel = w.kernel.h * w.kernel.w;
  const std::int64_t last = std::min(first + kTaskCells, w.channels);
  const float* from = job.input + ((n * w.groups + group) * w.channels + first) * plane;
  if (w.is_pointwise()) {
    HWY_DYNAMIC_DISPATCH(transpose_matrix)
    (from, plane, last - first, plane, to + first, w.channels);
    return;
  }
  for (std::int64_t c = first; c < last; ++c) {
    float* row = to + c * kernel;
    const std::int32_t* cell = cells.data();
    for (std::int64_t p = 0; p < w.output.h * w.output.w; ++p) {
      for (std::int64_t t = 0; t < kernel; ++t) {
        row[t] = *cell >= 0 ? from[*cell] : 0.0F;
        ++cell;
      }
      row += w.taps();
    }
    from += plane;
  }
}

}  // namespace

bool weight_gradient_product_applies(const WeightGradient& job) {
  const Windows& w = job.windows;
  const WeightStrides& s = job.strides;
  const std::int64_t positions = w.batch * w.output.h * w.output.w;
  const bool in_order = s.in_order(w.kernel) && s.filter == w.channels * s.channel;
  // The dense rung needs the rest of the memory, and the cells have to be used often.
  const std::int64_t floats = positions * (w.taps() + w.filters);
  return in_order && positions >= 16 && positions <= kMostPositions && w.filters >= 32 &&
         w.taps() >= 64 && floats <= most_scratch(w) / 2;
}

bool weight_gradient_product(const WeightGradient& job, const RunOptions& run) {
  const Windows& w = job.windows;
  const std::int64_t map = w.output.h * w.output.w;
  const std::int64_t positions = w.batch * map;
  const std::vector<std::int32_t> cells =
      w.is_pointwise() ? std::vector<std::int32_t>() : cells_under_taps(w);
  const Scratch under_taps(positions * w.taps());
  const Scratch all_errors = w.batch > 1 ? Scratch(positions * w.filters) : Scratch();
  const std::int64_t parts = ceil_div(w.channels, kTaskCells);
  const std::int64_t threads = threads_for(run, 8 * positions * w.taps());
  bool finite = true;
  for (std::int64_t group = 0; group < w.groups && finite && !cancelled(run); ++group) {
    run_pass(run, w.batch * parts, threads, [&](std::int64_t index, std::int64_t) {
      const std::int64_t n = index / parts;
      write_cells(job, cells, n, group, index % parts * kTaskCells,
                  under_taps.data() + n * map * w.taps());
    });
    for (std::int64_t n = 0; n < w.batch && w.batch > 1; ++n) {
      const float* from = job.errors + (n * w.groups + group) * w.filters * map;
      for (std::int64_t k = 0; k < w.filters; ++k) {
        std::copy_n(from + k * map, map, all_errors.data() + k * positions + n * map);
      }
    }
    Correlation layer;
    layer.windows.channels = positions;
    layer.windows.filters = w.filters;
    layer.windows.input = layer.windows.output = {1, w.taps()};
    layer.windows.kernel = layer.windows.stride = layer.windows.dilation = {1, 1};
    layer.input = under_taps.data();
    layer.weight = w.batch > 1 ? all_errors.data() : job.errors + group * w.filters * map;
    layer.weight_strides = {0, positions, 1, 1, 1};
    layer.output = job.gradient + group * job.strides.group;
    finite = gemm_parts({&layer, 1}, run);
  }
  return finite;
}

}  // namespace convscope::conv::rungs
#endif  // HWY_ONCE
