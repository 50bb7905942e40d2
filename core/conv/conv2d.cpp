#include "core/conv/conv2d.h"

#include <cassert>

#include "core/conv/correlate.h"
#include "core/conv/turned.h"

namespace convscope {

Tensor conv2d(const Tensor& input, const Tensor& weight, const Tensor& bias, const LayerSpec& spec,
              Progress* progress) {
  assert(spec.op == Op::kConv && problems(spec, input.shape()).empty());
  assert(weight.shape() == weight_shape(spec));
  return correlate(input, spec.flip ? turned(weight) : weight, bias, spec, progress);
}

}  // namespace convscope
