// The settings of a convolution layer, in the words of torch.nn.Conv2d, and what they allow.
#pragma once

#include <cstdint>
#include <vector>

#include "core/tensor/problem.h"
#include "core/tensor/tensor.h"

namespace convscope {

struct Size2 {
  std::int64_t h = 1;
  std::int64_t w = 1;

  bool operator==(const Size2&) const = default;
};

struct Pads {
  std::int64_t top = 0;
  std::int64_t bottom = 0;
  std::int64_t left = 0;
  std::int64_t right = 0;

  bool operator==(const Pads&) const = default;
};

// kExplicit takes Conv2dSpec::pads. kValid pads nothing. kSame is PyTorch's padding="same" (stride
// 1, an even kernel gets the odd cell at the end). kSameTf is TensorFlow's "SAME" (any stride).
enum class PaddingRule { kExplicit, kValid, kSame, kSameTf };

enum class PaddingMode { kZeros, kReflect, kReplicate, kCircular };

struct Conv2dSpec {
  std::int64_t in_channels = 1;
  std::int64_t out_channels = 1;
  Size2 kernel_size = {3, 3};
  Size2 stride = {1, 1};
  PaddingRule padding = PaddingRule::kValid;
  Pads pads = {};  // read only under kExplicit
  PaddingMode padding_mode = PaddingMode::kZeros;
  Size2 dilation = {1, 1};
  std::int64_t groups = 1;
  bool bias = false;

  bool operator==(const Conv2dSpec&) const = default;
};

// Reach of the dilated kernel: d·(k-1) + 1 on each axis.
Size2 dilated_kernel(const Conv2dSpec& spec);

// The padding in cells that the rule asks for on an input of (N, C, H, W).
Pads resolved_pads(const Conv2dSpec& spec, const Shape& input);

// Everything that keeps this layer from running on `input` (N, C, H, W); empty when it can run.
// Total: takes any numbers, never overflows. Problem::field is the setting as PyTorch spells it
// ("kernel_size", "stride", "padding", "padding_mode", "dilation", "groups", "in_channels",
// "out_channels") or "input".
std::vector<Problem> problems(const Conv2dSpec& spec, const Shape& input);

// The functions below assert problems(spec, input).empty().

// (N, K, OH, OW), OH = floor((H + top + bottom - dilated) / stride) + 1, with dilated = d·(k-1)+1;
// torch.nn.Conv2d's formula.
Shape output_shape(const Conv2dSpec& spec, const Shape& input);

// (K, C/groups, kh, kw).
Shape weight_shape(const Conv2dSpec& spec);

// Weights and biases to learn: K·(C/groups)·kh·kw, + K with a bias.
std::int64_t parameter_count(const Conv2dSpec& spec);

// N·K·OH·OW·(C/groups)·kh·kw, padding cells included as libraries count them.
std::int64_t multiply_add_count(const Conv2dSpec& spec, const Shape& input);

}  // namespace convscope
