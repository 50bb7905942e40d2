// The workloads on which the engine and its peers are measured: a CSV table with a header; lines
// that start with # are comments. One row is one layer:
//
//   name,kind,N,C,H,W,K,kh,kw,sh,sw,pt,pb,pl,pr,dh,dw,groups,image
//
// kind: fwd, a convolution of (N, C, H, W) to K maps; bwd_x and bwd_w, its gradients; tconv, a
// transposed convolution of (N, C, H, W) to K maps. p*: padding; d*: dilation. image 1: every plane
// gets the same kernel.
#pragma once

#include <string>
#include <vector>

#include "core/conv/layer_spec.h"

namespace convscope::bench {

enum class Kind { kForward, kInputGradient, kWeightGradient, kTransposed };

struct Workload {
  std::string name;
  Kind kind = Kind::kForward;
  conv::LayerSpec spec;
  Shape input;
  bool image = false;
};

// Throws std::runtime_error with a one-sentence message.
std::vector<Workload> read_workloads(const std::string& file);

}  // namespace convscope::bench
