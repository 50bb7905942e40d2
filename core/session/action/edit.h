// Actions that change the document's numbers and settings, and their undo. A change with
// commit = false is one moment of a drag; Commit ends the drag.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "core/session/mend.h"
#include "core/session/session.h"

namespace convscope::session::action {

struct SetValue {
  Target target;
  float value = 0;
  bool commit = true;
};
struct Commit {};
struct SetSpec {
  conv::LayerSpec spec;
  bool commit = true;
  Mend mend = Mend::kNone;
};
// Refused with a notice: "value_outside" where the layer has no such filter, "filter_size" for
// another count of values, "value_not_finite" for infinity and NaN.
struct SetFilter {
  std::int64_t filter = 0;  // k, from 0
  // (C/groups, kh, kw) row by row, or (kh, kw): the same in every channel. As they are, not scaled.
  std::vector<float> values;
};
struct SetRelu {
  bool relu = false;
};  // whether a ReLU layer follows the layer on stage
struct SetTraining {
  conv::Optimizer optimizer;
  std::int64_t steps = 200;
  bool commit = true;
};
struct SetStart {
  std::int64_t seed = 0;
};  // other random weights for the training to start from
struct DrawTarget {
  bool draw = true;
};  // a drawn target map, at first the one in use; or none again
struct ResetScene {};  // the scene's numbers as they were when the lesson was opened
struct DropDraft {};
struct Undo {};
struct Redo {};

using EditActions = std::variant<SetValue, Commit, SetSpec, SetFilter, SetRelu, SetTraining,
                                 SetStart, DrawTarget, ResetScene, DropDraft, Undo, Redo>;

}  // namespace convscope::session::action
