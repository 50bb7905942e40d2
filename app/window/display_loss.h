// The display may go away while the window is open: the X server or the Wayland compositor ends, or
// a connection over the network does. Xlib then ends the program, wherever it is; with Wayland GLFW
// asks every window to close, again and again.
#pragma once

#include <functional>

namespace convscope::window {

class DisplayLoss {
 public:
  // `last_act` is called on the thread that noticed the loss, then the program ends at once with
  // the status that it returns. At most one of these at a time, and after the window was opened.
  // Only with X11.
  explicit DisplayLoss(std::function<int()> last_act);
  ~DisplayLoss();
  DisplayLoss(const DisplayLoss&) = delete;
  DisplayLoss& operator=(const DisplayLoss&) = delete;

  // Whether a Wayland compositor is gone: the caller then ends the program.
  bool compositor_lost() const;
};

}  // namespace convscope::window
