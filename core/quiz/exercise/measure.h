// The words that an exercise can use for the numbers of a scene and of what is derived from it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/lesson/lesson.h"
#include "core/tensor/tensor.h"

namespace convscope::quiz {

struct Numbers {
  Shape shape = {1, 1, 1, 1};
  std::vector<double> values;

  bool operator==(const Numbers&) const = default;
};

// monostate if the scene has no such thing.
using Measured = std::variant<std::monostate, bool, std::string, Numbers>;

struct Subject {
  const lesson::Scene& scene;                // its layers can run
  const std::vector<lesson::Layer>& target;  // the layers that compute the target; may be empty
};

using Measure = Measured (*)(const Subject&);

// The words and how they are measured: "layer.kernel_size", "map", "coverage", "training.loss".
std::span<const std::pair<std::string_view, Measure>> measures();

}  // namespace convscope::quiz
