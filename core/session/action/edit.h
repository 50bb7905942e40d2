// Actions that change the document's numbers and settings, and their undo. A change with
// commit = false is one moment of a drag; Commit ends the drag.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "core/session/edit/mend.h"
#include "core/session/session.h"

namespace convscope::session::action {

struct SetValue {
  Target target;
  float value = 0;
  bool commit = true;
};
// A stroke of a round brush, or one stretch of it. Refused with a notice where set_value is, and
// "stroke_too_large" for more cells than a stroke may cover (stroke.h).
struct Paint {
  Target target;          // where it begins
  Index to;               // where it ends, in the same plane
  std::int64_t size = 1;  // diameter in cells
  float value = 0;
  bool all_channels = false;
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
// Other numbers for the first layer's input or the weight or bias of the layer on stage. The layer
// takes the kernel and the filters of its weight; what doesn't go with the layers is refused with a
// notice (put_tensor.h). JSON has no `source`: it is a front's, which has read that file.
struct SetTensor {
  TensorRole tensor = TensorRole::kInput;
  Shape shape;  // (n, c, h, w); in JSON a leading 0 counts as 1
  std::vector<float> values;
  std::optional<lesson::FileSource> source = std::nullopt;
};
struct SetRelu {
  bool relu = false;
};  // whether a ReLU layer follows the layer on stage
struct SetTraining {
  conv::Optimizer optimizer;
  std::int64_t steps = 200;
  bool commit = true;
  std::optional<bool> all_layers = std::nullopt;  // whether all are trained; none: as before
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

using EditActions =
    std::variant<SetValue, Paint, Commit, SetSpec, SetFilter, SetTensor, SetRelu, SetTraining,
                 SetStart, DrawTarget, ResetScene, DropDraft, Undo, Redo>;

}  // namespace convscope::session::action
