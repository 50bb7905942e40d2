#include "core/conv/forward.h"

#include <cassert>

#include "core/conv/area.h"
#include "core/conv/conv_transpose2d.h"
#include "core/conv/fresh_tensor.h"
#include "core/conv/operators/operator.h"

namespace convscope::conv {

Tensor forward(const Tensor& input, const Tensor& weight, const Tensor& bias, const LayerSpec& spec,
               const RunOptions& run) {
  return fresh_tensor(output_shape(spec, input.shape()), [&](std::span<float> out) {
    return forward_into(out, input, weight, bias, spec, run);
  });
}

Tensor reference_forward(const Tensor& input, const Tensor& weight, const Tensor& bias,
                         const LayerSpec& spec) {
  return operator_of(spec.op).reference(input, weight, bias, spec);
}

bool forward_into(std::span<float> out, const TensorView& input, const TensorView& weight,
                  const TensorView& bias, const LayerSpec& spec, const RunOptions& run) {
  const Shape shape = output_shape(spec, input.shape);
  assert(static_cast<std::int64_t>(out.size()) == shape.count());
  const Operator& op = operator_of(spec.op);
  return op.forward_into != nullptr ? op.forward_into(out, input, weight, bias, spec, run)
                                    : op.part_into(out, input, spec, whole(shape), run);
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
