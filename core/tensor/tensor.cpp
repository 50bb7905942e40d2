#include "core/tensor/tensor.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

namespace convscope {

namespace {

// Keeps the vector alive and points into it, so that nothing is copied.
std::shared_ptr<const float[]> share(std::vector<float> values) {
  const auto owner = std::make_shared<const std::vector<float>>(std::move(values));
  return {owner, owner->data()};
}

}  // namespace

Tensor::Tensor(const Shape& shape, std::vector<float> values) : shape_(shape) {
  assert(static_cast<std::int64_t>(values.size()) == shape.count());
  storage_ = share(std::move(values));
}

Tensor::Tensor(const Shape& shape, std::shared_ptr<const float[]> storage)
    : shape_(shape), storage_(std::move(storage)) {}

Tensor Tensor::with(const Index& at, float value) const {
  assert(contains(shape_, at));
  std::vector<float> copy(values().begin(), values().end());
  copy[static_cast<std::size_t>(offset_of(shape_, at))] = value;
  return Tensor(shape_, std::move(copy));
}

bool identical(const Tensor& a, const Tensor& b) {
  if (a.shape() != b.shape()) {
    return false;
  }
  return a.data() == b.data() || a.empty() ||
         std::memcmp(a.data(), b.data(), a.values().size_bytes()) == 0;
}

}  // namespace convscope
