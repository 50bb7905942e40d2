// A tensor that a computation fills: its storage is aligned for any vector and not zeroed first.
#pragma once

#include <memory>
#include <span>
#include <utility>

#include "core/conv/rungs/scratch.h"
#include "core/tensor/tensor.h"

namespace convscope::conv {

// fill(std::span<float>) writes all values and returns whether it succeeded; if not, the tensor is
// empty.
template <typename Fill>
Tensor fresh_tensor(const Shape& shape, Fill fill) {
  auto storage = std::make_shared<rungs::Scratch>(shape.count());
  if (!fill(std::span(storage->data(), static_cast<std::size_t>(shape.count())))) {
    return {};
  }
  return Tensor(shape, std::shared_ptr<const float[]>(storage, storage->data()));
}

}  // namespace convscope::conv
