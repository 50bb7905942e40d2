// Output rows of windows over planes: input rows are prepared once (WindowRow) and kept while
// windows read them; a row of windows is folded tap by tap, a vector of neighbours at a time.
#if defined(CONVSCOPE_WINDOW_ROWS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_WINDOW_ROWS_INL_H_
#undef CONVSCOPE_WINDOW_ROWS_INL_H_
#else
#define CONVSCOPE_WINDOW_ROWS_INL_H_
#endif

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/conv/ceil_div.h"
#include "core/conv/map_rows.h"
#include "core/conv/rungs/pool/plane_windows.h"
#include "core/conv/rungs/scratch.h"
#include "core/conv/rungs/tasks.h"
#include "hwy/cache_control.h"
#include "hwy/highway.h"
// Must come after Highway.
#include "core/conv/rungs/pool/stream-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

using RowTag = hn::ScalableTag<float>;
using RowVector = hn::Vec<RowTag>;
constexpr auto kRowLanes = static_cast<std::int64_t>(hn::MaxLanes(RowTag()));

// Writes phase `phase` of an input row from cell m = begin on; `Fold` says what becomes of a cell.
// Returns whether one of them is NaN, if `Fold` minds.
template <class Fold>
bool prepare_cells(const WindowRow& plan, const float* from, std::int64_t phase, std::int64_t begin,
                   std::int64_t end, typename Fold::Value* to) {
  bool odd = false;
  const float* cells = from + plan.first + phase;
  for (std::int64_t m = begin; m < end; ++m) {
    const float cell = cells[m * plan.stride];
    odd |= cell != cell;
    to[m] = cell;
  }
  return odd;
}

// A row of `size` cells.
template <class Fold>
bool prepare_row(const WindowRow& plan, const float* row, std::int64_t size,
                 typename Fold::Value* to) {
  const auto inner = [&](std::int64_t phase) {
    return inside({0, plan.count}, plan.stride, plan.first + phase, size);
  };
  for (std::size_t p = 0; p < plan.phases.size(); ++p) {
    const Columns real = inner(plan.phases[p]);
    typename Fold::Value* cells = to + static_cast<std::int64_t>(p) * plan.pitch;
    std::fill(cells, cells + real.begin, Fold::kPadding);
    std::fill(cells + real.end, cells + plan.pitch, Fold::kPadding);
  }
  bool odd = false;
  Columns done = {0, 0};  // of every phase
  if (plan.stride == 1) {
    done = inner(0);
    const float* from = row + plan.first;
    odd |= Fold::copy(from, done, to);
  } else if (plan.stride == 2 && plan.phases.size() == 2) {
    const Columns even = inner(0);
    const Columns uneven = inner(1);
    done = {std::max(even.begin, uneven.begin), std::min(even.end, uneven.end)};
    odd |= Fold::split(row + plan.first, done, to + (plan.phases[0] == 0 ? 0 : plan.pitch),
                       to + (plan.phases[0] == 0 ? plan.pitch : 0));
  }
  for (std::size_t p = 0; p < plan.phases.size(); ++p) {
    const std::int64_t phase = plan.phases[p];
    const Columns real = inner(phase);
    typename Fold::Value* cells = to + static_cast<std::int64_t>(p) * plan.pitch;
    const std::int64_t begin = std::clamp(done.begin, real.begin, real.end);
    const std::int64_t end = std::clamp(done.end, begin, real.end);
    odd |= prepare_cells<Fold>(plan, row, phase, real.begin, begin, cells);
    odd |= prepare_cells<Fold>(plan, row, phase, end, real.end, cells);
  }
  return odd;
}

// Folds `count` windows from `x` on; sums has room for a whole last vector. kTaps: of a row, or 0
// for any number.
template <class Fold, bool kOdd, int kTaps>
HWY_INLINE void fold_windows(const WindowRow& plan, const typename Fold::Value* const* rows,
                             std::int64_t row_count, std::int64_t x, std::int64_t count,
                             typename Fold::Value* HWY_RESTRICT sums) {
  using D = typename Fold::Tag;
  const D d;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  const std::int64_t taps = kTaps > 0 ? kTaps : static_cast<std::int64_t>(plan.offsets.size());
  const std::int64_t* offsets = plan.offsets.data();
  std::int64_t at = 0;
  for (; at + 4 * lanes <= count; at += 4 * lanes) {
    auto a = hn::Set(d, Fold::kFirst);
    auto b = a;
    auto c = a;
    auto e = a;
    for (std::int64_t i = 0; i < row_count; ++i) {
      const typename Fold::Value* row = rows[i] + x + at;
      for (std::int64_t j = 0; j < taps; ++j) {
        const typename Fold::Value* cells = row + offsets[j];
        a = Fold::template fold<kOdd>(hn::LoadU(d, cells), a);
        b = Fold::template fold<kOdd>(hn::LoadU(d, cells + lanes), b);
        c = Fold::template fold<kOdd>(hn::LoadU(d, cells + 2 * lanes), c);
        e = Fold::template fold<kOdd>(hn::LoadU(d, cells + 3 * lanes), e);
      }
    }
    hn::StoreU(a, d, sums + at);
    hn::StoreU(b, d, sums + at + lanes);
    hn::StoreU(c, d, sums + at + 2 * lanes);
    hn::StoreU(e, d, sums + at + 3 * lanes);
  }
  for (; at < count; at += lanes) {
    auto a = hn::Set(d, Fold::kFirst);
    for (std::int64_t i = 0; i < row_count; ++i) {
      const typename Fold::Value* row = rows[i] + x + at;
      for (std::int64_t j = 0; j < taps; ++j) {
        a = Fold::template fold<kOdd>(hn::LoadU(d, row + offsets[j]), a);
      }
    }
    hn::StoreU(a, d, sums + at);
  }
}

template <class Fold, bool kOdd>
void fold_block(const WindowRow& plan, const typename Fold::Value* const* rows,
                std::int64_t row_count, std::int64_t x, std::int64_t count,
                typename Fold::Value* sums) {
  if (plan.offsets.size() == 2) {
    fold_windows<Fold, kOdd, 2>(plan, rows, row_count, x, count, sums);
  } else if (plan.offsets.size() == 3) {
    fold_windows<Fold, kOdd, 3>(plan, rows, row_count, x, count, sums);
  } else {
    fold_windows<Fold, kOdd, 0>(plan, rows, row_count, x, count, sums);
  }
}

// Folds `count` windows inside the input, whose first one starts at `rows`; a multiple of the
// lanes. The last `fresh` rows are fetched early. Returns whether a cell may be NaN, if
// Fold minds: the block is then folded again.
template <class Fold, bool kOdd, int kStride, int kTaps>
bool fold_inside(const WindowAxis& axis, const float* const* rows, std::int64_t row_count,
                 std::int64_t fresh, std::int64_t count, typename Fold::Value* HWY_RESTRICT sums) {
  const typename Fold::Tag d;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  const std::int64_t taps = kTaps > 0 ? kTaps : axis.kernel;
  const std::int64_t step = kTaps > 0 ? 1 : axis.dilation;
  auto check = hn::Zero(d);
  for (std::int64_t x = 0; x < count; x += lanes) {
    auto sum = hn::Set(d, Fold::kFirst);
    for (std::int64_t i = 0; i < row_count; ++i) {
      const float* cells = rows[i] + x * kStride;
      if (i >= row_count - fresh) {
        hwy::Prefetch(cells + kReadAhead);
        if constexpr (kStride > 1) {
          hwy::Prefetch(cells + kReadAhead + lanes);
        }
      }
      if constexpr (kStride == 1) {
        for (std::int64_t j = 0; j < taps; ++j) {
          const auto value = Fold::load(cells + j * step);
          // The first and the last tap see all cells of a block.
          if (kTaps == 0 || j == 0 || j + 1 == taps) {
            check = Fold::checked(value, check);
          }
          sum = Fold::template fold<kOdd>(value, sum);
        }
      } else {
        for (std::int64_t j = 0; j < taps; j += 2) {
          typename Fold::Vector even;
          typename Fold::Vector uneven;
          Fold::load_pairs(cells + j, even, uneven);
          check = Fold::checked(even, check);
          sum = Fold::template fold<kOdd>(even, sum);
          if (j + 1 < taps) {
            check = Fold::checked(uneven, check);
            sum = Fold::template fold<kOdd>(uneven, sum);
          }
        }
      }
    }
    hn::StoreU(sum, d, sums + x);
  }
  return Fold::is_odd(check);
}

template <class Fold, bool kOdd, int kStride>
bool fold_inside_taps(const WindowAxis& axis, const float* const* rows, std::int64_t row_count,
                      std::int64_t fresh, std::int64_t count, typename Fold::Value* sums) {
  if (axis.dilation == 1 && axis.kernel == 2) {
    return fold_inside<Fold, kOdd, kStride, 2>(axis, rows, row_count, fresh, count, sums);
  }
  if (axis.dilation == 1 && axis.kernel == 3) {
    return fold_inside<Fold, kOdd, kStride, 3>(axis, rows, row_count, fresh, count, sums);
  }
  return fold_inside<Fold, kOdd, kStride, 0>(axis, rows, row_count, fresh, count, sums);
}

template <class Fold, bool kOdd>
bool fold_inside_block(const WindowAxis& axis, const float* const* rows, std::int64_t row_count,
                       std::int64_t fresh, std::int64_t count, typename Fold::Value* sums) {
  return axis.stride == 1
             ? fold_inside_taps<Fold, kOdd, 1>(axis, rows, row_count, fresh, count, sums)
             : fold_inside_taps<Fold, kOdd, 2>(axis, rows, row_count, fresh, count, sums);
}

// The inner windows of rows [begin, end) of the area, of one plane.
template <class Fold, class Finish>
void fold_inner_band(const PlaneWindows& job, const InnerWindows& inner, std::int64_t plane,
                     std::int64_t begin, std::int64_t end, const Finish& finish, bool stream,
                     std::vector<const float*>& rows, typename Fold::Value* sums) {
  const WindowAxis& axis = job.axes.rows;
  const WindowAxis& columns = job.axes.columns;
  const float* input = job.input + plane * axis.size * columns.size;
  float* output = job.output + plane * job.output_plane();
  for (std::int64_t y = begin; y < end; ++y) {
    for (std::int64_t x = inner.begin; x < inner.begin + inner.count; x += kRowBlock) {
      const std::int64_t count = std::min(kRowBlock, inner.begin + inner.count - x);
      rows.clear();
      for (std::int64_t i = 0; i < axis.kernel; ++i) {
        const std::int64_t cell = axis.cell(job.area.y + y, i);
        if (cell >= 0 && cell < axis.size) {
          rows.push_back(input + cell * columns.size + columns.start(job.area.x + x));
        }
      }
      const auto row_count = static_cast<std::int64_t>(rows.size());
      const std::int64_t fresh = axis.kernel > axis.stride ? std::min(axis.stride, row_count) : 0;
      if (fold_inside_block<Fold, false>(columns, rows.data(), row_count, fresh, count, sums)) {
        fold_inside_block<Fold, true>(columns, rows.data(), row_count, fresh, count, sums);
      }
      finish.write(sums, y, x, count, output + y * job.pitch + x, stream);
    }
  }
}

// A thread's prepared rows.
template <class Fold>
struct RowMemory {
  using Value = typename Fold::Value;

  explicit RowMemory(const WindowRow& plan)
      : slot(round_up(plan.values(), std::int64_t{16})),
        floats((plan.ring * slot + kRowBlock + 2 * kRowLanes) *
               static_cast<std::int64_t>(sizeof(Value) / sizeof(float))),
        sums(reinterpret_cast<Value*>(floats.data())),
        values(sums + kRowBlock + 2 * kRowLanes),
        cells(static_cast<std::size_t>(plan.ring), -1),
        odd(static_cast<std::size_t>(plan.ring), 0) {}

  std::int64_t slot;
  Scratch floats;
  Value* sums;
  Value* values;
  std::vector<std::int64_t> cells;  // which row of the input is in each slot; -1: none
  std::vector<char> odd;            // whether that has a NaN
  std::vector<const Value*> rows;   // of the current windows
};

// Rows [begin, end) of the area, of one plane. `finish` is a Fold::Finish: it writes a block.
template <class Fold, class Finish>
void fold_band(const PlaneWindows& job, const WindowRow& plan, std::int64_t plane,
               std::int64_t begin, std::int64_t end, const Finish& finish, bool stream,
               RowMemory<Fold>& memory) {
  const WindowAxis& axis = job.axes.rows;
  const std::int64_t width = job.axes.columns.size;
  const float* input = job.input + plane * axis.size * width;
  float* output = job.output + plane * job.output_plane();
  std::fill(memory.cells.begin(), memory.cells.end(), -1);
  for (std::int64_t y = begin; y < end; ++y) {
    memory.rows.clear();
    bool odd = false;
    for (std::int64_t i = 0; i < axis.kernel; ++i) {
      const std::int64_t cell = axis.cell(job.area.y + y, i);
      if (cell < 0 || cell >= axis.size) {
        continue;
      }
      const auto slot = static_cast<std::size_t>(cell % plan.ring);
      typename Fold::Value* row = memory.values + static_cast<std::int64_t>(slot) * memory.slot;
      if (memory.cells[slot] != cell) {
        memory.odd[slot] = prepare_row<Fold>(plan, input + cell * width, width, row) ? 1 : 0;
        memory.cells[slot] = cell;
      }
      odd |= memory.odd[slot] != 0;
      memory.rows.push_back(row);
    }
    const auto rows = static_cast<std::int64_t>(memory.rows.size());
    for (std::int64_t x = 0; x < job.area.w; x += kRowBlock) {
      const std::int64_t count = std::min(kRowBlock, job.area.w - x);
      if (odd) {
        fold_block<Fold, true>(plan, memory.rows.data(), rows, x, count, memory.sums);
      } else {
        fold_block<Fold, false>(plan, memory.rows.data(), rows, x, count, memory.sums);
      }
      finish.write(memory.sums, y, x, count, output + y * job.pitch + x, stream);
    }
  }
}

// Some columns of a job.
inline PlaneWindows columns_of(const PlaneWindows& job, std::int64_t begin, std::int64_t count) {
  PlaneWindows part = job;
  part.area.x += begin;
  part.area.w = count;
  part.output += begin;
  return part;
}

// Columns that are computed from prepared rows: those beside the inner ones, or all.
template <class Fold>
struct PreparedColumns {
  PreparedColumns(const PlaneWindows& job, std::int64_t begin, std::int64_t count)
      : first(begin), part(columns_of(job, begin, count)), plan(part) {}

  std::int64_t first;
  PlaneWindows part;
  WindowRow plan;
};

// What divides the columns of a job.
template <class Fold>
struct PlaneColumns {
  explicit PlaneColumns(const PlaneWindows& job)
      : inner(inner_windows(job, static_cast<std::int64_t>(hn::Lanes(typename Fold::Tag())))) {
    const std::int64_t right = inner.begin + inner.count;
    if (inner.begin > 0) {
      prepared.emplace_back(job, 0, inner.begin);
    }
    if (right < job.area.w) {
      prepared.emplace_back(job, right, job.area.w - right);
    }
  }

  InnerWindows inner;
  std::vector<PreparedColumns<Fold>> prepared;
};

// All planes, in tasks of about 20 microseconds.
template <class Fold, class Finish>
void fold_planes(const PlaneWindows& job, const Finish& finish, const RunOptions& run) {
  constexpr std::int64_t kTaskCells = std::int64_t{1} << 17;
  const PlaneColumns<Fold> columns(job);
  const std::int64_t row_cells = job.area.w * job.axes.rows.kernel * job.axes.columns.kernel;
  const std::int64_t band = std::clamp<std::int64_t>(
      kTaskCells / row_cells, std::min<std::int64_t>(job.area.h, 8), job.area.h);
  const std::int64_t bands = ceil_div(job.area.h, band);
  const std::int64_t group =
      bands > 1 ? 1
                : std::clamp<std::int64_t>(kTaskCells / (row_cells * job.area.h), 1, job.planes);
  const std::int64_t groups = ceil_div(job.planes, group);
  const std::int64_t work = job.planes * job.area.h * row_cells;
  const std::int64_t threads = std::min(threads_for(run, work), groups * bands);
  const bool stream = outgrows_caches(job.planes * job.area.count());
  struct ThreadMemory {
    Scratch sums;
    std::vector<const float*> rows;
    std::vector<RowMemory<Fold>> prepared;
  };
  std::vector<ThreadMemory> memory(static_cast<std::size_t>(threads));
  for (ThreadMemory& own : memory) {
    own.sums = Scratch(kRowBlock * static_cast<std::int64_t>(sizeof(typename Fold::Value)) /
                       static_cast<std::int64_t>(sizeof(float)));
    for (const PreparedColumns<Fold>& part : columns.prepared) {
      own.prepared.emplace_back(part.plan);
    }
  }
  run_tasks(run, groups * bands, threads, [&](std::int64_t index, std::int64_t worker) {
    ThreadMemory& own = memory[static_cast<std::size_t>(worker)];
    const std::int64_t begin = index % bands * band;
    const std::int64_t end = std::min(begin + band, job.area.h);
    const std::int64_t first = index / bands * group;
    for (std::int64_t plane = first; plane < std::min(first + group, job.planes); ++plane) {
      if (columns.inner.count > 0) {
        fold_inner_band<Fold>(job, columns.inner, plane, begin, end, finish, stream, own.rows,
                              reinterpret_cast<typename Fold::Value*>(own.sums.data()));
      }
      for (std::size_t i = 0; i < columns.prepared.size(); ++i) {
        const PreparedColumns<Fold>& part = columns.prepared[i];
        fold_band<Fold>(part.part, part.plan, plane, begin, end, finish.from(part.first), false,
                        own.prepared[i]);
      }
    }
    if (stream) {
      hwy::FlushStream();
    }
  });
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
