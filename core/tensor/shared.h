// Shared: an immutable value that its copies share. Copying costs a pointer, as does comparing
// shared values; a change makes a new value.
#pragma once

#include <memory>
#include <utility>

namespace convscope {

template <typename T>
class Shared {
 public:
  // All default values share one object.
  Shared() : value_(initial()) {}
  // Implicit in both directions: a Shared<T> is a T that nobody changes.
  Shared(T value) : value_(std::make_shared<const T>(std::move(value))) {}
  operator const T&() const { return *value_; }

  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_.get(); }

  // Lets `edit` change a copy, which then replaces the value.
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

  std::shared_ptr<const T> value_;  // never null, except after a move
};

}  // namespace convscope
