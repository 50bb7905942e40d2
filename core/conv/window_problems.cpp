// What keeps a pool or an unfold from running.
#include "core/conv/problem_checks.h"

namespace convscope::conv {

namespace {

// torch.nn.MaxPool2d, AvgPool2d: at most half the kernel, so every window meets the input.
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
  const std::int64_t copies = spec.op == Op::kUnfold ? kernel.h * kernel.w : 1;
  if (!fits({output.n, input.c, copies, output.h, output.w})) {
    add(found, "windows_too_many", "kernel_size",
        {{"count", copies}, {"h", output.h}, {"w", output.w}, {"limit", kMostCells}});
    return false;
  }
  return true;
}

}  // namespace

void find_window_problems(Problems& found, const LayerSpec& spec, const Shape& input) {
  bool good = check_window_numbers(found, spec);
  good = check_plain_padding(found, spec) && good;
  good = check_input(found, input) && good;
  if (spec.op == Op::kAvgPool) {
    good = check_divisor(found, spec) && good;
  }
  if (!good) {
    return;
  }
  const auto [rows, columns] = axes_of(spec, input);
  const bool ceil = spec.op != Op::kUnfold && spec.ceil_mode;
  for (const CheckedAxis& axis : {rows, columns}) {
    if (spec.op != Op::kUnfold) {
      good = check_pool_padding(found, axis) && good;
    }
    good = check_kernel_fits(found, axis, ceil ? axis.stride - 1 : 0) && good;
  }
  if (good) {
    check_sizes(found, spec, input);
  }
}

}  // namespace convscope::conv
