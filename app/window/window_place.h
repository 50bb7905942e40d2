// Where the window opens. Plain numbers, so that tests can move monitors about.
#pragma once

#include <optional>
#include <span>

#include "app/files/settings_file.h"

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

}  // namespace convscope::window
