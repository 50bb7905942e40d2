// Solving: an exercise under way. It is a document of its own until it is left.
#pragma once

#include "core/quiz/exercise/exercise.h"
#include "core/session/ask/asking.h"
#include "core/tensor/shared.h"

namespace convscope::session {

struct Solving {
  Shared<quiz::Exercise> exercise;
  quiz::ExerciseProgress progress = {};
  Kept kept = {};

  bool is_solved() const { return quiz::is_solved(exercise, progress); }
  bool operator==(const Solving&) const = default;
};

}  // namespace convscope::session
