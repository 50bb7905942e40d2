#include "app/window/display_loss.h"

#include <utility>

#if defined(__unix__) && !defined(__APPLE__) && !defined(__EMSCRIPTEN__)
#define CONVSCOPE_MAY_HAVE_X11
#include <dlfcn.h>
#include <unistd.h>
#endif

namespace convscope::window {

#ifdef CONVSCOPE_MAY_HAVE_X11

namespace {

using ErrorHandler = int (*)(void* display);
using SetErrorHandler = ErrorHandler (*)(ErrorHandler);

// Xlib hands nothing of ours to its handler.
std::function<int()> act_at_loss;

extern "C" int on_display_loss(void* /*display*/) {
  // Once: what it does may touch the display, too.
  const std::function<int()> act = std::exchange(act_at_loss, nullptr);
  _exit(act ? act() : 1);
}

// GLFW may load Xlib itself, so that the program is not linked to it. Null where it has not.
SetErrorHandler xlib_function() {
  void* library = dlopen("libX11.so.6", RTLD_LAZY | RTLD_NOLOAD);
  void* found = library != nullptr ? dlsym(library, "XSetIOErrorHandler") : nullptr;
  return reinterpret_cast<SetErrorHandler>(found);
}

// The connection that GLFW made; null without Wayland.
void* wayland_display() {
  void* found = dlsym(RTLD_DEFAULT, "glfwGetWaylandDisplay");
  return found != nullptr ? reinterpret_cast<void* (*)()>(found)() : nullptr;
}

// Libraries that GLFW loads itself are found by name alone.
int wayland_error(void* display) {
  void* library = dlopen("libwayland-client.so.0", RTLD_LAZY | RTLD_NOLOAD);
  void* found = library != nullptr ? dlsym(library, "wl_display_get_error") : nullptr;
  return found != nullptr ? reinterpret_cast<int (*)(void*)>(found)(display) : 0;
}

}  // namespace

DisplayLoss::DisplayLoss(std::function<int()> last_act) {
  if (const SetErrorHandler set_handler = xlib_function()) {
    act_at_loss = std::move(last_act);
    set_handler(on_display_loss);
  }
}

bool DisplayLoss::compositor_lost() const {
  void* display = wayland_display();
  return display != nullptr && wayland_error(display) != 0;
}

DisplayLoss::~DisplayLoss() {
  if (const SetErrorHandler set_handler = xlib_function()) {
    set_handler(nullptr);  // Xlib's own
    act_at_loss = nullptr;
  }
}

#else

DisplayLoss::DisplayLoss(std::function<int()> /*last_act*/) {}
DisplayLoss::~DisplayLoss() = default;
bool DisplayLoss::compositor_lost() const { return false; }

#endif

}  // namespace convscope::window
