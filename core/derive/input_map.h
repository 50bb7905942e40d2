// The scene's input with its edits: after a stroke only the cells that it touched are written, into
// memory that an earlier version has let go of.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/conv/run_options.h"
#include "core/derive/map_survey.h"
#include "core/derive/version.h"
#include "core/lesson/lesson.h"
#include "core/tensor/shared.h"

namespace convscope::derive {

class MapShelf;

struct InputMap {
  lesson::TensorRef source;
  Tensor values;  // (N, C, H, W)
  Shared<std::vector<MapSurvey>> surveys;
  VersionPtr version;
  std::shared_ptr<MapShelf> shelf;
};

// How many values have to be written for the next version: known before it is done.
std::int64_t input_work(const lesson::TensorRef& source, const InputMap& before);

// The input, bit-identical to source.tensor(); `before` may be empty.
InputMap input_map(const lesson::TensorRef& source, const InputMap& before,
                   const conv::RunOptions& run = {});

}  // namespace convscope::derive
