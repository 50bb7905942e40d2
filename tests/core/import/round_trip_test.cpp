// The line of PyTorch that the program shows for a layer is read back to the same layer.
#include <gtest/gtest.h>

#include "core/import/layers/layer_scene.h"
#include "core/lesson/build/reshape.h"
#include "core/lesson/layer_code.h"
#include "core/lesson/limits.h"
#include "tests/core/import/golden.h"

namespace convscope::imports {
namespace {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::int64_t between(std::int64_t low, std::int64_t high) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return low + static_cast<std::int64_t>(state_ % static_cast<std::uint64_t>(high - low + 1));
  }
  bool coin() { return between(0, 1) == 1; }
  conv::Size2 size(std::int64_t low, std::int64_t high) {
    const conv::Size2 both = {between(low, high), between(low, high)};
    return coin() ? conv::Size2{both.h, both.h} : both;
  }

 private:
  std::uint64_t state_;
};

// Any settings that the inspector could show.
lesson::Layer any_layer(Dice& dice) {
  constexpr std::array kOps = {conv::Op::kConv,    conv::Op::kConvTranspose, conv::Op::kMaxPool,
                               conv::Op::kAvgPool, conv::Op::kRelu,          conv::Op::kUnfold};
  lesson::Layer layer;
  conv::LayerSpec& spec = layer.spec;
  // Half of them convolutions, which have the most to say.
  spec.op = dice.coin() ? conv::Op::kConv : kOps[static_cast<std::size_t>(dice.between(0, 5))];
  // nn.ReLU() goes with any number of dimensions.
  const bool planes = spec.op == conv::Op::kUnfold || spec.op == conv::Op::kRelu;
  layer.one_dimensional = !planes && dice.between(0, 3) == 0;
  spec.groups = dice.between(1, 3);
  spec.in_channels = spec.groups * dice.between(1, 3);
  spec.out_channels = spec.groups * dice.between(1, 3);
  spec.kernel_size = dice.size(1, 5);
  spec.stride = dice.size(1, 3);
  spec.dilation = dice.size(1, 2);
  spec.bias = dice.coin();
  spec.output_padding = dice.coin() ? conv::Size2{0, 0} : dice.size(0, 1);
  spec.ceil_mode = dice.coin();
  spec.count_include_pad = dice.coin();
  spec.divisor_override = dice.coin() ? 0 : dice.between(1, 9);
  spec.padding = dice.coin() ? conv::PaddingRule::kExplicit
                             : static_cast<conv::PaddingRule>(dice.between(0, 3));
  const conv::Size2 pads = dice.size(0, 2);
  spec.pads = {pads.h, pads.h, pads.w, pads.w};
  if (spec.op == conv::Op::kConv && dice.between(0, 3) == 0) {
    spec.pads = {dice.between(0, 2), dice.between(0, 2), dice.between(0, 2), dice.between(0, 2)};
  }
  spec.padding_mode = static_cast<conv::PaddingMode>(dice.between(0, 3));
  spec.flip = dice.between(0, 3) == 0;
  spec = lesson::spec_for(layer.one_dimensional, spec);
  return layer;
}

// How PyTorch can say the padding of a layer on this input: "valid" as none, TensorFlow's "SAME" as
// what it comes to.
conv::LayerSpec as_said(conv::LayerSpec spec, const Shape& input) {
  if (spec.op == conv::Op::kRelu) {
    return conv::fitted({.op = spec.op}, input);
  }
  if (spec.padding != conv::PaddingRule::kSame) {
    spec.pads = conv::resolved_pads(spec, input);
    spec.padding = conv::PaddingRule::kExplicit;
  }
  const bool none = spec.pads == conv::Pads{} && spec.padding == conv::PaddingRule::kExplicit;
  if (none) {
    spec.padding_mode = conv::PaddingMode::kZeros;
  }
  return spec;
}

TEST(RoundTrip, TheLinesOf200LayersAreReadBack) {
  Dice dice(0x2545F4914F6CDD1D);
  int tried = 0;
  while (tried < 200) {
    lesson::Layer layer = any_layer(dice);
    const Shape input = {1, layer.spec.in_channels, layer.one_dimensional ? 1 : 16, 16};
    layer.spec = conv::fitted(layer.spec, input);
    if (!lesson::layer_problems(layer.spec, input).empty()) {
      continue;
    }
    ++tried;
    layer.name = "conv";
    const std::string code = lesson::layer_code(layer, input);
    SCOPED_TRACE(code);
    const auto read = read_layer_text(code);
    ASSERT_TRUE(ok(read)) << std::get<Problem>(read).code;
    lesson::TensorRef ones;
    ones.base = Tensor(input, std::vector<float>(static_cast<std::size_t>(input.count()), 1.0F));
    const auto scened = scene_of(std::get<LayerText>(read), {.input = ones});
    ASSERT_TRUE(ok(scened)) << std::get<Problem>(scened).code;
    const lesson::Scene& scene = std::get<ScenedLayers>(scened).scene;
    ASSERT_EQ(scene.layers.size(), 1u);
    const lesson::Layer& back = scene.layers.front();
    EXPECT_EQ(back.one_dimensional, layer.one_dimensional);
    EXPECT_TRUE(as_said(back.spec, input) == as_said(layer.spec, input))
        << lesson::layer_code(back, input);
  }
}

}  // namespace
}  // namespace convscope::imports
