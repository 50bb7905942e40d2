// Shapes: one channel a group, any number of filters; any kernel, stride, dilation and padding.
// Idea: the output in tiles of a few rows that stay in registers until they are done (stencil.h).
// The input is read where it lies, but for columns whose windows reach over the border; rows beyond
// the border are a row of zeros, or the rows that the padding repeats. A task is a band of tiles.
// Scratch memory, a thread: a row of the input and one of the output, the kernel, and copies of
// kernel.h + 7 rows by 15 columns and the width of the dilated kernel; under a horizontal stride by
// up to 8 · 32 columns. No more threads than twice the operands' memory serves.
#include <algorithm>
#include <atomic>
#include <vector>

#include "core/conv/rungs/plane_bands.h"
#include "core/conv/rungs/rungs.h"
#include "core/conv/rungs/stencil.h"
#include "core/conv/rungs/tasks.h"
#include "hwy/cache_control.h"

namespace convscope {

namespace {

// Returns whether all values are finite.
bool compute_band(const Stencil& stencil, const PlaneBand& band, bool stream,
                  StencilBuffers& buffers) {
  const std::int64_t step = stencil.rows.step;
  bool finite = true;
  for (std::int64_t y = band.begin; y < band.end; y += step * stencil_shape().rows) {
    for (std::int64_t first = y; first < std::min(y + step, band.end); ++first) {
      name_inputs(stencil, band.plane.input, first, buffers);
      name_outputs(stencil, band.plane.output, first, buffers);
      finite &= compute_tile(stencil, band.plane.bias, stream, buffers);
    }
  }
  return finite;
}

}  // namespace

bool direct_applies(const Windows& windows) {
  return windows.channels == 1 &&
         threads_within_scratch(windows, StencilBuffers::floats(stencil_of(windows, nullptr))) > 0;
}

bool direct(const Correlation& job, const RunOptions& run) {
  const Windows& w = job.windows;
  const Stencil stencil = stencil_of(w, job.output);
  const std::int64_t threads = std::min(threads_for(run, w.products()),
                                        threads_within_scratch(w, StencilBuffers::floats(stencil)));
  std::vector<StencilBuffers> buffers;
  for (std::int64_t worker = 0; worker < threads; ++worker) {
    buffers.emplace_back(stencil);
  }
  const bool stream = outgrows_caches(w);
  std::atomic<bool> finite = true;
  const std::int64_t rows = stencil.rows.step * stencil_shape().rows;
  run_bands(job, rows, threads, run, [&](const PlaneBand& band, std::int64_t worker) {
    StencilBuffers& own = buffers[static_cast<std::size_t>(worker)];
    pack_weights(stencil, band.plane.weight, job.weight_strides.row, job.weight_strides.column,
                 own.packed());
    if (!compute_band(stencil, band, stream, own)) {
      finite = false;
    }
    if (stream) {
      hwy::FlushStream();
    }
  });
  return finite;
}

}  // namespace convscope
