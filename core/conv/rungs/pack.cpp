#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/pack.cpp"  // this file
#include "hwy/foreach_target.h"
// must come after foreach_target.h
#include <algorithm>
#include <vector>

#include "core/conv/padding.h"
#include "core/conv/rungs/band.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::HWY_NAMESPACE {

namespace {

namespace hn = hwy::HWY_NAMESPACE;

std::int64_t ceil_div(std::int64_t a, std::int64_t b) { return a / b + (a % b > 0 ? 1 : 0); }

// Rows are short: a call of memcpy would take longer than the copy.
HWY_INLINE void copy_row(const float* HWY_RESTRICT row, std::int64_t count,
                         float* HWY_RESTRICT cells) {
  const hn::ScalableTag<float> d;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  std::int64_t x = 0;
  for (; x + lanes <= count; x += lanes) {
    hn::StoreU(hn::LoadU(d, row + x), d, cells + x);
  }
  if (x < count && count >= lanes) {
    hn::StoreU(hn::LoadU(d, row + count - lanes), d, cells + count - lanes);
  } else {
    for (; x < count; ++x) {
      cells[x] = row[x];
    }
  }
}

// Every step-th cell.
HWY_INLINE void copy_strided(const float* HWY_RESTRICT row, std::int64_t count, std::int64_t step,
                             float* HWY_RESTRICT cells) {
  const hn::ScalableTag<float> d;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  std::int64_t x = 0;
  // The cell behind the last one is read too, so that has to be there.
  for (; step == 2 && x + lanes < count; x += lanes) {
    hn::Vec<decltype(d)> even;
    hn::Vec<decltype(d)> odd;
    hn::LoadInterleaved2(d, row + 2 * x, even, odd);
    hn::StoreU(even, d, cells + x);
  }
  for (; x < count; ++x) {
    cells[x] = row[x * step];
  }
}

// `count` cells of an input row (null: zeros) from `start` on, `step` apart, the padding included.
HWY_INLINE void copy_cells(const float* row, std::int64_t size, std::int64_t start,
                           std::int64_t step, PaddingMode mode, std::int64_t count, float* cells) {
  if (row == nullptr) {
    std::fill_n(cells, count, 0.0F);
    return;
  }
  const std::int64_t first = std::clamp<std::int64_t>(ceil_div(-start, step), 0, count);
  const std::int64_t last = std::clamp<std::int64_t>(ceil_div(size - start, step), first, count);
  const auto copy_border = [&](std::int64_t begin, std::int64_t end) {
    if (mode == PaddingMode::kZeros) {
      std::fill(cells + begin, cells + end, 0.0F);
      return;
    }
    for (std::int64_t n = begin; n < end; ++n) {
      const auto source = source_index(start + n * step, size, mode);
      cells[n] = source ? row[*source] : 0.0F;
    }
  };
  copy_border(0, first);
  if (step == 1) {
    copy_row(row + start + first, last - first, cells + first);
  } else {
    copy_strided(row + start + first * step, last - first, step, cells + first);
  }
  copy_border(last, count);
}

}  // namespace

void pack_band(const BandLayout& layout, const Correlation& part, const Block& block,
               std::int64_t n, std::int64_t group, float* band) {
  const Windows& w = part.windows;
  const PhaseAxis& rows = layout.rows;
  const PhaseAxis& columns = layout.columns;
  const std::int64_t count = block.rows + rows.reach;
  const std::int64_t width = block.columns + columns.reach;
  // Which row of the input lies where is the same for all channels.
  std::vector<std::int64_t> sources;  // -1: zeros
  for (const std::int64_t phase : rows.phases) {
    for (std::int64_t m = 0; m < count; ++m) {
      sources.push_back(
          source_index((block.y + m) * rows.stride + phase + rows.shift, w.input.h, w.mode)
              .value_or(-1));
    }
  }
  float* cells = band;
  for (std::int64_t c = 0; c < w.channels; ++c) {
    const float* plane =
        part.input + ((n * w.groups + group) * w.channels + c) * w.input.h * w.input.w;
    for (std::size_t row_phase = 0; row_phase < rows.phases.size(); ++row_phase) {
      const std::int64_t* source = sources.data() + static_cast<std::int64_t>(row_phase) * count;
      for (const std::int64_t column_phase : columns.phases) {
        const std::int64_t start = block.x * columns.stride + column_phase + columns.shift;
        for (std::int64_t m = 0; m < count; ++m) {
          copy_cells(source[m] >= 0 ? plane + source[m] * w.input.w : nullptr, w.input.w, start,
                     columns.stride, w.mode, m + 1 < count ? layout.pitch : width,
                     cells + m * layout.pitch);
        }
        cells += layout.plane;
      }
    }
  }
  std::fill(cells, band + layout.size, 0.0F);
}

}  // namespace convscope::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope {

namespace {
HWY_EXPORT(pack_band);
}  // namespace

void pack_band(const BandLayout& layout, const Correlation& part, const Block& block,
               std::int64_t n, std::int64_t group, float* band) {
  HWY_DYNAMIC_DISPATCH(pack_band)(layout, part, block, n, group, band);
}

}  // namespace convscope
#endif  // HWY_ONCE
