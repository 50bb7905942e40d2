// One comparison of an exercise: {"what": "map.size", "equals": "input.size"}.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "core/quiz/exercise/measure.h"

namespace convscope::quiz {

// How several numbers are reduced.
enum class Take { kAll, kLargest, kSmallest, kLargestSize };

// Rows or columns, both ends inclusive; negative ones count from the end.
struct CellSpan {
  std::int64_t first = 0;
  std::int64_t last = -1;
};

// A word, or a part of the value it names.
struct Quantity {
  Measure measure = nullptr;
  bool of_start = false;  // its value before the first edit
  CellSpan rows;
  CellSpan columns;
  Take take = Take::kAll;
  double plus = 0;  // added to every number
};

enum class Relation { kEquals, kAtLeast, kAtMost, kAbove, kBelow };

struct Comparison {
  Quantity what;
  Relation relation = Relation::kEquals;
  std::variant<Quantity, Measured> with;
  std::optional<double> within;  // kEquals: smaller differences are ignored
};

// The scene now and at the start.
struct Subjects {
  const Subject& now;
  const Subject& start;
};

// Whether it is true: for every pair of numbers, or for each number and a single one on the other
// side. What a scene does not have equals nothing.
bool holds(const Comparison& comparison, const Subjects& subjects);

}  // namespace convscope::quiz
