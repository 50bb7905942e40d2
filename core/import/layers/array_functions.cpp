// TensorFlow's tf.nn and JAX's lax: functions of arrays, channels last in one and first in the
// other.
#include <algorithm>
#include <array>

#include "core/import/layers/layer_reader.h"
#include "core/import/layers/tf_padding.h"

namespace convscope::imports {
namespace {

constexpr std::array<std::pair<std::string_view, bool>, 2> kSame = {
    {{"SAME", true}, {"VALID", false}}};

bool is_list(const PythonValue& value) {
  return value.kind == PythonValue::Kind::kList || value.kind == PythonValue::Kind::kTuple;
}

// The sizes in "tf.random.normal([3, 3, 1, 8])" or "jnp.ones((8, 3, 3, 3))"; empty for other
// values.
std::vector<std::int64_t> made_sizes(const PythonValue& value) {
  std::vector<std::int64_t> sizes;
  if (value.kind != PythonValue::Kind::kCall || !makes_tensor(value.word)) {
    return sizes;
  }
  const auto list = std::ranges::find_if(
      value.items, [](const PythonArgument& item) { return is_list(item.value); });
  if (list == value.items.end()) {
    return sizes;
  }
  for (const PythonArgument& size : list->value.items) {
    constexpr std::int64_t kMost = std::int64_t{1} << 24;
    const PythonValue& number = size.value;
    if (number.kind != PythonValue::Kind::kWhole || number.whole < 1 || number.whole > kMost) {
      return {};
    }
    sizes.push_back(number.whole);
  }
  return sizes;
}

// A number, one per dimension, or TensorFlow's (1, h, w, 1).
conv::Size2 window_size(const CallArguments& call, std::string_view name, bool one) {
  const PythonValue* value = call.find(name);
  if (value == nullptr) {
    return {1, 1};
  }
  const std::size_t rank = one ? 1 : 2;
  if (!is_list(*value) || value->items.size() == rank) {
    return call.size(name, one);
  }
  if (value->items.size() == 1) {
    const std::int64_t side = call.whole_of(value->items[0].value, name);
    return {side, side};
  }
  call.expect_length(*value, name, value->items.size(), rank + 2);
  return {call.whole_of(value->items[1].value, name),
          call.whole_of(value->items[rank].value, name)};
}

// "SAME", "VALID", ((top, bottom), (left, right)), or TensorFlow's four pairs.
void read_padding(const CallArguments& call, conv::LayerSpec& spec, bool one) {
  const PythonValue& value = call.get("padding");
  if (!is_list(value)) {
    if (call.choice("padding", kSame, true)) {
      spec.padding = conv::PaddingRule::kSameTf;
    }
    return;
  }
  const std::size_t rank = one ? 1 : 2;
  const std::size_t first = value.items.size() == rank + 2 ? 1 : 0;
  call.expect_length(value, "padding", value.items.size() - 2 * first, rank);
  std::vector<std::int64_t> sides;
  for (std::size_t i = first; i < first + rank; ++i) {
    const PythonValue& pair = value.items[i].value;
    call.expect_length(pair, "padding", pair.items.size(), 2);
    for (const PythonArgument& side : pair.items) {
      sides.push_back(call.whole_of(side.value, "padding"));
    }
  }
  spec.padding = conv::PaddingRule::kExplicit;
  spec.pads = one ? conv::Pads{0, 0, sides[0], sides[1]}
                  : conv::Pads{sides[0], sides[1], sides[2], sides[3]};
}

// The weight's shape (out, in per group, h, w), from the call that makes it or assumed. `last`:
// channels stand last, as in TensorFlow.
Shape weight_of(LayerCollector& into, const CallArguments& call, std::string_view name, bool last,
                bool one) {
  const PythonValue& weight = call.get(name);
  std::vector<std::int64_t> sizes = made_sizes(weight);
  if (sizes.size() != (one ? 3U : 4U)) {
    if (into.options().weight) {
      return *into.options().weight;
    }
    into.remark({"layer_weight_assumed", "",
                 call.text().values_at(weight.begin, {{"word", call.shown(weight)}})});
    return one ? Shape{1, 0, 1, 3} : Shape{1, 0, 3, 3};
  }
  if (one) {
    sizes.insert(last ? sizes.begin() : sizes.begin() + 2, 1);
  }
  return last ? Shape{sizes[3], sizes[2], sizes[0], sizes[1]}
              : Shape{sizes[0], sizes[1], sizes[2], sizes[3]};
}

// The map's shape, where the call that makes it stands in its place.
void read_operand(LayerCollector& into, const PythonValue& map, bool last, bool one) {
  const std::vector<std::int64_t> sizes = made_sizes(map);
  if (sizes.size() != (one ? 3U : 4U)) {
    return;
  }
  const std::int64_t channels = last ? sizes.back() : sizes[1];
  const std::size_t first = last ? 1 : 2;
  into.input({sizes[0], channels, one ? 1 : sizes[first], sizes[one ? first : first + 1]});
}

void read_convolution(LayerCollector& into, const CallArguments& call, bool tensorflow, bool one) {
  read_operand(into, call.get(tensorflow ? "input" : "lhs"), tensorflow, one);
  const bool depthwise = call.called() == "depthwise_conv2d";
  const Shape weight = weight_of(into, call, tensorflow ? "filters" : "rhs", tensorflow, one);
  conv::LayerSpec spec{.op = conv::Op::kConv};
  spec.groups = tensorflow ? 1 : call.whole("feature_group_count", 1);
  spec.in_channels = weight.c * std::clamp<std::int64_t>(spec.groups, 1, 1 << 24);
  spec.out_channels = weight.n;
  if (depthwise && weight.c > 0) {
    // (h, w, in, multiplier): each channel has filters of its own.
    spec.groups = spec.in_channels;
    spec.out_channels = weight.c * weight.n;
  }
  spec.kernel_size = {weight.h, weight.w};
  spec.bias = false;
  spec.stride = window_size(call, !tensorflow ? "window_strides" : one ? "stride" : "strides", one);
  spec.dilation = window_size(call, tensorflow ? "dilations" : "rhs_dilation", one);
  read_padding(call, spec, one);
  into.layer(call, spec, one);
}

void read_pool(LayerCollector& into, const CallArguments& call, conv::Op op, bool one) {
  read_operand(into, call.get("input"), true, one);
  conv::LayerSpec spec{.op = op};
  spec.kernel_size = window_size(call, "ksize", one);
  spec.stride = window_size(call, "strides", one);
  read_padding(call, spec, one);
  spec.count_include_pad = false;  // TensorFlow's mean is over what is inside
  into.layer(call, spec, one);
}

}  // namespace

bool read_array_function(LayerCollector& into, const PlainText& text, const PythonValue& call) {
  const std::string_view name = last_name(call.word);
  const bool tensorflow =
      call.word.starts_with("tf.nn.") || call.word.starts_with("tensorflow.nn.");
  const bool lax = call.word.starts_with("lax.") || call.word.starts_with("jax.lax.");
  if (!tensorflow && !lax) {
    return false;
  }
  const bool one = name.ends_with("1d");
  if (tensorflow && name == "conv1d") {
    read_convolution(
        into,
        {text, call, {"input", "filters", "stride", "padding", "data_format", "dilations", "name"}},
        true, true);
  } else if (tensorflow &&
             (name == "conv2d" || name == "convolution" || name == "depthwise_conv2d")) {
    read_convolution(
        into,
        {text,
         call,
         {"input", "filters", "strides", "padding", "data_format", "dilations", "name"}},
        true, false);
  } else if (tensorflow && (name == "max_pool2d" || name == "max_pool1d" || name == "max_pool")) {
    read_pool(into, {text, call, {"input", "ksize", "strides", "padding", "data_format", "name"}},
              conv::Op::kMaxPool, one);
  } else if (tensorflow && (name == "avg_pool2d" || name == "avg_pool1d" || name == "avg_pool")) {
    read_pool(into, {text, call, {"input", "ksize", "strides", "padding", "data_format", "name"}},
              conv::Op::kAvgPool, one);
  } else if (lax && name == "conv") {
    read_convolution(
        into,
        {text,
         call,
         {"lhs", "rhs", "window_strides", "padding", "*", "precision", "preferred_element_type"}},
        false, false);
  } else if (lax && (name == "conv_with_general_padding" || name == "conv_general_dilated")) {
    read_convolution(into,
                     {text,
                      call,
                      {"lhs", "rhs", "window_strides", "padding", "lhs_dilation", "rhs_dilation",
                       "dimension_numbers", "feature_group_count", "batch_group_count", "precision",
                       "preferred_element_type"}},
                     false, false);
  } else {
    return false;
  }
  return true;
}

}  // namespace convscope::imports
