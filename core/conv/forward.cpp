#include "core/conv/forward.h"

#include "core/conv/conv_transpose2d.h"
#include "core/conv/pool2d.h"

namespace convscope {

Tensor forward(const Tensor& input, const Tensor& weight, const Tensor& bias, const LayerSpec& spec,
               Progress* progress) {
  switch (spec.op) {
    case Op::kConv:
      return conv2d(input, weight, bias, spec, progress);
    case Op::kConvTranspose:
      return conv_transpose2d(input, weight, bias, spec, progress);
    case Op::kMaxPool:
    case Op::kAvgPool:
      return pool2d(input, spec, progress);
    case Op::kRelu:
      return relu(input, progress);
    case Op::kUnfold:
      return unfold(input, spec, progress);
  }
  return {};
}

}  // namespace convscope
