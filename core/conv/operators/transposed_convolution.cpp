// torch.nn.ConvTranspose2d, ConvTranspose1d. Its arithmetic: conv_transpose2d.h.
#include <algorithm>

#include "core/conv/conv_transpose2d.h"
#include "core/conv/operators/index_text.h"
#include "core/conv/operators/operator.h"
#include "core/conv/operators/size_text.h"

namespace convscope::conv {

namespace {

// As torch.nn.ConvTranspose2d: smaller than the stride or the dilation.
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
  // The stretched input may be larger than the output, which padding crops.
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

void find_transposed_problems(Problems& found, const LayerSpec& spec, const Shape& input) {
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

Shape transposed_shape(const LayerSpec& spec, const Shape& input) {
  const Pads cut = resolved_pads(spec, input);
  const Size2 reach = dilated_kernel(spec);
  return {input.n, spec.out_channels,
          (input.h - 1) * spec.stride.h - cut.top - cut.bottom + reach.h + spec.output_padding.h,
          (input.w - 1) * spec.stride.w - cut.left - cut.right + reach.w + spec.output_padding.w};
}

// "(5-1)·2 - 2·1 + 1·(3-1) + 1 + 1 = 10", where the 1 before the last is output_padding.
std::string size_formula(const AxisNumbers& axis) {
  const auto text = [](std::int64_t number) { return std::to_string(number); };
  const std::int64_t size = (axis.input - 1) * axis.stride - axis.pad_before - axis.pad_after +
                            axis.reach() + axis.output_padding;
  return "(" + text(axis.input) + "-1)·" + text(axis.stride) + " - 2·" + text(axis.pad_before) +
         " + " + reach_terms(axis) + " + " + text(axis.output_padding) + " + 1 = " + text(size);
}

// Over the input with stride - 1 zeros between its cells: "img\u21912".
std::string formula(const LayerSpec& spec, const Shape& input, const std::string& name) {
  const IndexText at = index_text(spec, input);
  std::string zero_inserted = name;
  if (spec.stride != Size2{1, 1}) {
    const bool even = spec.stride.h == spec.stride.w || at.line;
    zero_inserted += "\u2191" + (even ? "" : std::to_string(spec.stride.h) + "\u00D7") +
                     std::to_string(spec.stride.w);
  }
  const std::int64_t filters = spec.out_channels / spec.groups;
  const std::string channel = channel_text(spec);
  const std::string filter = spec.groups == 1 ? "k" : "k%" + std::to_string(filters);
  return "out[n,k," + at.out + "] = " + (spec.bias ? "bias[k] + " : "") + "\u03A3 " +
         zero_inserted + "[n," + channel + "," + at.read + "] \u00B7 weight[" + channel + "," +
         (filters == 1 && spec.groups > 1 ? "0" : filter) + "," +
         flipped_taps(spec.kernel_size, at.line) + "]";
}

constexpr Setting kSettings[] = {
    Setting::kInChannels, Setting::kOutChannels, Setting::kKernelSize,
    Setting::kStride,     Setting::kPadding,     Setting::kOutputPadding,
    Setting::kDilation,   Setting::kGroups,      Setting::kBias};

}  // namespace

extern const Operator kTransposedConvolution = {.op = Op::kConvTranspose,
                                                .word_1d = "conv_transpose1d",
                                                .word_2d = "conv_transpose2d",
                                                .torch_class = "ConvTranspose",
                                                .caption = "conv_transpose",
                                                .settings = kSettings,
                                                .weight = WeightLayout::kInOut,
                                                .find_problems = find_transposed_problems,
                                                .output_shape = transposed_shape,
                                                .forward_into = conv_transpose2d_into,
                                                .reference = conv_transpose2d_reference,
                                                .spell_out = add_products,
                                                .size_formula = size_formula,
                                                .formula = formula};

}  // namespace convscope::conv
