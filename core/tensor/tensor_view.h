// TensorView: float32 numbers owned by someone else, of shape (N, C, H, W), row-major, at any
// address.
#pragma once

#include <span>

#include "core/tensor/tensor.h"

namespace convscope {

struct TensorView {
  Shape shape;
  const float* data = nullptr;  // null when empty

  TensorView() = default;
  TensorView(const Shape& shape_of_data, const float* first) : shape(shape_of_data), data(first) {}
  // Implicit: any tensor can be viewed. It must outlive the view.
  TensorView(const Tensor& tensor) : shape(tensor.shape()), data(tensor.data()) {}

  float at(const Index& at) const { return data[offset_of(shape, at)]; }
  bool empty() const { return shape.count() == 0; }
  std::span<const float> values() const { return {data, static_cast<std::size_t>(shape.count())}; }
};

}  // namespace convscope
