#include "core/code/python_text.h"

#include <algorithm>

#include "core/code/literals.h"

namespace convscope::code {
namespace {

constexpr std::int64_t kMostNested = 1000;

// Names that stand for what is not finite.
bool asks_for_names(const Plan& plan) {
  return !all_finite(plan.input) || std::ranges::any_of(plan.layers, [](const PlannedLayer& layer) {
    return !all_finite(layer.weight) || !all_finite(layer.bias);
  });
}

}  // namespace

std::string python_tensor(const PythonLibrary& library, const std::string& name,
                          const Tensor& tensor, std::vector<std::int64_t> dimensions) {
  const std::string start = name + " = " + std::string(library.make) + "(";
  const std::string dtype = "dtype=" + std::string(library.dtype);
  if (tensor.shape().count() <= kMostNested) {
    const std::string list = nested_list(tensor.values(), dimensions, start.size());
    const bool short_row = list.find('\n') == std::string::npos;
    return start + list + (short_row ? ", " : ",\n" + std::string(start.size(), ' ')) + dtype +
           ")\n";
  }
  const std::string list =
      start + "[\n" +
      number_lines(tensor.values(), static_cast<std::size_t>(tensor.shape().count()), 4) + "], " +
      dtype;
  const std::string shape = tuple_text(dimensions);
  return list + (library.shape_argument ? ", shape=" + shape + ")\n" : ").reshape" + shape + "\n");
}

std::string python_weights(const PythonLibrary& library, const PlannedLayer& layer) {
  std::string text;
  if (!layer.weight.empty()) {
    text += python_tensor(library, layer.weight_name, layer.weight,
                          dimensions(layer.weight.shape(), layer.line()));
  }
  if (!layer.bias.empty()) {
    text += python_tensor(library, layer.bias_name, layer.bias, {layer.bias.shape().count()});
  }
  return text;
}

std::string python_tensors(const PythonLibrary& library, const Plan& plan) {
  std::string text = python_tensor(library, plan.input_name, plan.input,
                                   dimensions(plan.input.shape(), plan.one_dimensional));
  for (const PlannedLayer& layer : plan.layers) {
    text += python_weights(library, layer);
  }
  return text + "\n";
}

std::string python_head(const Plan& plan, std::string_view imports) {
  std::string text = "# " + plan.title + "\n";
  text += asks_for_names(plan) ? "from math import inf, nan\n\n" : "";
  return text + std::string(imports) + "\n\n";
}

std::string python_show() {
  return R"(def show(name, values):
    """Prints a map row by row."""
    if isinstance(values[0][0], list):
        for i, part in enumerate(values):
            show(f"{name}[{i}]", part)
    else:
        print(name)
        for row in values:
            print(*(f"{value:.7g}" for value in row))


)";
}

std::string print_shape(const PlannedLayer& layer, std::string_view shape) {
  return "print(\"" + layer.name + "\", " + std::string(shape) + ")\n";
}

std::string python_layers(const Plan& plan, const LinesOf& lines_of, std::string_view between) {
  std::string text;
  std::string x = plan.input_name;
  for (const PlannedLayer& layer : plan.layers) {
    text += lines_of(layer, x) + print_shape(layer, "out.shape") + std::string(between);
    x = "out";
  }
  return text + "show(\"out\", out.tolist())\n";
}

std::string bias_line(const PlannedLayer& layer) {
  return layer.bias.empty() ? ""
                            : "out = out + " + layer.bias_name +
                                  (layer.line() ? "[:, None]\n" : "[:, None, None]\n");
}

std::string kernel_name(const PlannedLayer& layer) {
  return layer.weight_name + (!layer.spec.flip ? ""
                              : layer.line()   ? "[:, :, ::-1]"
                                               : "[:, :, ::-1, ::-1]");
}

std::string pad_pairs(const conv::Pads& pads, bool one_dimensional, std::string_view axes) {
  std::string text;
  for (const char axis : axes) {
    if (axis == 'h' && one_dimensional) {
      continue;
    }
    const bool down = axis == 'h';
    const bool across = axis == 'w';
    const std::int64_t before = down ? pads.top : across ? pads.left : 0;
    const std::int64_t after = down ? pads.bottom : across ? pads.right : 0;
    text +=
        (text.empty() ? "(" : ", (") + std::to_string(before) + ", " + std::to_string(after) + ")";
  }
  const bool one = text.find("), (") == std::string::npos;
  return "(" + text + (one ? ",)" : ")");
}

std::string unless_one(std::string_view name, const conv::Size2& size, bool one_dimensional) {
  return size == conv::Size2{1, 1}
             ? ""
             : ", " + std::string(name) + "=" + tuple_text(size, one_dimensional);
}

std::string slices(const conv::Pads& cut, const Shape& size, bool one_dimensional) {
  const auto slice = [](std::int64_t begin, std::int64_t count) {
    return std::to_string(begin) + ":" + std::to_string(begin + count);
  };
  const std::string rows = one_dimensional ? "" : slice(cut.top, size.h) + ", ";
  return rows + slice(cut.left, size.w);
}

std::string mode_argument(conv::PaddingMode mode) {
  switch (mode) {
    case conv::PaddingMode::kReflect:
      return ", mode=\"reflect\"";
    case conv::PaddingMode::kReplicate:
      return ", mode=\"edge\"";
    case conv::PaddingMode::kCircular:
      return ", mode=\"wrap\"";
    case conv::PaddingMode::kZeros:
      break;
  }
  return "";
}

}  // namespace convscope::code
