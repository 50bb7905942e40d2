// torch.nn.functional's calls: F.conv2d(x, w, stride=2).
#include <algorithm>

#include "core/import/layers/layer_reader.h"

namespace convscope::imports {
namespace {

constexpr Shape kAssumedWeight = {1, 0, 3, 3};  // one filter over all channels

void read_window_arguments(const CallArguments& call, conv::LayerSpec& spec, bool one,
                           const conv::Size2& usual_stride) {
  spec.stride = call.size("stride", one, usual_stride);
  spec.dilation = call.size("dilation", one, {1, 1});
  const PythonValue* padding = call.find("padding");
  if (padding == nullptr) {
    return;
  }
  if (CallArguments::is_word(*padding, "same") && spec.op == conv::Op::kConv) {
    spec.padding = conv::PaddingRule::kSame;
  } else if (!CallArguments::is_word(*padding, "valid")) {
    const conv::Size2 pads = call.size("padding", one);
    spec.padding = conv::PaddingRule::kExplicit;
    spec.pads = {pads.h, pads.h, pads.w, pads.w};
  }
}

// "F.conv2d(3, 64, 3)" is meant to be the class.
void expect_tensor(const CallArguments& call, std::string_view argument) {
  const PythonValue* value = call.find(argument);
  if (value != nullptr && value->kind == PythonValue::Kind::kWhole) {
    call.fail("layer_function_of_numbers", value->begin, {{"argument", std::string(argument)}});
  }
}

// The weight's shape: from the call that creates it, from the options, or assumed.
Shape weight_of(LayerCollector& into, const CallArguments& call, bool one) {
  const PythonValue& weight = call.get("weight");
  if (const auto shape = shape_of_made_tensor(weight, one)) {
    return *shape;
  }
  if (into.options().weight) {
    return *into.options().weight;
  }
  into.remark({"layer_weight_assumed", "",
               call.text().values_at(weight.begin, {{"word", call.shown(weight)}})});
  return one ? Shape{1, 0, 1, 3} : kAssumedWeight;
}

void read_convolution(LayerCollector& into, const CallArguments& call, conv::Op op, bool one) {
  expect_tensor(call, "input");
  expect_tensor(call, "weight");
  const Shape weight = weight_of(into, call, one);
  conv::LayerSpec spec{.op = op};
  spec.groups = call.whole("groups", 1);
  const std::int64_t groups = std::clamp<std::int64_t>(spec.groups, 1, 1 << 24);
  const bool transposed = op == conv::Op::kConvTranspose;
  spec.in_channels = transposed ? weight.n : weight.c * groups;
  spec.out_channels = transposed ? weight.c * groups : weight.n;
  if (weight.c == 0) {  // assumed
    spec.in_channels = 0;
    spec.out_channels = groups;
  }
  spec.kernel_size = {weight.h, weight.w};
  read_window_arguments(call, spec, one, {1, 1});
  spec.output_padding = call.size("output_padding", one, {0, 0});
  spec.bias = call.find("bias") != nullptr;
  into.layer(call, spec, one);
}

void read_pool(LayerCollector& into, const CallArguments& call, conv::Op op, bool one) {
  expect_tensor(call, "input");
  conv::LayerSpec spec{.op = op};
  spec.kernel_size = call.size("kernel_size", one);
  read_window_arguments(call, spec, one,
                        op == conv::Op::kUnfold ? conv::Size2{1, 1} : spec.kernel_size);
  spec.ceil_mode = call.flag("ceil_mode", false);
  spec.count_include_pad = call.flag("count_include_pad", true);
  spec.divisor_override = call.whole("divisor_override", 0);
  into.layer(call, spec, one);
}

}  // namespace

bool read_torch_function(LayerCollector& into, const PlainText& text, const PythonValue& call) {
  const std::string_view name = last_name(call.word);
  const bool one = name.ends_with("1d");
  if (name == "conv1d" || name == "conv2d") {
    read_convolution(
        into, {text, call, {"input", "weight", "bias", "stride", "padding", "dilation", "groups"}},
        conv::Op::kConv, one);
  } else if (name == "conv_transpose1d" || name == "conv_transpose2d") {
    read_convolution(
        into,
        {text,
         call,
         {"input", "weight", "bias", "stride", "padding", "output_padding", "groups", "dilation"}},
        conv::Op::kConvTranspose, one);
  } else if (name == "max_pool1d" || name == "max_pool2d") {
    read_pool(
        into,
        {text,
         call,
         {"input", "kernel_size", "stride", "padding", "dilation", "ceil_mode", "return_indices"}},
        conv::Op::kMaxPool, one);
  } else if (name == "avg_pool1d" || name == "avg_pool2d") {
    // Flax's avg_pool has no dimension in its name.
    read_pool(into,
              {text,
               call,
               {"input", "kernel_size", "stride", "padding", "ceil_mode", "count_include_pad",
                "divisor_override"}},
              conv::Op::kAvgPool, one);
  } else if (name == "unfold") {
    read_pool(into, {text, call, {"input", "kernel_size", "dilation", "padding", "stride"}},
              conv::Op::kUnfold, false);
  } else if (name == "relu") {
    into.layer({text, call, {"input", "inplace"}}, {.op = conv::Op::kRelu, .kernel_size = {1, 1}},
               false);
  } else {
    return false;
  }
  return true;
}

bool makes_tensor(std::string_view name) {
  const std::string_view maker = last_name(name);
  for (const char* known : {"randn", "rand", "zeros", "ones", "empty", "normal", "uniform"}) {
    if (maker == known) {
      return true;
    }
  }
  return false;
}

std::optional<Shape> shape_of_made_tensor(const PythonValue& value, bool one_dimensional) {
  const bool torch = value.word.starts_with("torch.") || value.word.find('.') == std::string::npos;
  if (value.kind != PythonValue::Kind::kCall || !makes_tensor(value.word) || !torch) {
    return std::nullopt;  // NumPy, JAX and TensorFlow put channels last
  }
  std::vector<std::int64_t> sides;
  for (const PythonArgument& item : value.items) {
    const bool is_size = item.name.empty() || item.name == "size";
    if (is_size && item.value.kind == PythonValue::Kind::kWhole) {
      sides.push_back(item.value.whole);
    } else if (is_size) {
      for (const PythonArgument& side : item.value.items) {
        sides.push_back(side.value.kind == PythonValue::Kind::kWhole ? side.value.whole : 0);
      }
    }
  }
  constexpr std::int64_t kMost = std::int64_t{1} << 24;
  const std::size_t expected = one_dimensional ? 3 : 4;
  const bool good = sides.size() >= 2 && sides.size() <= expected &&
                    std::ranges::all_of(sides, [](auto side) { return side > 0 && side <= kMost; });
  if (!good) {
    return std::nullopt;
  }
  sides.insert(sides.begin(), expected - sides.size(), 1);
  if (one_dimensional) {
    return Shape{sides[0], sides[1], 1, sides[2]};
  }
  return Shape{sides[0], sides[1], sides[2], sides[3]};
}

}  // namespace convscope::imports
