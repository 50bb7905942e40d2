// Shared: an immutable value that its copies share. A copy costs a pointer, and so does comparing
// what is shared; a change makes a new value.
#pragma once

#include <memory>
#include <utility>

namespace convscope {

template <typename T>
class Shared {
 public:
  // All initial values are the same one.
  Shared() : value_(initial()) {}
  // Implicit both ways: a Shared<T> is a T that nobody changes.
  Shared(T value) : value_(std::make_shared<const T>(std::move(value))) {}
  operator const T&() const { return *value_; }

  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_.get(); }

  // Lets `edit` change a copy, which takes the value's place.
  template <typename Edit>
  void change(const Edit& edit) {
    T copy = *value_;
    edit(copy);
    *this = Shared(std::move(copy));
  }

  friend bool operator==(const Shared& a, const Shared& b) {
    return a.value_ == b.value_ || *a.value_ == *b.value_;
  }

 private:
  static const std::shared_ptr<const T>& initial() {
    static const auto kInitial = std::make_shared<const T>();
    return kInitial;
  }

  std::shared_ptr<const T> value_;  // never null, except when moved from
};

}  // namespace convscope
