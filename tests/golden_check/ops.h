// What the program can compute, by the manifest's name.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/golden_check/manifest.h"

namespace convscope::golden {

// One way to the answer of a case; `how` names it in a report.
struct Answer {
  std::string how;
  NpyArray array;
};

// All ways that there are; the first is the one that --write leaves. Throws std::runtime_error with
// a sentence when the case can't be computed, or when it contradicts itself.
using Compute = std::function<std::vector<Answer>(const Case&)>;

// Null for an operation that isn't known yet.
Compute find_op(const std::string& name);

}  // namespace convscope::golden
