// How fast an animation plays.
#pragma once

namespace convscope::files {

struct AnimationTiming {
  int frames_per_second = 30;
  bool loop = true;  // else it stops at the last frame
};

}  // namespace convscope::files
