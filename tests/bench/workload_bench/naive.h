// Single values of a layer and of its gradients as plain sums in double precision, written
// independently of the engine. A convolution relates three tensors:
//
//   small(n, g·K + k, v, u) = sum of large(n, g·C + c, v·sh + i·dh - pt, u·sw + j·dw - pl)
//                                   · weight(g·K + k, c, i, j)
//
// and any of the three can be the one to compute.
#pragma once

#include "core/conv/layer_spec.h"
#include "core/tensor/tensor_view.h"

namespace convscope::bench {

struct NaiveSum {
  double value = 0;
  double size = 0;  // the same sum over the products' magnitudes
};

struct NaiveConvolution {
  TensorView large;
  TensorView weight;
  TensorView small;
  conv::LayerSpec spec;  // stride, dilation, groups, pads

  NaiveSum at_small(const Index& at) const;
  NaiveSum at_large(const Index& at) const;
  NaiveSum at_weight(const Index& at) const;
};

}  // namespace convscope::bench
