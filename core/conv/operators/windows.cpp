#include "core/conv/operators/windows.h"

#include <algorithm>
#include <cassert>

#include "core/conv/fresh_tensor.h"
#include "core/conv/operators/operator.h"

namespace convscope::conv {

namespace {

// As torch.nn.MaxPool2d, AvgPool2d: at most half the kernel, so every window overlaps the input.
bool check_pool_padding(Problems& found, const CheckedAxis& axis) {
  const std::int64_t limit = axis.kernel / 2;
  if (axis.before <= limit) {
    return true;
  }
  add(found, "pool_padding_too_large", "padding",
      {{"pad", axis.before}, {"kernel", axis.kernel}, {"limit", limit}});
  return false;
}

bool check_divisor(Problems& found, const LayerSpec& spec) {
  if (spec.divisor_override < 0) {
    add(found, "divisor_negative", "divisor_override", {{"value", spec.divisor_override}});
    return false;
  }
  if (spec.divisor_override > kMostCells) {
    add(found, "too_large", "divisor_override",
        {{"setting", "divisor_override"}, {"value", spec.divisor_override}, {"limit", kMostCells}});
    return false;
  }
  return true;
}

bool check_sizes(Problems& found, const LayerSpec& spec, const Shape& input) {
  const Size2 kernel = spec.kernel_size;
  if (!fits({kernel.h, kernel.w})) {
    add(found, "window_too_large", "kernel_size",
        {{"h", kernel.h}, {"w", kernel.w}, {"limit", kMostCells}});
    return false;
  }
  const Shape output = output_shape(spec, input);
  const std::int64_t copies = operator_of(spec.op).unfolds ? kernel.h * kernel.w : 1;
  if (!fits({output.n, input.c, copies, output.h, output.w})) {
    add(found, "windows_too_many", "kernel_size",
        {{"count", copies}, {"h", output.h}, {"w", output.w}, {"limit", kMostCells}});
    return false;
  }
  return true;
}

std::int64_t outputs(std::int64_t size, std::int64_t pads, std::int64_t reach,
                     std::int64_t stride) {
  return (size + pads - reach) / stride + 1;
}

// A last window that starts in the padding after the input would see none of the input.
std::int64_t ceil_outputs(std::int64_t size, std::int64_t before, std::int64_t after,
                          std::int64_t reach, std::int64_t stride) {
  const std::int64_t count = (size + before + after - reach + stride - 1) / stride + 1;
  return (count - 1) * stride >= size + before ? count - 1 : count;
}

}  // namespace

void fit_channels(LayerSpec& spec, const Shape& input) {
  spec.in_channels = spec.groups = spec.out_channels = input.c;
  spec.bias = false;
}

void find_window_problems(Problems& found, const LayerSpec& spec, const Shape& input) {
  const Operator& op = operator_of(spec.op);
  bool good = check_window_numbers(found, spec);
  good = check_plain_padding(found, spec) && good;
  good = check_input(found, input) && good;
  good = (!op.reads(Setting::kDivisorOverride) || check_divisor(found, spec)) && good;
  if (!good) {
    return;
  }
  const auto [rows, columns] = axes_of(spec, input);
  const bool pool = op.reads(Setting::kCeilMode);
  for (const CheckedAxis& axis : {rows, columns}) {
    good = (!pool || check_pool_padding(found, axis)) && good;
    good = check_kernel_fits(found, axis, pool && spec.ceil_mode ? axis.stride - 1 : 0) && good;
  }
  if (good) {
    check_sizes(found, spec, input);
  }
}

Shape window_output_shape(const LayerSpec& spec, const Shape& input) {
  const Pads pads = resolved_pads(spec, input);
  const Size2 reach = dilated_kernel(spec);
  if (spec.ceil_mode && operator_of(spec.op).reads(Setting::kCeilMode)) {
    return {input.n, spec.out_channels,
            ceil_outputs(input.h, pads.top, pads.bottom, reach.h, spec.stride.h),
            ceil_outputs(input.w, pads.left, pads.right, reach.w, spec.stride.w)};
  }
  return {input.n, spec.out_channels,
          outputs(input.h, pads.top + pads.bottom, reach.h, spec.stride.h),
          outputs(input.w, pads.left + pads.right, reach.w, spec.stride.w)};
}

WindowJob window_job(const TensorView& input, const LayerSpec& spec) {
  assert(problems(spec, input.shape).empty());
  return {input, fitted(spec, input.shape), window_axes(spec, input.shape),
          output_shape(spec, input.shape)};
}

const float* row_under(const WindowJob& job, const Index& at, std::int64_t channel,
                       std::int64_t i) {
  const std::int64_t y = job.axes.rows.cell(at.y, i);
  if (y < 0 || y >= job.axes.rows.size) {
    return nullptr;
  }
  return job.input.data + offset_of(job.input.shape, {at.n, channel, y, 0});
}

rungs::PlaneWindows plane_windows(const WindowJob& job, const Area& area, float* out) {
  return {job.input.data, job.output.n * job.output.c, job.axes, area, out, area.w};
}

bool map_blocks_into(std::span<float> out, const WindowJob& job, const Area& area,
                     const RunOptions& run, WindowBlock block) {
  const Shape part = {job.output.n, job.output.c, area.h, area.w};
  const Size2& kernel = job.spec.kernel_size;
  return map_rows_into(
      out, part, part.count() * kernel.h * kernel.w, run, [&](std::int64_t row, float* results) {
        Index at = row_index(part, row);
        at.y += area.y;
        const std::int64_t end = area.x + area.w;
        for (std::int64_t x = area.x; x < end; x += kRowBlock) {
          block(job, at, {x, std::min(x + kRowBlock, end)}, results + (x - area.x));
        }
      });
}

Tensor map_of_blocks(const Tensor& input, const LayerSpec& spec, WindowBlock block) {
  const WindowJob job = window_job(input, spec);
  return fresh_tensor(job.output, [&](std::span<float> out) {
    return map_blocks_into(out, job, whole(job.output), {}, block);
  });
}

}  // namespace convscope::conv
