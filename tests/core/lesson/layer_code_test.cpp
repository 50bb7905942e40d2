// Layers as PyTorch code, checked by eye against the signatures of torch.nn 2.
#include "core/lesson/layer_code.h"

#include <gtest/gtest.h>

namespace convscope::lesson {
namespace {

constexpr Shape kInput = {1, 3, 32, 32};

Layer conv(std::int64_t in, std::int64_t out) {
  Layer layer;
  layer.spec.in_channels = in;
  layer.spec.out_channels = out;
  return layer;
}

Layer pool(conv::Op op, conv::Size2 kernel) {
  Layer layer;
  layer.spec.op = op;
  layer.spec.kernel_size = layer.spec.stride = kernel;
  return layer;
}

TEST(LayerCode, Convolution) {
  Layer layer = conv(3, 5);
  EXPECT_EQ(layer_expression(layer, kInput), "nn.Conv2d(3, 5, kernel_size=3, bias=False)");
  layer.name = "conv";
  layer.spec.bias = true;
  layer.spec.kernel_size = {3, 5};
  layer.spec.stride = {2, 2};
  layer.spec.dilation = {1, 2};
  layer.spec.padding = conv::PaddingRule::kExplicit;
  layer.spec.pads = {1, 1, 2, 2};
  layer.spec.padding_mode = conv::PaddingMode::kReflect;
  EXPECT_EQ(layer_code(layer, kInput),
            "conv = nn.Conv2d(3, 5, kernel_size=(3, 5), stride=2, padding=(1, 2), "
            "dilation=(1, 2), padding_mode=\"reflect\")");
  Layer depthwise = conv(3, 6);
  depthwise.spec.groups = 3;
  depthwise.spec.padding = conv::PaddingRule::kSame;
  EXPECT_EQ(layer_expression(depthwise, kInput),
            "nn.Conv2d(3, 6, kernel_size=3, padding=\"same\", groups=3, bias=False)");
}

TEST(LayerCode, UnsupportedPaddingBecomesALayerBefore) {
  Layer signal = conv(1, 1);
  signal.one_dimensional = true;
  signal.spec.kernel_size = {1, 6};
  signal.spec.stride = {1, 5};
  signal.spec.padding = conv::PaddingRule::kSameTf;
  EXPECT_EQ(layer_expression(signal, {1, 1, 1, 13}),
            "nn.Sequential(nn.ConstantPad1d((1, 2), 0.0), "
            "nn.Conv1d(1, 1, kernel_size=6, stride=5, bias=False))");
  Layer layer = conv(3, 1);
  layer.spec.padding = conv::PaddingRule::kExplicit;
  layer.spec.pads = {1, 2, 3, 4};
  layer.spec.padding_mode = conv::PaddingMode::kReplicate;
  EXPECT_EQ(layer_expression(layer, kInput),
            "nn.Sequential(nn.ReplicationPad2d((3, 4, 1, 2)), "
            "nn.Conv2d(3, 1, kernel_size=3, bias=False))");
  // Even in this case: 5 cells with kernel 3, stride 1 get 1 and 1.
  layer.spec.padding = conv::PaddingRule::kSameTf;
  layer.spec.padding_mode = conv::PaddingMode::kZeros;
  EXPECT_EQ(layer_expression(layer, {1, 3, 5, 5}),
            "nn.Conv2d(3, 1, kernel_size=3, padding=1, bias=False)");
}

TEST(LayerCode, TrueConvolutionTurnsTheKernel) {
  Layer layer = conv(3, 1);
  layer.spec.flip = true;
  layer.name = "2nd try";  // not a Python identifier
  EXPECT_EQ(layer_code(layer, kInput),
            "layer = nn.Conv2d(3, 1, kernel_size=3, bias=False)\n"
            "layer.weight.data = torch.flip(layer.weight.data, (2, 3))");
}

TEST(LayerCode, TransposedConvolution) {
  Layer layer = conv(8, 4);
  layer.spec.op = conv::Op::kConvTranspose;
  layer.spec.stride = {2, 2};
  layer.spec.padding = conv::PaddingRule::kExplicit;
  layer.spec.pads = {1, 1, 1, 1};
  layer.spec.output_padding = {1, 1};
  layer.spec.bias = true;
  layer.name = "up";
  EXPECT_EQ(layer_code(layer, kInput),
            "up = nn.ConvTranspose2d(8, 4, kernel_size=3, stride=2, padding=1, output_padding=1)");
}

TEST(LayerCode, LayersWithoutWeights) {
  EXPECT_EQ(layer_expression(pool(conv::Op::kMaxPool, {2, 2}), kInput),
            "nn.MaxPool2d(kernel_size=2)");
  Layer layer = pool(conv::Op::kMaxPool, {3, 3});
  layer.spec.stride = {2, 2};
  layer.spec.padding = conv::PaddingRule::kExplicit;
  layer.spec.pads = {1, 1, 1, 1};
  layer.spec.ceil_mode = true;
  EXPECT_EQ(layer_expression(layer, kInput),
            "nn.MaxPool2d(kernel_size=3, stride=2, padding=1, ceil_mode=True)");
  layer = pool(conv::Op::kAvgPool, {2, 3});
  layer.spec.count_include_pad = false;
  layer.spec.divisor_override = 5;
  EXPECT_EQ(layer_expression(layer, kInput),
            "nn.AvgPool2d(kernel_size=(2, 3), count_include_pad=False, divisor_override=5)");
  layer = pool(conv::Op::kUnfold, {2, 2});
  EXPECT_EQ(layer_expression(layer, kInput), "nn.Unfold(kernel_size=2, stride=2)");
  layer.spec.stride = {1, 1};
  EXPECT_EQ(layer_expression(layer, kInput), "nn.Unfold(kernel_size=2)");
  layer = pool(conv::Op::kRelu, {1, 1});
  layer.name = "act";
  EXPECT_EQ(layer_code(layer, kInput), "act = nn.ReLU()");
}

TEST(LayerCode, WordsOfTheFormat) {
  Layer layer = pool(conv::Op::kMaxPool, {1, 2});
  layer.one_dimensional = true;
  EXPECT_EQ(op_word(layer), "max_pool1d");
  EXPECT_EQ(torch_class(layer), "MaxPool1d");
  layer.spec.op = conv::Op::kRelu;
  EXPECT_EQ(op_word(layer), "relu");
}

}  // namespace
}  // namespace convscope::lesson
