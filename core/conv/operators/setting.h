// The names of a layer's settings (LayerSpec), with which operators declare what they read.
#pragma once

#include <span>
#include <string_view>

namespace convscope::conv {

enum class Setting {
  kInChannels,
  kOutChannels,
  kKernelSize,
  kStride,
  kPadding,  // pads of any rule; without kPaddingMode plain numbers, equal on both sides
  kPaddingMode,
  kDilation,
  kGroups,
  kOutputPadding,
  kBias,
  kFlip,
  kCeilMode,
  kCountIncludePad,
  kDivisorOverride,
};

// As PyTorch spells it: "kernel_size".
std::string_view name_of(Setting setting);

}  // namespace convscope::conv
