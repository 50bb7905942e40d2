// Flax: flax.linen and flax.nnx, channels last. The length of kernel_size gives the dimensions.
#include <algorithm>
#include <array>

#include "core/import/layers/layer_reader.h"
#include "core/import/layers/tf_padding.h"

namespace convscope::imports {
namespace {

enum class FlaxPadding { kSame, kValid, kCircular };

constexpr std::array<std::pair<std::string_view, FlaxPadding>, 3> kFlaxPaddings = {
    {{"SAME", FlaxPadding::kSame},
     {"VALID", FlaxPadding::kValid},
     {"CIRCULAR", FlaxPadding::kCircular}}};

// In Flax a single number is a one-dimensional kernel.
bool is_one_dimensional(const CallArguments& call, std::string_view kernel) {
  const PythonValue& value = call.get(kernel);
  return value.kind == PythonValue::Kind::kWhole || value.items.size() == 1;
}

bool is_word(const PythonValue& value) {
  return value.kind == PythonValue::Kind::kText || value.kind == PythonValue::Kind::kName;
}

// A number, (rows, columns), or ((top, bottom), (left, right)).
conv::Pads read_sides(const CallArguments& call, const PythonValue& value, bool one) {
  const bool nested = !value.items.empty() && !value.items[0].value.items.empty();
  if (!nested) {
    const conv::Size2 pads = call.size("padding", one);
    return {pads.h, pads.h, pads.w, pads.w};
  }
  std::vector<std::int64_t> sides;
  for (const PythonArgument& axis : value.items) {
    for (const PythonArgument& side : axis.value.items) {
      sides.push_back(call.whole_of(side.value, "padding"));
    }
  }
  call.expect_length(value, "padding", sides.size(), one ? 2 : 4);
  return one ? conv::Pads{0, 0, sides[0], sides[1]}
             : conv::Pads{sides[0], sides[1], sides[2], sides[3]};
}

void read_conv_padding(const CallArguments& call, conv::LayerSpec& spec, bool one) {
  const PythonValue* value = call.find("padding");
  const bool worded = value == nullptr || is_word(*value);
  if (!worded) {
    spec.padding = conv::PaddingRule::kExplicit;
    spec.pads = read_sides(call, *value, one);
    return;
  }
  const FlaxPadding padding =
      value == nullptr ? FlaxPadding::kSame : call.choice("padding", kFlaxPaddings, true);
  if (padding != FlaxPadding::kValid) {
    spec.padding = conv::PaddingRule::kSameTf;
  }
  if (padding == FlaxPadding::kCircular) {
    // Flax pads circularly by the kernel alone: d·(k-1) cells, the smaller half before.
    spec.padding_mode = conv::PaddingMode::kCircular;
    const conv::Size2 reach = conv::dilated_kernel(spec);
    spec.padding = conv::PaddingRule::kExplicit;
    spec.pads = {(reach.h - 1) / 2, reach.h / 2, (reach.w - 1) / 2, reach.w / 2};
  }
}

conv::LayerSpec flax_settings(const CallArguments& call, conv::Op op, bool one) {
  conv::LayerSpec spec{.op = op};
  spec.in_channels = call.find("in_features") != nullptr ? call.whole("in_features") : 0;
  spec.out_channels =
      call.find("out_features") != nullptr ? call.whole("out_features") : call.whole("features");
  spec.kernel_size = call.size("kernel_size", one);
  spec.stride = call.size("strides", one, {1, 1});
  spec.dilation = call.size("kernel_dilation", one, {1, 1});
  spec.bias = call.flag("use_bias", true);
  return spec;
}

void read_conv(LayerCollector& into, const CallArguments& call) {
  const bool one = is_one_dimensional(call, "kernel_size");
  conv::LayerSpec spec = flax_settings(call, conv::Op::kConv, one);
  spec.groups = call.whole("feature_group_count", 1);
  read_conv_padding(call, spec, one);
  into.layer(call, spec, one);
}

void read_transpose(LayerCollector& into, const CallArguments& call) {
  const bool one = is_one_dimensional(call, "kernel_size");
  conv::LayerSpec spec = flax_settings(call, conv::Op::kConvTranspose, one);
  const PythonValue* value = call.find("padding");
  constexpr std::array<std::pair<std::string_view, bool>, 2> kSame = {
      {{"SAME", true}, {"VALID", false}}};
  const bool same = value == nullptr || call.choice("padding", kSame, true);
  set_transposed_padding(spec, same, call, value == nullptr ? call.call().begin : value->begin);
  into.layer(call, spec, one);
}

void read_pool(LayerCollector& into, const CallArguments& call, conv::Op op) {
  const bool one = is_one_dimensional(call, "window_shape");
  conv::LayerSpec spec{.op = op};
  spec.kernel_size = call.size("window_shape", one);
  spec.stride = call.size("strides", one, {1, 1});
  spec.count_include_pad = call.flag("count_include_pad", true);
  const PythonValue* value = call.find("padding");
  if (value != nullptr && !is_word(*value)) {
    spec.padding = conv::PaddingRule::kExplicit;
    spec.pads = read_sides(call, *value, one);
  } else if (value != nullptr &&
             call.choice("padding", kFlaxPaddings, true) == FlaxPadding::kSame) {
    spec.padding = conv::PaddingRule::kSameTf;
  }
  into.layer(call, spec, one);
}

// flax.nnx takes the channels of input and output first; linen does not.
bool is_nnx(const PythonValue& call) {
  return call.word.starts_with("nnx.") ||
         std::ranges::any_of(call.items, [](const auto& item) { return item.name == "rngs"; });
}

}  // namespace

bool read_flax_layer(LayerCollector& into, const PlainText& text, const PythonValue& call) {
  const std::string_view name = last_name(call.word);
  if (name == "Conv" && is_nnx(call)) {
    read_conv(into, {text,
                     call,
                     {"in_features", "out_features", "kernel_size", "strides", "*", "padding",
                      "input_dilation", "kernel_dilation", "feature_group_count", "use_bias",
                      "mask", "dtype", "param_dtype", "precision", "kernel_init", "bias_init",
                      "conv_general_dilated", "promote_dtype", "rngs"}});
  } else if (name == "ConvTranspose" && is_nnx(call)) {
    read_transpose(into,
                   {text,
                    call,
                    {"in_features", "out_features", "kernel_size", "strides", "*", "padding",
                     "kernel_dilation", "use_bias", "mask", "dtype", "param_dtype", "precision",
                     "kernel_init", "bias_init", "transpose_kernel", "promote_dtype", "rngs"}});
  } else if (name == "Conv") {
    read_conv(into, {text,
                     call,
                     {"features", "kernel_size", "strides", "padding", "input_dilation",
                      "kernel_dilation", "feature_group_count", "use_bias", "*", "mask_fn", "dtype",
                      "param_dtype", "precision", "kernel_init", "bias_init", "name"}});
  } else if (name == "ConvTranspose") {
    read_transpose(into, {text,
                          call,
                          {"features", "kernel_size", "strides", "padding", "kernel_dilation",
                           "use_bias", "*", "transpose_kernel", "dtype", "param_dtype", "precision",
                           "kernel_init", "bias_init", "name"}});
  } else if (name == "max_pool") {
    read_pool(into, {text, call, {"inputs", "window_shape", "strides", "padding"}},
              conv::Op::kMaxPool);
  } else if (name == "avg_pool") {
    read_pool(into,
              {text, call, {"inputs", "window_shape", "strides", "padding", "count_include_pad"}},
              conv::Op::kAvgPool);
  } else {
    return false;
  }
  return true;
}

}  // namespace convscope::imports
