// Where the window opens. Plain numbers, so that tests can move monitors about.
#pragma once

#include <span>

#include "app/files/user/settings_file.h"

namespace convscope::window {

// The part of a monitor that windows may use.
struct ScreenArea {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};

// `place`, moved and shrunk until its title bar can be reached on one of the screens: monitors come
// and go. Without screens as it is.
files::WindowPlace pulled_back(files::WindowPlace place, std::span<const ScreenArea> screens);

// The size of the first window: as wanted, or less where the first screen has no room for it. The
// window system says where it goes.
files::WindowPlace first_place(int width, int height, std::span<const ScreenArea> screens);

}  // namespace convscope::window
