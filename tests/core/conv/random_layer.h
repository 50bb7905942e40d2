// Random layers of every kind, printed in full when a test fails.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <limits>
#include <ostream>
#include <utility>
#include <vector>

#include "core/conv/layer_spec.h"
#include "core/tensor/random.h"
#include "core/tensor/tensor.h"

namespace convscope {

inline std::ostream& operator<<(std::ostream& out, const Shape& shape) {
  return out << '(' << shape.n << ", " << shape.c << ", " << shape.h << ", " << shape.w << ')';
}

}  // namespace convscope

namespace convscope::conv {

struct RandomLayer {
  LayerSpec spec;
  Shape input_shape;
  Tensor input;
  Tensor weight;  // empty where the op has none
  Tensor bias;
};

inline void print(std::ostream& out, const char* name, const Tensor& tensor) {
  out << name << " = [";
  for (const float value : tensor.values()) {
    out << value << ", ";
  }
  out << "]\n";
}

inline std::ostream& operator<<(std::ostream& out, const Size2& size) {
  return out << '(' << size.h << ", " << size.w << ')';
}

inline std::ostream& operator<<(std::ostream& out, const LayerSpec& s) {
  return out << "op " << static_cast<int>(s.op) << ", in_channels " << s.in_channels
             << ", out_channels " << s.out_channels << ", kernel_size " << s.kernel_size
             << ", stride " << s.stride << ", dilation " << s.dilation << ", groups " << s.groups
             << ", padding rule " << static_cast<int>(s.padding) << " (" << s.pads.top << ", "
             << s.pads.bottom << ", " << s.pads.left << ", " << s.pads.right << "), mode "
             << static_cast<int>(s.padding_mode) << ", flip " << s.flip << ", output_padding "
             << s.output_padding << ", ceil_mode " << s.ceil_mode << ", count_include_pad "
             << s.count_include_pad << ", divisor_override " << s.divisor_override;
}

inline std::ostream& operator<<(std::ostream& out, const RandomLayer& layer) {
  out << "input " << layer.input_shape << '\n' << layer.spec << '\n';
  print(out, "input", layer.input);
  print(out, "weight", layer.weight);
  print(out, "bias", layer.bias);
  return out;
}

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : generator_(seed) {}
  // An integer from low to high.
  std::int64_t roll(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(generator_.next() %
                                           static_cast<std::uint64_t>(high - low + 1));
  }
  bool heads() { return roll(0, 1) == 1; }
  std::uint64_t seed() { return generator_.next(); }

 private:
  SplitMix64 generator_;
};

// Replaces some values by ones that break careless arithmetic.
inline Tensor with_oddities(const Tensor& tensor, Dice& dice) {
  const float kOdd[] = {
      std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
      -std::numeric_limits<float>::infinity(), -0.0F,
      std::numeric_limits<float>::max(),       std::numeric_limits<float>::denorm_min()};
  std::vector<float> values(tensor.values().begin(), tensor.values().end());
  for (float& value : values) {
    if (dice.roll(0, 9) == 0) {
      value = kOdd[dice.roll(0, 5)];
    }
  }
  return Tensor(tensor.shape(), std::move(values));
}

inline LayerSpec random_spec(Op op, Dice& dice) {
  LayerSpec spec{.op = op};
  spec.groups = dice.roll(1, 3);
  spec.in_channels = spec.groups * dice.roll(1, 3);
  spec.out_channels = spec.groups * dice.roll(1, 2);
  spec.kernel_size = {dice.roll(1, 4), dice.roll(1, 5)};
  spec.stride = {dice.roll(1, 3), dice.roll(1, 4)};
  spec.dilation = {dice.roll(1, 3), dice.roll(1, 2)};
  if (op == Op::kConv) {
    spec.padding = static_cast<PaddingRule>(dice.roll(0, 3));
    spec.padding_mode = static_cast<PaddingMode>(dice.roll(0, 3));
    spec.pads = {dice.roll(0, 4), dice.roll(0, 3), dice.roll(0, 5), dice.roll(0, 3)};
    spec.stride = spec.padding == PaddingRule::kSame ? Size2{1, 1} : spec.stride;
  } else {
    const Size2 pad = {dice.roll(0, 2), dice.roll(0, 3)};
    spec.padding = dice.heads() ? PaddingRule::kExplicit : PaddingRule::kValid;
    spec.pads = {pad.h, pad.h, pad.w, pad.w};
  }
  spec.bias = dice.heads();
  spec.flip = dice.roll(0, 3) == 0;
  spec.output_padding = {dice.roll(0, 2), dice.roll(0, 2)};
  spec.ceil_mode = dice.heads();
  spec.count_include_pad = dice.heads();
  spec.divisor_override = dice.roll(0, 2) == 0 ? dice.roll(1, 7) : 0;
  return spec;
}

// The layer with random operands.
inline RandomLayer filled(const LayerSpec& spec, const Shape& input, Dice& dice) {
  RandomLayer layer;
  layer.spec = spec;
  layer.input_shape = input;
  layer.input = random_tensor(input, {.seed = dice.seed()});
  if (has_weight(spec.op)) {
    layer.weight = random_tensor(weight_shape(spec), {.seed = dice.seed()});
    if (spec.bias) {
      layer.bias = random_tensor({1, 1, 1, spec.out_channels}, {.seed = dice.seed()});
    }
  }
  return layer;
}

// A layer of this op that can run. `odd`: a third of the layers contain NaN, infinity and the like.
inline RandomLayer random_layer(Op op, std::uint64_t seed, bool odd = true) {
  Dice dice(seed);
  RandomLayer layer;
  do {
    layer.spec = random_spec(op, dice);
    layer.input_shape = {dice.roll(1, 2), layer.spec.in_channels, dice.roll(1, 7), dice.roll(1, 9)};
  } while (!problems(layer.spec, layer.input_shape).empty());
  layer = filled(layer.spec, layer.input_shape, dice);
  if (odd && dice.roll(0, 2) == 0) {
    layer.input = with_oddities(layer.input, dice);
    layer.weight = layer.weight.empty() ? layer.weight : with_oddities(layer.weight, dice);
    layer.bias = layer.bias.empty() ? layer.bias : with_oddities(layer.bias, dice);
  }
  return layer;
}

}  // namespace convscope::conv
