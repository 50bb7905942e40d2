// Packs maps into rows of vectors of cells.
#if defined(CONVSCOPE_WINOGRAD_PACK_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_WINOGRAD_PACK_INL_H_
#undef CONVSCOPE_WINOGRAD_PACK_INL_H_
#else
#define CONVSCOPE_WINOGRAD_PACK_INL_H_
#endif

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/conv/ceil_div.h"
#include "core/conv/padding.h"
#include "core/conv/rungs/transpose-inl.h"
#include "core/conv/rungs/winograd/winograd_transforms-inl.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// Maps stored one after another, extended by `mode`, and what the lanes of a vector hold: the cells
// at one place of up to kLanes maps; or, with phases, of a few maps, including the cells up to
// phases.h - 1 rows below and phases.w - 1 columns to the right. Lane l holds map (first + l) %
// count and its phase (first + l) / count.
struct Maps {
  const float* data = nullptr;
  std::int64_t count = 0;
  Size2 size;
  PaddingMode mode = PaddingMode::kZeros;
  Size2 phases = {1, 1};
  std::int64_t first = 0;

  std::int64_t pitch() const { return size.h * size.w; }
  std::int64_t lanes() const { return std::min(kLanes, count * phases.h * phases.w - first); }
};

// Cells begin, begin + step, ... of an axis; those from `end` on are zero.
struct Line {
  std::int64_t begin = 0;
  std::int64_t step = 1;
  std::int64_t end = 0;

  Line from(std::int64_t offset) const { return {begin + offset, step, end}; }
  // How many of the first `count` come before a cell.
  std::int64_t before(std::int64_t cell, std::int64_t count) const {
    return std::clamp<std::int64_t>(ceil_div(cell - begin, step), 0, count);
  }
  // Of the first `count`, those in [inside.first, inside.second) lie on the axis, of `size` cells.
  std::pair<std::int64_t, std::int64_t> inside(std::int64_t size, std::int64_t count) const {
    const std::int64_t first = before(0, before(end, count));
    return {first, std::max(first, before(std::min(end, size), count))};
  }
};

// Copies row[0], row[step], ..., `count` of them, to one lane of vectors. Four at a time: the speed
// of a simple loop varies with its alignment in the code.
inline void pack_inside(const float* row, std::int64_t step, std::int64_t count, float* to) {
  std::int64_t at = 0;
  for (; at + 4 <= count; at += 4) {
    for (std::int64_t i = at; i < at + 4; ++i) {
      to[i * kLanes] = row[i * step];
    }
  }
  for (; at < count; ++at) {
    to[at * kLanes] = row[at * step];
  }
}

// Copies cells of `row`, `width` long, to one lane of `count` vectors that are zero.
inline void pack_lane(const float* row, std::int64_t width, PaddingMode mode, const Line& columns,
                      std::int64_t count, float* to) {
  const auto [begin, end] = columns.inside(width, count);
  if (begin < end) {
    pack_inside(row + columns.begin + begin * columns.step, columns.step, end - begin,
                to + begin * kLanes);
  }
  if (mode == PaddingMode::kZeros) {
    return;
  }
  const auto pack_border = [&](std::int64_t first, std::int64_t last) {
    for (std::int64_t at = first; at < last; ++at) {
      to[at * kLanes] = row[source_index(columns.begin + at * columns.step, width, mode).value()];
    }
  };
  pack_border(0, begin);
  pack_border(end, columns.before(columns.end, count));
}

// `count` vectors of the row rows.begin (and those below, for other phases), lane by lane.
inline void pack_lanes(const Maps& maps, const Line& rows, const Line& columns, std::int64_t count,
                       float* to) {
  std::fill_n(to, count * kLanes, 0.0F);
  for (std::int64_t lane = 0; lane < maps.lanes(); ++lane) {
    const std::int64_t phase = (maps.first + lane) / maps.count;
    const std::int64_t map = (maps.first + lane) % maps.count;
    const std::int64_t y = rows.begin + phase / maps.phases.w;
    const auto source = source_index(y, maps.size.h, maps.mode);
    if (y < rows.end && source) {
      pack_lane(maps.data + map * maps.pitch() + *source * maps.size.w, maps.size.w, maps.mode,
                columns.from(phase % maps.phases.w), count, to + lane);
    }
  }
}

// The same for kLanes maps and adjacent columns: the columns inside the input, [begin, end), are
// transposed in squares.
inline void pack_squares(const Maps& maps, std::int64_t source_y, const Line& columns,
                         std::int64_t begin, std::int64_t end, std::int64_t count, float* to) {
  const float* row = maps.data + source_y * maps.size.w;
  const auto pack_border = [&](std::int64_t first, std::int64_t last) {
    for (std::int64_t at = first; at < last; ++at) {
      const std::int64_t x = columns.begin + at;
      const auto source = x < columns.end ? source_index(x, maps.size.w, maps.mode) : std::nullopt;
      for (std::int64_t lane = 0; lane < kLanes; ++lane) {
        to[at * kLanes + lane] = source ? row[lane * maps.pitch() + *source] : 0.0F;
      }
    }
  };
  pack_border(0, begin);
  if (begin < end && end - begin < kLanes) {  // the square takes cells of other rows too
    const std::int64_t at = source_y * maps.size.w + columns.begin + begin;
    const std::int64_t first = std::min(at, maps.pitch() - kLanes);
    alignas(64) std::array<float, kLanes * kLanes> flipped;
    transpose_square(Lane(), maps.data + first, maps.pitch(), flipped.data(), kLanes);
    std::copy_n(flipped.data() + (at - first) * kLanes, (end - begin) * kLanes,
                to + begin * kLanes);
    begin = end;
  }
  for (std::int64_t at = begin; at < end; at += kLanes) {
    const std::int64_t first = std::min(at, end - kLanes);  // the last may overlap the previous
    transpose_square(Lane(), row + columns.begin + first, maps.pitch(), to + first * kLanes,
                     kLanes);
  }
  pack_border(end, count);
}

inline void pack_row(const Maps& maps, const Line& rows, const Line& columns, std::int64_t count,
                     float* to) {
  if (maps.count == kLanes && maps.pitch() >= kLanes && columns.step == 1 &&
      rows.begin < rows.end) {
    const auto [begin, end] = columns.inside(maps.size.w, count);
    const auto source = source_index(rows.begin, maps.size.h, maps.mode);
    if (source) {
      pack_squares(maps, *source, columns, begin, end, count, to);
      return;
    }
  }
  pack_lanes(maps, rows, columns, count, to);
}

// The rows of cells that a run of tiles reads; rows that the next run below needs again are kept.
template <std::int64_t kRows>
class PackedRows {
 public:
  // `memory`: kRows rows of `width` vectors.
  PackedRows(float* memory, std::int64_t width) {
    for (std::int64_t i = 0; i < kRows; ++i) {
      rows_[static_cast<std::size_t>(i)] = memory + i * width * kLanes;
    }
  }

  const float* row(std::size_t i) const { return rows_[i]; }

  // Packs `count` columns of each row. The first `kept` rows are there already.
  void pack(const Maps& maps, const Line& rows, const Line& columns, std::int64_t count,
            std::int64_t kept) {
    std::rotate(rows_.begin(), rows_.begin() + (kept > 0 ? kRows - kept : 0), rows_.end());
    for (std::int64_t i = kept; i < kRows; ++i) {
      pack_row(maps, rows.from(i * rows.step), columns, count, rows_[static_cast<std::size_t>(i)]);
    }
  }

 private:
  std::array<float*, kRows> rows_;
};

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
