// Copies of the operands for panel_gemm.cpp: cells to panels, weights to the order of the taps.
#if defined(CONVSCOPE_PANEL_WRITE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_PANEL_WRITE_INL_H_
#undef CONVSCOPE_PANEL_WRITE_INL_H_
#else
#define CONVSCOPE_PANEL_WRITE_INL_H_
#endif

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "core/conv/rungs/dense/panel_plan-inl.h"
#include "core/conv/rungs/transpose-inl.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

// Copies the cells that `channels` and all taps read for the V vectors of a tile that lies in one
// row.
template <int V>
void write_row_panel(const float* cells, std::int64_t channel, std::int64_t channels,
                     const std::vector<Tap>& taps, float* panel) {
  const FloatTag d;
  for (std::int64_t c = 0; c < channels; ++c) {
    for (const Tap& tap : taps) {
      HWY_UNROLL(4)
      for (std::int64_t v = 0; v < V; ++v) {
        hn::Store(hn::LoadU(d, cells + tap.input + v * kPanelLanes), d, panel + v * kPanelLanes);
      }
      panel += V * kPanelLanes;
    }
    cells += channel;
  }
}

#if HWY_TARGET <= HWY_AVX3

// The lanes of a vector that lie in one run; `cell`: of lane 0, which nothing reads if it isn't in
// the run.
struct PanelSegment {
  hn::Mask<FloatTag> lanes;
  std::int64_t cell = 0;
};

// The same for any tile, whose vectors are put together from the runs. The remaining lanes are 0.
void write_runs(const PanelTile& tile, const float* cells, std::int64_t channel,
                std::int64_t channels, std::int64_t, const std::vector<Tap>& taps, float* panel) {
  const FloatTag d;
  std::array<PanelSegment, kMostPanelVectors * kPanelLanes> segments;
  std::array<std::size_t, kMostPanelVectors> ends = {};
  std::size_t count = 0;
  for (std::int64_t v = 0; v < tile.vectors; ++v) {
    for (const PanelRun& run : tile.runs) {
      const std::int64_t begin = std::max<std::int64_t>(0, run.lane - v * kPanelLanes);
      const std::int64_t end = std::min(kPanelLanes, run.lane + run.count - v * kPanelLanes);
      if (begin < end) {
        segments[count++] = {hn::AndNot(hn::FirstN(d, static_cast<std::size_t>(begin)),
                                        hn::FirstN(d, static_cast<std::size_t>(end))),
                             run.cell - run.lane + v * kPanelLanes};
      }
    }
    ends[static_cast<std::size_t>(v)] = count;
  }
  for (std::int64_t c = 0; c < channels; ++c) {
    for (const Tap& tap : taps) {
      const float* from = cells + tap.input;
      std::size_t s = 0;
      for (std::int64_t v = 0; v < tile.vectors; ++v) {
        Floats vector = hn::Zero(d);
        for (; s < ends[static_cast<std::size_t>(v)]; ++s) {
          vector = hn::Or(vector, hn::MaskedLoad(segments[s].lanes, d, from + segments[s].cell));
        }
        hn::Store(vector, d, panel);
        panel += kPanelLanes;
      }
    }
    cells += channel;
  }
}

#else

// The same for any tile. Vectors may write past a run: what follows there is written later. They
// read past it, too, but not in the last `careful` channels.
void write_runs(const PanelTile& tile, const float* cells, std::int64_t channel,
                std::int64_t channels, std::int64_t careful, const std::vector<Tap>& taps,
                float* panel) {
  const FloatTag d;
  const std::int64_t width = tile.vectors * kPanelLanes;
  for (std::int64_t c = 0; c < channels; ++c) {
    for (const Tap& tap : taps) {
      for (const PanelRun& run : tile.runs) {
        const float* from = cells + tap.input + run.cell;
        float* to = panel + run.lane;
        if (c + careful >= channels) {
          std::copy_n(from, run.count, to);
          continue;
        }
        std::int64_t x = 0;
        do {
          hn::StoreU(hn::LoadU(d, from + x), d, to + x);
          x += kPanelLanes;
        } while (x < run.count);
      }
      // Whatever else is there might not be finite.
      for (std::int64_t lane = tile.count; lane < width; ++lane) {
        panel[lane] = 0.0F;
      }
      panel += width;
    }
    cells += channel;
  }
}

#endif

// `careful`: the channels at the end in which nothing may be read past the last cell.
void write_panel(const PanelTile& tile, const float* cells, std::int64_t channel,
                 std::int64_t channels, std::int64_t careful, const std::vector<Tap>& taps,
                 float* panel) {
  if (tile.runs.front().count < tile.vectors * kPanelLanes) {
    write_runs(tile, cells, channel, channels, careful, taps, panel);
    return;
  }
  const float* first = cells + tile.runs.front().cell;
  switch (tile.vectors) {
    case 1:
      return write_row_panel<1>(first, channel, channels, taps, panel);
    case 2:
      return write_row_panel<2>(first, channel, channels, taps, panel);
    case 3:
      return write_row_panel<3>(first, channel, channels, taps, panel);
    default:
      return write_row_panel<4>(first, channel, channels, taps, panel);
  }
}

// Filters and channels whose weights are copied at once: neighbours in both orders share lines of
// the cache.
constexpr std::int64_t kCopiedFilters = 16;
constexpr std::int64_t kCopiedChannels = 32;

// Copies H x W taps of some channels.
template <int H, int W>
void copy_kernels(const float* from, const WeightStrides& strides, std::int64_t channels,
                  float* to) {
  for (std::int64_t c = 0; c < channels; ++c) {
    HWY_UNROLL(3)
    for (int i = 0; i < H; ++i) {
      HWY_UNROLL(3)
      for (int j = 0; j < W; ++j) {
        *to++ = from[i * strides.row + j * strides.column];
      }
    }
    from += strides.channel;
  }
}

void copy_kernels(const Size2& kernel, const float* from, const WeightStrides& strides,
                  std::int64_t channels, float* to) {
  if (kernel.h <= 3 && kernel.w <= 3) {
    static constexpr decltype(&copy_kernels<1, 1>) kCopies[] = {
        copy_kernels<1, 1>, copy_kernels<1, 2>, copy_kernels<1, 3>,
        copy_kernels<2, 1>, copy_kernels<2, 2>, copy_kernels<2, 3>,
        copy_kernels<3, 1>, copy_kernels<3, 2>, copy_kernels<3, 3>};
    kCopies[3 * (kernel.h - 1) + kernel.w - 1](from, strides, channels, to);
    return;
  }
  for (std::int64_t c = 0; c < channels; ++c) {
    for (std::int64_t i = 0; i < kernel.h; ++i) {
      for (std::int64_t j = 0; j < kernel.w; ++j) {
        *to++ = from[i * strides.row + j * strides.column];
      }
    }
    from += strides.channel;
  }
}

// Copies the weights of a block of filters to (G, K, C, kh, kw).
void write_weights(const Correlation& job, std::int64_t group, std::int64_t first, float* weights) {
  const FloatTag d;
  const Windows& w = job.windows;
  const WeightStrides& s = job.weight_strides;
  const std::int64_t kernel = w.kernel.h * w.kernel.w;
  const std::int64_t last = std::min(first + kCopiedFilters, w.filters);
  weights += group * w.filters * w.taps();
  const bool filter_by_filter = std::abs(s.channel) < std::abs(s.filter);
  const std::int64_t step = filter_by_filter ? w.channels : kCopiedChannels;
  for (std::int64_t c = 0; c < w.channels; c += step) {
    const std::int64_t end = std::min(c + step, w.channels);
    if (kernel == 1 && s.filter == 1 && kPanelLanes > 1 && last - first == kCopiedFilters &&
        end - c == kCopiedChannels) {
      for (std::int64_t k = first; k < last; k += kPanelLanes) {
        for (std::int64_t x = c; x < end; x += kPanelLanes) {
          transpose_square(d, job.weight_at(group, k, x), s.channel, weights + k * w.taps() + x,
                           w.taps());
        }
      }
      continue;
    }
    for (std::int64_t k = first; k < last; ++k) {
      copy_kernels(w.kernel, job.weight_at(group, k, c), s, end - c,
                   weights + k * w.taps() + c * kernel);
    }
  }
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // CONVSCOPE_PANEL_WRITE_INL_H_
