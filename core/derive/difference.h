// The difference of two maps, value by value.
#pragma once

#include <memory>
#include <vector>

#include "core/tensor/tensor.h"

namespace convscope::derive {

// One after another, as in a drag: memory that nobody holds any more is used again.
class Differences {
 public:
  // a - b; empty where their shapes differ or one is empty.
  Tensor of(const Tensor& a, const Tensor& b);

 private:
  std::vector<std::shared_ptr<std::vector<float>>> memory_;
};

}  // namespace convscope::derive
