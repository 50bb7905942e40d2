#include "core/conv/operators/setting.h"

namespace convscope::conv {

std::string_view name_of(Setting setting) {
  switch (setting) {
    case Setting::kInChannels:
      return "in_channels";
    case Setting::kOutChannels:
      return "out_channels";
    case Setting::kKernelSize:
      return "kernel_size";
    case Setting::kStride:
      return "stride";
    case Setting::kPadding:
      return "padding";
    case Setting::kPaddingMode:
      return "padding_mode";
    case Setting::kDilation:
      return "dilation";
    case Setting::kGroups:
      return "groups";
    case Setting::kOutputPadding:
      return "output_padding";
    case Setting::kBias:
      return "bias";
    case Setting::kFlip:
      return "flip";
    case Setting::kCeilMode:
      return "ceil_mode";
    case Setting::kCountIncludePad:
      return "count_include_pad";
    case Setting::kDivisorOverride:
      return "divisor_override";
  }
  return "";
}

}  // namespace convscope::conv
