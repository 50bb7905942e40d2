// The built-in exercises.
#pragma once

#include <vector>

#include "core/quiz/exercise/exercise.h"

namespace convscope::files {

// All of them, sorted by name. Throws Failure.
std::vector<quiz::Exercise> bundled_exercises();

}  // namespace convscope::files
