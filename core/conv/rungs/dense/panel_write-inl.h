// Copies of the operands for panel_gemm.cpp: cells to panels, weights to the order of the taps.
#if defined(CONVSCOPE_PANEL_WRITE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_PANEL_WRITE_INL_H_
#undef CONVSCOPE_PANEL_WRITE_INL_H_
#else
#define CONVSCOPE_PANEL_WRITE_INL_H_
#endif

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "core/conv/rungs/dense/panel_plan-inl.h"
#include "core/conv/rungs/transpose-inl.h"
#include "hwy/cache_control.h"
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

// The same for any tile. Vectors may write past a run: what follows there is written later.
void write_panel(const PanelTile& tile, const float* cells, std::int64_t channel,
                 std::int64_t channels, const std::vector<Tap>& taps, float* panel) {
  const FloatTag d;
  const std::int64_t width = tile.vectors * kPanelLanes;
  if (tile.runs.front().count == width) {
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
  for (std::int64_t c = 0; c < channels; ++c) {
    for (const Tap& tap : taps) {
      for (const PanelRun& run : tile.runs) {
        const float* from = cells + tap.input + run.cell;
        float* to = panel + run.lane;
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

// The same from the input itself, for whole tiles of V vectors whose panels follow each other. The
// channels are too far apart for the hardware's prefetching.
template <int V>
void write_flat_panels(std::int64_t tiles, const float* cells, std::int64_t channel,
                       std::int64_t channels, float* panels) {
  const FloatTag d;
  constexpr std::int64_t kWidth = V * kPanelLanes;
  constexpr std::int64_t kChannelsAhead = 8;
  for (std::int64_t c = 0; c < channels; ++c) {
    const float* from = cells;
    const float* ahead = cells + std::min(kChannelsAhead, channels - 1 - c) * channel;
    float* to = panels + c * kWidth;
    for (std::int64_t t = 0; t < tiles; ++t) {
      hwy::Prefetch(ahead);
      hwy::Prefetch(ahead + kWidth - 1);
      HWY_UNROLL(4)
      for (std::int64_t v = 0; v < V; ++v) {
        hn::StoreU(hn::LoadU(d, from + v * kPanelLanes), d, to + v * kPanelLanes);
      }
      from += kWidth;
      ahead += kWidth;
      to += kWidth * channels;
    }
    cells += channel;
  }
}

// The incomplete tile at the end.
void write_flat_rest(const PanelTile& tile, const float* cells, std::int64_t channel,
                     std::int64_t channels, float* panel) {
  const std::int64_t width = tile.vectors * kPanelLanes;
  for (std::int64_t c = 0; c < channels; ++c) {
    std::copy_n(cells, tile.count, panel);
    std::fill(panel + tile.count, panel + width, 0.0F);
    panel += width;
    cells += channel;
  }
}

// `panel`: the size of one.
void write_flat(std::span<const PanelTile> tiles, const float* cells, std::int64_t channel,
                std::int64_t channels, float* panels, std::int64_t panel) {
  const PanelTile& last = tiles.back();
  const bool whole = last.count == last.vectors * kPanelLanes;
  const std::int64_t count = static_cast<std::int64_t>(tiles.size()) - (whole ? 0 : 1);
  const float* first = cells + tiles.front().first;
  switch (last.vectors) {
    case 1:
      write_flat_panels<1>(count, first, channel, channels, panels);
      break;
    case 2:
      write_flat_panels<2>(count, first, channel, channels, panels);
      break;
    case 3:
      write_flat_panels<3>(count, first, channel, channels, panels);
      break;
    default:
      write_flat_panels<4>(count, first, channel, channels, panels);
  }
  if (!whole) {
    write_flat_rest(last, cells + last.first, channel, channels, panels + count * panel);
  }
}

// Filters and channels whose weights are copied at once: neighbours in both orders share lines of
// the cache.
constexpr std::int64_t kCopiedFilters = 16;
constexpr std::int64_t kCopiedChannels = 32;

// Copies the weights of a block of filters to (G, K, C, kh, kw).
void write_weights(const Correlation& job, std::int64_t group, std::int64_t first, float* weights) {
  const FloatTag d;
  const Windows& w = job.windows;
  const WeightStrides& s = job.weight_strides;
  const std::int64_t kernel = w.kernel.h * w.kernel.w;
  const std::int64_t last = std::min(first + kCopiedFilters, w.filters);
  weights += group * w.filters * w.taps();
  for (std::int64_t c = 0; c < w.channels; c += kCopiedChannels) {
    const std::int64_t end = std::min(c + kCopiedChannels, w.channels);
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
    for (std::int64_t x = c; x < end; ++x) {
      for (std::int64_t k = first; k < last; ++k) {
        const float* from = job.weight_at(group, k, x);
        float* to = weights + k * w.taps() + x * kernel;
        for (std::int64_t i = 0; i < w.kernel.h; ++i) {
          for (std::int64_t j = 0; j < w.kernel.w; ++j) {
            *to++ = from[i * s.row + j * s.column];
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // CONVSCOPE_PANEL_WRITE_INL_H_
