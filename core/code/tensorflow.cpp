// TensorFlow: channels stand last, so the tensors are turned on their way in and out.
#include "core/code/literals.h"
#include "core/code/python_text.h"
#include "core/code/writers.h"

namespace convscope::code {
namespace {

constexpr PythonLibrary kTensorflow = {"tf.constant", "tf.float32", true};

struct Used {
  bool replicate = false;
  bool wrap = false;
  bool groups = false;
  bool spread = false;
};

constexpr const char* kReplicate = R"(def replicate(x, axis, before, after):
    """Repeats the cells at the edge."""
    places = tf.clip_by_value(tf.range(-before, x.shape[axis] + after), 0, x.shape[axis] - 1)
    return tf.gather(x, places, axis=axis)


)";

constexpr const char* kWrap = R"(def wrap(x, axis, before, after):
    """Goes on at the other edge."""
    return tf.gather(x, tf.range(-before, x.shape[axis] + after) % x.shape[axis], axis=axis)


)";

constexpr const char* kGroups = R"(def in_groups(groups, layer, x, kernel):
    """Every group of channels has filters of its own."""
    parts = zip(tf.split(x, groups, axis=-1), tf.split(kernel, groups, axis=-1))
    return tf.concat([layer(part, filters) for part, filters in parts], axis=-1)


)";

// On a CPU TensorFlow has no transposed convolution with dilation.
constexpr const char* kSpread = R"(def spread(kernel, dilation):
    """The kernel with zeros between its cells."""
    size = [d * (k - 1) + 1 for k, d in zip(kernel.shape, dilation)]
    wide = np.zeros((*size, *kernel.shape[-2:]), dtype=np.float32)
    wide[tuple(slice(None, None, d) for d in dilation)] = kernel.numpy()
    return tf.constant(wide)


)";

std::string functions(const Used& used) {
  std::string text;
  text += used.replicate ? kReplicate : "";
  text += used.wrap ? kWrap : "";
  text += used.groups ? kGroups : "";
  text += used.spread ? kSpread : "";
  return text;
}

std::string pad_line(const conv::Pads& pads, bool line, const std::string& how = "") {
  return pads == conv::Pads{} ? "" : "x = tf.pad(x, " + pad_pairs(pads, line, "nhwc") + how + ")\n";
}

std::string axis_line(const char* function, int axis, std::int64_t before, std::int64_t after) {
  return before == 0 && after == 0
             ? ""
             : std::string("x = ") + function + "(x, axis=" + std::to_string(axis) +
                   ", before=" + std::to_string(before) + ", after=" + std::to_string(after) +
                   ")\n";
}

std::string padding(const PlannedLayer& layer, Used& used) {
  const conv::Pads& pads = layer.spec.pads;
  if (pads == conv::Pads{}) {
    return "";
  }
  switch (layer.spec.padding_mode) {
    case conv::PaddingMode::kZeros:
      return pad_line(pads, layer.line());
    case conv::PaddingMode::kReflect:
      return pad_line(pads, layer.line(), ", mode=\"REFLECT\"");
    case conv::PaddingMode::kReplicate:
      used.replicate = true;
      break;
    case conv::PaddingMode::kCircular:
      used.wrap = true;
      break;
  }
  const char* function =
      layer.spec.padding_mode == conv::PaddingMode::kReplicate ? "replicate" : "wrap";
  return layer.line() ? axis_line(function, 1, pads.left, pads.right)
                      : axis_line(function, 1, pads.top, pads.bottom) +
                            axis_line(function, 2, pads.left, pads.right);
}

bool strides(const PlannedLayer& layer) { return layer.spec.stride != conv::Size2{1, 1}; }
bool dilates(const PlannedLayer& layer) { return layer.spec.dilation != conv::Size2{1, 1}; }

// TensorFlow has no stride together with dilation: then every position is computed and some are
// kept.
std::string window_arguments(const PlannedLayer& layer) {
  std::string text;
  if (strides(layer) && !dilates(layer)) {
    text += ", strides=" + tuple_text(layer.spec.stride, layer.line());
  }
  text += ", padding=\"VALID\"";
  return text + unless_one("dilations", layer.spec.dilation, layer.line());
}

std::string kept_line(const PlannedLayer& layer) {
  if (!strides(layer) || !dilates(layer)) {
    return "";
  }
  const auto every = [](std::int64_t stride) { return "::" + std::to_string(stride); };
  return "x = x[:, " + (layer.line() ? "" : every(layer.spec.stride.h) + ", ") +
         every(layer.spec.stride.w) + "]\n";
}

std::string added_bias(const PlannedLayer& layer) {
  return layer.bias.empty() ? "" : "x = x + " + layer.bias_name + "\n";
}

std::string kernel_line(const PlannedLayer& layer) {
  const std::string turned = !layer.spec.flip ? "" : layer.line() ? "[::-1]" : "[::-1, ::-1]";
  return "kernel = tf.transpose(" + layer.weight_name +
         (layer.line() ? ", (2, 1, 0))" : ", (2, 3, 1, 0))") + turned + "\n";
}

// `call` with x and kernel, in groups where there are several.
std::string applied(const PlannedLayer& layer, const std::string& function,
                    const std::string& arguments, Used& used) {
  if (layer.spec.groups == 1) {
    return "x = " + function + "(x, kernel" + arguments + ")\n";
  }
  used.groups = true;
  return "x = in_groups(" + std::to_string(layer.spec.groups) + ", lambda x, kernel: " + function +
         "(\n    x, kernel" + arguments + "), x, kernel)\n";
}

std::string convolution(const PlannedLayer& layer, Used& used) {
  return padding(layer, used) + kernel_line(layer) +
         applied(layer, "tf.nn.convolution", window_arguments(layer), used) + kept_line(layer) +
         added_bias(layer);
}

std::string transposed(const PlannedLayer& layer, Used& used) {
  const conv::LayerSpec& spec = layer.spec;
  const conv::Size2 reach = conv::dilated_kernel(spec);
  std::string text = kernel_line(layer);
  if (dilates(layer)) {
    used.spread = true;
    text += "kernel = spread(kernel, " + tuple_text(spec.dilation, layer.line()) + ")\n";
  }
  // Channels last, so the shape is written by hand.
  std::vector<std::int64_t> full = {layer.input.n, (layer.input.h - 1) * spec.stride.h + reach.h,
                                    (layer.input.w - 1) * spec.stride.w + reach.w,
                                    spec.out_channels / spec.groups};
  if (layer.line()) {
    full.erase(full.begin() + 1);
  }
  text += applied(layer, "tf.nn.conv_transpose",
                  ", output_shape=" + tuple_text(full) +
                      ", strides=" + tuple_text(spec.stride, layer.line()) + ", padding=\"VALID\"",
                  used);
  text += pad_line({0, spec.output_padding.h, 0, spec.output_padding.w}, layer.line());
  if (spec.pads != conv::Pads{}) {
    text += "x = x[:, " + slices(spec.pads, layer.output, layer.line()) + "]\n";
  }
  return text + added_bias(layer);
}

std::string pooled(const PlannedLayer& layer, const std::string& x, const char* kind) {
  return "tf.nn.pool(" + x + ", " + tuple_text(layer.spec.kernel_size, layer.line()) + ", \"" +
         kind + "\"" + window_arguments(layer) + ")";
}

std::string max_pool(const PlannedLayer& layer) {
  return pad_line(layer.reach_pads(), layer.line(), ", constant_values=-np.inf") +
         "x = " + pooled(layer, "x", "MAX") + "\n" + kept_line(layer);
}

std::string average_pool(const PlannedLayer& layer) {
  const std::int64_t cells = layer.spec.kernel_size.h * layer.spec.kernel_size.w;
  const std::string text =
      pad_line(layer.reach_pads(), layer.line()) + "x = " + pooled(layer, "x", "AVG");
  if (layer.divisor() == cells) {
    return text + "\n";
  }
  if (layer.divisor() != 0) {
    return text + " * " + std::to_string(cells) + " / " + std::to_string(layer.divisor()) + "\n";
  }
  const auto [ones, around] = counted_cells(layer);
  std::vector<std::int64_t> shape = {1, ones.h, ones.w, 1};
  if (layer.line()) {
    shape.erase(shape.begin() + 1);
  }
  std::string counted = "tf.ones(" + tuple_text(shape) + ")";
  if (around != conv::Pads{}) {
    counted = "tf.pad(" + counted + ", " + pad_pairs(around, layer.line(), "nhwc") + ")";
  }
  return "counted = " + counted + "  # the cells that count\n" + text + "\nx = x / " +
         pooled(layer, "counted", "AVG") + "\n";
}

std::string unfold(const PlannedLayer& layer) {
  const conv::LayerSpec& spec = layer.spec;
  const Shape& out = layer.output;
  const auto all = [](const conv::Size2& size) {
    const std::int64_t sizes[] = {1, size.h, size.w, 1};
    return tuple_text(sizes);
  };
  const std::int64_t cells = spec.kernel_size.h * spec.kernel_size.w;
  const std::int64_t apart[] = {out.n, out.h, out.w, cells, layer.input.c};
  const std::int64_t maps[] = {out.n, out.h, out.w, out.c};
  return pad_line(spec.pads, false) + "x = tf.image.extract_patches(\n    x, " +
         all(spec.kernel_size) + ", strides=" + all(spec.stride) + ", rates=" + all(spec.dilation) +
         ", padding=\"VALID\")\n" + "x = tf.transpose(tf.reshape(x, " + tuple_text(apart) +
         "), (0, 1, 2, 4, 3))\n" + "x = tf.reshape(x, " + tuple_text(maps) + ")\n";
}

std::string lines_of(const PlannedLayer& layer, Used& used) {
  switch (layer.spec.op) {
    case conv::Op::kConv:
      return convolution(layer, used);
    case conv::Op::kConvTranspose:
      return transposed(layer, used);
    case conv::Op::kMaxPool:
      return max_pool(layer);
    case conv::Op::kAvgPool:
      return average_pool(layer);
    case conv::Op::kRelu:
      return "x = tf.nn.relu(x)\n";
    case conv::Op::kUnfold:
      return unfold(layer);
  }
  return "";
}

}  // namespace

std::string tensorflow_program(const Plan& plan) {
  Used used;
  const bool line = plan.one_dimensional;
  const std::string first = line ? ", (0, 2, 1))" : ", (0, 3, 1, 2))";  // channels first again
  std::string body = "x = tf.transpose(" + plan.input_name +
                     (line ? ", (0, 2, 1))" : ", (0, 2, 3, 1))") + "  # channels last\n";
  for (const PlannedLayer& layer : plan.layers) {
    body += lines_of(layer, used) + "out = tf.transpose(x" + first + "\n";
    if (layer.unfolds() && layer.last) {
      body += "out = tf.reshape(out, " + tuple_text(output_dimensions(layer)) + ")\n";
    }
    body += print_shape(layer, "tuple(out.shape)");
  }
  const bool numpy = body.find("np.") != std::string::npos || used.spread;
  return python_head(
             plan, std::string(numpy ? "import numpy as np\n" : "") + "import tensorflow as tf\n") +
         functions(used) + python_show() + python_tensors(kTensorflow, plan) + body +
         "show(\"out\", out.numpy().tolist())\n";
}

}  // namespace convscope::code
