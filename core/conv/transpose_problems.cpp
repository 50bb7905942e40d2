// What keeps a transposed convolution from running.
#include <algorithm>

#include "core/conv/problem_checks.h"

namespace convscope::conv {

namespace {

// torch.nn.ConvTranspose2d: smaller than the stride or the dilation.
bool check_output_padding(Problems& found, const CheckedAxis& axis) {
  if (axis.output_padding < 0) {
    add(found, "output_padding_negative", "output_padding", {{"value", axis.output_padding}});
    return false;
  }
  const std::int64_t limit = std::max(axis.stride, axis.dilation) - 1;
  if (axis.output_padding > limit) {
    add(found, "output_padding_too_large", "output_padding",
        {{"value", axis.output_padding},
         {"stride", axis.stride},
         {"dilation", axis.dilation},
         {"limit", limit}});
    return false;
  }
  return true;
}

bool check_something_left(Problems& found, const CheckedAxis& axis) {
  const std::int64_t uncut = (axis.size - 1) * axis.stride + axis.reach + axis.output_padding;
  if (uncut > axis.before + axis.after) {
    return true;
  }
  add(found, axis.vertical ? "padding_cuts_all_rows" : "padding_cuts_all_columns", "padding",
      {{"pad", axis.before}, {"size", uncut}, {"limit", (uncut - 1) / 2}});
  return false;
}

void check_sizes(Problems& found, const LayerSpec& spec, const Shape& input) {
  // The stretched input may be larger than the output, which padding cuts.
  const Shape zero_inserted = {input.n, input.c, (input.h - 1) * spec.stride.h + 1,
                               (input.w - 1) * spec.stride.w + 1};
  const auto values = [](const Shape& shape) {
    return ProblemValues{
        {"n", shape.n}, {"c", shape.c}, {"h", shape.h}, {"w", shape.w}, {"limit", kMostCells}};
  };
  if (!fits({zero_inserted.n, zero_inserted.c, zero_inserted.h, zero_inserted.w})) {
    add(found, "stretched_too_large", "stride", values(zero_inserted));
    return;
  }
  const Shape output = output_shape(spec, input);
  if (spec.out_channels >= 1 && spec.out_channels <= kMostCells &&
      !fits({output.n, output.c, output.h, output.w})) {
    add(found, "transposed_too_large", "out_channels", values(output));
  }
}

}  // namespace

void find_transpose_problems(Problems& found, const LayerSpec& spec, const Shape& input) {
  check_channels(found, spec, input);
  bool good = check_window_numbers(found, spec);
  good = check_plain_padding(found, spec) && good;
  good = check_input(found, input) && good;
  if (!good) {
    return;
  }
  const auto [rows, columns] = axes_of(spec, input);
  for (const CheckedAxis& axis : {rows, columns}) {
    good = check_output_padding(found, axis) && check_something_left(found, axis) && good;
  }
  if (good) {
    check_sizes(found, spec, input);
  }
}

}  // namespace convscope::conv
