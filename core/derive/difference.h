// The difference of two maps, value by value.
#pragma once

#include <cstdint>
#include <memory>
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

struct Difference {
  Tensor map;                          // (N, K, OH, OW)
  std::vector<DifferenceSurvey> told;  // of its N·K maps
};

// Of values [from, from + count).
DifferenceSurvey difference_survey(const Tensor& difference, std::int64_t from, std::int64_t count);

// One after another, as in a drag: memory that nobody holds any more is used again, and of a map
// that follows from an earlier one only what has changed is subtracted.
class Differences {
 public:
  // a - b; empty where their shapes differ or one is empty.
  Difference of(const LayerMap& a, const LayerMap& b);

 private:
  // What lies in a piece of memory.
  struct Kept {
    Shape shape;
    std::shared_ptr<std::vector<float>> memory;
    VersionPtr a;
    VersionPtr b;
    std::vector<DifferenceSurvey> chunks;
  };
  std::vector<Kept> kept_;
};

}  // namespace convscope::derive
