// Shapes: up to 8 channels per group, any number of filters; any kernel, stride, dilation and
// padding.
// Idea: the output is computed in tiles of a few rows of one filter that stay in registers until
// they are done (stencil.h). The input is read in place, except for columns whose windows reach
// over the border; rows beyond the border are a row of zeros, or the rows that the padding repeats.
// A task is a band of tiles, one filter after another on rows that are still in the cache; small
// maps have their own tiles (stencil_maps.cpp).
// Scratch memory per thread: a row of the input and one of the output, the kernels of a group, and
// for each channel copies of kernel.h + 7 rows by 15 columns plus the width of the dilated kernel;
// with a horizontal stride by up to 8 · 32 columns. Uses no more threads than fit in twice the
// operands' memory.
#include <algorithm>
#include <atomic>
#include <vector>

#include "core/conv/ceil_div.h"
#include "core/conv/rungs/direct/channel_planes.h"
#include "core/conv/rungs/direct/plane_bands.h"
#include "core/conv/rungs/direct/stencil.h"
#include "core/conv/rungs/rungs.h"
#include "core/conv/rungs/tasks.h"
#include "hwy/cache_control.h"

namespace convscope::conv::rungs {

namespace {

// Returns whether all values are finite.
bool compute_band(const Stencil& stencil, const PlaneBand& band, bool stream,
                  StencilBuffers& buffers) {
  const PlaneJob& planes = band.planes;
  const std::int64_t map = stencil.windows.output.h * stencil.windows.output.w;
  const std::int64_t step = stencil.rows.step;
  bool finite = true;
  for (std::int64_t y = band.begin; y < band.end; y += step * stencil_shape().rows) {
    for (std::int64_t first = y; first < std::min(y + step, band.end); ++first) {
      name_inputs(stencil, planes.input, first, buffers);
      for (std::int64_t k = 0; k < planes.filters; ++k) {
        name_outputs(stencil, planes.output + k * map, first, buffers);
        finite &= compute_tile(stencil, k, planes.bias_of(k), stream, buffers);
        buffers.ahead = nullptr;
      }
    }
  }
  return finite;
}

// Outputs that a filter's tiles compute for a channel, needed or not.
std::int64_t computed_cells(const Windows& w) {
  const StencilShape shape = stencil_shape();
  const std::int64_t map_rows = map_tile_rows(w);
  return map_rows > 0 ? round_up(w.output.h, map_rows) * round_up(w.output.w, shape.lanes / 2)
                      : round_up(w.output.h, shape.rows) * round_up(w.output.w, shape.lanes);
}

// Whether channel_planes(), where it applies, is expected to be faster than the stencil: it
// transposes cells, but neither strides nor narrow maps cost it anything. With masks a vector of 16
// lanes loses little on a map of 14 columns.
bool planes_worth_it(const Windows& w) {
  const StencilShape shape = stencil_shape();
  const std::int64_t narrow = (shape.spills ? 4 : 2) * shape.lanes;
  const std::int64_t wide = shape.lanes == 16 && map_tile_rows(w) > 0 ? 12 : narrow;
  return w.stride != Size2{1, 1} || w.dilation != Size2{1, 1} || w.output.w < wide;
}

}  // namespace

bool direct_uses_planes(const Windows& w) { return planes_worth_it(w) && channel_planes_apply(w); }

bool direct_applies(const Windows& windows) {
  return windows.channels <= kMostStencilChannels &&
         threads_within_scratch(windows, StencilBuffers::floats(stencil_of(windows, nullptr))) > 0;
}

bool direct_worth_it(const Windows& w) {
  if (w.channels == 1) {
    return w.stride == Size2{1, 1} || w.filters <= 3 || direct_uses_planes(w);
  }
  if (w.stride != Size2{1, 1} || w.dilation != Size2{1, 1} || w.kernel.h == 1) {
    return false;
  }
  if (w.filters <= 3) {
    return true;
  }
  if (stencil_shape().spills) {
    return false;  // the tiles of kGemm don't
  }
  // kGemm profits from many filters and taps, and its vectors continue from one row into the next
  // where those of kDirect would end in the middle of a row. With 32 registers it profits later; of
  // eight channels on, kWinograd does.
  const bool many_registers = stencil_shape().lanes == 16;
  const std::int64_t most = !many_registers ? 15 : w.kernel.h == 3 ? 64 : 32;
  const double used =
      static_cast<double>(w.output.h * w.output.w) / static_cast<double>(computed_cells(w));
  return w.filters <= most && (w.filters < 16 || w.channels < 8) &&
         used >= (w.filters <= 8 && w.kernel.h == 3 ? 0.85 : 0.9);
}

// The tiles of small maps take a 3x3 kernel column by column, the others row by row.
bool direct_sums_alike(const Windows& a, const Windows& b) {
  if ((map_tile_rows(a) > 0) != (map_tile_rows(b) > 0) ||
      direct_uses_planes(a) != direct_uses_planes(b)) {
    return false;
  }
  const StencilRows one = stencil_rows_of(a);
  const StencilRows other = stencil_rows_of(b);
  return one.pieces.size() == other.pieces.size() && one.kernel_rows == other.kernel_rows &&
         one.row_offsets == other.row_offsets;
}

bool direct(const Correlation& job, const RunOptions& run) {
  const Windows& w = job.windows;
  if (direct_uses_planes(w)) {
    return channel_planes(job, run);
  }
  const Stencil stencil = stencil_of(w, job.output);
  const std::int64_t threads = std::min(threads_for(run, w.products()),
                                        threads_within_scratch(w, StencilBuffers::floats(stencil)));
  std::vector<StencilBuffers> buffers;
  for (std::int64_t worker = 0; worker < threads; ++worker) {
    buffers.emplace_back(stencil);
  }
  const bool stream = outgrows_caches(w.outputs());
  const std::int64_t map_rows = map_tile_rows(w);
  const std::int64_t rows = map_rows > 0 ? map_rows : stencil.rows.step * stencil_shape().rows;
  std::atomic<bool> finite = true;
  run_bands(job, w.filters, rows, threads, run, [&](const PlaneBand& band, std::int64_t worker) {
    StencilBuffers& own = buffers[static_cast<std::size_t>(worker)];
    pack_weights(stencil, band.planes.weight, job.weight_strides, own.packed());
    if (!(map_rows > 0 ? compute_map_band(stencil, band, map_rows, own)
                       : compute_band(stencil, band, stream, own))) {
      finite = false;
    }
    if (stream) {
      hwy::FlushStream();
    }
  });
  return finite;
}

}  // namespace convscope::conv::rungs
