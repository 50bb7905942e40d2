#include "core/tensor/reshaped.h"

#include <cassert>
#include <memory>

namespace convscope {

Tensor reshaped(const Tensor& tensor, const Shape& shape) {
  assert(shape.count() == tensor.shape().count());
  if (shape == tensor.shape()) {
    return tensor;
  }
  const auto owner = std::make_shared<const Tensor>(tensor);
  return {shape, std::shared_ptr<const float[]>(owner, tensor.data())};
}

}  // namespace convscope
