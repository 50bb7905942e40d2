#include "core/code/plan.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "core/conv/operators/operator.h"
#include "core/conv/window_axis.h"

namespace convscope::code {
namespace {

// Words of Python and C++, and names that the programs give to something else.
constexpr std::array kTaken = {
    "False", "None", "True", "alignas", "alignof", "and", "and_eq", "as", "asm", "assert", "async",
    "auto", "await", "bitand", "bitor", "bool", "break", "case", "catch", "char", "char8_t",
    "class", "co_await", "co_return", "co_yield", "compl", "concept", "const", "constexpr",
    "const_cast", "continue", "decltype", "def", "default", "del", "delete", "do", "double", "elif",
    "else", "enum", "except", "explicit", "export", "extern", "false", "finally", "float", "for",
    "friend", "from", "global", "goto", "if", "import", "in", "inline", "int", "is", "lambda",
    "long", "mutable", "namespace", "new", "noexcept", "nonlocal", "not", "not_eq", "nullptr",
    "operator", "or", "or_eq", "pass", "private", "protected", "public", "raise", "register",
    "requires", "return", "short", "signed", "sizeof", "static", "static_assert", "struct",
    "switch", "template", "this", "thread_local", "throw", "true", "try", "typedef", "typeid",
    "typename", "union", "unsigned", "using", "virtual", "void", "volatile", "wchar_t", "while",
    "with", "xor", "xor_eq", "yield",
    // What a program calls and what it names.
    "bias", "inf", "isinstance", "jax", "jnp", "lax", "list", "main", "nan", "nn", "np", "out",
    "padded", "print", "show", "std", "tf", "torch", "total", "tuple", "weight", "windows",
    "Tensor", "print_shape", "zero_padded", "reflected", "replicated", "wrapped", "EOF", "INFINITY",
    "NAN", "NULL"};

// What only an input can hide: layers are not variables in the programs that use these.
constexpr std::array kHiddenByInputs = {"conv1d",
                                        "conv2d",
                                        "conv_transpose1d",
                                        "conv_transpose2d",
                                        "counted",
                                        "in_groups",
                                        "len",
                                        "range",
                                        "replicate",
                                        "slice",
                                        "spread",
                                        "turned",
                                        "wrap",
                                        "zip"};

// What the programs append to a layer's name, for its tensors and for what lies between its steps.
constexpr std::array kEndings = {"_weight", "_bias",      "_out",         "_padded",
                                 "_pads",   "_pad_value", "_padded_rows", "_padded_columns",
                                 "_rows",   "_columns",   "_mean",        "_factors",
                                 "_places", "_maps",      "_shape"};

bool is_identifier(const std::string& name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && std::ranges::all_of(name, fits) &&
         !(name.front() >= '0' && name.front() <= '9') && std::ranges::count(kTaken, name) == 0;
}

// Gives every name once: "conv", "conv_2".
class Names {
 public:
  std::string input(const std::string& wanted) {
    const bool hides = std::ranges::count(kHiddenByInputs, wanted) != 0;
    return give(hides ? "" : wanted, "img", {});
  }
  // What is made of the name is not given to another either.
  std::string layer(const std::string& wanted, const std::string& otherwise) {
    return give(wanted, otherwise, kEndings);
  }

 private:
  std::string give(const std::string& wanted, const std::string& otherwise,
                   std::span<const char* const> endings) {
    const std::string base = is_identifier(wanted) ? wanted : otherwise;
    for (int number = 1;; ++number) {
      const std::string name = number == 1 ? base : base + "_" + std::to_string(number);
      std::set<std::string> made = {name};
      for (const char* ending : endings) {
        made.insert(name + ending);
      }
      const auto given = [this](const std::string& each) { return given_.contains(each); };
      if (std::ranges::none_of(made, given)) {
        given_.merge(made);
        return name;
      }
    }
  }

  std::set<std::string> given_;
};

conv::LayerSpec explicit_spec(const conv::LayerSpec& any, const Shape& input) {
  conv::LayerSpec spec = conv::fitted(any, input);
  spec.pads = conv::resolved_pads(spec, input);
  spec.padding = conv::PaddingRule::kExplicit;
  if (!conv::operator_of(spec.op).reads(conv::Setting::kKernelSize)) {
    spec.kernel_size = spec.stride = spec.dilation = {1, 1};
  }
  if (!conv::operator_of(spec.op).reads(conv::Setting::kDilation)) {
    spec.dilation = {1, 1};
  }
  return spec;
}

conv::Size2 overhang_of(const conv::LayerSpec& spec, const Shape& input, const Shape& output) {
  if (!spec.ceil_mode || !conv::operator_of(spec.op).reads(conv::Setting::kCeilMode)) {
    return {0, 0};
  }
  const conv::Size2 reach = conv::dilated_kernel(spec);
  const auto beyond = [](std::int64_t outputs, std::int64_t stride, std::int64_t window,
                         std::int64_t room) {
    return std::max<std::int64_t>(0, (outputs - 1) * stride + window - room);
  };
  return {beyond(output.h, spec.stride.h, reach.h, input.h + spec.pads.top + spec.pads.bottom),
          beyond(output.w, spec.stride.w, reach.w, input.w + spec.pads.left + spec.pads.right)};
}

std::string in_one_line(std::string text) {
  std::ranges::replace_if(text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

std::vector<std::int64_t> counted(const conv::WindowAxis& axis, bool include_pad) {
  std::vector<std::int64_t> counts;
  for (std::int64_t window = 0; window < axis.outputs; ++window) {
    const std::int64_t begin = axis.start(window);
    const std::int64_t end = begin + axis.kernel;
    counts.push_back(include_pad ? std::min(end, axis.padded_end) - begin
                                 : std::min(end, axis.size) - std::max<std::int64_t>(begin, 0));
  }
  return counts;
}

}  // namespace

conv::Pads PlannedLayer::reach_pads() const {
  return {spec.pads.top, spec.pads.bottom + overhang.h, spec.pads.left,
          spec.pads.right + overhang.w};
}

std::int64_t PlannedLayer::divisor() const {
  if (spec.divisor_override > 0) {
    return spec.divisor_override;
  }
  const bool alike =
      overhang == conv::Size2{0, 0} && (spec.count_include_pad || spec.pads == conv::Pads{});
  return alike ? spec.kernel_size.h * spec.kernel_size.w : 0;
}

Plan plan_of(const lesson::Lesson& lesson, std::size_t number, lesson::Language language) {
  const lesson::Scene& scene = *lesson.scenes[number];
  Plan plan;
  Names names;
  const std::string& title = scene.title.in(language);
  plan.title = in_one_line(lesson.title.in(language) + (title.empty() ? "" : ": " + title));
  plan.input_name = names.input(scene.input_name);
  plan.input = scene.input.tensor();
  plan.one_dimensional = std::ranges::any_of(
      scene.layers, [](const lesson::Layer& layer) { return layer.one_dimensional; });
  const bool one_weight = std::ranges::count_if(scene.layers, [](const lesson::Layer& layer) {
                            return conv::has_weight(layer.spec.op);
                          }) == 1;
  Shape shape = plan.input.shape();
  for (const lesson::Layer& layer : scene.layers) {
    PlannedLayer planned;
    planned.layer = layer;
    planned.layer.one_dimensional = plan.one_dimensional;
    planned.name = names.layer(layer.name, std::string(conv::operator_of(layer.spec.op).caption));
    planned.layer.name = planned.name;
    planned.spec = explicit_spec(layer.spec, shape);
    planned.input = shape;
    planned.output = shape = conv::output_shape(layer.spec, shape);
    planned.overhang = overhang_of(planned.spec, planned.input, planned.output);
    if (conv::has_weight(layer.spec.op)) {
      planned.weight = layer.weight.tensor();
      planned.weight_name = one_weight ? "weight" : planned.name + "_weight";
      if (layer.spec.bias) {
        planned.bias = layer.bias.tensor();
        planned.bias_name = one_weight ? "bias" : planned.name + "_bias";
      }
    }
    plan.layers.push_back(std::move(planned));
  }
  plan.layers.back().last = true;
  return plan;
}

std::optional<Problem> too_large(const Plan& plan, std::int64_t limit) {
  const auto found = [limit](const std::string& name, const Tensor& tensor) {
    const std::int64_t count = tensor.shape().count();
    return count > limit
               ? std::optional(Problem{"code_too_large",
                                       name,
                                       {{"tensor", name}, {"count", count}, {"limit", limit}}})
               : std::nullopt;
  };
  std::optional<Problem> problem = found(plan.input_name, plan.input);
  for (const PlannedLayer& layer : plan.layers) {
    problem = problem ? problem : found(layer.weight_name, layer.weight);
    problem = problem ? problem : found(layer.bias_name, layer.bias);
  }
  return problem;
}

std::vector<std::int64_t> dimensions(const Shape& shape, bool one_dimensional) {
  if (one_dimensional) {
    return {shape.n, shape.c, shape.w};
  }
  return {shape.n, shape.c, shape.h, shape.w};
}

std::vector<std::int64_t> output_dimensions(const PlannedLayer& layer) {
  const Shape& shape = layer.output;
  if (layer.unfolds() && layer.last) {
    return {shape.n, shape.c, shape.h * shape.w};
  }
  return dimensions(shape, layer.line());
}

CountedCells counted_cells(const PlannedLayer& layer) {
  CountedCells cells = {{1, 1, layer.input.h, layer.input.w}, layer.reach_pads()};
  if (layer.spec.count_include_pad) {
    cells.ones.h += layer.spec.pads.top + layer.spec.pads.bottom;
    cells.ones.w += layer.spec.pads.left + layer.spec.pads.right;
    cells.around = {0, layer.overhang.h, 0, layer.overhang.w};
  }
  return cells;
}

WindowCounts window_counts(const PlannedLayer& layer) {
  const conv::WindowAxes axes = conv::window_axes(layer.spec, layer.input);
  const bool include_pad = layer.spec.count_include_pad;
  return {counted(axes.rows, include_pad), counted(axes.columns, include_pad)};
}

}  // namespace convscope::code
