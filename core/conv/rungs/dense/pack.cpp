#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/dense/pack.cpp"  // this file
#include "hwy/foreach_target.h"
// must come after foreach_target.h
#include <algorithm>
#include <utility>
#include <vector>

#include "core/conv/ceil_div.h"
#include "core/conv/padding.h"
#include "core/conv/rungs/dense/band.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {

namespace {

namespace hn = hwy::HWY_NAMESPACE;

// Rows are short: a call of memcpy would take longer than the copy itself.
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

// Copies every step-th cell.
HWY_INLINE void copy_strided(const float* HWY_RESTRICT row, std::int64_t count, std::int64_t step,
                             float* HWY_RESTRICT cells) {
  const hn::ScalableTag<float> d;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  std::int64_t x = 0;
#if HWY_TARGET <= HWY_AVX3
  for (; step == 2 && x < count; x += lanes) {
    const auto rest = static_cast<std::size_t>(count - x);
    const auto size = static_cast<std::size_t>(lanes);
    // Of the two vectors, up to the last cell that is copied.
    const auto first = hn::FirstN(d, std::min(size, 2 * rest - 1));
    const auto second =
        hn::FirstN(d, 2 * rest - 1 > size ? std::min(size, 2 * rest - 1 - size) : 0);
    const auto even = hn::ConcatEven(d, hn::MaskedLoad(second, d, row + 2 * x + lanes),
                                     hn::MaskedLoad(first, d, row + 2 * x));
    hn::BlendedStore(even, hn::FirstN(d, std::min(size, rest)), d, cells + x);
  }
#else
  // The cell after the last one is read too, so it has to exist.
  for (; step == 2 && x + lanes < count; x += lanes) {
    hn::Vec<decltype(d)> even;
    hn::Vec<decltype(d)> odd;
    hn::LoadInterleaved2(d, row + 2 * x, even, odd);
    hn::StoreU(even, d, cells + x);
  }
#endif
  for (; x < count; ++x) {
    cells[x] = row[x * step];
  }
}

// The cells of every row of one phase: `count` cells from `start` of the input on, `step` apart;
// those in [first, last) lie inside the input.
struct Cells {
  std::int64_t start = 0;
  std::int64_t step = 1;
  std::int64_t count = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
};

Cells cells_of(std::int64_t start, std::int64_t step, std::int64_t size, std::int64_t count) {
  const std::int64_t first = std::clamp<std::int64_t>(ceil_div(-start, step), 0, count);
  const std::int64_t last = std::clamp<std::int64_t>(ceil_div(size - start, step), first, count);
  return {start, step, count, first, last};
}

// Copies from a row of `size` cells with its padding; null is a row of zeros.
HWY_INLINE void copy_cells(const float* row, const Cells& from, std::int64_t size, PaddingMode mode,
                           float* cells) {
  const auto copy_border = [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t n = begin; n < end; ++n) {
      const auto source = source_index(from.start + n * from.step, size, mode);
      cells[n] = source ? row[*source] : 0.0F;
    }
  };
  if (row == nullptr) {
    std::fill_n(cells, from.count, 0.0F);
    return;
  }
  const float* inside = row + from.start + from.first * from.step;
  if (mode == PaddingMode::kZeros) {
    for (std::int64_t n = 0; n < from.first; ++n) {
      cells[n] = 0.0F;
    }
    for (std::int64_t n = from.last; n < from.count; ++n) {
      cells[n] = 0.0F;
    }
  } else {
    copy_border(0, from.first);
    copy_border(from.last, from.count);
  }
  if (from.step == 1) {
    copy_row(inside, from.last - from.first, cells + from.first);
  } else {
    copy_strided(inside, from.last - from.first, from.step, cells + from.first);
  }
}

}  // namespace

void pack_band(const BandLayout& layout, const Correlation& part, const Block& block,
               std::int64_t n, std::int64_t group, float* band) {
  const Windows& w = part.windows;
  const PhaseAxis& rows = layout.rows;
  const PhaseAxis& columns = layout.columns;
  const std::int64_t count = block.rows + rows.reach;
  const std::int64_t width = block.columns + columns.reach;
  // The source row of each packed row, the same for all channels.
  std::vector<std::int64_t> sources;  // -1: zeros
  sources.reserve(rows.phases.size() * static_cast<std::size_t>(count));
  for (const std::int64_t phase : rows.phases) {
    for (std::int64_t m = 0; m < count; ++m) {
      sources.push_back(
          source_or_zero((block.y + m) * rows.stride + phase + rows.shift, w.input.h, w.mode));
    }
  }
  // Only the last row ends with its own zeros; the others share them with the following row.
  std::vector<std::pair<Cells, Cells>> spans;
  for (const std::int64_t phase : columns.phases) {
    const std::int64_t start = block.x * columns.stride + phase + columns.shift;
    spans.emplace_back(cells_of(start, columns.stride, w.input.w, layout.pitch),
                       cells_of(start, columns.stride, w.input.w, width));
  }
  float* cells = band;
  for (std::int64_t c = 0; c < w.channels; ++c) {
    const float* plane =
        part.input + ((n * w.groups + group) * w.channels + c) * w.input.h * w.input.w;
    for (std::size_t row_phase = 0; row_phase < rows.phases.size(); ++row_phase) {
      const std::int64_t* source = sources.data() + static_cast<std::int64_t>(row_phase) * count;
      for (const auto& [shared, last] : spans) {
        for (std::int64_t m = 0; m < count; ++m) {
          copy_cells(source[m] >= 0 ? plane + source[m] * w.input.w : nullptr,
                     m + 1 < count ? shared : last, w.input.w, w.mode, cells + m * layout.pitch);
        }
        cells += layout.plane;
      }
    }
  }
  std::fill(cells, band + layout.size, 0.0F);
}

}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::conv::rungs {

namespace {
HWY_EXPORT(pack_band);
}  // namespace

void pack_band(const BandLayout& layout, const Correlation& part, const Block& block,
               std::int64_t n, std::int64_t group, float* band) {
  HWY_DYNAMIC_DISPATCH(pack_band)(layout, part, block, n, group, band);
}

}  // namespace convscope::conv::rungs
#endif  // HWY_ONCE
