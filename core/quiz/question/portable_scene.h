// Scenes that hold their own numbers, so that anyone can check an answer without our files and our
// random numbers.
#pragma once

#include "core/lesson/lesson.h"

namespace convscope::quiz {

// Small tensors with their values in place of their seed, file and edits. Large ones and bundled
// pictures stay as they are: no formula needs their values.
lesson::Scene portable(lesson::Scene scene);

}  // namespace convscope::quiz
