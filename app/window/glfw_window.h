// The window of the operating system. The only file that includes GLFW is glfw_window.cpp.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/files/user/settings_file.h"
#include "app/panels/commands/input.h"

namespace convscope::window {

enum class CursorShape { kArrow, kText, kHand, kUpDown, kLeftRight, kMove, kNone };

class GlfwWindow {
 public:
  // Throws Failure "no_display" or "no_gl". The GL context is current and its functions are loaded.
  // At `remembered`, pulled back onto a screen; else of this size where the system puts it. Unless
  // `exact`, it is no larger than the screen.
  GlfwWindow(int width, int height, bool exact, const std::string& title,
             const std::optional<files::WindowPlace>& remembered = std::nullopt);
  // A second one, which ends before the first. Throws Failure "no_gl".
  GlfwWindow(const GlfwWindow& first, int width, int height, const std::string& title);
  ~GlfwWindow();
  GlfwWindow(const GlfwWindow&) = delete;
  GlfwWindow& operator=(const GlfwWindow&) = delete;

  // Waits for an event, at most so many seconds; without a limit, for ever.
  void wait(std::optional<double> seconds);
  // Ends a wait. May be called from any thread.
  static void wake();
  static double seconds();  // of a steady clock

  // What has happened since the last call.
  std::vector<panels::InputEvent> take_events();
  std::vector<std::string> take_dropped_files();

  int width() const;  // of the framebuffer, in pixels
  int height() const;
  float content_scale() const;  // of the monitor
  // Of the monitor, in frames per second; 60 where it is unknown. As it was when the window last
  // got the keyboard.
  double refresh_rate() const;
  // Where it stands; while it is maximized, where it would go back to.
  const files::WindowPlace& place() const;
  bool minimized() const;
  // Whether somebody has asked to close the window since the last call.
  bool take_close_request();
  // Whether the window has got the keyboard since the last call.
  bool take_focus();
  void restore();  // when it is minimized

  // Fills the screen that it is mostly on, or stands where it stood before. A screen that is taken
  // away gives it back to one that is left. The screen is kept awake meanwhile.
  void set_full_screen(bool wanted);
  // Whether there is a second screen.
  static bool has_second_screen();

  void focus();  // takes the keyboard
  // Further calls of OpenGL draw into this window.
  void make_current();
  void show_frame();
  void set_title(const std::string& title);
  void set_cursor(CursorShape shape);
  std::string clipboard() const;
  void set_clipboard(const std::string& text);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace convscope::window
