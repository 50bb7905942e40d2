// Why a layer is computed by the rung that computes it.
#pragma once

#include <string_view>
#include <vector>

#include "core/conv/algorithm.h"
#include "core/conv/layer_spec.h"
#include "core/tensor/tensor_view.h"

namespace convscope::conv {

struct Candidate {
  Algorithm algorithm = Algorithm::kExact;
  // Why it can't compute the layer; empty if it can. "channels": more than 8 in a group;
  // "one_channel": more than one in a group; "line": a kernel of one row or column; "rank": a
  // kernel is no column times a row; "stride": it is not 1; "taps": not 2 to 5 on an axis (of a
  // phase); "transposed": only for layers that aren't; "memory": it needs too much.
  std::string_view why_not;
  // It can, but isn't chosen: with so few channels or filters its error isn't worth it.
  bool inaccurate = false;
  double nanoseconds = 0;  // as predicted (cost_model.h), on one thread, if it can
};

struct Explanation {
  std::vector<Candidate> candidates;    // all rungs, in the order of kAlgorithms
  Algorithm table = Algorithm::kExact;  // chosen by the table in correlate.cpp
  Algorithm model = Algorithm::kExact;  // that the predictions would choose
};

// For a layer with weights; an empty `weight` stands for an ordinary kernel. Asserts
// problems(spec, input).empty().
Explanation explain(const TensorView& weight, const LayerSpec& spec, const Shape& input);

}  // namespace convscope::conv
