#include "core/import/layers/mismatch_text.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/import/layers/mismatch_message.h"
#include "core/import/text/plain_text.h"

namespace convscope::imports {
namespace {

// The last layer with weights before `layer`; its filters are that layer's input channels.
std::optional<std::size_t> source_of(const Message& message, std::size_t layer) {
  while (layer-- > 0) {
    if (conv::has_weight(message.layers[layer].op)) {
      return layer;
    }
  }
  return std::nullopt;
}

Mismatch channel_mismatch(const Message& message, std::optional<std::size_t> layer,
                          std::int64_t expected, std::int64_t found) {
  const auto source = layer ? source_of(message, *layer) : std::nullopt;
  ProblemValues values = {{"expected", expected}, {"found", found}};
  if (!source) {
    return placed(Problem{"mismatch_channels", "in_channels", std::move(values)}, layer);
  }
  values.emplace_back("source", static_cast<std::int64_t>(*source) + 1);
  return placed(Problem{"mismatch_channels_between", "in_channels", std::move(values)}, layer);
}

// "Given groups=1, weight of size [64, 3, 7, 7], expected input[1, 1, 28, 28] to have 3 channels,
// but got 1 channels instead"; older: "weight of size 64 3 7 7".
std::optional<Mismatch> torch_channels(const Message& message) {
  const std::int64_t expected = number_after(message.text, "to have ");
  const std::int64_t found = number_after(message.text, "channels, but got ");
  Numbers weight = numbers_after(message.text, "weight of size [");
  weight = weight.empty() ? numbers_after(message.text, "weight of size ") : weight;
  if (expected < 0 || found < 0 || weight.size() < 3) {
    return std::nullopt;
  }
  if (weight.size() == 3) {
    weight.insert(weight.begin() + 2, 1);
  }
  const bool transposed = number_after(message.text, "transposed=") == 1;
  const conv::Op op = transposed ? conv::Op::kConvTranspose : conv::Op::kConv;
  const auto same_weight = [&](const conv::LayerSpec& spec) {
    return spec.op == op && spec.groups > 0 &&
           conv::weight_shape(spec) == Shape{weight[0], weight[1], weight[2], weight[3]};
  };
  // Among several candidates, the one whose input has that many channels.
  std::optional<std::size_t> layer;
  for (std::size_t i = 0; i < message.layers.size() && !layer; ++i) {
    const auto source = source_of(message, i);
    if (same_weight(message.layers[i]) && source && message.layers[*source].out_channels == found) {
      layer = i;
    }
  }
  return channel_mismatch(message, layer ? layer : layer_that(message, same_weight), expected,
                          found);
}

// Keras: "expected axis -1 of input shape to have value 3, but received input with shape (None,
// 28, 28, 1)".
std::optional<Mismatch> keras_channels(const Message& message) {
  const std::int64_t expected = number_after(message.text, "of input shape to have value ");
  const Numbers shape = numbers_after(message.text, "received input with shape (");
  if (expected < 0 || shape.empty()) {
    return std::nullopt;
  }
  const auto layer = layer_that(message, [&](const conv::LayerSpec& spec) {
    return conv::has_weight(spec.op) && spec.in_channels == expected;
  });
  return channel_mismatch(message, layer, expected, shape.back());
}

// "Calculated padded input size per channel: (2 x 2). Kernel size: (5 x 5). Kernel size can't be
// greater than actual input size". The message's kernel size includes the dilation.
std::optional<Mismatch> large_kernel(const Message& message) {
  Numbers input = numbers_after(message.text, "padded input size per channel: (");
  Numbers kernel = numbers_after(message.text, "Kernel size: (");
  if (input.empty() || kernel.size() != input.size() || kernel.size() > 2) {
    return std::nullopt;
  }
  const conv::Size2 reach = {kernel.size() == 2 ? kernel[0] : 1, kernel.back()};
  const auto layer = layer_that(message, [&](const conv::LayerSpec& spec) {
    return spec.op == conv::Op::kConv && conv::dilated_kernel(spec) == reach;
  });
  return placed(
      Problem{
          "mismatch_kernel", "kernel_size", {{"kernel", joined(kernel)}, {"input", joined(input)}}},
      layer);
}

// TensorFlow: "Negative dimension size caused by subtracting 3 from 2".
std::optional<Mismatch> keras_large_kernel(const Message& message) {
  const std::int64_t kernel = number_after(message.text, "caused by subtracting ");
  const std::int64_t input =
      number_after(message.text, "subtracting " + std::to_string(kernel) + " from ");
  if (kernel < 0 || input < 0) {
    return std::nullopt;
  }
  const auto layer = layer_that(message, [&](const conv::LayerSpec& spec) {
    const conv::Size2 reach = conv::dilated_kernel(spec);
    return spec.op != conv::Op::kRelu && (reach.h == kernel || reach.w == kernel);
  });
  return placed(Problem{"mismatch_kernel",
                        "kernel_size",
                        {{"kernel", std::to_string(kernel)}, {"input", std::to_string(input)}}},
                layer);
}

bool is_pool(const conv::LayerSpec& spec) {
  return spec.op == conv::Op::kMaxPool || spec.op == conv::Op::kAvgPool;
}

// "pad should be at most half of kernel size, but got pad=2 and kernel_size=3"; newer: "of
// effective kernel size"; older: "smaller than or equal to half of kernel size, but got padW = 2".
std::optional<Mismatch> pool_padding(const Message& message) {
  if (!message.says("pad should be")) {
    return std::nullopt;
  }
  std::int64_t pad = number_after(message.text, "pad=");
  std::int64_t kernel = number_after(message.text, "kernel_size=");
  if (pad < 0 || kernel < 0) {
    pad = number_after(message.text, "padW = ");
    kernel = number_after(message.text, "kW = ");
  }
  if (pad < 0 || kernel < 0) {
    return std::nullopt;
  }
  const auto layer = layer_that(message, [&](const conv::LayerSpec& spec) {
    const auto axis = [&](std::int64_t size, std::int64_t before) {
      return size == kernel && before == pad;
    };
    return is_pool(spec) &&
           (axis(spec.kernel_size.h, spec.pads.top) || axis(spec.kernel_size.w, spec.pads.left));
  });
  return placed(Problem{"mismatch_pool_padding",
                        "padding",
                        {{"pad", pad}, {"kernel", kernel}, {"limit", kernel / 2}}},
                layer);
}

// "Given input size: (8x6x6). Calculated output size: (8x0x0). Output size is too small".
std::optional<Mismatch> small_pool_output(const Message& message) {
  const Numbers input = numbers_after(message.text, "Given input size: (");
  const Numbers output = numbers_after(message.text, "Calculated output size: (");
  if (!message.says("Output size is too small") || input.size() < 3 || output.size() < 3) {
    return std::nullopt;
  }
  const std::int64_t h = input[input.size() - 2];
  const std::int64_t w = input.back();
  const auto layer = layer_that(message, [&](const conv::LayerSpec& spec) {
    const conv::Size2 reach = conv::dilated_kernel(spec);
    const conv::Pads pads = conv::resolved_pads(spec, {1, 1, h, w});
    return is_pool(spec) &&
           (reach.h > h + pads.top + pads.bottom || reach.w > w + pads.left + pads.right);
  });
  return placed(Problem{"mismatch_pool", "kernel_size", {{"input", joined({h, w})}}}, layer);
}

// "Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: [28, 28]";
// older: "Expected 4-dimensional input for 4-dimensional weight [8, 3, 3, 3], but got 3-dimensional
// input of size [3, 28, 28]"; Keras: "expected min_ndim=4, found ndim=3".
std::optional<Mismatch> input_rank(const Message& message) {
  Numbers size = numbers_after(message.text, "but got input of size: [");
  if (size.empty()) {
    size = numbers_after(message.text, "-dimensional input of size [");
  }
  const std::int64_t keras = number_after(message.text, "found ndim=");
  if (size.empty() && keras > 0 && keras <= 8) {
    size.resize(static_cast<std::size_t>(keras));
  }
  if (size.empty()) {
    return std::nullopt;
  }
  const bool one = message.says("1d,") || message.says("Expected 3-dimensional input for") ||
                   message.says("expected min_ndim=3");
  return placed(
      Problem{"mismatch_rank",
              "input",
              {{"found", static_cast<std::int64_t>(size.size())},
               {"shape", one ? "(N, C, L)" : "(N, C, H, W)"}}},
      layer_that(message, [](const conv::LayerSpec& spec) { return conv::has_weight(spec.op); }));
}

// "Padding size should be less than the corresponding input dimension, but got: padding (3, 3)".
std::optional<Mismatch> reflect_padding(const Message& message) {
  const Numbers pads = numbers_after(message.text, "but got: padding (");
  if (!message.says("Padding size should be less than") || pads.empty()) {
    return std::nullopt;
  }
  const std::int64_t pad = *std::ranges::max_element(pads);
  const auto layer = layer_that(message, [&](const conv::LayerSpec& spec) {
    const conv::Pads& own = spec.pads;
    return spec.op == conv::Op::kConv && spec.padding_mode == conv::PaddingMode::kReflect &&
           std::max({own.top, own.bottom, own.left, own.right}) == pad;
  });
  return placed(Problem{"mismatch_reflect", "padding", {{"pad", pad}}}, layer);
}

// "Padding value causes wrapping around more than once."
std::optional<Mismatch> circular_padding(const Message& message) {
  if (!message.says("causes wrapping around more than once")) {
    return std::nullopt;
  }
  return placed(Problem{"mismatch_circular", "padding", {}},
                layer_that(message, [](const conv::LayerSpec& spec) {
                  return spec.padding_mode == conv::PaddingMode::kCircular;
                }));
}

// Unfold: "Given input with spatial size (3, 3), kernel_size=(5, 5), ... array of sliding blocks".
std::optional<Mismatch> large_unfold(const Message& message) {
  const Numbers input = numbers_after(message.text, "input with spatial size (");
  const Numbers kernel = numbers_after(message.text, "kernel_size=(");
  if (!message.says("sliding blocks") || input.size() != 2 || kernel.size() != 2) {
    return std::nullopt;
  }
  return placed(Problem{"mismatch_pool", "kernel_size", {{"input", joined(input)}}},
                layer_that(message, [&](const conv::LayerSpec& spec) {
                  return spec.op == conv::Op::kUnfold &&
                         spec.kernel_size == conv::Size2{kernel[0], kernel[1]};
                }));
}

// "output padding must be smaller than either stride or dilation, but got output_padding_height: 1
// output_padding_width: 1 stride_height: 1 ...".
std::optional<Mismatch> output_padding(const Message& message) {
  if (!message.says("output padding must be smaller")) {
    return std::nullopt;
  }
  const conv::Size2 pads = {number_after(message.text, "output_padding_height: "),
                            number_after(message.text, "output_padding_width: ")};
  const auto layer = layer_that(message, [](const conv::LayerSpec& spec) {
    const auto large = [](std::int64_t pad, std::int64_t stride, std::int64_t dilation) {
      return pad >= std::max(stride, dilation);
    };
    return spec.op == conv::Op::kConvTranspose &&
           (large(spec.output_padding.h, spec.stride.h, spec.dilation.h) ||
            large(spec.output_padding.w, spec.stride.w, spec.dilation.w));
  });
  return placed(
      Problem{"mismatch_output_padding", "output_padding", {{"value", std::max(pads.h, pads.w)}}},
      layer);
}

// "in_channels must be divisible by groups".
std::optional<Mismatch> groups(const Message& message) {
  const bool in = message.says("in_channels must be divisible by groups");
  if (!in && !message.says("out_channels must be divisible by groups")) {
    return std::nullopt;
  }
  const auto layer = layer_that(message, [&](const conv::LayerSpec& spec) {
    return conv::has_weight(spec.op) && spec.groups > 0 &&
           (in ? spec.in_channels : spec.out_channels) % spec.groups != 0;
  });
  return placed(
      Problem{"mismatch_groups", "groups", {{"setting", in ? "in_channels" : "out_channels"}}},
      layer);
}

// "padding='same' is not supported for strided convolutions".
std::optional<Mismatch> same_with_stride(const Message& message) {
  if (!message.says("is not supported for strided convolutions")) {
    return std::nullopt;
  }
  return placed(Problem{"mismatch_same_stride", "stride", {}},
                layer_that(message, [](const conv::LayerSpec& spec) {
                  return spec.padding == conv::PaddingRule::kSame &&
                         spec.stride != conv::Size2{1, 1};
                }));
}

}  // namespace

std::optional<Mismatch> read_mismatch(std::string_view text,
                                      std::span<const conv::LayerSpec> layers, const Shape& input) {
  const PlainText plain(text);
  std::string flat(plain.chars());  // a terminal may have wrapped it
  std::ranges::replace(flat, '\n', ' ');
  const Message message = {flat, layers, input};
  for (const auto reader : {torch_channels, keras_channels, large_kernel, keras_large_kernel,
                            pool_padding, small_pool_output, linear_features, input_rank,
                            reflect_padding, circular_padding, large_unfold, output_padding, groups,
                            same_with_stride, state_of_another, joined_maps, added_maps}) {
    if (auto found = reader(message)) {
      return found;
    }
  }
  return std::nullopt;
}

}  // namespace convscope::imports
