// Actions that build: the input, the filters and the chain of layers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "core/lesson/build/filter_presets.h"
#include "core/lesson/build/input_fill.h"
#include "core/session/edit/mend.h"
#include "core/session/session.h"

namespace convscope::session::action {

// `commit` as in edit.h. What can't run is a notice, unless `mend` makes it run.
struct SetInputSize {
  std::int64_t channels = 1;
  std::int64_t height = 1;
  std::int64_t width = 1;
  Mend mend = Mend::kNone;
  bool commit = true;
};
struct FillInput {
  lesson::InputFill fill = lesson::InputFill::kZeros;
  std::int64_t seed = 1;  // of kNoise
};
struct ChangeInput {
  lesson::InputChange change = lesson::InputChange::kGray;
  std::int64_t size = 32;  // of kScale and kCrop
  Mend mend = Mend::kNone;
};
// Left to the front, which has the pictures: it turns it into PictureTaken.
struct TakePicture {
  std::string path;  // "bundled:images/still-life.png"
};
struct PictureTaken {
  lesson::TensorRef input;
};

struct PresetFilter {
  lesson::FilterKind preset = lesson::FilterKind::kIdentity;
  std::int64_t filter = 0;                             // k, from 0
  std::optional<std::int64_t> channel = std::nullopt;  // of C/groups; none: all
  lesson::FilterNumbers numbers = {};
  bool commit = true;
};
struct TransformFilter {
  lesson::FilterTransform how = lesson::FilterTransform::kNormalize;
  std::int64_t filter = 0;
  std::optional<std::int64_t> channel = std::nullopt;
};
// Behind the others. The layers that read it follow.
struct AddFilter {
  std::optional<std::int64_t> copy = std::nullopt;  // of this filter; none: random
  std::int64_t seed = 1;
};
struct RemoveFilter {
  std::int64_t filter = 0;
};

struct SetOperator {
  conv::Op op = conv::Op::kConv;
};
// The layers behind a layer that comes, goes or moves follow its channels. `at`, `to`: its index
// from 0, afterwards.
struct AddLayer {
  conv::Op op = conv::Op::kConv;
  std::int64_t at = 0;
};
struct RemoveLayer {
  std::int64_t layer = 0;
};
struct MoveLayer {
  std::int64_t layer = 0;
  std::int64_t to = 0;
};

using BuildActions = std::variant<SetInputSize, FillInput, ChangeInput, TakePicture, PictureTaken,
                                  PresetFilter, TransformFilter, AddFilter, RemoveFilter,
                                  SetOperator, AddLayer, RemoveLayer, MoveLayer>;

}  // namespace convscope::session::action
