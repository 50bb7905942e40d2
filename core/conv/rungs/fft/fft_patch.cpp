#include "core/conv/rungs/fft/fft_patch.h"

#include <algorithm>

#include "core/conv/padding.h"

namespace convscope::conv::rungs {

namespace {

constexpr float kZeroRow[kFftLongest] = {};

}  // namespace

FftPlace fft_place(const Windows& windows, const FftPlan& plan, std::int64_t index) {
  FftPlace place;
  if (index >= plan.tiles.h * plan.tiles.w) {
    return place;
  }
  place.y = index / plan.tiles.w * plan.step.h;
  place.x = index % plan.tiles.w * plan.step.w;
  place.rows = std::min(plan.step.h, windows.output.h - place.y);
  place.columns = std::min(plan.step.w, windows.output.w - place.x);
  return place;
}

const float* FftZeros::row(std::int64_t, float*) const { return kZeroRow; }

FftKernel::FftKernel(const Correlation& job, const FftPlan& plan, std::int64_t filter,
                     std::int64_t channel)
    : job_(job),
      tile_(plan.tile),
      weight_(job.weight_at(filter / job.windows.filters, filter % job.windows.filters, channel)) {}

const float* FftKernel::row(std::int64_t y, float* buffer) const {
  const Windows& w = job_.windows;
  const std::int64_t before = (tile_.h - y) % tile_.h;
  const std::int64_t i = before / w.dilation.h;
  if (before % w.dilation.h != 0 || i >= w.kernel.h) {
    return kZeroRow;
  }
  std::fill_n(buffer, tile_.w, 0.0F);
  for (std::int64_t j = 0; j < w.kernel.w; ++j) {
    buffer[(tile_.w - j * w.dilation.w) % tile_.w] =
        weight_[i * job_.weight_strides.row + j * job_.weight_strides.column];
  }
  return buffer;
}

FftPatch::FftPatch(const Correlation& job, const FftPlan& plan, const FftPlace& place,
                   std::int64_t plane)
    : windows_(job.windows),
      plane_(job.input + plane * job.windows.input.h * job.windows.input.w),
      width_(plan.tile.w),
      top_(place.y - job.windows.top),
      left_(place.x - job.windows.left),
      rows_(place.rows == 0 ? 0 : place.rows + plan.tile.h - plan.step.h),
      columns_(place.columns + plan.tile.w - plan.step.w) {}

const float* FftPatch::row(std::int64_t y, float* buffer) const {
  if (y >= rows_) {
    return kZeroRow;
  }
  const std::int64_t size = windows_.input.w;
  const auto source_y = source_index(top_ + y, windows_.input.h, windows_.mode);
  if (!source_y) {
    return kZeroRow;
  }
  const float* source = plane_ + *source_y * size;
  if (left_ >= 0 && left_ + width_ <= size) {
    return source + left_;
  }
  // Columns [first, last) of the tile lie inside the input.
  const std::int64_t first = std::clamp<std::int64_t>(-left_, 0, columns_);
  const std::int64_t last = std::clamp<std::int64_t>(size - left_, first, columns_);
  std::fill_n(buffer, first, 0.0F);
  std::copy_n(source + (first < last ? left_ + first : 0), last - first, buffer + first);
  std::fill(buffer + last, buffer + width_, 0.0F);
  if (windows_.mode != PaddingMode::kZeros) {
    const auto continue_row = [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t x = begin; x < end; ++x) {
        buffer[x] = source[*source_index(left_ + x, size, windows_.mode)];
      }
    };
    continue_row(0, first);
    continue_row(last, columns_);
  }
  return buffer;
}

}  // namespace convscope::conv::rungs
