#include "core/lesson/json/tensor_pool.h"

#include <utility>

#include "core/lesson/limits.h"

namespace convscope::lesson {

TensorPool::TensorPool(LoadTensor load) : load_(std::move(load)) {}

bool TensorPool::reads_files() const { return static_cast<bool>(load_); }

void TensorPool::count(const JsonAt& at, const Shape& shape) {
  values_ += saturating_count(shape);
  if (values_ > kMaxDocumentValues) {
    at.fail("document_too_large", {{"limit", kMaxDocumentValues}});
  }
}

Tensor TensorPool::file(const JsonAt& at, const FileSource& source) {
  const FileKey key = {source.kind, source.path, source.name, source.slice, source.shrink};
  if (const auto known = files_.find(key); known != files_.end()) {
    return known->second;
  }
  Tensor tensor = load_(source);
  count(at, tensor.shape());
  return files_.emplace(key, std::move(tensor)).first->second;
}

Tensor TensorPool::random(const JsonAt& at, const Shape& shape, const RandomSpec& spec) {
  const RandomKey key = {shape.n,   shape.c,           shape.h,  shape.w,
                         spec.seed, spec.distribution, spec.low, spec.high};
  if (const auto known = random_.find(key); known != random_.end()) {
    return known->second;
  }
  count(at, shape);
  return random_.emplace(key, random_tensor(shape, spec)).first->second;
}

}  // namespace convscope::lesson
