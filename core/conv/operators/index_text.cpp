#include "core/conv/operators/index_text.h"

#include "core/conv/analysis/as_convolution.h"

namespace convscope::conv {

namespace {

const std::string kMinus = "\u2212";

// The index that one axis of the sum reads: "y+i", "2y+3i-1".
std::string reading(const std::string& place, const std::string& tap, std::int64_t stride,
                    std::int64_t dilation, std::int64_t begin) {
  const std::string shift = begin > 0   ? kMinus + std::to_string(begin)
                            : begin < 0 ? "+" + std::to_string(-begin)
                                        : "";
  return factor_text(stride) + place + "+" + factor_text(dilation) + tap + shift;
}

}  // namespace

IndexText index_text(const LayerSpec& any, const Shape& input) {
  const LayerSpec spec = equivalent_spec(any, input);
  const Pads pads = resolved_pads(spec, equivalent_input_shape(any, input));
  const std::string x = reading("x", "j", spec.stride.w, spec.dilation.w, pads.left);
  const std::string y = reading("y", "i", spec.stride.h, spec.dilation.h, pads.top);
  const bool line = input.h == 1 && spec.kernel_size.h == 1;
  return {line, line ? "x" : "y,x", line ? "j" : "i,j", line ? x : y + "," + x};
}

std::string channel_text(const LayerSpec& spec) {
  const std::int64_t channels = spec.in_channels / spec.groups;
  const std::int64_t filters = spec.out_channels / spec.groups;
  if (spec.groups == 1) {
    return "c";
  }
  const std::string group = filters == 1 ? "k" : "\u230Ak/" + std::to_string(filters) + "\u230B";
  return channels == 1 ? group : factor_text(channels) + group + "+c";
}

std::string flipped_taps(const Size2& kernel, bool line) {
  const std::string j = std::to_string(kernel.w - 1) + kMinus + "j";
  return line ? j : std::to_string(kernel.h - 1) + kMinus + "i," + j;
}

std::string factor_text(std::int64_t factor) { return factor == 1 ? "" : std::to_string(factor); }

}  // namespace convscope::conv
