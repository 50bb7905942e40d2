// Transient: what comes and goes with the pointer and the last action.
#pragma once

#include <optional>
#include <vector>

#include "core/conv/layer_spec.h"
#include "core/session/target.h"
#include "core/tensor/problem.h"

namespace convscope::session {

// Settings that were asked for but can't run, and why. The document keeps the last good ones.
struct Draft {
  conv::LayerSpec spec;
  std::vector<Problem> problems;

  bool operator==(const Draft&) const = default;
};

struct Transient {
  std::optional<Target> hover;
  std::optional<Target> selection;  // the cell being edited
  std::optional<Draft> draft;
  std::optional<Problem> notice;

  bool operator==(const Transient&) const = default;
};

}  // namespace convscope::session
