#include <string>

#include "core/conv/analysis/as_convolution.h"
#include "core/picture/sum/sum_lines.h"

namespace convscope::picture::sum {

namespace {

const std::string kMinus = "\u2212";

std::string times(std::int64_t factor) { return factor == 1 ? "" : std::to_string(factor); }

// The place that one axis of the sum reads: "y+i", "2y+3i-1".
std::string reading(const std::string& place, const std::string& tap, std::int64_t stride,
                    std::int64_t dilation, std::int64_t begin) {
  const std::string shift = begin > 0   ? kMinus + std::to_string(begin)
                            : begin < 0 ? "+" + std::to_string(-begin)
                                        : "";
  return times(stride) + place + "+" + times(dilation) + tap + shift;
}

// The input channel that filter k reads as its c-th: with groups it depends on the group of k.
std::string channel_reading(const derive::LayerResult& layer) {
  const std::int64_t groups = layer.spec.groups;
  const std::int64_t channels = layer.input.shape().c / groups;
  const std::int64_t filters = layer.output_shape.c / groups;
  if (groups == 1) {
    return "c";
  }
  const std::string group = filters == 1 ? "k" : "\u230Ak/" + std::to_string(filters) + "\u230B";
  return channels == 1 ? group : times(channels) + group + "+c";
}

// The pieces of a formula that one and two dimensions write differently.
struct Places {
  bool line = false;  // one dimension
  std::string out;    // "y,x"
  std::string taps;   // "i,j"
  std::string read;   // "2y+i,2x+j"
};

Places places_of(const derive::LayerResult& layer) {
  const Shape& own = layer.input.shape();
  const conv::LayerSpec spec = conv::equivalent_spec(layer.spec, own);
  const conv::Pads pads = conv::resolved_pads(spec, conv::equivalent_input_shape(layer.spec, own));
  const std::string x = reading("x", "j", spec.stride.w, spec.dilation.w, pads.left);
  const std::string y = reading("y", "i", spec.stride.h, spec.dilation.h, pads.top);
  const bool line = own.h == 1 && spec.kernel_size.h == 1;
  return {line, line ? "x" : "y,x", line ? "j" : "i,j", line ? x : y + "," + x};
}

// "2-i,2-j": the taps of a kernel turned by 180 degrees.
std::string flipped_taps(const conv::Size2& kernel, bool line) {
  const std::string j = std::to_string(kernel.w - 1) + kMinus + "j";
  return line ? j : std::to_string(kernel.h - 1) + kMinus + "i," + j;
}

std::string convolution(const derive::LayerResult& layer, const Places& at) {
  const conv::LayerSpec& spec = layer.spec;
  const std::string taps = spec.flip ? flipped_taps(spec.kernel_size, at.line) : at.taps;
  return "out[n,k," + at.out + "] = " + (spec.bias ? "bias[k] + " : "") + "\u03A3 img[n," +
         channel_reading(layer) + "," + at.read + "] \u00B7 weight[k,c," + taps + "]";
}

// Over the input with stride - 1 zeros between its cells: "img\u21912".
std::string transposed(const derive::LayerResult& layer, const Places& at) {
  const conv::LayerSpec& spec = layer.spec;
  std::string zero_inserted = "img";
  if (spec.stride != conv::Size2{1, 1}) {
    const bool even = spec.stride.h == spec.stride.w || at.line;
    zero_inserted += "\u2191" + (even ? "" : std::to_string(spec.stride.h) + "\u00D7") +
                     std::to_string(spec.stride.w);
  }
  const std::int64_t filters = layer.output_shape.c / spec.groups;
  const std::string channel = channel_reading(layer);
  const std::string filter = spec.groups == 1 ? "k" : "k%" + std::to_string(filters);
  return "out[n,k," + at.out + "] = " + (spec.bias ? "bias[k] + " : "") + "\u03A3 " +
         zero_inserted + "[n," + channel + "," + at.read + "] \u00B7 weight[" + channel + "," +
         (filters == 1 && spec.groups > 1 ? "0" : filter) + "," +
         flipped_taps(spec.kernel_size, at.line) + "]";
}

std::string divisor(const conv::LayerSpec& spec) {
  if (spec.divisor_override > 0) {
    return std::to_string(spec.divisor_override);
  }
  const bool varies = spec.ceil_mode || (!spec.count_include_pad && spec.pads != conv::Pads{});
  return varies ? "count" : std::to_string(spec.kernel_size.h * spec.kernel_size.w);
}

std::string unfolding(const derive::LayerResult& layer, const Places& at) {
  const conv::Size2& kernel = layer.spec.kernel_size;
  const std::string row = at.line ? "+j" : "+" + times(kernel.w) + "i+j";
  return "out[n," + times(kernel.h * kernel.w) + "c" + row + "," + at.out + "] = img[n,c," +
         at.read + "]";
}

}  // namespace

std::string sum_formula(const derive::LayerResult& layer) {
  const Places at = places_of(layer);
  const std::string out = "out[n,c," + at.out + "] = ";
  switch (layer.spec.op) {
    case conv::Op::kConv:
      return convolution(layer, at);
    case conv::Op::kConvTranspose:
      return transposed(layer, at);
    case conv::Op::kMaxPool:
      return out + "max img[n,c," + at.read + "]";
    case conv::Op::kAvgPool:
      return out + "\u03A3 img[n,c," + at.read + "] / " + divisor(layer.spec);
    case conv::Op::kRelu:
      return out + "max(0, img[n,c," + at.out + "])";
    case conv::Op::kUnfold:
      return unfolding(layer, at);
  }
  return {};
}

}  // namespace convscope::picture::sum
