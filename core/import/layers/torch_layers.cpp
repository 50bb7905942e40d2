// torch.nn's layers and their printed form.
#include <array>

#include "core/import/layers/layer_reader.h"
#include "core/lesson/enum_names.h"

namespace convscope::imports {
namespace {

constexpr std::array<std::pair<std::string_view, conv::PaddingRule>, 2> kRules = {
    {{"valid", conv::PaddingRule::kValid}, {"same", conv::PaddingRule::kSame}}};

struct Class {
  std::string_view stem;  // "Conv"
  bool one_dimensional = false;
};

// "Conv2d" -> Conv, 2; nullopt for 3d and other names.
std::optional<Class> split(std::string_view name) {
  if (name.ends_with("1d") || name.ends_with("2d")) {
    return Class{name.substr(0, name.size() - 2), name[name.size() - 2] == '1'};
  }
  return std::nullopt;
}

void read_padding(const CallArguments& call, conv::LayerSpec& spec, bool one_dimensional) {
  const PythonValue* padding = call.find("padding");
  if (padding == nullptr) {
    return;
  }
  const bool worded =
      padding->kind == PythonValue::Kind::kText || padding->kind == PythonValue::Kind::kName;
  if (worded) {
    spec.padding = call.choice("padding", kRules);
    return;
  }
  const conv::Size2 pads = call.size("padding", one_dimensional);
  spec.padding = conv::PaddingRule::kExplicit;
  spec.pads = {pads.h, pads.h, pads.w, pads.w};
}

void read_window(const CallArguments& call, conv::LayerSpec& spec, bool one_dimensional,
                 const conv::Size2& usual_stride) {
  spec.stride = call.size("stride", one_dimensional, usual_stride);
  spec.dilation = call.size("dilation", one_dimensional, {1, 1});
  read_padding(call, spec, one_dimensional);
}

// PyTorch refuses the others.
constexpr std::array<std::pair<std::string_view, conv::PaddingMode>, 1> kTransposedPaddingModes = {
    {{"zeros", conv::PaddingMode::kZeros}}};

void read_conv(LayerCollector& into, const CallArguments& call, conv::LayerSpec spec,
               bool one_dimensional, bool lazy) {
  spec.in_channels = lazy ? 0 : call.whole("in_channels");
  spec.out_channels = call.whole("out_channels");
  spec.kernel_size = call.size("kernel_size", one_dimensional);
  read_window(call, spec, one_dimensional, {1, 1});
  spec.output_padding = call.size("output_padding", one_dimensional, {0, 0});
  spec.groups = call.whole("groups", 1);
  spec.bias = call.flag("bias", true);
  if (call.find("padding_mode") != nullptr) {
    spec.padding_mode = spec.op == conv::Op::kConvTranspose
                            ? call.choice("padding_mode", kTransposedPaddingModes)
                            : call.choice("padding_mode", lesson::kPaddingModes);
  }
  into.layer(call, spec, one_dimensional);
}

bool read_convolution(LayerCollector& into, const PlainText& text, const PythonValue& call,
                      Class kind) {
  bool lazy = kind.stem.starts_with("Lazy");
  kind.stem.remove_prefix(lazy ? 4 : 0);
  // Its repr has in_channels, 0, and out_channels by place, all else by name.
  lazy = lazy && !(call.items.size() > 2 && call.items[1].name.empty() &&
                   call.items[2].name == "kernel_size");
  const bool one = kind.one_dimensional;
  if (kind.stem == "Conv" && lazy) {
    read_conv(into,
              {text,
               call,
               {"out_channels", "kernel_size", "stride", "padding", "dilation", "groups", "bias",
                "padding_mode", "device", "dtype"}},
              {.op = conv::Op::kConv}, one, true);
  } else if (kind.stem == "Conv") {
    read_conv(into,
              {text,
               call,
               {"in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation",
                "groups", "bias", "padding_mode", "device", "dtype"}},
              {.op = conv::Op::kConv}, one, false);
  } else if (kind.stem == "ConvTranspose" && lazy) {
    read_conv(into,
              {text,
               call,
               {"out_channels", "kernel_size", "stride", "padding", "output_padding", "groups",
                "bias", "dilation", "padding_mode", "device", "dtype"}},
              {.op = conv::Op::kConvTranspose}, one, true);
  } else if (kind.stem == "ConvTranspose") {
    read_conv(into,
              {text,
               call,
               {"in_channels", "out_channels", "kernel_size", "stride", "padding", "output_padding",
                "groups", "bias", "dilation", "padding_mode", "device", "dtype"}},
              {.op = conv::Op::kConvTranspose}, one, false);
  } else {
    return false;
  }
  return true;
}

bool read_pool(LayerCollector& into, const PlainText& text, const PythonValue& call,
               const Class& kind) {
  const bool one = kind.one_dimensional;
  conv::LayerSpec spec;
  if (kind.stem == "MaxPool") {
    const CallArguments arguments(
        text, call,
        {"kernel_size", "stride", "padding", "dilation", "return_indices", "ceil_mode"});
    spec.op = conv::Op::kMaxPool;
    spec.kernel_size = arguments.size("kernel_size", one);
    read_window(arguments, spec, one, spec.kernel_size);
    spec.ceil_mode = arguments.flag("ceil_mode", false);
    into.layer(arguments, spec, one);
    return true;
  }
  if (kind.stem == "AvgPool") {
    const CallArguments arguments =
        one ? CallArguments(text, call,
                            {"kernel_size", "stride", "padding", "ceil_mode", "count_include_pad"})
            : CallArguments(text, call,
                            {"kernel_size", "stride", "padding", "ceil_mode", "count_include_pad",
                             "divisor_override"});
    spec.op = conv::Op::kAvgPool;
    spec.kernel_size = arguments.size("kernel_size", one);
    read_window(arguments, spec, one, spec.kernel_size);
    spec.ceil_mode = arguments.flag("ceil_mode", false);
    spec.count_include_pad = arguments.flag("count_include_pad", true);
    spec.divisor_override = arguments.whole("divisor_override", 0);
    into.layer(arguments, spec, one);
    return true;
  }
  return false;
}

// (left, right, top, bottom), (left, right) or one number.
conv::Pads read_sides(const CallArguments& call, bool one_dimensional) {
  const PythonValue& value = call.get("padding");
  std::vector<std::int64_t> sides;
  for (const PythonArgument& item : value.items) {
    sides.push_back(call.whole_of(item.value, "padding"));
  }
  if (value.items.empty()) {
    sides.assign(one_dimensional ? 2 : 4, call.whole("padding"));
  }
  call.expect_length(value, "padding", sides.size(), one_dimensional ? 2 : 4);
  if (one_dimensional) {
    return {0, 0, sides[0], sides[1]};
  }
  return {sides[2], sides[3], sides[0], sides[1]};
}

bool read_padding_layer(LayerCollector& into, const PlainText& text, const PythonValue& call,
                        const Class& kind) {
  conv::PaddingMode mode = conv::PaddingMode::kZeros;
  if (kind.stem == "ReflectionPad") {
    mode = conv::PaddingMode::kReflect;
  } else if (kind.stem == "ReplicationPad") {
    mode = conv::PaddingMode::kReplicate;
  } else if (kind.stem == "CircularPad") {
    mode = conv::PaddingMode::kCircular;
  } else if (kind.stem != "ZeroPad" && kind.stem != "ConstantPad") {
    return false;
  }
  const bool constant = kind.stem == "ConstantPad";
  const CallArguments arguments = constant ? CallArguments(text, call, {"padding", "value"})
                                           : CallArguments(text, call, {"padding"});
  if (constant) {
    const PythonValue& value = arguments.get("value");
    const bool zero =
        value.word.find_first_not_of("+-0.") == std::string::npos &&
        (value.kind == PythonValue::Kind::kWhole || value.kind == PythonValue::Kind::kReal);
    if (!zero) {
      arguments.fail("layer_padding_value", value.begin, {{"word", arguments.shown(value)}});
    }
  }
  into.padding(arguments,
               {read_sides(arguments, kind.one_dimensional), mode, kind.one_dimensional});
  return true;
}

}  // namespace

const std::vector<std::string_view> kTorchNames = {"Conv1d",
                                                   "Conv2d",
                                                   "ConvTranspose1d",
                                                   "ConvTranspose2d",
                                                   "LazyConv1d",
                                                   "LazyConv2d",
                                                   "LazyConvTranspose1d",
                                                   "LazyConvTranspose2d",
                                                   "MaxPool1d",
                                                   "MaxPool2d",
                                                   "AvgPool1d",
                                                   "AvgPool2d",
                                                   "ReLU",
                                                   "Unfold",
                                                   "ZeroPad2d",
                                                   "ConstantPad1d",
                                                   "ConstantPad2d",
                                                   "ReflectionPad1d",
                                                   "ReflectionPad2d",
                                                   "ReplicationPad1d",
                                                   "ReplicationPad2d",
                                                   "CircularPad1d",
                                                   "CircularPad2d",
                                                   "Sequential",
                                                   "OrderedDict"};

bool read_torch_layer(LayerCollector& into, const PlainText& text, const PythonValue& call) {
  const std::string_view name = last_name(call.word);
  if (name == "ReLU") {
    // Keras also has a layer of this name.
    const CallArguments arguments(
        text, call, {"inplace", "*", "max_value", "negative_slope", "threshold", "name"});
    for (const char* bend : {"max_value", "negative_slope", "threshold"}) {
      const PythonValue* value = arguments.find(bend);
      if (value != nullptr && !(value->kind == PythonValue::Kind::kWhole && value->whole == 0)) {
        into.remark("layer_activation_left_out", call);
        return true;
      }
    }
    into.layer(arguments, {.op = conv::Op::kRelu, .kernel_size = {1, 1}}, false);
    return true;
  }
  if (name == "Unfold") {
    const CallArguments arguments(text, call, {"kernel_size", "dilation", "padding", "stride"});
    conv::LayerSpec spec{.op = conv::Op::kUnfold};
    spec.kernel_size = arguments.size("kernel_size", false);
    read_window(arguments, spec, false, {1, 1});
    into.layer(arguments, spec, false);
    return true;
  }
  const auto kind = split(name);
  return kind && (read_convolution(into, text, call, *kind) || read_pool(into, text, call, *kind) ||
                  read_padding_layer(into, text, call, *kind));
}

}  // namespace convscope::imports
