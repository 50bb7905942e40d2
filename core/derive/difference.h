// The difference of two maps, value by value. It is not stored: who shows it subtracts what is in
// sight, so that a photo's maps can be compared while a weight is dragged.
#pragma once

#include <cstdint>
#include <vector>

#include "core/derive/layer_map.h"
#include "core/derive/version.h"
#include "core/tensor/tensor.h"

namespace convscope::derive {

// What is told of some of its values.
struct DifferenceSurvey {
  std::int64_t different = 0;  // how many are not 0
  float largest = 0;           // of the magnitudes; NaN is none

  bool operator==(const DifferenceSurvey&) const = default;
};

DifferenceSurvey joined(const DifferenceSurvey& a, const DifferenceSurvey& b);

// first - second, both (N, K, OH, OW).
struct Difference {
  Tensor first;
  Tensor second;
  std::vector<DifferenceSurvey> told;  // of its N·K maps

  bool empty() const { return first.empty(); }
  float at(const Index& index) const { return first.at(index) - second.at(index); }
};

// Of values [from, from + count).
DifferenceSurvey difference_survey(const Difference& difference, std::int64_t from,
                                   std::int64_t count);

// One after another, as in a drag: of maps that follow from earlier ones only what has changed is
// looked at.
class Differences {
 public:
  // a - b; empty where their shapes differ or one is empty.
  Difference of(const LayerMap& a, const LayerMap& b);

 private:
  // What is known of the difference before.
  Shape shape_;
  VersionPtr first_;
  VersionPtr second_;
  std::vector<DifferenceSurvey> chunks_;
};

}  // namespace convscope::derive
