// Scenes that contain their own numbers, so that anyone can check an answer without our files and
// our random numbers.
#pragma once

#include "core/lesson/lesson.h"

namespace convscope::quiz {

// Replaces the seed, file and edits of small tensors by their values. Large ones and bundled
// pictures stay as they are: no formula needs their values.
lesson::Scene portable(lesson::Scene scene);

}  // namespace convscope::quiz
