// torch.nn.Conv2d, Conv1d; with `flip` true convolution. Its arithmetic: conv2d.h.
#include <algorithm>

#include "core/conv/conv2d.h"
#include "core/conv/operators/index_text.h"
#include "core/conv/operators/operator.h"
#include "core/conv/operators/size_text.h"
#include "core/conv/operators/windows.h"

namespace convscope::conv {

namespace {

void check_same_stride(Problems& found, const LayerSpec& spec) {
  if (spec.padding == PaddingRule::kSame && spec.stride != Size2{1, 1}) {
    add(found, "same_needs_stride_one", "stride", {{"h", spec.stride.h}, {"w", spec.stride.w}});
  }
}

// As torch.nn.functional.pad: reflect reaches at most size - 1 cells, circular at most size.
bool check_padding_reach(Problems& found, const CheckedAxis& axis, PaddingMode mode) {
  const bool reflect = mode == PaddingMode::kReflect;
  if (!reflect && mode != PaddingMode::kCircular) {
    return true;
  }
  const std::int64_t limit = reflect ? axis.size - 1 : axis.size;
  const std::int64_t pad = std::max(axis.before, axis.after);
  if (pad <= limit) {
    return true;
  }
  const char* tall = reflect ? "reflect_too_tall" : "circular_too_tall";
  const char* wide = reflect ? "reflect_too_wide" : "circular_too_wide";
  add(found, axis.vertical ? tall : wide, "padding_mode",
      {{"pad", pad}, {"input", axis.size}, {"limit", limit}});
  return false;
}

bool check_geometry(Problems& found, const LayerSpec& spec, const Shape& input) {
  const auto [rows, columns] = axes_of(spec, input);
  bool good = true;
  for (const CheckedAxis& axis : {rows, columns}) {
    good = check_kernel_fits(found, axis) && good;
    good = check_padding_reach(found, axis, spec.padding_mode) && good;
  }
  return good;
}

void check_output_size(Problems& found, const LayerSpec& spec, const Shape& input) {
  const Shape output = output_shape(spec, input);
  if (!fits({output.n, output.c, output.h, output.w})) {
    const bool padded = spec.padding == PaddingRule::kExplicit && spec.out_channels == 1;
    add(found, "output_too_large", padded ? "padding" : "out_channels",
        {{"n", output.n},
         {"c", output.c},
         {"h", output.h},
         {"w", output.w},
         {"limit", kMostCells}});
  }
}

void find_convolution_problems(Problems& found, const LayerSpec& spec, const Shape& input) {
  check_channels(found, spec, input);
  const bool window = check_window_numbers(found, spec);
  const bool sized = check_input(found, input);
  if (std::min(spec.stride.h, spec.stride.w) >= 1) {
    check_same_stride(found, spec);
  }
  if (window && sized && check_geometry(found, spec, input) && spec.out_channels >= 1 &&
      spec.out_channels <= kMostCells) {
    check_output_size(found, spec, input);
  }
}

// "out[n,k,y,x] = bias[k] + Σ img[n,c,2y+i,2x+j] · weight[k,c,i,j]"
std::string formula(const LayerSpec& spec, const Shape& input, const std::string& name) {
  const IndexText at = index_text(spec, input);
  const std::string taps = spec.flip ? flipped_taps(spec.kernel_size, at.line) : at.taps;
  return "out[n,k," + at.out + "] = " + (spec.bias ? "bias[k] + " : "") + "\u03A3 " + name + "[n," +
         channel_text(spec) + "," + at.read + "] \u00B7 weight[k,c," + taps + "]";
}

constexpr Setting kSettings[] = {Setting::kInChannels, Setting::kOutChannels, Setting::kKernelSize,
                                 Setting::kStride,     Setting::kPadding,     Setting::kPaddingMode,
                                 Setting::kDilation,   Setting::kGroups,      Setting::kBias,
                                 Setting::kFlip};

}  // namespace

extern const Operator kConvolution = {.op = Op::kConv,
                                      .word_1d = "conv1d",
                                      .word_2d = "conv2d",
                                      .torch_class = "Conv",
                                      .caption = "conv",
                                      .settings = kSettings,
                                      .weight = WeightLayout::kOutIn,
                                      .find_problems = find_convolution_problems,
                                      .output_shape = window_output_shape,
                                      .forward_into = conv2d_into,
                                      .reference = conv2d_reference,
                                      .spell_out = add_products,
                                      .size_formula = window_size_formula,
                                      .formula = formula};

}  // namespace convscope::conv
