// The operations that the program can compute, by their names in the manifest.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/golden_check/manifest.h"

namespace convscope::golden {

// One way to compute the answer of a case; `how` names it in a report.
struct Answer {
  std::string how;
  NpyArray array;
};

// All ways to compute it; --write saves the first. Throws std::runtime_error with a one-sentence
// message if the case can't be computed or is inconsistent.
using Compute = std::function<std::vector<Answer>(const Case&)>;

// Null for an unknown operation.
Compute find_op(const std::string& name);

}  // namespace convscope::golden
