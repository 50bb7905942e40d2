// The frames of the animation that `render` writes.
#pragma once

#include "app/cli/command_line.h"
#include "core/session/film.h"

namespace convscope::cli {

using Animation = session::Film;

inline Animation animation_of(const session::Timeline& timeline, const StepRange& steps,
                              int frames_per_second) {
  return session::film_of(timeline, steps.first, steps.last, frames_per_second);
}

}  // namespace convscope::cli
