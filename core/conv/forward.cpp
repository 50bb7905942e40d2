#include "core/conv/forward.h"

#include <cassert>

#include "core/conv/conv_transpose2d.h"
#include "core/conv/operators/operator.h"

namespace convscope::conv {

Tensor forward(const Tensor& input, const Tensor& weight, const Tensor& bias, const LayerSpec& spec,
               const RunOptions& run) {
  return operator_of(spec.op).forward(input, weight, bias, spec, run);
}

Tensor reference_forward(const Tensor& input, const Tensor& weight, const Tensor& bias,
                         const LayerSpec& spec) {
  const Operator& op = operator_of(spec.op);
  return op.reference != nullptr ? op.reference(input, weight, bias, spec)
                                 : op.forward(input, weight, bias, spec, {});
}

bool forward_into(std::span<float> out, const TensorView& input, const TensorView& weight,
                  const TensorView& bias, const LayerSpec& spec, const RunOptions& run) {
  assert(has_weight(spec.op));
  return spec.op == Op::kConvTranspose ? conv_transpose2d_into(out, input, weight, bias, spec, run)
                                       : conv2d_into(out, input, weight, bias, spec, run);
}

std::optional<Algorithm> forward_algorithm(const TensorView& weight, const LayerSpec& spec,
                                           const Shape& input, Algorithm wanted) {
  if (spec.op == Op::kConv) {
    return conv2d_algorithm(weight, spec, input, wanted);
  }
  if (spec.op == Op::kConvTranspose) {
    return conv_transpose2d_algorithm(weight, spec, input, wanted);
  }
  return std::nullopt;
}

}  // namespace convscope::conv
