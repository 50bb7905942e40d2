// Exercises that are built in.
#pragma once

#include <vector>

#include "core/quiz/exercise/exercise.h"

namespace convscope::files {

// All of them, by name. Throws Failure.
std::vector<quiz::Exercise> bundled_exercises();

}  // namespace convscope::files
