// What Winograd's way costs.
#pragma once

#include "core/conv/rungs/correlation.h"
#include "core/conv/rungs/winograd/winograd_axis.h"

namespace convscope::conv::rungs {

// In products, as measured.
struct WinogradCost {
  double kernels = 0;  // to make points of them
  double tiles = 0;    // all else
};

WinogradCost winograd_cost(const Windows& windows, const WinogradAxes& axes);

}  // namespace convscope::conv::rungs
