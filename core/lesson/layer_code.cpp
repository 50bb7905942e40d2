#include "core/lesson/layer_code.h"

#include <algorithm>

#include "core/lesson/enum_names.h"
#include "core/lesson/json/json_tree.h"

namespace convscope::lesson {
namespace {

std::string as_text(std::int64_t number) { return std::to_string(number); }

// The arguments of a call, as Python writes them.
class Arguments {
 public:
  explicit Arguments(bool one_dimensional) : one_dimensional_(one_dimensional) {}

  void add(const std::string& argument) { all_ += (all_.empty() ? "" : ", ") + argument; }
  void add(const char* name, const std::string& value) {
    add(std::string(name).append("=").append(value));
  }
  void size(const char* name, const conv::Size2& size) {
    const bool one_number = one_dimensional_ || size.h == size.w;
    add(name, one_number ? as_text(size.w) : "(" + as_text(size.h) + ", " + as_text(size.w) + ")");
  }
  // Omitted if it is PyTorch's default.
  void size(const char* name, const conv::Size2& size, const conv::Size2& usual) {
    if (size != usual) {
      this->size(name, size);
    }
  }

  const std::string& all() const { return all_; }

 private:
  bool one_dimensional_;
  std::string all_;
};

bool is_even(const conv::Pads& pads) { return pads.top == pads.bottom && pads.left == pads.right; }

// Whether the padding is uneven: PyTorch's layers take one number for both sides.
bool pads_apart(const conv::LayerSpec& spec, const Shape& input) {
  return conv::operator_of(spec.op).reads(conv::Setting::kPaddingMode) &&
         spec.padding != conv::PaddingRule::kSame && !is_even(conv::resolved_pads(spec, input));
}

const char* mode_word(conv::PaddingMode mode) {
  return word_of(kPaddingModes, mode).data();  // a literal, so null-terminated
}

// "nn.ZeroPad2d((left, right, top, bottom))".
std::string padding_layer(const conv::LayerSpec& spec, const conv::Pads& pads,
                          bool one_dimensional) {
  const char* kind = spec.padding_mode == conv::PaddingMode::kReflect     ? "Reflection"
                     : spec.padding_mode == conv::PaddingMode::kReplicate ? "Replication"
                     : spec.padding_mode == conv::PaddingMode::kCircular  ? "Circular"
                                                                          : "Constant";
  std::string sides = "(" + as_text(pads.left) + ", " + as_text(pads.right);
  sides += one_dimensional ? ")" : ", " + as_text(pads.top) + ", " + as_text(pads.bottom) + ")";
  const char* zero = spec.padding_mode == conv::PaddingMode::kZeros ? ", 0.0" : "";
  return std::string("nn.") + kind + "Pad" + (one_dimensional ? "1d(" : "2d(") + sides + zero + ")";
}

void add_padding(Arguments& arguments, const conv::LayerSpec& spec, const Shape& input) {
  if (spec.padding == conv::PaddingRule::kSame) {
    arguments.add("padding", "\"same\"");
  } else if (!pads_apart(spec, input)) {
    const conv::Pads pads = conv::resolved_pads(spec, input);
    arguments.size("padding", {pads.top, pads.left}, {0, 0});
  }
}

// In PyTorch's order, which differs from the form's.
void add_arguments(Arguments& arguments, const conv::LayerSpec& spec, const Shape& input) {
  const conv::Operator& op = conv::operator_of(spec.op);
  const auto reads = [&](conv::Setting setting) { return op.reads(setting); };
  const auto flag = [&](conv::Setting setting, bool value, bool usual) {
    if (reads(setting) && value != usual) {
      arguments.add(conv::name_of(setting).data(), value ? "True" : "False");
    }
  };
  if (reads(conv::Setting::kInChannels)) {
    arguments.add(as_text(spec.in_channels));
  }
  if (reads(conv::Setting::kOutChannels)) {
    arguments.add(as_text(spec.out_channels));
  }
  if (reads(conv::Setting::kKernelSize)) {
    arguments.size("kernel_size", spec.kernel_size);
  }
  if (reads(conv::Setting::kStride)) {
    arguments.size("stride", spec.stride,
                   op.stride_is_kernel ? spec.kernel_size : conv::Size2{1, 1});
  }
  if (reads(conv::Setting::kPadding)) {
    add_padding(arguments, spec, input);
  }
  if (reads(conv::Setting::kOutputPadding)) {
    arguments.size("output_padding", spec.output_padding, {0, 0});
  }
  if (reads(conv::Setting::kDilation)) {
    arguments.size("dilation", spec.dilation, {1, 1});
  }
  if (reads(conv::Setting::kGroups) && spec.groups != 1) {
    arguments.add("groups", as_text(spec.groups));
  }
  flag(conv::Setting::kBias, spec.bias, true);
  if (reads(conv::Setting::kPaddingMode) && spec.padding_mode != conv::PaddingMode::kZeros &&
      !pads_apart(spec, input)) {
    arguments.add("padding_mode", std::string("\"") + mode_word(spec.padding_mode) + "\"");
  }
  flag(conv::Setting::kCeilMode, spec.ceil_mode, false);
  flag(conv::Setting::kCountIncludePad, spec.count_include_pad, true);
  if (reads(conv::Setting::kDivisorOverride) && spec.divisor_override != 0) {
    arguments.add("divisor_override", as_text(spec.divisor_override));
  }
}

// The layer's name if it is a Python identifier, otherwise "layer".
std::string variable_name(const Layer& layer) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  const std::string& name = layer.name;
  const bool good = !name.empty() && std::ranges::all_of(name, fits) &&
                    !(name.front() >= '0' && name.front() <= '9');
  return good ? name : "layer";
}

}  // namespace

std::string_view op_word(const Layer& layer) {
  const conv::Operator& op = conv::operator_of(layer.spec.op);
  return layer.one_dimensional && !op.word_1d.empty() ? op.word_1d : op.word_2d;
}

std::string torch_class(const Layer& layer) {
  return torch_class(layer.spec.op, layer.one_dimensional);
}

std::string torch_class(conv::Op op, bool one_dimensional) {
  const conv::Operator& all = conv::operator_of(op);
  const bool numbered = !all.any_dimensions() && !all.word_1d.empty();
  return std::string(all.torch_class) + (!numbered ? "" : one_dimensional ? "1d" : "2d");
}

std::string layer_expression(const Layer& layer, const Shape& input) {
  const conv::LayerSpec& spec = layer.spec;
  Arguments arguments(layer.one_dimensional);
  add_arguments(arguments, spec, input);
  const std::string call = "nn." + torch_class(layer) + "(" + arguments.all() + ")";
  if (!pads_apart(spec, input)) {
    return call;
  }
  const conv::Pads pads = conv::resolved_pads(spec, input);
  return "nn.Sequential(" + padding_layer(spec, pads, layer.one_dimensional) + ", " + call + ")";
}

std::string layer_code(const Layer& layer, const Shape& input) {
  const std::string name = variable_name(layer);
  std::string code = name + " = " + layer_expression(layer, input);
  if (layer.spec.flip && conv::operator_of(layer.spec.op).reads(conv::Setting::kFlip)) {
    const std::string weight = name + (pads_apart(layer.spec, input) ? "[1]" : "") + ".weight.data";
    const char* axes = layer.one_dimensional ? "(2,)" : "(2, 3)";
    code += "\n" + weight + " = torch.flip(" + weight + ", " + axes + ")";
  }
  return code;
}

}  // namespace convscope::lesson
