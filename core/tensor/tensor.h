// Tensor: float32 numbers of shape (N, C, H, W), row-major, in shared immutable storage.
// Copies are cheap and may cross threads; "changing" a tensor makes a new one.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace convscope {

// (N, C, H, W). A 1-D signal (N, C, L) is (N, C, 1, L).
struct Shape {
  std::int64_t n = 0;
  std::int64_t c = 0;
  std::int64_t h = 0;
  std::int64_t w = 0;

  std::int64_t count() const { return n * c * h * w; }
  bool operator==(const Shape&) const = default;
};

// A place in a tensor.
struct Index {
  std::int64_t n = 0;
  std::int64_t c = 0;
  std::int64_t y = 0;
  std::int64_t x = 0;

  bool operator==(const Index&) const = default;
  auto operator<=>(const Index&) const = default;
};

// Offset of `at` in the row-major storage of `shape`.
inline std::int64_t offset_of(const Shape& shape, const Index& at) {
  return ((at.n * shape.c + at.c) * shape.h + at.y) * shape.w + at.x;
}

// Whether `at` lies inside `shape`.
inline bool contains(const Shape& shape, const Index& at) {
  return at.n >= 0 && at.n < shape.n && at.c >= 0 && at.c < shape.c && at.y >= 0 &&
         at.y < shape.h && at.x >= 0 && at.x < shape.w;
}

class Tensor {
 public:
  Tensor() = default;
  // Asserts values.size() == shape.count().
  Tensor(const Shape& shape, std::vector<float> values);
  // Takes storage filled by the caller, of at least shape.count() elements.
  Tensor(const Shape& shape, std::shared_ptr<const float[]> storage);

  const Shape& shape() const { return shape_; }
  bool empty() const { return shape_.count() == 0; }
  std::span<const float> values() const {
    return {storage_.get(), static_cast<std::size_t>(shape_.count())};
  }
  float at(const Index& at) const { return storage_[offset_of(shape_, at)]; }
  // The address of the storage identifies the content: among living tensors, equal addresses and
  // shapes mean equal tensors. TensorName also tells apart tensors that used the same address one
  // after another.
  const float* data() const { return storage_.get(); }
  bool shares_storage_with(const Tensor& other) const {
    return storage_ == other.storage_ && shape_ == other.shape_;
  }

  // A copy with one value replaced. Asserts that `at` lies inside.
  Tensor with(const Index& at, float value) const;

 private:
  friend class TensorName;

  Shape shape_;
  std::shared_ptr<const float[]> storage_;
};

// Remembers a tensor, to recognize it later, without keeping its numbers alive.
class TensorName {
 public:
  TensorName() = default;
  // Implicit: every tensor has one.
  TensorName(const Tensor& tensor) : shape_(tensor.shape_), storage_(tensor.storage_) {}

  bool operator==(const TensorName& other) const {
    return shape_ == other.shape_ && !storage_.owner_before(other.storage_) &&
           !other.storage_.owner_before(storage_);
  }
  // Whether no tensor of this name is left.
  bool expired() const { return storage_.expired(); }

 private:
  Shape shape_;
  std::weak_ptr<const void> storage_;  // of arrays: not in every standard library
};

// Same shape and same bits (so NaN equals itself).
bool identical(const Tensor& a, const Tensor& b);

}  // namespace convscope
