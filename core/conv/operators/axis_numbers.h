// The numbers of one axis of a layer that the formula for its output size uses.
#pragma once

#include <cstdint>
#include <string>

#include "core/conv/layer_spec.h"

namespace convscope::conv {

struct AxisNumbers {
  std::int64_t input = 1;
  std::int64_t pad_before = 0;
  std::int64_t pad_after = 0;
  std::int64_t kernel = 1;
  std::int64_t stride = 1;
  std::int64_t dilation = 1;
  Op op = Op::kConv;
  bool ceil = false;  // a pool with ceil_mode
  std::int64_t output_padding = 0;

  std::int64_t reach() const { return dilation * (kernel - 1) + 1; }

  bool operator==(const AxisNumbers&) const = default;
};

}  // namespace convscope::conv
