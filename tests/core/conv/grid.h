// Tensors written as in a textbook: rows of numbers.
#pragma once

#include <vector>

#include "core/conv/conv2d.h"
#include "core/tensor/tensor.h"

namespace convscope::conv {

using Rows = std::vector<std::vector<float>>;

// (1, maps, H, W).
inline Tensor maps(const std::vector<Rows>& planes) {
  std::vector<float> values;
  for (const Rows& rows : planes) {
    for (const auto& row : rows) {
      values.insert(values.end(), row.begin(), row.end());
    }
  }
  const auto size = [](const auto& list) { return static_cast<std::int64_t>(list.size()); };
  return Tensor({1, size(planes), size(planes[0]), size(planes[0][0])}, std::move(values));
}

inline Tensor grid(const Rows& rows) { return maps({rows}); }

inline Tensor bias_of(std::vector<float> values) {
  const auto count = static_cast<std::int64_t>(values.size());
  return Tensor({1, 1, 1, count}, std::move(values));
}

// The spec for these weights (K, C, kh, kw), with everything else at torch.nn.Conv2d's defaults.
inline LayerSpec spec_for(const Tensor& weight) {
  LayerSpec spec;
  spec.out_channels = weight.shape().n;
  spec.in_channels = weight.shape().c;
  spec.kernel_size = {weight.shape().h, weight.shape().w};
  return spec;
}

}  // namespace convscope::conv
