#include "core/conv/rungs/dense/padding_cuts.h"

#include <algorithm>

#include "core/conv/ceil_div.h"

namespace convscope::conv::rungs {

namespace {

// With more cuts the bands are too narrow to pay, and so are they in a small layer.
constexpr std::size_t kMostCuts = 8;
constexpr std::int64_t kLeastProducts = std::int64_t{1} << 22;

PaddingCut whole(const Windows& w) { return {0, w.output.h, 0, w.kernel.h}; }

// The kernel rows of the windows at output row y.
PaddingCut cut_at(const Windows& w, std::int64_t y) {
  const std::int64_t start = y * w.stride.h - w.top;
  const std::int64_t first =
      std::clamp<std::int64_t>(ceil_div(-start, w.dilation.h), 0, w.kernel.h - 1);
  const std::int64_t last =
      std::clamp<std::int64_t>(ceil_div(w.input.h - start, w.dilation.h), first + 1, w.kernel.h);
  return {y, y + 1, first, last};
}

}  // namespace

std::vector<PaddingCut> padding_cuts(const Windows& w) {
  if (w.mode != PaddingMode::kZeros || w.products() < kLeastProducts) {
    return {whole(w)};
  }
  std::vector<PaddingCut> cuts;
  for (std::int64_t y = 0; y < w.output.h && cuts.size() <= kMostCuts; ++y) {
    const PaddingCut cut = cut_at(w, y);
    if (!cuts.empty() && cuts.back().first == cut.first && cuts.back().last == cut.last) {
      cuts.back().end = cut.end;
    } else {
      cuts.push_back(cut);
    }
  }
  const bool pays = cuts.size() <= kMostCuts && 5 * products_of(w, cuts) <= 4 * w.products();
  return pays ? cuts : std::vector<PaddingCut>{whole(w)};
}

std::int64_t products_of(const Windows& w, const std::vector<PaddingCut>& cuts) {
  std::int64_t rows = 0;
  for (const PaddingCut& cut : cuts) {
    rows += (cut.end - cut.begin) * (cut.last - cut.first);
  }
  return w.batch * w.groups * w.filters * w.channels * w.output.w * w.kernel.w * rows;
}

Correlation part_of(const Correlation& job, const PaddingCut& cut, float* output) {
  Correlation part = job;
  Windows& w = part.windows;
  w.output.h = cut.end - cut.begin;
  w.kernel.h = cut.last - cut.first;
  w.top -= cut.begin * w.stride.h + cut.first * w.dilation.h;
  if (part.weight != nullptr) {
    part.weight += cut.first * job.weight_strides.row;
  }
  part.output = output;
  return part;
}

}  // namespace convscope::conv::rungs
