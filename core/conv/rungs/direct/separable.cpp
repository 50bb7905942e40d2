// Shapes: those of the direct rung, if the kernel of every plane is a column times a row: box and
// Gaussian blurs, Sobel edges.
// Idea: the row is applied to the input first, then the column to the result, so kh + kw products
// replace kh · kw. Both use the tiles of the direct rung (stencil.h). The intermediate rows are
// kept in a ring in the second-level cache, each computed once per band.
// Scratch memory per thread: the ring, with the height of the dilated kernel plus about 16 rows of
// the output's width, and twice what the direct rung uses.
#include <algorithm>
#include <atomic>
#include <optional>
#include <vector>

#include "core/conv/rungs/direct/kernel_factors.h"
#include "core/conv/rungs/direct/plane_bands.h"
#include "core/conv/rungs/direct/stencil.h"
#include "core/conv/rungs/rungs.h"
#include "core/conv/rungs/tasks.h"
#include "hwy/cache_control.h"

namespace convscope::conv::rungs {

namespace {

// The kernel's row, applied to rows of the input; the outputs are rows of the ring.
Windows row_windows(Windows w) {
  w.filters = 1;
  w.kernel.h = 1;
  w.stride.h = 1;
  w.dilation.h = 1;
  w.top = 0;
  w.output.h = w.input.h;
  return w;
}

// The kernel's column, applied to rows of the ring.
Windows column_windows(Windows w) {
  w.filters = 1;
  w.kernel.w = 1;
  w.stride.w = 1;
  w.dilation.w = 1;
  w.left = 0;
  w.input.w = w.output.w;
  w.mode = PaddingMode::kZeros;
  return w;
}

struct Passes {
  explicit Passes(const Windows& windows, const float* output)
      : rows(stencil_of(row_windows(windows), nullptr)),
        columns(stencil_of(column_windows(windows), output)) {}

  // Rows of the ring: those that the tiles of one step need, and those computed at once.
  std::int64_t ring_rows() const {
    return columns.rows.row_offsets.empty()
               ? 0
               : *std::max_element(columns.rows.row_offsets.begin(),
                                   columns.rows.row_offsets.end()) +
                     columns.rows.step * columns.windows.stride.h + stencil_shape().rows;
  }
  std::int64_t ring_pitch() const { return aligned_count(columns.windows.output.w); }
  std::int64_t floats() const {
    return StencilBuffers::floats(rows) + StencilBuffers::floats(columns) +
           ring_rows() * ring_pitch();
  }

  Stencil rows;
  Stencil columns;
};

// Computes bands; one per thread.
class Worker {
 public:
  explicit Worker(const Passes& passes)
      : row_buffers_(passes.rows),
        column_buffers_(passes.columns),
        ring_rows_(passes.ring_rows()),
        ring_pitch_(passes.ring_pitch()),
        ring_(ring_rows_ * ring_pitch_) {}

  // Returns whether all values are finite.
  bool compute(const Passes& passes, const PlaneBand& band, const KernelFactors& factors,
               bool stream) {
    pack_weights(passes.rows, factors.row.data(), {.column = 1}, row_buffers_.packed());
    pack_weights(passes.columns, factors.column.data(), {.row = 1}, column_buffers_.packed());
    const Windows& w = passes.columns.windows;
    const std::int64_t step = passes.columns.rows.step;
    next_row_ = band.begin * w.stride.h - w.top;
    bool finite = true;
    for (std::int64_t y = band.begin; y < band.end; y += step * stencil_shape().rows) {
      for (std::int64_t first = y; first < std::min(y + step, band.end); ++first) {
        finite &= name_ring(passes, band.planes, first);
        name_outputs(passes.columns, band.planes.output, first, column_buffers_);
        finite &= compute_tile(passes.columns, 0, band.planes.bias_of(0), stream, column_buffers_);
      }
    }
    return finite;
  }

 private:
  float* ring_row(std::int64_t row) const {
    return ring_.data() + (row % ring_rows_ + ring_rows_) % ring_rows_ * ring_pitch_;
  }

  // Points the tile at y to the ring's rows, after computing those that are missing.
  bool name_ring(const Passes& passes, const PlaneJob& plane, std::int64_t y) {
    const Windows& w = passes.columns.windows;
    const std::int64_t first = y * w.stride.h - w.top;
    bool finite = true;
    for (std::size_t p = 0; p < column_buffers_.rows.size(); ++p) {
      const std::int64_t row = first + passes.columns.rows.row_offsets[p];
      while (next_row_ <= row) {
        finite &= compute_rows(passes, plane);
      }
      column_buffers_.rows[p] = ring_row(row);
    }
    return finite;
  }

  // Computes the next rows of the ring.
  bool compute_rows(const Passes& passes, const PlaneJob& plane) {
    name_inputs(passes.rows, plane.input, next_row_, row_buffers_);
    for (float*& output : row_buffers_.outputs) {
      output = ring_row(next_row_++);
    }
    return compute_tile(passes.rows, 0, 0.0F, /*stream=*/false, row_buffers_);
  }

  StencilBuffers row_buffers_;
  StencilBuffers column_buffers_;
  std::int64_t ring_rows_;
  std::int64_t ring_pitch_;
  Scratch ring_;
  std::int64_t next_row_ = 0;  // of the input
};

// The factors of all kernels, in the order g, k; nullopt if any kernel has none.
std::optional<std::vector<KernelFactors>> all_factors(const Correlation& job) {
  std::vector<KernelFactors> all;
  for (std::int64_t g = 0; g < job.windows.groups; ++g) {
    for (std::int64_t k = 0; k < job.windows.filters; ++k) {
      auto factors = factors_of(job.weight_at(g, k, 0), job.windows.kernel, job.weight_strides);
      if (!factors) {
        return std::nullopt;
      }
      all.push_back(*std::move(factors));
    }
  }
  return all;
}

}  // namespace

bool separable_applies(const Correlation& job) {
  const Windows& w = job.windows;
  return w.channels == 1 && w.kernel.h > 1 && w.kernel.w > 1 && job.weight != nullptr &&
         direct_applies(w) && threads_within_scratch(w, Passes(w, nullptr).floats()) > 0 &&
         all_factors(job).has_value();
}

bool separable(const Correlation& job, const RunOptions& run) {
  const Windows& w = job.windows;
  const auto factors = all_factors(job);
  if (!factors) {
    return direct(job, run);
  }
  const Passes passes(w, job.output);
  const std::int64_t threads =
      std::min(threads_for(run, w.products()), threads_within_scratch(w, passes.floats()));
  std::vector<Worker> workers;
  for (std::int64_t worker = 0; worker < threads; ++worker) {
    workers.emplace_back(passes);
  }
  const bool stream = outgrows_caches(w.outputs());
  std::atomic<bool> finite = true;
  // Each band computes (kernel.h - 1) · dilation.h rows that its neighbours compute too.
  const std::int64_t tile = passes.columns.rows.step * stencil_shape().rows;
  const std::int64_t rows = (w.kernel.h + 1) * tile;
  run_bands(job, 1, rows, threads, run, [&](const PlaneBand& band, std::int64_t worker) {
    const std::int64_t kernel = band.planes.index % (w.groups * w.filters);
    if (!workers[static_cast<std::size_t>(worker)].compute(
            passes, band, (*factors)[static_cast<std::size_t>(kernel)], stream)) {
      finite = false;
    }
    if (stream) {
      hwy::FlushStream();
    }
  });
  return finite;
}

}  // namespace convscope::conv::rungs
