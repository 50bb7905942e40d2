// Keras: tf.keras.layers and keras.layers, channels last.
#include <algorithm>
#include <array>

#include "core/import/layers/layer_reader.h"
#include "core/import/layers/tf_padding.h"

namespace convscope::imports {
namespace {

enum class KerasPadding { kValid, kSame, kCausal };

constexpr std::array<std::pair<std::string_view, KerasPadding>, 3> kKerasPaddings = {
    {{"valid", KerasPadding::kValid},
     {"same", KerasPadding::kSame},
     {"causal", KerasPadding::kCausal}}};

KerasPadding padding_of(const CallArguments& call) {
  return call.find("padding") == nullptr ? KerasPadding::kValid
                                         : call.choice("padding", kKerasPaddings, true);
}

// (28, 28, 1) or (128, 1): sizes, then channels, or as data_format says. None is read as 0.
void read_input_shape(LayerCollector& into, const CallArguments& call, std::string_view name,
                      bool batch = false) {
  const PythonValue* value = call.find(name);
  if (value == nullptr) {
    return;
  }
  std::vector<std::int64_t> sides;
  for (const PythonArgument& item : value->items) {
    const bool none = item.value.is_name("None");
    sides.push_back(none ? 0 : call.whole_of(item.value, name));
  }
  if (batch && !sides.empty()) {
    sides.erase(sides.begin());
  }
  const PythonValue* format = call.find("data_format");
  if (format != nullptr && CallArguments::is_word(*format, "channels_first") && !sides.empty()) {
    std::ranges::rotate(sides, sides.begin() + 1);
  }
  if (sides.size() == 3) {
    into.input({1, sides[2], sides[0], sides[1]});
  } else if (sides.size() == 2) {
    into.input({1, sides[1], 1, sides[0]});
  } else {
    call.expect_length(*value, name, sides.size(), 3);
  }
}

void read_activation(LayerCollector& into, const CallArguments& call, std::string_view name) {
  const PythonValue* value = call.find(name);
  if (value == nullptr || CallArguments::is_word(*value, "linear")) {
    return;
  }
  const bool relu = CallArguments::is_word(*value, "relu") ||
                    (value->kind == PythonValue::Kind::kName && last_name(value->word) == "relu");
  if (relu) {
    into.layer(call, {.op = conv::Op::kRelu, .kernel_size = {1, 1}}, false);
  } else {
    into.remark({"layer_activation_left_out", "",
                 call.text().values_at(value->begin, {{"called", call.shown(*value)}})});
  }
}

constexpr std::string_view kConvNames[] = {"filters",
                                           "kernel_size",
                                           "strides",
                                           "padding",
                                           "data_format",
                                           "dilation_rate",
                                           "groups",
                                           "activation",
                                           "use_bias",
                                           "kernel_initializer",
                                           "bias_initializer",
                                           "kernel_regularizer",
                                           "bias_regularizer",
                                           "activity_regularizer",
                                           "kernel_constraint",
                                           "bias_constraint",
                                           "*",
                                           "input_shape",
                                           "batch_input_shape",
                                           "name",
                                           "trainable",
                                           "dtype"};

constexpr std::string_view kTransposeNames[] = {"filters",
                                                "kernel_size",
                                                "strides",
                                                "padding",
                                                "output_padding",
                                                "data_format",
                                                "dilation_rate",
                                                "activation",
                                                "use_bias",
                                                "kernel_initializer",
                                                "bias_initializer",
                                                "kernel_regularizer",
                                                "bias_regularizer",
                                                "activity_regularizer",
                                                "kernel_constraint",
                                                "bias_constraint",
                                                "*",
                                                "input_shape",
                                                "batch_input_shape",
                                                "name",
                                                "trainable",
                                                "dtype"};

constexpr std::string_view kDepthwiseNames[] = {"kernel_size",
                                                "strides",
                                                "padding",
                                                "depth_multiplier",
                                                "data_format",
                                                "dilation_rate",
                                                "activation",
                                                "use_bias",
                                                "depthwise_initializer",
                                                "bias_initializer",
                                                "depthwise_regularizer",
                                                "bias_regularizer",
                                                "activity_regularizer",
                                                "depthwise_constraint",
                                                "bias_constraint",
                                                "*",
                                                "input_shape",
                                                "batch_input_shape",
                                                "name",
                                                "trainable",
                                                "dtype"};

constexpr std::string_view kSeparableNames[] = {"filters",
                                                "kernel_size",
                                                "strides",
                                                "padding",
                                                "data_format",
                                                "dilation_rate",
                                                "depth_multiplier",
                                                "activation",
                                                "use_bias",
                                                "depthwise_initializer",
                                                "pointwise_initializer",
                                                "bias_initializer",
                                                "depthwise_regularizer",
                                                "pointwise_regularizer",
                                                "bias_regularizer",
                                                "activity_regularizer",
                                                "depthwise_constraint",
                                                "pointwise_constraint",
                                                "bias_constraint",
                                                "*",
                                                "input_shape",
                                                "batch_input_shape",
                                                "name",
                                                "trainable",
                                                "dtype"};

conv::LayerSpec keras_settings(const CallArguments& call, conv::Op op, bool one) {
  conv::LayerSpec spec{.op = op};
  spec.kernel_size = call.size("kernel_size", one);
  spec.stride = call.size("strides", one, {1, 1});
  spec.dilation = call.size("dilation_rate", one, {1, 1});
  spec.bias = call.flag("use_bias", true);
  spec.in_channels = 0;
  return spec;
}

// Reads the layer's name and activation.
void finish(LayerCollector& into, const CallArguments& call, PastedLayer* layer) {
  if (const PythonValue* name = call.find("name"); name != nullptr && layer != nullptr) {
    layer->name = name->word;
  }
  read_activation(into, call, "activation");
}

void read_inputs(LayerCollector& into, const CallArguments& call) {
  read_input_shape(into, call, "input_shape");
  read_input_shape(into, call, "batch_input_shape", true);
}

void set_conv_padding(conv::LayerSpec& spec, KerasPadding padding) {
  if (padding == KerasPadding::kSame) {
    spec.padding = conv::PaddingRule::kSameTf;
  } else if (padding == KerasPadding::kCausal) {
    spec.padding = conv::PaddingRule::kExplicit;
    spec.pads = {0, 0, conv::dilated_kernel(spec).w - 1, 0};
  }
}

void read_conv(LayerCollector& into, const CallArguments& call, bool one) {
  read_inputs(into, call);
  conv::LayerSpec spec = keras_settings(call, conv::Op::kConv, one);
  spec.out_channels = call.whole("filters");
  spec.groups = call.whole("groups", 1);
  set_conv_padding(spec, padding_of(call));
  finish(into, call, into.layer(call, spec, one));
}

void read_depthwise(LayerCollector& into, const CallArguments& call, bool one) {
  read_inputs(into, call);
  conv::LayerSpec spec = keras_settings(call, conv::Op::kConv, one);
  set_conv_padding(spec, padding_of(call));
  PastedLayer* layer = into.layer(call, spec, one);
  if (layer != nullptr) {
    layer->filters_per_channel = call.whole("depth_multiplier", 1);
  }
  finish(into, call, layer);
}

// Two layers: a depthwise one without a bias, and one of 1x1 that mixes its channels.
void read_separable(LayerCollector& into, const CallArguments& call, bool one) {
  read_inputs(into, call);
  conv::LayerSpec depthwise = keras_settings(call, conv::Op::kConv, one);
  set_conv_padding(depthwise, padding_of(call));
  conv::LayerSpec pointwise{.op = conv::Op::kConv};
  pointwise.kernel_size = {1, 1};
  pointwise.in_channels = 0;
  pointwise.out_channels = call.whole("filters");
  pointwise.bias = depthwise.bias;
  depthwise.bias = false;
  if (PastedLayer* layer = into.layer(call, depthwise, one); layer != nullptr) {
    layer->filters_per_channel = call.whole("depth_multiplier", 1);
  }
  finish(into, call, into.layer(call, pointwise, one));
}

void read_transpose(LayerCollector& into, const CallArguments& call, bool one) {
  read_inputs(into, call);
  conv::LayerSpec spec = keras_settings(call, conv::Op::kConvTranspose, one);
  spec.out_channels = call.whole("filters");
  const PythonValue* padding = call.find("padding");
  set_transposed_padding(spec, padding_of(call) == KerasPadding::kSame, call,
                         padding == nullptr ? call.call().begin : padding->begin);
  if (call.find("output_padding") != nullptr) {
    spec.output_padding = call.size("output_padding", one);
  }
  finish(into, call, into.layer(call, spec, one));
}

void read_pool(LayerCollector& into, const CallArguments& call, conv::Op op, bool one) {
  read_inputs(into, call);
  conv::LayerSpec spec{.op = op};
  spec.kernel_size = call.size("pool_size", one, {2, 2});
  spec.stride = call.size("strides", one, spec.kernel_size);
  if (padding_of(call) == KerasPadding::kSame) {
    spec.padding = conv::PaddingRule::kSameTf;
    spec.count_include_pad = op != conv::Op::kAvgPool;  // TensorFlow divides by the real cells
  }
  into.layer(call, spec, one);
}

// ((top, bottom), (left, right)), (rows, columns) or one number; in one dimension a pair or one.
conv::Pads read_zero_padding(const CallArguments& call, bool one) {
  const PythonValue& value = call.get("padding");
  std::vector<std::int64_t> sides;
  for (const PythonArgument& item : value.items) {
    if (item.value.items.empty()) {
      const std::int64_t side = call.whole_of(item.value, "padding");
      sides.insert(sides.end(), one ? 1 : 2, side);
    }
    for (const PythonArgument& side : item.value.items) {
      sides.push_back(call.whole_of(side.value, "padding"));
    }
  }
  if (value.items.empty()) {
    sides.assign(one ? 2 : 4, call.whole("padding"));
  }
  call.expect_length(value, "padding", sides.size(), one ? 2 : 4);
  return one ? conv::Pads{0, 0, sides[0], sides[1]}
             : conv::Pads{sides[0], sides[1], sides[2], sides[3]};
}

bool read_plain(LayerCollector& into, const PlainText& text, const PythonValue& call,
                std::string_view name) {
  if (name == "Activation") {
    const CallArguments arguments(text, call, {"activation", "*", "name"});
    read_activation(into, arguments, "activation");
  } else if (name == "Input" || name == "InputLayer") {
    const CallArguments arguments(
        text, call, {"shape", "batch_size", "*", "input_shape", "batch_shape", "name", "dtype"});
    read_input_shape(into, arguments, "shape");
    read_input_shape(into, arguments, "input_shape");
    read_input_shape(into, arguments, "batch_shape", true);
  } else if (name == "ZeroPadding1D" || name == "ZeroPadding2D") {
    const CallArguments arguments(text, call,
                                  {"padding", "data_format", "*", "input_shape", "name"});
    const bool one = name.ends_with("1D");
    read_input_shape(into, arguments, "input_shape");
    into.padding(arguments, {read_zero_padding(arguments, one), conv::PaddingMode::kZeros, one});
  } else {
    return false;
  }
  return true;
}

}  // namespace

const std::vector<std::string_view> kKerasNames = {
    "Conv1D",          "Conv2D",          "Conv1DTranspose",  "Conv2DTranspose",  "DepthwiseConv1D",
    "DepthwiseConv2D", "SeparableConv1D", "SeparableConv2D",  "MaxPooling1D",     "MaxPooling2D",
    "MaxPool1D",       "MaxPool2D",       "AveragePooling1D", "AveragePooling2D", "AvgPool1D",
    "AvgPool2D",       "ZeroPadding1D",   "ZeroPadding2D",    "Activation",       "Input",
    "InputLayer"};

bool read_keras_layer(LayerCollector& into, const PlainText& text, const PythonValue& call) {
  const std::string_view name = last_name(call.word);
  const bool one = name.find("1D") != std::string_view::npos;
  if (name == "Conv1D" || name == "Conv2D" || name == "Convolution2D") {
    read_conv(into, {text, call, kConvNames}, one);
  } else if (name == "Conv1DTranspose" || name == "Conv2DTranspose") {
    read_transpose(into, {text, call, kTransposeNames}, one);
  } else if (name == "SeparableConv1D" || name == "SeparableConv2D") {
    read_separable(into, {text, call, kSeparableNames}, one);
  } else if (name == "DepthwiseConv1D" || name == "DepthwiseConv2D") {
    read_depthwise(into, {text, call, kDepthwiseNames}, one);
  } else if (name.starts_with("MaxPool") && (one || name.ends_with("2D"))) {
    read_pool(into,
              {text,
               call,
               {"pool_size", "strides", "padding", "data_format", "*", "input_shape",
                "batch_input_shape", "name"}},
              conv::Op::kMaxPool, one);
  } else if ((name.starts_with("AveragePool") || name.starts_with("AvgPool")) &&
             (one || name.ends_with("2D"))) {
    read_pool(into,
              {text,
               call,
               {"pool_size", "strides", "padding", "data_format", "*", "input_shape",
                "batch_input_shape", "name"}},
              conv::Op::kAvgPool, one);
  } else {
    return read_plain(into, text, call, name);
  }
  return true;
}

}  // namespace convscope::imports
