#include "core/conv/forward.h"

#include "core/conv/conv_transpose2d.h"
#include "core/conv/pool2d.h"

namespace convscope {

Tensor forward(const Tensor& input, const Tensor& weight, const Tensor& bias, const LayerSpec& spec,
               const RunOptions& run) {
  switch (spec.op) {
    case Op::kConv:
      return conv2d(input, weight, bias, spec, run);
    case Op::kConvTranspose:
      return conv_transpose2d(input, weight, bias, spec, run);
    case Op::kMaxPool:
    case Op::kAvgPool:
      return pool2d(input, spec, run);
    case Op::kRelu:
      return relu(input, run);
    case Op::kUnfold:
      return unfold(input, spec, run);
  }
  return {};
}

}  // namespace convscope
