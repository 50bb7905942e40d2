// The cost of Winograd's algorithm.
#pragma once

#include "core/conv/rungs/correlation.h"
#include "core/conv/rungs/winograd/winograd_axis.h"

namespace convscope::conv::rungs {

// In units of products, as measured.
struct WinogradCost {
  double kernels = 0;  // transforming the kernels to points
  double tiles = 0;    // everything else
};

WinogradCost winograd_cost(const Windows& windows, const WinogradAxes& axes);

}  // namespace convscope::conv::rungs
