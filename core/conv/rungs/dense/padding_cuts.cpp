#include "core/conv/rungs/dense/padding_cuts.h"

#include <algorithm>

#include "core/conv/ceil_div.h"

namespace convscope::conv::rungs {

namespace {

// With more cuts the parts are too small to pay, and so are they in a small layer.
constexpr std::size_t kMostCuts = 8;
constexpr std::int64_t kLeastPart = 64;  // windows, on average
constexpr std::int64_t kLeastProducts = std::int64_t{1} << 22;

struct CutAxis {
  std::int64_t input = 0;
  std::int64_t output = 0;
  std::int64_t kernel = 0;
  std::int64_t stride = 0;
  std::int64_t dilation = 0;
  std::int64_t before = 0;
};

std::vector<PaddingCut> whole(const CutAxis& axis) { return {{0, axis.output, 0, axis.kernel}}; }

// The taps of the window at y.
PaddingCut cut_at(const CutAxis& axis, std::int64_t y) {
  const std::int64_t start = y * axis.stride - axis.before;
  const std::int64_t first =
      std::clamp<std::int64_t>(ceil_div(-start, axis.dilation), 0, axis.kernel - 1);
  const std::int64_t last =
      std::clamp<std::int64_t>(ceil_div(axis.input - start, axis.dilation), first + 1, axis.kernel);
  return {y, y + 1, first, last};
}

std::vector<PaddingCut> cuts_of(const CutAxis& axis) {
  std::vector<PaddingCut> cuts;
  for (std::int64_t y = 0; y < axis.output && cuts.size() <= kMostCuts; ++y) {
    const PaddingCut cut = cut_at(axis, y);
    if (!cuts.empty() && cuts.back().first == cut.first && cuts.back().last == cut.last) {
      cuts.back().end = cut.end;
    } else {
      cuts.push_back(cut);
    }
  }
  return cuts.size() <= kMostCuts ? cuts : whole(axis);
}

std::int64_t remaining_taps(const std::vector<PaddingCut>& cuts) {
  std::int64_t taps = 0;
  for (const PaddingCut& cut : cuts) {
    taps += (cut.end - cut.begin) * (cut.last - cut.first);
  }
  return taps;
}

}  // namespace

PaddingCuts padding_cuts(const Windows& w) {
  if (w.mode != PaddingMode::kZeros || w.products() < kLeastProducts) {
    return {};
  }
  const CutAxis rows = {w.input.h, w.output.h, w.kernel.h, w.stride.h, w.dilation.h, w.top};
  const CutAxis columns = {w.input.w, w.output.w, w.kernel.w, w.stride.w, w.dilation.w, w.left};
  // Each further cut has to leave out a good part of the products.
  const auto pays = [&](const PaddingCuts& cuts, std::int64_t products) {
    return 5 * products_of(w, cuts) <= 4 * products;
  };
  const PaddingCuts by_rows = {cuts_of(rows), whole(columns)};
  const PaddingCuts by_both = {cuts_of(rows), cuts_of(columns)};
  const bool rows_pay = pays(by_rows, w.products());
  const auto parts = static_cast<std::int64_t>(by_both.rows.size() * by_both.columns.size());
  if (parts * kLeastPart <= w.output.h * w.output.w &&
      pays(by_both, rows_pay ? products_of(w, by_rows) : w.products())) {
    return by_both;
  }
  return rows_pay ? by_rows : PaddingCuts();
}

std::int64_t products_of(const Windows& w, const PaddingCuts& cuts) {
  return cuts.rows.empty() ? w.products()
                           : w.batch * w.groups * w.filters * w.channels *
                                 remaining_taps(cuts.rows) * remaining_taps(cuts.columns);
}

Correlation part_of(const Correlation& job, const PaddingCut& rows, const PaddingCut& columns,
                    float* output) {
  Correlation part = job;
  Windows& w = part.windows;
  w.output = {rows.end - rows.begin, columns.end - columns.begin};
  w.kernel = {rows.last - rows.first, columns.last - columns.first};
  w.top -= rows.begin * w.stride.h + rows.first * w.dilation.h;
  w.left -= columns.begin * w.stride.w + columns.first * w.dilation.w;
  if (part.weight != nullptr) {
    part.weight += rows.first * job.weight_strides.row + columns.first * job.weight_strides.column;
  }
  part.output = output;
  return part;
}

}  // namespace convscope::conv::rungs
