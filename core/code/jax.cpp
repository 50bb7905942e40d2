// JAX: the general convolution of jax.lax, which takes paddings as numbers.
#include <algorithm>

#include "core/code/literals.h"
#include "core/code/python_text.h"
#include "core/code/writers.h"

namespace convscope::code {
namespace {

constexpr PythonLibrary kJax = {"jnp.array", "jnp.float32"};

constexpr const char* kTurned2d = R"(def turned(weight, groups=1):
    """The kernel of the plain convolution that gives the same as a transposed one."""
    parts = jnp.split(weight[:, :, ::-1, ::-1], groups)
    return jnp.concatenate([part.swapaxes(0, 1) for part in parts])


)";

constexpr const char* kTurned1d = R"(def turned(weight, groups=1):
    """The kernel of the plain convolution that gives the same as a transposed one."""
    parts = jnp.split(weight[:, :, ::-1], groups)
    return jnp.concatenate([part.swapaxes(0, 1) for part in parts])


)";

std::string groups_argument(const PlannedLayer& layer, const char* name) {
  return layer.spec.groups > 1 ? std::string(", ") + name + "=" + std::to_string(layer.spec.groups)
                               : "";
}

std::string pads_of(const conv::Pads& pads, bool line) { return pad_pairs(pads, line, "hw"); }

std::string convolve(const std::string& x, const std::string& weight, const std::string& settings) {
  return "out = lax.conv_general_dilated(\n    " + x + ", " + weight + ",\n    " + settings + ")\n";
}

std::string convolution(const PlannedLayer& layer, std::string x) {
  const conv::LayerSpec& spec = layer.spec;
  std::string lines;
  conv::Pads pads = spec.pads;
  if (spec.padding_mode != conv::PaddingMode::kZeros && pads != conv::Pads{}) {
    lines += "padded = jnp.pad(" + x + ", " + pad_pairs(pads, layer.line()) +
             mode_argument(spec.padding_mode) + ")\n";
    x = "padded";
    pads = {};
  }
  return lines +
         convolve(x, kernel_name(layer),
                  "window_strides=" + tuple_text(spec.stride, layer.line()) +
                      ", padding=" + pads_of(pads, layer.line()) +
                      unless_one("rhs_dilation", spec.dilation, layer.line()) +
                      groups_argument(layer, "feature_group_count")) +
         bias_line(layer);
}

// The input with zeros between its cells (lhs_dilation), and a turned kernel.
std::string transposed(const PlannedLayer& layer, const std::string& x) {
  const conv::LayerSpec& spec = layer.spec;
  const conv::Size2 reach = conv::dilated_kernel(spec);
  const conv::Pads pads = {
      reach.h - 1 - spec.pads.top, reach.h - 1 - spec.pads.bottom + spec.output_padding.h,
      reach.w - 1 - spec.pads.left, reach.w - 1 - spec.pads.right + spec.output_padding.w};
  return convolve(x, "turned(" + layer.weight_name + groups_argument(layer, "groups") + ")",
                  "window_strides=" + tuple_text(conv::Size2{1, 1}, layer.line()) +
                      ", padding=" + pads_of(pads, layer.line()) +
                      unless_one("lhs_dilation", spec.stride, layer.line()) +
                      unless_one("rhs_dilation", spec.dilation, layer.line()) +
                      groups_argument(layer, "feature_group_count")) +
         bias_line(layer);
}

// "lax.reduce_window(x, 0.0, lax.add, ...)".
std::string reduced(const PlannedLayer& layer, const std::string& x, const char* start,
                    const char* operation, const conv::Pads& pads) {
  const auto all = [&](const conv::Size2& size) {
    return "(1, 1, " + tuple_text(size, layer.line()).substr(1);
  };
  const auto closed = [](const std::string& text) {
    return text.ends_with(",)") ? text.substr(0, text.size() - 2) + ")" : text;
  };
  const std::string dilation = layer.spec.dilation == conv::Size2{1, 1}
                                   ? ""
                                   : ",\n    window_dilation=" + closed(all(layer.spec.dilation));
  return "lax.reduce_window(\n    " + x + ", " + start + ", " + operation +
         ", window_dimensions=" + closed(all(layer.spec.kernel_size)) +
         ",\n    window_strides=" + closed(all(layer.spec.stride)) +
         ", padding=" + pad_pairs(pads, layer.line()) + dilation + ")";
}

std::string average_pool(const PlannedLayer& layer, const std::string& x) {
  const std::string sum = "out = " + reduced(layer, x, "0.0", "lax.add", layer.reach_pads());
  if (layer.divisor() != 0) {
    return sum + " / " + std::to_string(layer.divisor()) + "\n";
  }
  const auto [ones, around] = counted_cells(layer);
  return "counted = jnp.ones(" + tuple_text(dimensions(ones, layer.line())) +
         ")  # the cells that count\n" + sum + "\nout = out / " +
         reduced(layer, "counted", "0.0", "lax.add", around) + "\n";
}

std::string unfold(const PlannedLayer& layer, const std::string& x) {
  const conv::LayerSpec& spec = layer.spec;
  return "out = lax.conv_general_dilated_patches(\n    " + x + ", " +
         tuple_text(spec.kernel_size, false) +
         ", window_strides=" + tuple_text(spec.stride, false) +
         ", padding=" + pads_of(spec.pads, false) +
         unless_one("rhs_dilation", spec.dilation, false) + ")\n" +
         (layer.last ? "out = out.reshape" + tuple_text(output_dimensions(layer)) + "\n" : "");
}

std::string lines_of(const PlannedLayer& layer, const std::string& x) {
  switch (layer.spec.op) {
    case conv::Op::kConv:
      return convolution(layer, x);
    case conv::Op::kConvTranspose:
      return transposed(layer, x);
    case conv::Op::kMaxPool:
      return "out = " + reduced(layer, x, "-jnp.inf", "lax.max", layer.reach_pads()) + "\n";
    case conv::Op::kAvgPool:
      return average_pool(layer, x);
    case conv::Op::kRelu:
      return "out = jnp.maximum(" + x + ", 0)\n";
    case conv::Op::kUnfold:
      return unfold(layer, x);
  }
  return "";
}

}  // namespace

std::string jax_program(const Plan& plan) {
  const bool turns = std::ranges::any_of(plan.layers, [](const PlannedLayer& layer) {
    return layer.spec.op == conv::Op::kConvTranspose;
  });
  return python_head(plan, "import jax.numpy as jnp\nfrom jax import lax\n") +
         (turns ? (plan.one_dimensional ? kTurned1d : kTurned2d) : "") + python_show() +
         python_tensors(kJax, plan) + python_layers(plan, lines_of);
}

}  // namespace convscope::code
