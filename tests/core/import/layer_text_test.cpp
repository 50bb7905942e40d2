#include "core/import/layers/layer_text.h"

#include <gtest/gtest.h>

#include "core/lesson/build/reshape.h"
#include "core/lesson/layer_code.h"
#include "tests/core/conv/random_layer.h"
#include "tests/core/import/golden.h"

namespace convscope::imports {
namespace {

using testing::place_of;
using testing::value_of;

LayerText read(std::string_view text) { return value_of(read_layer_text(text)); }

PastedLayer one(std::string_view text) {
  const LayerText found = read(text);
  EXPECT_EQ(found.layers.size(), 1u) << text;
  return found.layers.at(0);
}

std::string layer_problem(std::string_view text) { return place_of(read_layer_text(text)); }

std::vector<std::string> remarks_of(const LayerText& text) {
  std::vector<std::string> codes;
  for (const Problem& remark : text.remarks) {
    codes.push_back(remark.code);
  }
  return codes;
}

// One letter per layer: c, t, m, a, r, u.
std::string ops_of(const LayerText& text) {
  std::string ops;
  for (const PastedLayer& layer : text.layers) {
    ops += "ctmaru"[static_cast<int>(layer.spec.op)];
  }
  return ops;
}

using Codes = std::vector<std::string>;

TEST(LayerText, ReadsTheStemOfAResNet) {
  const PastedLayer layer = one("nn.Conv2d(3, 64, 7, stride=2, padding=3)");
  conv::LayerSpec expected;
  expected.in_channels = 3;
  expected.out_channels = 64;
  expected.kernel_size = {7, 7};
  expected.stride = {2, 2};
  expected.padding = conv::PaddingRule::kExplicit;
  expected.pads = {3, 3, 3, 3};
  expected.bias = true;
  EXPECT_EQ(layer.spec, expected);
  EXPECT_EQ(layer.place, (Place{1, 1}));
  EXPECT_FALSE(layer.one_dimensional);
}

TEST(LayerText, TakesArgumentsByPlaceAsPyTorchsSignaturesHaveThem) {
  const conv::LayerSpec conv = one("Conv2d(4, 8, (3, 5), 2, (1, 2), 3, 2, False, 'circular')").spec;
  EXPECT_EQ(conv.kernel_size, (conv::Size2{3, 5}));
  EXPECT_EQ(conv.stride, (conv::Size2{2, 2}));
  EXPECT_EQ(conv.pads, (conv::Pads{1, 1, 2, 2}));
  EXPECT_EQ(conv.dilation, (conv::Size2{3, 3}));
  EXPECT_EQ(conv.groups, 2);
  EXPECT_FALSE(conv.bias);
  EXPECT_EQ(conv.padding_mode, conv::PaddingMode::kCircular);
  // A transposed layer has output_padding, groups and bias before dilation.
  const conv::LayerSpec up = one("torch.nn.ConvTranspose2d(4, 8, 3, 2, 1, 1, 2, False, 3)").spec;
  EXPECT_EQ(up.op, conv::Op::kConvTranspose);
  EXPECT_EQ(up.output_padding, (conv::Size2{1, 1}));
  EXPECT_EQ(up.groups, 2);
  EXPECT_EQ(up.dilation, (conv::Size2{3, 3}));
  // A max pool has dilation and return_indices before ceil_mode, an average pool has not.
  EXPECT_TRUE(one("nn.MaxPool2d(3, 2, 1, 1, False, True)").spec.ceil_mode);
  const conv::LayerSpec mean = one("nn.AvgPool2d(2, None, 1, True, False, 5)").spec;
  EXPECT_EQ(mean.stride, (conv::Size2{2, 2}));
  EXPECT_TRUE(mean.ceil_mode);
  EXPECT_FALSE(mean.count_include_pad);
  EXPECT_EQ(mean.divisor_override, 5);
  const conv::LayerSpec unfold = one("nn.Unfold(3, 2, 1, 4)").spec;
  EXPECT_EQ(unfold.dilation, (conv::Size2{2, 2}));
  EXPECT_EQ(unfold.pads, (conv::Pads{1, 1, 1, 1}));
  EXPECT_EQ(unfold.stride, (conv::Size2{4, 4}));
}

TEST(LayerText, ASignalHasOneRow) {
  const PastedLayer layer = one("nn.Conv1d(2, 4, 5, stride=3, padding=2, dilation=(2,))");
  EXPECT_TRUE(layer.one_dimensional);
  EXPECT_EQ(layer.spec.kernel_size, (conv::Size2{1, 5}));
  EXPECT_EQ(layer.spec.stride, (conv::Size2{1, 3}));
  EXPECT_EQ(layer.spec.dilation, (conv::Size2{1, 2}));
  EXPECT_EQ(layer.spec.pads, (conv::Pads{0, 0, 2, 2}));
  EXPECT_TRUE(read("nn.ReLU(), nn.MaxPool1d(2)").layers[0].one_dimensional);
}

TEST(LayerText, ReadsASequentialWithNamesCommentsAndTrailingCommas) {
  const LayerText found = read(R"(
import torch.nn as nn

net = nn.Sequential(  # the body
    nn.Conv2d(3, 8, 3),
    # a comment, with (brackets
    nn.ReLU(inplace=True),
    nn.MaxPool2d(2, 2),
))");
  EXPECT_EQ(ops_of(found), "crm");
  EXPECT_EQ(found.layers[1].place, (Place{7, 5}));
  const LayerText ordered =
      read("nn.Sequential(OrderedDict([('conv1', nn.Conv2d(1, 20, 5)), ('relu1', nn.ReLU())]))");
  EXPECT_EQ(ordered.layers[0].name, "conv1");
  EXPECT_EQ(ordered.layers[1].name, "relu1");
  EXPECT_EQ(ops_of(read("nn.Sequential(*[nn.Conv2d(1, 2, 3), nn.ReLU()])")), "cr");
}

TEST(LayerText, ReadsTheLinesOfAClass) {
  const LayerText found = read(R"(class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.pool = nn.MaxPool2d(2, 2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)

    def forward(self, x):
        return self.fc1(x)
)");
  EXPECT_EQ(ops_of(found), "cmc");
  EXPECT_EQ(found.layers[2].name, "conv2");
  EXPECT_EQ(remarks_of(found), (Codes{"layer_rest_left_out", "layer_order_assumed"}));
}

// In the order of forward, with what only forward has: functions, and a pool that is used twice.
TEST(LayerText, AClassRunsInTheOrderOfItsForward) {
  const std::string layers = R"(class Net(nn.Module):
    """A docstring (with a bracket.

    Two paragraphs."""
    def __init__(
        self,
        channels: int = 1,  # of the input
        width=2 * 3,
    ) -> None:
        super().__init__()
        self.conv2 = nn.Conv2d(width, 16, 5)
        self.conv1 = nn.Conv2d(channels, width, 5)
        self.pool = nn.MaxPool2d(2, 2)

    def forward(self, x):
)";
  const LayerText used = read(layers + R"(        # two stages
        x = self.pool(F.relu(self.conv1(x)))
        out = F.relu(self.conv2(x))
        out = self.pool(out)
        return out.view(out.size(0), -1)

net = Net()
)");
  EXPECT_EQ(ops_of(used), "crmcrm");
  EXPECT_EQ(used.layers[0].spec.in_channels, 1);
  EXPECT_EQ(used.layers[0].spec.out_channels, 6);
  EXPECT_EQ(used.layers[0].name, "conv1");
  EXPECT_EQ(used.layers[3].name, "conv2");
  EXPECT_EQ(remarks_of(used), (Codes{"layer_rest_left_out"}));
  // Whatever is no chain keeps the order of the definitions.
  for (const char* forward : {"        y = self.conv1(x)\n        return y + self.conv2(x)\n",
                              "        skip = x\n        x = self.conv1(x)\n        x += skip\n",
                              "        y = self.conv1(x)\n        z = self.conv2(x)\n",
                              "        for layer in self.layers:\n            x = layer(x)\n"}) {
    const LayerText defined = read(layers + forward);
    EXPECT_EQ(ops_of(defined), "ccm") << forward;
    EXPECT_EQ(remarks_of(defined), (Codes{"layer_order_assumed"})) << forward;
  }
}

TEST(LayerText, ALayerMayBeNamedAndThenApplied) {
  const LayerText found = read(
      "m = nn.Conv2d(16, 33, (3, 5), stride=(2, 1))\ninput = torch.randn(20, 16, 50, 100)\n"
      "output = m(input)");
  EXPECT_EQ(ops_of(found), "c");
  EXPECT_EQ(found.input, (Shape{20, 16, 50, 100}));
}

TEST(LayerText, WhatIsSaidOfANetworkBesidesItsLayersIsSkipped) {
  const LayerText found = read(
      "net = nn.Sequential(nn.Conv2d(3, 8, 3))\nnet = net.to(device)\nnet.eval()\n"
      "x = torch.rand(1, 3, 9, 9).to(device)\ny = net(x)\ny.shape");
  EXPECT_EQ(ops_of(found), "c");
  EXPECT_EQ(found.input, (Shape{1, 3, 9, 9}));
  const LayerText class_of = read(R"(class Separable(nn.Module):
    def __init__(self, nin=8, nout=16, padding='same', bias=False):
        super().__init__()
        self.depthwise = nn.Conv2d(nin, nin, 3, padding=padding, groups=nin, bias=bias)
        self.pointwise = nn.Conv2d(nin, nout, kernel_size=1)
    def forward(self, x):
        out = self.pointwise(self.depthwise(x))
        return out.mean([2, 3])
)");
  EXPECT_EQ(ops_of(class_of), "cc");
  EXPECT_EQ(class_of.layers[0].spec.padding, conv::PaddingRule::kSame);
  EXPECT_FALSE(class_of.layers[0].spec.bias);
  EXPECT_EQ(remarks_of(class_of), (Codes{"layer_rest_left_out"}));
}

TEST(LayerText, ListsGrow) {
  EXPECT_EQ(ops_of(read("layers = []\nlayers += [nn.Conv2d(3, 8, 3), nn.ReLU()]\n"
                        "layers.append(nn.Conv2d(8, 8, 3))\nnet = nn.Sequential(*layers)")),
            "crc");
  EXPECT_EQ(ops_of(read("net = nn.Sequential()\nnet.add_module('c', nn.Conv2d(3, 8, 3))")), "c");
  EXPECT_EQ(ops_of(read("nn.Sequential(*[nn.Conv2d(8, 8, 3) for _ in range(3)])")), "ccc");
  EXPECT_EQ(ops_of(read("nn.ModuleList(nn.Conv2d(8, 8, 3) for i in range(1, 3))")), "cc");
  EXPECT_EQ(ops_of(read("nn.Sequential(*[nn.Conv2d(8, 8, 3)] * 2 + [nn.ReLU()])")), "ccr");
  EXPECT_EQ(ops_of(read("nn.ModuleDict({'a': nn.Conv2d(3, 8, 3)})")), "c");
  EXPECT_EQ(layer_problem("nn.Sequential(*[nn.ReLU() for _ in range(n)])"),
            "layer_text_undecided 1:36");
  EXPECT_EQ(layer_problem("nn.Sequential(*[nn.ReLU() for _ in range(99999)])"),
            "layer_text_too_many 1:36");
}

TEST(LayerText, ReadsASessionOfAnInterpreter) {
  const LayerText typed = read(
      ">>> m = nn.Conv2d(3, 8,\n...     3)\n>>> m\n"
      "Conv2d(3, 8, kernel_size=(3, 3), stride=(1, 1))\n"
      ">>> m(torch.randn(1, 3, 8, 9)).shape\ntorch.Size([1, 8, 6, 7])");
  EXPECT_EQ(ops_of(typed), "c");
  EXPECT_EQ(typed.input, (Shape{1, 3, 8, 9}));
  EXPECT_EQ(typed.layers[0].place, (Place{1, 9}));
  EXPECT_EQ(ops_of(read("In [3]: nn.Conv2d(3, 8, 3)\nOut[3]: Conv2d(3, 8, kernel_size=(3, 3), "
                        "stride=(1, 1))")),
            "c");
  const LayerText printed =
      read(">>> net\nSequential(\n  (0): Conv2d(3, 8, kernel_size=(3, 3))\n)");
  EXPECT_EQ(ops_of(printed), "c");
  EXPECT_EQ(printed.layers[0].place, (Place{3, 8}));
  EXPECT_EQ(ops_of(read("```python\nnn.Conv2d(3, 8, 3)\n```")), "c");
  EXPECT_EQ(layer_problem(">>> nn.Conv2d(3, 8)"), "layer_missing_argument 1:5");
}

TEST(LayerText, ComputesWithWholeNumbers) {
  const conv::LayerSpec spec = one("nn.Conv2d(2 * 3 + 4, 64 // 3, (7 - 2), padding=5 // 2)").spec;
  EXPECT_EQ(spec.in_channels, 10);
  EXPECT_EQ(spec.out_channels, 21);
  EXPECT_EQ(spec.kernel_size, (conv::Size2{5, 5}));
  EXPECT_EQ(spec.pads.top, 2);
  EXPECT_EQ(one("nn.MaxPool2d(2 + 3 * 2, -7 // -2)").spec.stride, (conv::Size2{3, 3}));
  EXPECT_EQ(one("width = 8 * 4\nnn.Conv2d(3, width * 2, 3)").spec.out_channels, 64);
  EXPECT_EQ(one("nn.Conv2d(3, 2 * 2**5 + 1_000, 3)").spec.out_channels, 1064);
  EXPECT_EQ(layer_problem("nn.Conv2d(3, 2 ** 99, 3)"), "layer_not_whole 1:14");
  EXPECT_EQ(one("from torch.nn import (\n    Conv2d,\n)\nimport x; c: int = 4\n"
                "conv: nn.Module = Conv2d(3, c, 3)")
                .spec.out_channels,
            4);
  const auto named = read_layer_text("nn.Conv2d(3, width // 2, 3)");
  EXPECT_EQ(place_of(named), "layer_not_whole 1:14");
  EXPECT_EQ(testing::word_of(std::get<Problem>(named), "word"), "width // 2");
  EXPECT_EQ(layer_problem("nn.Conv2d(3, 8 // 0, 3)"), "layer_not_whole 1:14");
  EXPECT_EQ(layer_problem("nn.Conv2d(3, 99999999999 * 99999999999, 3)"), "layer_not_whole 1:14");
}

TEST(LayerText, LeavesOutWhatChangesNothingAndSaysSo) {
  const LayerText found = read(
      "nn.Conv2d(3, 8, 3)\nnn.BatchNorm2d(8)\nnn.Dropout(0.5); nn.Identity()\nnn.GELU()\n"
      "nn.Conv2d(8, 8, 3)\nnn.Flatten()\nnn.Linear(10, 10)\nnn.Conv2d(1, 1, 1)");
  EXPECT_EQ(ops_of(found), "cc");
  EXPECT_EQ(remarks_of(found), (Codes{"layer_left_out", "layer_left_out", "layer_left_out",
                                      "layer_activation_left_out", "layer_rest_left_out"}));
  EXPECT_EQ(testing::number_of(found.remarks[1], "row"), 3);
  EXPECT_EQ(layer_problem("nn.Flatten()"), "layer_foreign 1:1");
  EXPECT_EQ(layer_problem("nn.Conv3d(3, 8, 3)"), "layer_of_volumes 1:1");
  EXPECT_EQ(layer_problem("layers.MaxPooling3D()"), "layer_of_volumes 1:1");
  EXPECT_EQ(layer_problem("nn.Dropout(0.5)"), "layer_none 1:1");
}

// tf.keras.layers.SeparableConv2D: a depthwise convolution without a bias, then one of 1x1.
TEST(LayerText, ASeparableConvolutionIsTwoLayers) {
  const LayerText found = read(
      "layers.SeparableConv2D(16, 3, strides=2, padding='same', depth_multiplier=2, name='s')");
  ASSERT_EQ(ops_of(found), "cc");
  EXPECT_EQ(found.layers[0].filters_per_channel, 2);
  EXPECT_EQ(found.layers[0].spec.kernel_size, (conv::Size2{3, 3}));
  EXPECT_EQ(found.layers[0].spec.stride, (conv::Size2{2, 2}));
  EXPECT_FALSE(found.layers[0].spec.bias);
  EXPECT_EQ(found.layers[1].spec.kernel_size, (conv::Size2{1, 1}));
  EXPECT_EQ(found.layers[1].spec.stride, (conv::Size2{1, 1}));
  EXPECT_EQ(found.layers[1].spec.out_channels, 16);
  EXPECT_TRUE(found.layers[1].spec.bias);
  EXPECT_EQ(found.layers[1].name, "s");
}

// torch.nn.ConvTranspose2d: "Only zeros padding mode is supported".
TEST(LayerText, ATransposedConvolutionPadsWithZerosOnly) {
  EXPECT_EQ(one("nn.ConvTranspose2d(1, 1, 3, padding_mode='zeros')").spec.padding_mode,
            conv::PaddingMode::kZeros);
  EXPECT_EQ(layer_problem("nn.ConvTranspose2d(1, 1, 3, padding_mode='reflect')"),
            "layer_unknown_choice 1:42");
}

TEST(LayerText, PaddingBeforeAConvolutionBecomesItsOwn) {
  const conv::LayerSpec spec =
      one("nn.Sequential(nn.ReflectionPad2d((1, 2, 3, 4)), nn.Conv2d(3, 1, 3))").spec;
  EXPECT_EQ(spec.pads, (conv::Pads{3, 4, 1, 2}));  // PyTorch's order: left, right, top, bottom
  EXPECT_EQ(spec.padding_mode, conv::PaddingMode::kReflect);
  EXPECT_EQ(one("nn.ZeroPad2d(1), nn.Conv2d(3, 1, 3, padding=2)").spec.pads,
            (conv::Pads{3, 3, 3, 3}));
  EXPECT_EQ(layer_problem("nn.ZeroPad2d(1), nn.MaxPool2d(2)"), "layer_padding_alone 1:1");
  EXPECT_EQ(layer_problem("nn.Conv2d(1, 1, 1), nn.ZeroPad2d(1)"), "layer_padding_alone 1:21");
  EXPECT_EQ(layer_problem("nn.ReflectionPad2d(1), nn.Conv2d(3, 1, 3, padding=2)"),
            "layer_padding_alone 1:1");
  EXPECT_EQ(layer_problem("nn.ConstantPad2d(1, 0.5), nn.Conv2d(3, 1, 3)"),
            "layer_padding_value 1:21");
}

TEST(LayerText, ReadsFunctions) {
  conv::LayerSpec spec = one("F.conv2d(x, torch.randn(8, 3, 5, 5), stride=2, padding='same')").spec;
  EXPECT_EQ(conv::weight_shape(spec), (Shape{8, 3, 5, 5}));
  EXPECT_FALSE(spec.bias);
  EXPECT_EQ(spec.padding, conv::PaddingRule::kSame);
  const LayerText guessed = read("y = F.conv2d(x, w, b, stride=2)");
  EXPECT_EQ(guessed.layers[0].spec.in_channels, 0);
  EXPECT_TRUE(guessed.layers[0].spec.bias);
  EXPECT_EQ(remarks_of(guessed), (Codes{"layer_weight_assumed"}));
  spec = value_of(read_layer_text("F.conv2d(x, w, groups=2)", {Shape{4, 3, 1, 2}})).layers[0].spec;
  EXPECT_EQ(conv::weight_shape(spec), (Shape{4, 3, 1, 2}));
  EXPECT_EQ(spec.in_channels, 6);
  const LayerText named =
      read("x = torch.randn(1, 3, 32, 30)\nw = torch.randn(8, 3, 5, 5)\nF.conv2d(x, w, padding=2)");
  EXPECT_EQ(named.input, (Shape{1, 3, 32, 30}));
  EXPECT_EQ(conv::weight_shape(named.layers.at(0).spec), (Shape{8, 3, 5, 5}));
  EXPECT_EQ(ops_of(read("F.relu(F.max_pool2d(F.conv2d(x, torch.ones(2, 1, 3, 3)), 2))")), "cmr");
  EXPECT_EQ(read("F.avg_pool2d(torch.zeros(1, 3, 8, 9), 2)").input, (Shape{1, 3, 8, 9}));
  const conv::LayerSpec up =
      one("F.conv_transpose2d(x, torch.rand(4, 2, 3, 3), None, 2, 1, 1)").spec;
  EXPECT_EQ(up.in_channels, 4);
  EXPECT_EQ(up.out_channels, 2);
  EXPECT_EQ(up.output_padding, (conv::Size2{1, 1}));
}

TEST(LayerText, ReadsKeras) {
  const LayerText found = read(R"(model = tf.keras.Sequential([
    tf.keras.layers.Conv2D(64, 7, strides=2, padding='same', activation='relu',
                           input_shape=(224, 200, 3), name='stem'),
    layers.MaxPooling2D((2, 2), padding="same"),
    layers.DepthwiseConv2D(3, depth_multiplier=2, use_bias=False),
    layers.BatchNormalization(),
    layers.Activation('relu'),
    layers.Conv2DTranspose(8, 4, strides=2, padding='SAME'),
    layers.GlobalAveragePooling2D(),
    layers.Dense(10, activation='softmax'),
]))");
  EXPECT_EQ(ops_of(found), "crmcrt");
  EXPECT_EQ(found.input, (Shape{1, 3, 224, 200}));
  const conv::LayerSpec& stem = found.layers[0].spec;
  EXPECT_EQ(found.layers[0].name, "stem");
  EXPECT_EQ(stem.padding, conv::PaddingRule::kSameTf);
  EXPECT_EQ(stem.in_channels, 0);
  EXPECT_TRUE(stem.bias);
  EXPECT_EQ(found.layers[3].filters_per_channel, 2);
  // 4 less 2 is 2: one cell off each side makes twice the input.
  EXPECT_EQ(found.layers[5].spec.pads, (conv::Pads{1, 1, 1, 1}));
  EXPECT_EQ(remarks_of(found), (Codes{"layer_left_out", "layer_rest_left_out"}));
  EXPECT_EQ(layer_problem("Conv2DTranspose(8, 3, strides=2, padding='same')"),
            "layer_same_uneven 1:42");
  EXPECT_EQ(one("model.add(Conv1D(4, 3, padding='causal', dilation_rate=2))").spec.pads,
            (conv::Pads{0, 0, 4, 0}));
  EXPECT_EQ(ops_of(read("x = MaxPooling2D()(Conv2D(8, 3)(inputs))")), "cm");
  EXPECT_EQ(ops_of(read("inputs = keras.Input(shape=(9, 9, 1))\nx = layers.Conv2D(8, 3)(inputs)\n"
                        "x = layers.ReLU()(x)\nmodel = keras.Model(inputs, x, name='net')\n"
                        "model.summary()")),
            "cr");
  EXPECT_EQ(ops_of(read("keras.Sequential([layers.Conv2D(8, 3)], name='net')")), "c");
  EXPECT_EQ(read("Conv2D(8, 3, data_format='channels_first', input_shape=(3, 20, 30))").input,
            (Shape{1, 3, 20, 30}));
  EXPECT_EQ(one("Conv2D(8, 3, activation='tanh')").spec.op, conv::Op::kConv);
  EXPECT_EQ(one("ZeroPadding2D(((1, 2), (3, 4)))\nConv2D(8, 3)").spec.pads,
            (conv::Pads{1, 2, 3, 4}));
}

TEST(LayerText, ReadsFlax) {
  const LayerText found = read(R"(@nn.compact
def __call__(self, x):
    x = nn.Conv(features=64, kernel_size=(7, 7), strides=(2, 2))(x)
    x = nn.relu(x)
    x = nn.max_pool(x, window_shape=(3, 3), strides=(2, 2), padding='SAME')
    x = nn.ConvTranspose(8, (2, 2), strides=(2, 2))(x)
    return x)");
  EXPECT_EQ(ops_of(found), "crmt");
  EXPECT_EQ(found.layers[0].spec.padding, conv::PaddingRule::kSameTf);
  EXPECT_EQ(found.layers[0].spec.stride, (conv::Size2{2, 2}));
  EXPECT_EQ(found.layers[2].spec.stride, (conv::Size2{2, 2}));
  EXPECT_TRUE(one("nn.Conv(8, (3,), padding='VALID')").one_dimensional);
  EXPECT_EQ(one("nn.Conv(8, (3, 3), padding=((1, 2), (3, 4)))").spec.pads,
            (conv::Pads{1, 2, 3, 4}));
  EXPECT_EQ(one("nnx.Conv(in_features=3, out_features=8, kernel_size=(3, 3), rngs=rngs)")
                .spec.in_channels,
            3);
  const conv::LayerSpec nnx = one("nnx.Conv(1, 32, kernel_size=(3, 3), rngs=nnx.Rngs(0))").spec;
  EXPECT_EQ(nnx.in_channels, 1);
  EXPECT_EQ(nnx.out_channels, 32);
  const LayerText compact = read(
      "x = nn.Conv(features=32, kernel_size=(3, 3))(x)\nx = x.reshape((x.shape[0], -1))  # flat\n"
      "x = nn.Dense(features=256)(x)");
  EXPECT_EQ(remarks_of(compact), (Codes{"layer_rest_left_out"}));
}

TEST(LayerText, ReadsARepr) {
  const LayerText found = read(R"(Net(
  (features): Sequential(
    (0): Conv2d(3, 64, kernel_size=(7, 7), stride=(2, 2), padding=(3, 3), bias=False)
    (1): BatchNorm2d(64, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)
    (2): ReLU(inplace=True)
    (3): MaxPool2d(kernel_size=3, stride=2, padding=1, dilation=1, ceil_mode=False)
    (4-5): 2 x Conv2d(64, 64, kernel_size=(3, 3), stride=(1, 1), padding=same, padding_mode=reflect)
  )
  (fc): Linear(in_features=512, out_features=1000, bias=True)
))");
  EXPECT_EQ(ops_of(found), "crmcc");
  EXPECT_EQ(found.layers[4].spec.padding, conv::PaddingRule::kSame);
  EXPECT_EQ(found.layers[4].spec.padding_mode, conv::PaddingMode::kReflect);
  EXPECT_EQ(found.layers[0].place, (Place{3, 10}));
  EXPECT_EQ(ops_of(read("  (0): Conv2d(3, 8, kernel_size=(3, 3), stride=(1, 1))\n  (1): ReLU()")),
            "cr");
  // As torch prints what has seen no input yet.
  const LayerText lazy = read(
      "LazyConv2d(0, 8, kernel_size=(3, 3), stride=(1, 1))\n"
      "LazyConvTranspose2d(0, 4, kernel_size=(2, 2), stride=(2, 2))");
  EXPECT_EQ(ops_of(lazy), "ct");
  EXPECT_EQ(lazy.layers[0].spec.in_channels, 0);
  EXPECT_EQ(lazy.layers[1].spec.out_channels, 4);
}

TEST(LayerText, NamesTheWrongWord) {
  const auto near = read_layer_text("nn.Sequential(\n    nn.Conv2b(3, 8, 3),\n)");
  EXPECT_EQ(place_of(near), "layer_unknown_near 2:5");
  EXPECT_EQ(testing::word_of(std::get<Problem>(near), "nearest"), "Conv2d");
  EXPECT_EQ(layer_problem("nn.Conv2d(3, 8, 3, strides=2)"), "layer_unknown_argument_near 1:20");
  EXPECT_EQ(layer_problem("nn.Conv2d(3, 8, 3, colour=2)"), "layer_unknown_argument 1:20");
  EXPECT_EQ(layer_problem("nn.Conv2d(3, 8)"), "layer_missing_argument 1:1");
  EXPECT_EQ(layer_problem("nn.Conv2d(3, 8, 3, kernel_size=3)"), "layer_argument_twice 1:32");
  EXPECT_EQ(layer_problem("nn.ReLU(True, 3)"), "layer_too_many_arguments 1:15");
  EXPECT_EQ(layer_problem("nn.Conv2d(3, 8.5, 3)"), "layer_not_whole 1:14");
  EXPECT_EQ(layer_problem("nn.Conv2d(3, 8, k)"), "layer_not_size 1:17");
  EXPECT_EQ(layer_problem("nn.Conv2d(3, 8, (3, 3, 3))"), "layer_size_length 1:17");
  EXPECT_EQ(layer_problem("nn.Conv2d(3, 8, 3, bias='no')"), "layer_not_flag 1:25");
  EXPECT_EQ(layer_problem("nn.Conv2d(3, 8, 3, padding='full')"), "layer_unknown_choice 1:28");
  EXPECT_EQ(layer_problem("nn.Conv2d(3, 8, 3"), "layer_text_unclosed 1:10");
  EXPECT_EQ(layer_problem("nn.Conv2d(3 8, 3)"), "layer_text_unexpected 1:13");
  EXPECT_EQ(layer_problem("nn.Conv2d(3, 8, 3, padding='same)"), "layer_text_quote 1:28");
  EXPECT_EQ(layer_problem("nn.Conv2d(3, 8, 3) + x"), "layer_text_unexpected 1:20");
  EXPECT_EQ(layer_problem("42"), "layer_expected 1:1");
  EXPECT_EQ(layer_problem("nn.Foo(3)"), "layer_unknown 1:1");
  EXPECT_EQ(layer_problem("nn.Conv2D(3, 64, 3)"), "layer_unknown_near 1:1");
  EXPECT_EQ(layer_problem("nn.conv2d(3, 64, 3)"), "layer_function_of_numbers 1:11");
  EXPECT_EQ(layer_problem("x = F.relu(self.conv1(x))"), "layer_undefined 1:12");
  EXPECT_EQ(layer_problem(""), "layer_none 1:1");
  EXPECT_EQ(layer_problem("# only a comment"), "layer_none 1:1");
  EXPECT_EQ(layer_problem("nn.Conv2d(1, 1, 1)\nnn.Conv1d(1, 1, 1)"), "layer_dimensions_mixed 2:1");
  EXPECT_EQ(layer_problem("nn.Conv2d(99999999999999999999, 8, 3)"), "layer_not_whole 1:11");
  EXPECT_EQ(layer_problem("(0-9): 1000000 x ReLU()"), "layer_text_too_many 1:8");
  // Repeats multiply, including those of layers that are left out.
  for (const std::string inner : {"Dropout(p=0.5)", "Sequential()"}) {
    const std::string repeat = "(0-999): 1000 x Sequential(\n";
    EXPECT_EQ(layer_problem("Net(\n" + repeat + repeat + repeat + "(0): " + inner + ")))\n)"),
              "layer_text_too_many 5:6");
  }
  EXPECT_EQ(layer_problem(std::string(5000, '(')), "layer_text_too_deep 1:26");
}

TEST(LayerText, AnyCutOfAGoodTextIsReadOrRefused) {
  const std::string good =
      "net = nn.Sequential(OrderedDict([('a', nn.Conv2d(3, 8, (3, 3), padding='same')),\n"
      "  ('b', nn.ReLU())]))  # end\n(0): F.max_pool2d(x, 2)";
  for (std::size_t begin = 0; begin < good.size(); begin += 3) {
    for (std::size_t end = begin; end <= good.size(); ++end) {
      const auto result = read_layer_text(std::string_view(good).substr(begin, end - begin));
      EXPECT_TRUE(ok(result) || std::get<Problem>(result).code.starts_with("layer_"));
    }
  }
}

// The settings as in a lesson file, with the padding as numbers.
conv::LayerSpec settled(conv::LayerSpec spec, bool one_dimensional, const Shape& input) {
  spec = conv::fitted(lesson::spec_for(one_dimensional, spec), input);
  if (spec.padding != conv::PaddingRule::kSame || spec.op != conv::Op::kConv) {
    spec.pads = conv::resolved_pads(spec, input);
    spec.padding = conv::PaddingRule::kExplicit;
  }
  return spec;
}

// A layer as the inspector can set it, of any op, in one or two dimensions.
conv::RandomLayer inspected(std::uint64_t seed, conv::Op op, bool signal) {
  conv::Dice dice(seed);
  conv::RandomLayer layer;
  do {
    layer.spec = lesson::spec_for(signal, conv::random_spec(op, dice));
    layer.input_shape = {1, layer.spec.in_channels, signal ? 1 : dice.roll(1, 9), dice.roll(1, 12)};
  } while (!conv::problems(layer.spec, layer.input_shape).empty());
  return layer;
}

TEST(LayerText, ReadsBackWhatTheInspectorWrites) {
  int turned = 0;
  for (std::uint64_t seed = 0; seed < 240; ++seed) {
    const conv::Op op = static_cast<conv::Op>(seed % 6);
    const bool signal = seed % 4 == 3 && op != conv::Op::kUnfold;
    const conv::RandomLayer random = inspected(seed, op, signal);
    lesson::Layer layer;
    layer.spec = conv::fitted(random.spec, random.input_shape);
    layer.one_dimensional = signal;
    layer.name = "layer" + std::to_string(seed);
    const std::string code = lesson::layer_code(layer, random.input_shape);
    SCOPED_TRACE(code);
    const PastedLayer back = one(code);
    EXPECT_EQ(back.name, layer.name);
    EXPECT_EQ(back.one_dimensional, signal && op != conv::Op::kRelu);  // a ReLU alone shows neither
    EXPECT_EQ(settled(back.spec, signal, random.input_shape),
              settled(layer.spec, signal, random.input_shape));
    turned += back.spec.flip ? 1 : 0;
  }
  EXPECT_GT(turned, 0);
}

// SAME of TensorFlow and JAX: ceil(9 / 2) = 5, by tf.nn.convolution's documentation.
TEST(LayerText, ReadsFunctionsOfArrays) {
  const LayerText text = read(
      "tf.nn.conv2d(tf.ones([1, 9, 9, 3]), tf.random.normal([5, 5, 3, 8]), strides=[1, 2, 2, 1], "
      "padding=\"SAME\")");
  EXPECT_EQ(text.input, (Shape{1, 3, 9, 9}));
  const conv::LayerSpec& spec = text.layers.at(0).spec;
  EXPECT_EQ(conv::weight_shape(spec), (Shape{8, 3, 5, 5}));
  EXPECT_EQ(conv::output_shape(spec, text.input), (Shape{1, 8, 5, 5}));

  const conv::LayerSpec explicit_pads =
      one("tf.nn.conv2d(x, w, 1, [[0, 0], [1, 2], [3, 4], [0, 0]])").spec;
  EXPECT_EQ(explicit_pads.pads, (conv::Pads{1, 2, 3, 4}));
  const conv::LayerSpec depthwise =
      one("tf.nn.depthwise_conv2d(x, tf.ones((3, 3, 4, 2)), [1, 1, 1, 1], 'VALID')").spec;
  EXPECT_EQ(depthwise.groups, 4);
  EXPECT_EQ(conv::weight_shape(depthwise), (Shape{8, 1, 3, 3}));
  EXPECT_FALSE(one("tf.nn.avg_pool2d(x, 2, 2, 'SAME')").spec.count_include_pad);
  EXPECT_TRUE(one("tf.nn.conv1d(x, tf.ones([3, 2, 5]), stride=2, padding='SAME')").one_dimensional);

  const conv::LayerSpec lax =
      one("lax.conv_general_dilated(x, jnp.ones((8, 2, 3, 3)), (2, 1), ((1, 1), (2, 2)), "
          "rhs_dilation=(1, 2), feature_group_count=2)")
          .spec;
  EXPECT_EQ(lax.in_channels, 4);
  EXPECT_EQ(lax.stride, (conv::Size2{2, 1}));
  EXPECT_EQ(lax.dilation, (conv::Size2{1, 2}));
  EXPECT_EQ(lax.pads, (conv::Pads{1, 1, 2, 2}));
  EXPECT_EQ(layer_problem("tf.nn.conv2d(x, w, 1, 'REFLECT')"), "layer_unknown_choice 1:23");
}

TEST(LayerText, ANameMayBeginLikeAKeyword) {
  EXPECT_EQ(one("passes = 5\nnn.Conv2d(3, passes, 3)").spec.out_channels, 5);
  EXPECT_EQ(one("class_count = 4\nform = 2\nnn.Conv2d(form, class_count, 3)").spec.in_channels, 2);
}

TEST(LayerText, LoopsMayBeLeft) {
  EXPECT_EQ(
      ops_of(
          read("def f():\n l = []\n for i in range(9):\n  if i == 1: continue\n"
               "  if i > 3:\n   break\n  l.append(nn.ReLU())\n return l + [nn.MaxPool2d(2)]\nf()")),
      "rrrm");
}

TEST(LayerText, WhatOnlyARunWouldTellIsNamed) {
  EXPECT_EQ(layer_problem("if torch.cuda.is_available():\n  nn.Conv2d(3, 8, 3)"),
            "layer_text_undecided 1:4");
  EXPECT_EQ(layer_problem("def f(n):\n  return nn.Conv2d(3, 8, 3) if n > 1 else nn.ReLU()\nf(m)"),
            "layer_text_undecided 2:32");
  EXPECT_EQ(layer_problem("def f(n):\n  return f(n)\nf(3)"), "layer_text_too_deep 2:10");
  EXPECT_EQ(layer_problem("widths = [3, 8]\nnn.Conv2d(widths[0], widths[2], 3)"),
            "layer_text_unexpected 2:28");
  EXPECT_EQ(
      layer_problem(
          "def f():\n  l = []\n  for i in range(900):\n    for j in range(900):\n      l = l + "
          "[i]\n  return l\nf()"),
      "layer_text_too_long 5:12");
  // A forward that can't be followed: the layers in the order of their definitions.
  EXPECT_EQ(remarks_of(read("class A(nn.Module):\n def __init__(self):\n  self.a = nn.ReLU()\n"
                            "  self.b = nn.Conv2d(3, 8, 3)\n def forward(self, x):\n"
                            "  while x.sum() > 0:\n   x = self.b(x)\n  return self.a(x)")),
            Codes{"layer_order_assumed"});
}

}  // namespace
}  // namespace convscope::imports
