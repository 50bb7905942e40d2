// NumPy with every loop written out: what a step does, as the lecture writes it.
#include <algorithm>
#include <array>

#include "core/code/literals.h"
#include "core/code/python_text.h"
#include "core/code/writers.h"

namespace convscope::code {
namespace {

constexpr PythonLibrary kNumpy = {"np.array", "np.float32"};

std::string text(std::int64_t number) { return std::to_string(number); }

// The names of the loops, and the places that they read, in one dimension or two.
struct Loops {
  explicit Loops(const PlannedLayer& layer)
      : layer(layer), line(layer.line()), at(line ? "x" : "y, x"), taps(line ? "j" : "i, j") {}

  // "2*y + i - 1, 2*x + j - 1".
  std::string places(const conv::Pads& before) const {
    const conv::LayerSpec& spec = layer.spec;
    const std::string column = place_text("x", spec.stride.w, "j", spec.dilation.w, before.left);
    return line ? column
                : place_text("y", spec.stride.h, "i", spec.dilation.h, before.top) + ", " + column;
  }
  // The places of a window's cell, each on a line; then whether they lie in the input.
  std::string places_lines(const std::string& indent) const {
    const conv::LayerSpec& spec = layer.spec;
    const conv::Pads& pads = spec.pads;
    std::string lines;
    if (!line) {
      lines +=
          indent + "row = " + place_text("y", spec.stride.h, "i", spec.dilation.h, pads.top) + "\n";
    }
    return lines + indent +
           "column = " + place_text("x", spec.stride.w, "j", spec.dilation.w, pads.left) + "\n";
  }
  // "0 <= row < 5 and 0 <= column < 5", or with the padding around.
  std::string inside(bool with_padding) const {
    const conv::Pads pads = with_padding ? layer.spec.pads : conv::Pads{};
    const auto range = [](std::int64_t begin, const char* name, std::int64_t end) {
      return text(begin) + " <= " + name + " < " + text(end);
    };
    const std::string across = range(-pads.left, "column", layer.input.w + pads.right);
    return line ? across : range(-pads.top, "row", layer.input.h + pads.bottom) + " and " + across;
  }
  std::string cell() const { return line ? "column" : "row, column"; }
  // The loop over the cells of a window.
  std::string over_kernel() const {
    return line ? "for j in range(" + text(layer.spec.kernel_size.w) + "):\n"
                : "for i, j in np.ndindex" + tuple_text(layer.spec.kernel_size, false) + ":\n";
  }
  std::string empty_map(const Shape& shape, const char* name = "out") const {
    return std::string(name) + " = np.zeros(" + tuple_text(dimensions(shape, line)) +
           ", dtype=np.float32)\n";
  }

  const PlannedLayer& layer;
  bool line;
  std::string at;
  std::string taps;
};

// "3*(k//2) + c": the channel that filter k reads as its c-th.
std::string read_channel(const conv::LayerSpec& spec) {
  if (spec.groups == 1) {
    return "c";
  }
  const std::int64_t channels = spec.in_channels / spec.groups;
  const std::int64_t filters = spec.out_channels / spec.groups;
  const std::string group = filters == 1 ? "k" : "k//" + text(filters);
  if (channels == 1) {
    return group;
  }
  return text(channels) + "*" + (filters == 1 ? group : "(" + group + ")") + " + c";
}

std::string turned(const std::string& tap, std::int64_t kernel) {
  return text(kernel - 1) + " - " + tap;
}

std::string convolution(const PlannedLayer& layer, const std::string& source) {
  const Loops loops(layer);
  const conv::LayerSpec& spec = layer.spec;
  std::string x = source;
  std::string lines;
  if (spec.pads != conv::Pads{}) {
    lines += "padded = np.pad(" + source + ", " + pad_pairs(spec.pads, loops.line) +
             mode_argument(spec.padding_mode) + ")\n";
    x = "padded";
  }
  const std::string taps =
      !spec.flip   ? loops.taps
      : loops.line ? turned("j", spec.kernel_size.w)
                   : turned("i", spec.kernel_size.h) + ", " + turned("j", spec.kernel_size.w);
  return lines + loops.empty_map(layer.output, "result") + "for n, k, " + loops.at +
         " in np.ndindex(result.shape):\n    total = " +
         (layer.bias.empty() ? "0.0" : "float(" + layer.bias_name + "[k])") + "\n    for c, " +
         loops.taps + " in np.ndindex(" + layer.weight_name +
         ".shape[1:]):\n        total += " + x + "[n, " + read_channel(spec) + ", " +
         loops.places({}) + "] * " + layer.weight_name + "[k, c, " + taps + "]\n    result[n, k, " +
         loops.at + "] = total\nout = result\n";
}

// Every cell of the input adds its multiple of the kernel.
std::string transposed(const PlannedLayer& layer, const std::string& x) {
  const Loops loops(layer);
  const conv::LayerSpec& spec = layer.spec;
  const conv::Pads& cut = spec.pads;
  Shape full = layer.output;
  full.h += cut.top + cut.bottom;
  full.w += cut.left + cut.right;
  const std::int64_t channels = spec.in_channels / spec.groups;
  const std::int64_t filters = spec.out_channels / spec.groups;
  const std::string group = channels == 1 ? "c" : "(c//" + text(channels) + ")";
  const std::string filter =
      spec.groups == 1 ? "k" : (filters == 1 ? group : text(filters) + "*" + group + " + k");
  std::string lines = loops.empty_map(full, "full") + "for n, c, " + loops.at + " in np.ndindex(" +
                      x + ".shape):\n    for k, " + loops.taps + " in np.ndindex(" +
                      layer.weight_name + ".shape[1:]):\n        full[n, " + filter + ", " +
                      loops.places({}) + "] += " + x + "[n, c, " + loops.at + "] * " +
                      layer.weight_name + "[c, k, " + loops.taps + "]\n";
  lines += cut == conv::Pads{}
               ? "out = full\n"
               : "out = full[:, :, " + slices(cut, layer.output, loops.line) + "]\n";
  if (!layer.bias.empty()) {
    lines += "for k in range(" + text(spec.out_channels) +
             "):\n    out[:, k] += " + layer.bias_name + "[k]\n";
  }
  return lines;
}

std::string max_pool(const PlannedLayer& layer, const std::string& x) {
  const Loops loops(layer);
  return loops.empty_map(layer.output, "result") + "for n, c, " + loops.at +
         " in np.ndindex(result.shape):\n    largest = -np.inf\n    " + loops.over_kernel() +
         loops.places_lines("        ") + "        if " + loops.inside(false) +
         ":\n            largest = np.maximum(largest, " + x + "[n, c, " + loops.cell() +
         "])\n    result[n, c, " + loops.at + "] = largest\nout = result\n";
}

std::string average_pool(const PlannedLayer& layer, const std::string& x) {
  const Loops loops(layer);
  const conv::LayerSpec& spec = layer.spec;
  const bool counts = layer.divisor() == 0;
  const bool apart = counts && spec.count_include_pad;  // the padding counts but adds nothing
  std::string lines = loops.empty_map(layer.output, "result") + "for n, c, " + loops.at +
                      " in np.ndindex(result.shape):\n    total = 0.0\n" +
                      (counts ? "    count = 0\n" : "") + "    " + loops.over_kernel() +
                      loops.places_lines("        ") + "        if " + loops.inside(false) +
                      ":\n            total += " + x + "[n, c, " + loops.cell() + "]\n";
  if (counts) {
    lines += (apart ? "        if " + loops.inside(true) + ":\n" : "") + "            count += 1\n";
  }
  return lines + "    result[n, c, " + loops.at + "] = total / " +
         (counts ? "count" : text(layer.divisor())) + "\nout = result\n";
}

std::string relu(const PlannedLayer& layer, const std::string& x) {
  const Loops loops(layer);
  return "result = np.zeros_like(" + x + ")\nfor n, c, " + loops.at +
         " in np.ndindex(result.shape):\n    result[n, c, " + loops.at + "] = np.maximum(" + x +
         "[n, c, " + loops.at + "], 0)\nout = result\n";
}

std::string unfold(const PlannedLayer& layer, const std::string& x) {
  const Loops loops(layer);
  const conv::Size2& kernel = layer.spec.kernel_size;
  return loops.empty_map(layer.output, "result") + "for n, r, y, x in np.ndindex(result.shape):\n" +
         "    c, i, j = r // " + text(kernel.h * kernel.w) + ", r // " + text(kernel.w) + " % " +
         text(kernel.h) + ", r % " + text(kernel.w) + "\n" + loops.places_lines("    ") +
         "    if " + loops.inside(false) + ":\n        result[n, r, y, x] = " + x +
         "[n, c, row, column]\nout = result" +
         (layer.last ? ".reshape" + tuple_text(output_dimensions(layer)) : "") + "\n";
}

std::string lines_of(const PlannedLayer& layer, const std::string& x) {
  switch (layer.spec.op) {
    case conv::Op::kConv:
      return convolution(layer, x);
    case conv::Op::kConvTranspose:
      return transposed(layer, x);
    case conv::Op::kMaxPool:
      return max_pool(layer, x);
    case conv::Op::kAvgPool:
      return average_pool(layer, x);
    case conv::Op::kRelu:
      return relu(layer, x);
    case conv::Op::kUnfold:
      return unfold(layer, x);
  }
  return "";
}

// An input may be called as the loops call their indices and sums.
std::string layer_lines(const PlannedLayer& layer, const std::string& x) {
  constexpr std::array kOwn = {"c",       "column", "count", "full",   "i",   "j", "k",
                               "largest", "n",      "r",     "result", "row", "x", "y"};
  return std::ranges::count(kOwn, x) == 0 ? lines_of(layer, x)
                                          : "out = " + x + "\n" + lines_of(layer, "out");
}

}  // namespace

std::string numpy_loops_program(const Plan& plan) {
  return python_head(plan, "import numpy as np\n") + python_show() + python_tensors(kNumpy, plan) +
         python_layers(plan, layer_lines, "\n");
}

}  // namespace convscope::code
