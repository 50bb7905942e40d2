// A tensor that a computation fills: its storage is aligned for any vector, and nobody zeroes it
// first.
#pragma once

#include <memory>
#include <span>
#include <utility>

#include "core/conv/rungs/scratch.h"
#include "core/tensor/tensor.h"

namespace convscope::conv {

// fill(std::span<float>) writes all values and returns whether it did; the tensor is empty
// otherwise.
template <typename Fill>
Tensor fresh_tensor(const Shape& shape, Fill fill) {
  auto storage = std::make_shared<rungs::Scratch>(shape.count());
  if (!fill(std::span(storage->data(), static_cast<std::size_t>(shape.count())))) {
    return {};
  }
  return Tensor(shape, std::shared_ptr<const float[]>(storage, storage->data()));
}

}  // namespace convscope::conv
