// The settings of a layer, named as in PyTorch. All layers slide a window, so one type serves all;
// each op reads the settings in its row below.
//
//   kConv           torch.nn.Conv2d; `flip` turns the kernel by 180 degrees: true convolution
//   kConvTranspose  torch.nn.ConvTranspose2d: kernel_size, stride, pads (equal on both sides),
//                   dilation, groups, bias, output_padding
//   kMaxPool        torch.nn.MaxPool2d: kernel_size, stride, pads (equal on both sides), dilation,
//                   ceil_mode
//   kAvgPool        torch.nn.AvgPool2d: the same without dilation; count_include_pad,
//                   divisor_override
//   kRelu           torch.nn.ReLU: nothing; its window is one cell
//   kUnfold         torch.nn.Unfold (im2col): kernel_size, stride, pads (equal on both sides),
//                   dilation
//
// A one-dimensional layer is a layer of height 1.
#pragma once

#include <cstdint>
#include <vector>

#include "core/tensor/problem.h"
#include "core/tensor/tensor.h"

namespace convscope::conv {

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

// kExplicit uses LayerSpec::pads. kValid pads nothing. kSame is PyTorch's padding="same" (stride 1
// only; for an even kernel the extra cell is at the end). kSameTf is TensorFlow's "SAME" (any
// stride).
enum class PaddingRule { kExplicit, kValid, kSame, kSameTf };

enum class PaddingMode { kZeros, kReflect, kReplicate, kCircular };

enum class Op { kConv, kConvTranspose, kMaxPool, kAvgPool, kRelu, kUnfold };

struct LayerSpec {
  Op op = Op::kConv;
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
  bool flip = false;
  Size2 output_padding = {0, 0};
  bool ceil_mode = false;
  bool count_include_pad = true;
  std::int64_t divisor_override = 0;  // 0: none

  bool operator==(const LayerSpec&) const = default;
};

// Whether the op has learnable weights: kConv and kConvTranspose.
bool has_weight(Op op);

// The spec with the settings that follow from its op and `input`: in_channels = groups = C of
// `input`, out_channels = C (pools, ReLU) or C·kh·kw (unfold); ReLU also gets a window of one cell,
// an average pool dilation 1. Ops with weights are returned unchanged. The functions below call
// this themselves; a LayerResult's spec is fitted.
LayerSpec fitted(LayerSpec spec, const Shape& input);

// Extent of the dilated kernel: d·(k-1) + 1 on each axis.
Size2 dilated_kernel(const LayerSpec& spec);

// The padding in cells that the rule gives for an input of (N, C, H, W). For kConvTranspose: the
// number of cells cropped from the output, as in PyTorch.
Pads resolved_pads(const LayerSpec& spec, const Shape& input);

// Everything that prevents this layer from running on `input` (N, C, H, W); empty if it can run.
// Accepts any numbers and never overflows. Problem::field is the setting as PyTorch spells it
// ("kernel_size", "stride", "padding", "padding_mode", "dilation", "groups", "in_channels",
// "out_channels", "output_padding", "divisor_override", "flip") or "input".
std::vector<Problem> problems(const LayerSpec& spec, const Shape& input);

// The functions below assert problems(spec, input).empty().

// (N, K, OH, OW).
//   OH = floor((H + top + bottom - dilated) / stride) + 1, with dilated = d·(k-1)+1;
//   pools with ceil_mode: ceil instead of floor, less one if the last window would start in the
//   padding after the input;
//   kConvTranspose: (H - 1)·stride - top - bottom + dilated + output_padding.
// kUnfold gives (N, C·kh·kw, OH, OW): PyTorch's (N, C·kh·kw, L) with L = OH·OW, the same values in
// the same order, but each row kept as a map. Sources: the classes of torch.nn named above.
Shape output_shape(const LayerSpec& spec, const Shape& input);

// (K, C/groups, kh, kw); for kConvTranspose (C, K/groups, kh, kw); all zero without weights.
Shape weight_shape(const LayerSpec& spec);

// Learnable weights and biases: the weight's count, + K with a bias; 0 without weights.
std::int64_t parameter_count(const LayerSpec& spec);

// Multiplications: kConv N·K·OH·OW·(C/groups)·kh·kw, counting padding cells as libraries do;
// kConvTranspose N·C·H·W·(K/groups)·kh·kw; 0 without weights.
std::int64_t multiply_add_count(const LayerSpec& spec, const Shape& input);

// Cells read: multiply_add_count, or the cells of all windows. Estimates the cost of a computation.
std::int64_t work_count(const LayerSpec& spec, const Shape& input);

}  // namespace convscope::conv
