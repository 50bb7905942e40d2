// What decides whether a transposed convolution is told by stamps; clock, picture and panels all
// ask is_stamping() (session.h).
#pragma once

#include "core/lesson/lesson.h"

namespace convscope {

// Whether a view can tell by stamps. The others sum up one output cell, or train: with one of them
// on the stage, alone or beside another, all is stretched, as both halves share one clock.
bool can_stamp(View view);

// is_stamping() of a scene that has just been opened.
bool opens_stamping(const Scene& scene);

}  // namespace convscope
