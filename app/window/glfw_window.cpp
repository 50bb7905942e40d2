#include "app/window/glfw_window.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <glad/gl.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <utility>

#include "app/window/window_place.h"
#include "core/tensor/problem.h"

namespace convscope::window {

namespace {

// Where GLFW's callbacks leave what happened; the window's user pointer leads to it.
struct Sink {
  std::vector<panels::InputEvent> events;
  std::vector<std::string> dropped;
  bool focused = false;
  bool full_screen = false;
  files::WindowPlace place;
  double refresh_rate = 60;
};

panels::Key key_of(int key) {
  if (key >= GLFW_KEY_A && key <= GLFW_KEY_Z) {
    return static_cast<panels::Key>(static_cast<int>(panels::Key::kA) + key - GLFW_KEY_A);
  }
  if (key >= GLFW_KEY_0 && key <= GLFW_KEY_9) {
    return static_cast<panels::Key>(static_cast<int>(panels::Key::k0) + key - GLFW_KEY_0);
  }
  switch (key) {
    case GLFW_KEY_SPACE:
      return panels::Key::kSpace;
    case GLFW_KEY_LEFT:
      return panels::Key::kLeft;
    case GLFW_KEY_RIGHT:
      return panels::Key::kRight;
    case GLFW_KEY_UP:
      return panels::Key::kUp;
    case GLFW_KEY_DOWN:
      return panels::Key::kDown;
    case GLFW_KEY_PAGE_UP:
      return panels::Key::kPageUp;
    case GLFW_KEY_PAGE_DOWN:
      return panels::Key::kPageDown;
    case GLFW_KEY_HOME:
      return panels::Key::kHome;
    case GLFW_KEY_END:
      return panels::Key::kEnd;
    case GLFW_KEY_ENTER:
    case GLFW_KEY_KP_ENTER:
      return panels::Key::kEnter;
    case GLFW_KEY_ESCAPE:
      return panels::Key::kEscape;
    case GLFW_KEY_TAB:
      return panels::Key::kTab;
    case GLFW_KEY_BACKSPACE:
      return panels::Key::kBackspace;
    case GLFW_KEY_DELETE:
      return panels::Key::kDelete;
    case GLFW_KEY_LEFT_BRACKET:
      return panels::Key::kLeftBracket;
    case GLFW_KEY_RIGHT_BRACKET:
      return panels::Key::kRightBracket;
    case GLFW_KEY_MINUS:
    case GLFW_KEY_KP_SUBTRACT:
      return panels::Key::kMinus;
    case GLFW_KEY_EQUAL:
    case GLFW_KEY_KP_ADD:
      return panels::Key::kEqual;
    case GLFW_KEY_F1:
      return panels::Key::kF1;
    case GLFW_KEY_F5:
      return panels::Key::kF5;
    case GLFW_KEY_F11:
      return panels::Key::kF11;
    default:
      return panels::Key::kNone;
  }
}

panels::Modifiers modifiers_of(GLFWwindow* window) {
  const auto down = [window](int left, int right) {
    return glfwGetKey(window, left) == GLFW_PRESS || glfwGetKey(window, right) == GLFW_PRESS;
  };
#ifdef __APPLE__
  const bool ctrl = down(GLFW_KEY_LEFT_SUPER, GLFW_KEY_RIGHT_SUPER);
#else
  const bool ctrl = down(GLFW_KEY_LEFT_CONTROL, GLFW_KEY_RIGHT_CONTROL);
#endif
  return {ctrl, down(GLFW_KEY_LEFT_SHIFT, GLFW_KEY_RIGHT_SHIFT),
          down(GLFW_KEY_LEFT_ALT, GLFW_KEY_RIGHT_ALT)};
}

Sink& sink_of(GLFWwindow* window) { return *static_cast<Sink*>(glfwGetWindowUserPointer(window)); }

void on_key(GLFWwindow* window, int key, int /*scancode*/, int action, int /*mods*/) {
  panels::InputEvent event;
  event.kind = panels::InputEvent::Kind::kKey;
  event.key = key_of(key);
  event.down = action != GLFW_RELEASE;
  event.repeat = action == GLFW_REPEAT;
  event.modifiers = modifiers_of(window);
  sink_of(window).events.push_back(event);
}

void on_character(GLFWwindow* window, unsigned int character) {
  panels::InputEvent event;
  event.kind = panels::InputEvent::Kind::kText;
  event.character = character;
  sink_of(window).events.push_back(event);
}

void on_button(GLFWwindow* window, int button, int action, int /*mods*/) {
  if (button > GLFW_MOUSE_BUTTON_MIDDLE) {
    return;
  }
  panels::InputEvent event;
  event.kind = panels::InputEvent::Kind::kButton;
  event.button = button;
  event.down = action == GLFW_PRESS;
  event.modifiers = modifiers_of(window);
  sink_of(window).events.push_back(event);
}

// GLFW reports screen coordinates; a framebuffer may have more pixels than those.
void on_move(GLFWwindow* window, double x, double y) {
  int window_w = 1;
  int window_h = 1;
  int pixels_w = 1;
  int pixels_h = 1;
  glfwGetWindowSize(window, &window_w, &window_h);
  glfwGetFramebufferSize(window, &pixels_w, &pixels_h);
  panels::InputEvent event;
  event.kind = panels::InputEvent::Kind::kMove;
  event.x = static_cast<float>(x * pixels_w / std::max(window_w, 1));
  event.y = static_cast<float>(y * pixels_h / std::max(window_h, 1));
  sink_of(window).events.push_back(event);
}

void on_enter(GLFWwindow* window, int entered) {
  if (entered == GLFW_FALSE) {
    panels::InputEvent event;
    event.kind = panels::InputEvent::Kind::kLeave;
    sink_of(window).events.push_back(event);
  }
}

void on_wheel(GLFWwindow* window, double x, double y) {
  panels::InputEvent event;
  event.kind = panels::InputEvent::Kind::kWheel;
  event.x = static_cast<float>(x);
  event.y = static_cast<float>(y);
  event.modifiers = modifiers_of(window);
  sink_of(window).events.push_back(event);
}

void on_drop(GLFWwindow* window, int count, const char** paths) {
  Sink& sink = sink_of(window);
  sink.dropped.insert(sink.dropped.end(), paths, paths + count);
}

// A maximized or minimized window keeps the place that it will go back to.
void note_place(GLFWwindow* window) {
  if (sink_of(window).full_screen) {
    return;
  }
  files::WindowPlace& place = sink_of(window).place;
  place.maximized = glfwGetWindowAttrib(window, GLFW_MAXIMIZED) == GLFW_TRUE;
  if (!place.maximized && glfwGetWindowAttrib(window, GLFW_ICONIFIED) == GLFW_FALSE) {
    glfwGetWindowPos(window, &place.x, &place.y);
    glfwGetWindowSize(window, &place.width, &place.height);
  }
}

// Asking is a round trip to the display: too much for every frame.
void note_refresh_rate(GLFWwindow* window) {
  constexpr int kLeast = 24;  // virtual displays report 0
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  const GLFWvidmode* mode = monitor == nullptr ? nullptr : glfwGetVideoMode(monitor);
  sink_of(window).refresh_rate =
      mode == nullptr || mode->refreshRate < kLeast ? 60.0 : mode->refreshRate;
}

void on_place(GLFWwindow* window, int /*x*/, int /*y*/) { note_place(window); }
void on_maximize(GLFWwindow* window, int /*maximized*/) { note_place(window); }

std::vector<ScreenArea> screens() {
  int count = 0;
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  std::vector<ScreenArea> areas;
  for (int i = 0; i < count; ++i) {
    ScreenArea area;
    glfwGetMonitorWorkarea(monitors[i], &area.x, &area.y, &area.width, &area.height);
    if (area.width > 0 && area.height > 0) {  // a monitor that is just being taken away has none
      areas.push_back(area);
    }
  }
  return areas;
}

void put(GLFWwindow* window, const files::WindowPlace& place) {
  glfwSetWindowPos(window, place.x, place.y);
  if (place.maximized) {
    glfwMaximizeWindow(window);
  }
}

// Who comes back may have been in the settings of the display.
void on_focus(GLFWwindow* window, int focused) {
  if (focused == GLFW_TRUE) {
    sink_of(window).focused = true;
    note_refresh_rate(window);
  }
}

// The one that shows most of the window; nothing without any monitor.
GLFWmonitor* monitor_under(GLFWwindow* window) {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  glfwGetWindowPos(window, &x, &y);
  glfwGetWindowSize(window, &width, &height);
  GLFWmonitor* best = glfwGetPrimaryMonitor();
  std::int64_t most = 0;
  int count = 0;
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  for (int i = 0; i < count; ++i) {
    int left = 0;
    int top = 0;
    glfwGetMonitorPos(monitors[i], &left, &top);
    const GLFWvidmode* mode = glfwGetVideoMode(monitors[i]);
    if (mode == nullptr) {
      continue;
    }
    const std::int64_t w = std::min(x + width, left + mode->width) - std::max(x, left);
    const std::int64_t h = std::min(y + height, top + mode->height) - std::max(y, top);
    if (w > 0 && h > 0 && w * h > most) {
      most = w * h;
      best = monitors[i];
    }
  }
  return best;
}

GLFWmonitor* monitor_beside(GLFWmonitor* used) {
  int count = 0;
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  for (int i = 0; i < count; ++i) {
    if (monitors[i] != used) {
      return monitors[i];
    }
  }
  return nullptr;
}

std::string last_error() {
  const char* words = nullptr;
  glfwGetError(&words);
  return words != nullptr ? words : "";
}

#if defined(GLFW_PLATFORM) && defined(__linux__)  // GLFW 3.4 chooses as it starts
// Can there be a Wayland socket? Without a place to look for one, libwayland complains on standard
// error, so GLFW should not even ask.
bool wayland_is_possible() {
  const auto is_path = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value == '/';
  };
  return std::getenv("WAYLAND_SOCKET") != nullptr || is_path("WAYLAND_DISPLAY") ||
         is_path("XDG_RUNTIME_DIR");
}
#endif

void start_glfw() {
#if defined(GLFW_PLATFORM) && defined(__linux__)
  if (!wayland_is_possible()) {
    glfwInitHint(GLFW_PLATFORM, GLFW_PLATFORM_X11);
  }
#endif
  if (glfwInit() == GLFW_FALSE) {
    throw Failure({"no_display", "", {{"reason", last_error()}}});
  }
}

GLFWwindow* make_window(int width, int height, const std::string& title, bool visible) {
  glfwWindowHint(GLFW_VISIBLE, visible ? GLFW_TRUE : GLFW_FALSE);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  GLFWwindow* window = glfwCreateWindow(width, height, title.c_str(), nullptr, nullptr);
  if (window == nullptr) {
    const std::string reason = last_error();
    glfwTerminate();
    throw Failure({"no_gl", "", {{"reason", reason}}});
  }
  glfwMakeContextCurrent(window);
  if (gladLoadGL(glfwGetProcAddress) == 0) {
    glfwTerminate();
    throw Failure({"no_gl", "", {{"reason", std::string("OpenGL")}}});
  }
  return window;
}

}  // namespace

struct GlfwWindow::State {
  GLFWwindow* window = nullptr;
  Sink sink;
  std::string title;
  CursorShape shape = CursorShape::kArrow;
  std::array<GLFWcursor*, 6> cursors{};
  bool first = true;  // ends GLFW with it

  void listen();
};

void GlfwWindow::State::listen() {
  glfwSetWindowUserPointer(window, &sink);
  glfwSetKeyCallback(window, on_key);
  glfwSetCharCallback(window, on_character);
  glfwSetMouseButtonCallback(window, on_button);
  glfwSetCursorPosCallback(window, on_move);
  glfwSetCursorEnterCallback(window, on_enter);
  glfwSetScrollCallback(window, on_wheel);
  glfwSetDropCallback(window, on_drop);
  glfwSetWindowFocusCallback(window, on_focus);
}

GlfwWindow::GlfwWindow(int width, int height, bool exact, const std::string& title,
                       const std::optional<files::WindowPlace>& remembered)
    : state_(std::make_unique<State>()) {
  start_glfw();
  const files::WindowPlace place = remembered ? pulled_back(*remembered, screens())
                                   : exact    ? files::WindowPlace{.width = width, .height = height}
                                              : first_place(width, height, screens());
  // It is put in its place before it is seen.
  GLFWwindow* window = make_window(place.width, place.height, title, !remembered);
  state_->window = window;
  state_->title = title;
  glfwSwapInterval(1);
  glfwSetWindowSizeLimits(window, 480, 320, GLFW_DONT_CARE, GLFW_DONT_CARE);
  state_->listen();
  state_->sink.place = place;
  if (remembered) {
    put(window, place);
    glfwShowWindow(window);
  }
  glfwSetWindowPosCallback(window, on_place);
  glfwSetWindowSizeCallback(window, on_place);
  glfwSetWindowMaximizeCallback(window, on_maximize);
  note_place(window);
  note_refresh_rate(window);
}

GlfwWindow::GlfwWindow(const GlfwWindow& first, int width, int height, const std::string& title)
    : state_(std::make_unique<State>()) {
  glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
  glfwWindowHint(GLFW_FOCUS_ON_SHOW, GLFW_FALSE);  // the first window keeps the keyboard
  state_->first = false;
  state_->title = title;
  state_->window = glfwCreateWindow(width, height, title.c_str(), nullptr, first.state_->window);
  if (state_->window == nullptr) {
    throw Failure({"no_gl", "", {{"reason", last_error()}}});
  }
  state_->listen();
  if (GLFWmonitor* other = monitor_beside(monitor_under(first.state_->window))) {
    constexpr int kInset = 40;
    int x = 0;
    int y = 0;
    glfwGetMonitorWorkarea(other, &x, &y, nullptr, nullptr);
    glfwSetWindowPos(state_->window, x + kInset, y + kInset);
  }
  glfwShowWindow(state_->window);
  glfwMakeContextCurrent(state_->window);
  glfwSwapInterval(0);  // the first window sets the pace
  glfwMakeContextCurrent(first.state_->window);
}

GlfwWindow::~GlfwWindow() {
  if (state_->first) {
    glfwTerminate();
  } else {
    glfwDestroyWindow(state_->window);
  }
}

void GlfwWindow::wait(std::optional<double> seconds) {
  if (!seconds) {
    glfwWaitEvents();
  } else if (*seconds > 0) {
    glfwWaitEventsTimeout(*seconds);
  } else {
    glfwPollEvents();
  }
}

void GlfwWindow::wake() { glfwPostEmptyEvent(); }
double GlfwWindow::seconds() { return glfwGetTime(); }

std::vector<panels::InputEvent> GlfwWindow::take_events() {
  return std::exchange(state_->sink.events, {});
}

std::vector<std::string> GlfwWindow::take_dropped_files() {
  return std::exchange(state_->sink.dropped, {});
}

int GlfwWindow::width() const {
  int width = 0;
  glfwGetFramebufferSize(state_->window, &width, nullptr);
  return width;
}

int GlfwWindow::height() const {
  int height = 0;
  glfwGetFramebufferSize(state_->window, nullptr, &height);
  return height;
}

double GlfwWindow::refresh_rate() const { return state_->sink.refresh_rate; }

float GlfwWindow::content_scale() const {
  float x = 1;
  glfwGetWindowContentScale(state_->window, &x, nullptr);
  return x;
}

const files::WindowPlace& GlfwWindow::place() const { return state_->sink.place; }

bool GlfwWindow::minimized() const {
  return glfwGetWindowAttrib(state_->window, GLFW_ICONIFIED) == GLFW_TRUE || width() < 1 ||
         height() < 1;
}

bool GlfwWindow::take_close_request() {
  const bool wanted = glfwWindowShouldClose(state_->window) == GLFW_TRUE;
  glfwSetWindowShouldClose(state_->window, GLFW_FALSE);
  return wanted;
}

bool GlfwWindow::take_focus() { return std::exchange(state_->sink.focused, false); }

void GlfwWindow::restore() {
  if (glfwGetWindowAttrib(state_->window, GLFW_ICONIFIED) == GLFW_TRUE) {
    glfwRestoreWindow(state_->window);
  }
}

void GlfwWindow::set_full_screen(bool wanted) {
  GLFWwindow* window = state_->window;
  if (wanted == (glfwGetWindowMonitor(window) != nullptr)) {
    return;
  }
  state_->sink.full_screen = wanted;
  const files::WindowPlace place = state_->sink.place;
  if (!wanted) {
    glfwSetWindowMonitor(window, nullptr, place.x, place.y, place.width, place.height,
                         GLFW_DONT_CARE);
    if (place.maximized) {
      glfwMaximizeWindow(window);
    }
    return;
  }
  GLFWmonitor* monitor = monitor_under(window);
  const GLFWvidmode* mode = monitor == nullptr ? nullptr : glfwGetVideoMode(monitor);
  if (mode == nullptr) {
    return;
  }
  // Whoever turns to the notes must not lose the picture on the wall.
  glfwSetWindowAttrib(window, GLFW_AUTO_ICONIFY, GLFW_FALSE);
  glfwSetWindowMonitor(window, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
}

bool GlfwWindow::has_second_screen() {
  int count = 0;
  glfwGetMonitors(&count);
  return count > 1;
}

void GlfwWindow::focus() { glfwFocusWindow(state_->window); }

void GlfwWindow::make_current() { glfwMakeContextCurrent(state_->window); }

void GlfwWindow::show_frame() { glfwSwapBuffers(state_->window); }

void GlfwWindow::set_title(const std::string& title) {
  if (title != state_->title) {
    glfwSetWindowTitle(state_->window, title.c_str());
    state_->title = title;
  }
}

// A cursor is made when a pointer first wants it: GLFW 3.3 crashes where Wayland has none.
void GlfwWindow::set_cursor(CursorShape shape) {
  constexpr std::array kShapes = {GLFW_ARROW_CURSOR,   GLFW_IBEAM_CURSOR,   GLFW_HAND_CURSOR,
                                  GLFW_VRESIZE_CURSOR, GLFW_HRESIZE_CURSOR, GLFW_CROSSHAIR_CURSOR};
  if (shape == state_->shape) {
    return;
  }
  glfwSetInputMode(state_->window, GLFW_CURSOR,
                   shape == CursorShape::kNone ? GLFW_CURSOR_HIDDEN : GLFW_CURSOR_NORMAL);
  if (shape != CursorShape::kNone) {
    const auto index = static_cast<std::size_t>(shape);
    GLFWcursor*& cursor = state_->cursors[index];
    if (cursor == nullptr) {
      cursor = glfwCreateStandardCursor(kShapes[index]);
    }
    glfwSetCursor(state_->window, cursor);
  }
  state_->shape = shape;
}

std::string GlfwWindow::clipboard() const {
  const char* text = glfwGetClipboardString(state_->window);
  return text != nullptr ? text : "";
}

void GlfwWindow::set_clipboard(const std::string& text) {
  glfwSetClipboardString(state_->window, text.c_str());
}

}  // namespace convscope::window
