// NumPy without loops over positions: every window is a view of the padded input.
#include <algorithm>

#include "core/code/literals.h"
#include "core/code/python_text.h"
#include "core/code/writers.h"

namespace convscope::code {
namespace {

constexpr PythonLibrary kNumpy = {"np.array", "np.float32"};

// The functions that a program uses.
struct Used {
  bool windows = false;
  bool convolution = false;
  bool transposed = false;
  bool groups = false;
};

constexpr const char* kWindows2d = R"(def windows(x, kernel, stride=(1, 1), dilation=(1, 1)):
    """The windows of x, without a copy: (n, c, y, x, i, j)."""
    reach = [d * (k - 1) + 1 for k, d in zip(kernel, dilation)]
    every = np.lib.stride_tricks.sliding_window_view(x, reach, axis=(2, 3))
    return every[:, :, ::stride[0], ::stride[1], ::dilation[0], ::dilation[1]]


)";

constexpr const char* kWindows1d = R"(def windows(x, kernel, stride=(1,), dilation=(1,)):
    """The windows of x, without a copy: (n, c, x, j)."""
    reach = dilation[0] * (kernel[0] - 1) + 1
    every = np.lib.stride_tricks.sliding_window_view(x, reach, axis=2)
    return every[:, :, ::stride[0], ::dilation[0]]


)";

constexpr const char* kConvolution2d = R"(def conv2d(x, weight, stride=(1, 1), dilation=(1, 1)):
    cells = windows(x, weight.shape[2:], stride, dilation)
    return np.einsum("ncyxij,kcij->nkyx", cells, weight)


)";

constexpr const char* kConvolution1d = R"(def conv1d(x, weight, stride=(1,), dilation=(1,)):
    cells = windows(x, weight.shape[2:], stride, dilation)
    return np.einsum("ncxj,kcj->nkx", cells, weight)


)";

constexpr const char* kTransposed2d =
    R"(def conv_transpose2d(x, weight, stride=(1, 1), dilation=(1, 1)):
    """Every cell adds its multiple of the kernel to the output."""
    (sy, sx), (dy, dx) = stride, dilation
    rows, columns = (x.shape[2] - 1) * sy + 1, (x.shape[3] - 1) * sx + 1
    kh, kw = weight.shape[2:]
    size = rows + dy * (kh - 1), columns + dx * (kw - 1)
    out = np.zeros((len(x), weight.shape[1], *size), dtype=x.dtype)
    for i in range(kh):
        for j in range(kw):
            part = out[:, :, dy * i:dy * i + rows:sy, dx * j:dx * j + columns:sx]
            part += np.einsum("ncyx,ck->nkyx", x, weight[:, :, i, j])
    return out


)";

constexpr const char* kTransposed1d =
    R"(def conv_transpose1d(x, weight, stride=(1,), dilation=(1,)):
    """Every cell adds its multiple of the kernel to the output."""
    s, d = stride[0], dilation[0]
    columns = (x.shape[2] - 1) * s + 1
    out = np.zeros((len(x), weight.shape[1], columns + d * (weight.shape[2] - 1)), dtype=x.dtype)
    for j in range(weight.shape[2]):
        part = out[:, :, d * j:d * j + columns:s]
        part += np.einsum("ncx,ck->nkx", x, weight[:, :, j])
    return out


)";

constexpr const char* kGroups = R"(def in_groups(groups, layer, x, weight, **settings):
    """Every group of channels has filters of its own."""
    parts = zip(np.split(x, groups, axis=1), np.split(weight, groups))
    return np.concatenate([layer(part, filters, **settings) for part, filters in parts], axis=1)


)";

std::string functions(const Used& used, bool line) {
  std::string text;
  text += used.windows ? (line ? kWindows1d : kWindows2d) : "";
  text += used.convolution ? (line ? kConvolution1d : kConvolution2d) : "";
  text += used.transposed ? (line ? kTransposed1d : kTransposed2d) : "";
  text += used.groups ? kGroups : "";
  return text;
}

std::string padded(const PlannedLayer& layer, const std::string& x, const conv::Pads& pads,
                   std::string_view how) {
  return pads == conv::Pads{}
             ? x
             : "np.pad(" + x + ", " + pad_pairs(pads, layer.line()) + std::string(how) + ")";
}

// Names what is padded on a line of its own; `x` is its name afterwards.
std::string padding_line(const PlannedLayer& layer, std::string& x, const conv::Pads& pads,
                         std::string_view how) {
  if (pads == conv::Pads{}) {
    return "";
  }
  const std::string line = "padded = " + padded(layer, x, pads, how) + "\n";
  x = "padded";
  return line;
}

std::string call(const PlannedLayer& layer, const std::string& function, const std::string& x,
                 const std::string& weight) {
  const std::string groups =
      layer.spec.groups > 1
          ? "in_groups(" + std::to_string(layer.spec.groups) + ", " + function + ", "
          : function + "(";
  return groups + x + ", " + weight + unless_one("stride", layer.spec.stride, layer.line()) +
         unless_one("dilation", layer.spec.dilation, layer.line()) + ")";
}

std::string convolution(const PlannedLayer& layer, std::string x, Used& used) {
  used.windows = used.convolution = true;
  used.groups = used.groups || layer.spec.groups > 1;
  const std::string line =
      padding_line(layer, x, layer.spec.pads, mode_argument(layer.spec.padding_mode));
  return line + "out = " + call(layer, layer.line() ? "conv1d" : "conv2d", x, kernel_name(layer)) +
         "\n" + bias_line(layer);
}

std::string transposed(const PlannedLayer& layer, const std::string& x, Used& used) {
  used.transposed = true;
  used.groups = used.groups || layer.spec.groups > 1;
  const char* function = layer.line() ? "conv_transpose1d" : "conv_transpose2d";
  std::string text = "out = " + call(layer, function, x, layer.weight_name) + "\n";
  const conv::Size2& more = layer.spec.output_padding;
  if (more != conv::Size2{0, 0}) {
    text += "out = " + padded(layer, "out", {0, more.h, 0, more.w}, "") + "\n";
  }
  if (layer.spec.pads != conv::Pads{}) {
    text += "out = out[:, :, " + slices(layer.spec.pads, layer.output, layer.line()) + "]\n";
  }
  return text + bias_line(layer);
}

std::string windows_of(const PlannedLayer& layer, const std::string& x, Used& used) {
  used.windows = true;
  return "windows(" + x + ", " + tuple_text(layer.spec.kernel_size, layer.line()) +
         unless_one("stride", layer.spec.stride, layer.line()) +
         unless_one("dilation", layer.spec.dilation, layer.line()) + ")";
}

std::string max_pool(const PlannedLayer& layer, std::string x, Used& used) {
  const std::string line = padding_line(layer, x, layer.reach_pads(), ", constant_values=-np.inf");
  return line + "out = " + windows_of(layer, x, used) +
         (layer.line() ? ".max(axis=-1)\n" : ".max(axis=(-2, -1))\n");
}

std::string average_pool(const PlannedLayer& layer, std::string x, Used& used) {
  const char* axes = layer.line() ? "(axis=-1)" : "(axis=(-2, -1))";
  std::string text = padding_line(layer, x, layer.reach_pads(), "");
  const std::int64_t cells = layer.spec.kernel_size.h * layer.spec.kernel_size.w;
  const std::string windows = windows_of(layer, x, used);
  if (layer.divisor() == cells) {
    return text + "out = " + windows + ".mean" + axes + "\n";
  }
  if (layer.divisor() != 0) {
    return text + "out = " + windows + ".sum" + axes + " / " + std::to_string(layer.divisor()) +
           "\n";
  }
  // A map of ones says which cells count.
  const auto [ones, around] = counted_cells(layer);
  const std::string counted =
      "np.ones(" + tuple_text(dimensions(ones, layer.line())) + ", dtype=np.float32)";
  return text + "counted = " + padded(layer, counted, around, "") + "  # the cells that count\n" +
         "out = " + windows + ".sum" + axes + " / " + windows_of(layer, "counted", used) + ".sum" +
         axes + "\n";
}

std::string unfold(const PlannedLayer& layer, std::string x, Used& used) {
  const std::string line = padding_line(layer, x, layer.spec.pads, "");
  const std::string shape = tuple_text(output_dimensions(layer));
  return line + "cells = " + windows_of(layer, x, used) + ".transpose(0, 1, 4, 5, 2, 3)\n" +
         "out = cells.reshape" + shape + "\n";
}

std::string lines_of(const PlannedLayer& layer, const std::string& x, Used& used) {
  switch (layer.spec.op) {
    case conv::Op::kConv:
      return convolution(layer, x, used);
    case conv::Op::kConvTranspose:
      return transposed(layer, x, used);
    case conv::Op::kMaxPool:
      return max_pool(layer, x, used);
    case conv::Op::kAvgPool:
      return average_pool(layer, x, used);
    case conv::Op::kRelu:
      return "out = np.maximum(" + x + ", 0)\n";
    case conv::Op::kUnfold:
      return unfold(layer, x, used);
  }
  return "";
}

}  // namespace

std::string numpy_program(const Plan& plan) {
  Used used;
  const std::string body =
      python_layers(plan, [&used](const PlannedLayer& layer, const std::string& x) {
        return lines_of(layer, x, used);
      });
  return python_head(plan, "import numpy as np\n") + functions(used, plan.one_dimensional) +
         python_show() + python_tensors(kNumpy, plan) + body;
}

}  // namespace convscope::code
