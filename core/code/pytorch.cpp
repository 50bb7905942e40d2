// PyTorch: the layers as torch.nn has them, with their weights set.
#include "core/code/literals.h"
#include "core/code/python_text.h"
#include "core/code/writers.h"
#include "core/lesson/layer_code.h"

namespace convscope::code {
namespace {

constexpr PythonLibrary kTorch = {"torch.tensor", "torch.float32"};

// The lines that make the layer, with its tensors in the place of random ones.
std::string layer_lines(const PlannedLayer& layer) {
  std::string lines = lesson::layer_code(layer.layer, layer.input);
  // A padding layer stands before the one with the weights.
  const bool padded = lines.find(" = nn.Sequential(") != std::string::npos;
  const std::string module = layer.name + (padded ? "[1]" : "");
  const std::size_t first_end = lines.find('\n');
  std::string made = lines.substr(0, first_end) + "\n";
  if (!layer.weight.empty()) {
    made += module + ".weight.data = " + layer.weight_name + "\n";
  }
  if (!layer.bias.empty()) {
    made += module + ".bias.data = " + layer.bias_name + "\n";
  }
  return made + (first_end == std::string::npos ? "" : lines.substr(first_end + 1) + "\n");
}

std::string apply_lines(const PlannedLayer& layer, const std::string& x) {
  std::string lines = "    out = " + layer.name + "(" + x + ")\n";
  if (layer.unfolds() && !layer.last) {
    lines += "    out = out.reshape" + tuple_text(output_dimensions(layer)) + "\n";
  }
  return lines + "    " + print_shape(layer, "tuple(out.shape)");
}

}  // namespace

std::string pytorch_program(const Plan& plan) {
  std::string made;
  std::string applied;
  for (const PlannedLayer& layer : plan.layers) {
    made += layer_lines(layer);
    applied += apply_lines(layer, applied.empty() ? plan.input_name : "out");
  }
  return python_head(plan, "import torch\nfrom torch import nn\n") + python_show() +
         python_tensors(kTorch, plan) + made + "\nwith torch.no_grad():\n" + applied +
         "show(\"out\", out.tolist())\n";
}

}  // namespace convscope::code
