// The window front.
#pragma once

#include <optional>
#include <string>

#include "core/conv/algorithm.h"
#include "core/session/session.h"

namespace convscope::window {

struct WindowOptions {
  int width = 1280;
  int height = 800;
  std::optional<float> scale;       // of the interface; else from the window's height and monitor
  std::optional<std::string> open;  // a file to show instead of the session's lesson
  conv::Algorithm algorithm = conv::Algorithm::kAuto;
};

// Shows the session until the window is closed; returns the exit status. Throws Failure
// "no_display" or "no_gl", or what is wrong with the file.
int run_window(session::Session session, const WindowOptions& options);

}  // namespace convscope::window
