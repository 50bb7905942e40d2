// The lecturer's notes in a window of their own, on another screen where there is one.
#pragma once

#include <vector>

#include <imgui.h>

#include "app/panels/widgets/style.h"
#include "app/window/glfw_window.h"
#include "app/window/shell/shell.h"

namespace convscope::window {

class NotesWindow {
 public:
  // Throws Failure "no_gl". `first` must live longer.
  NotesWindow(GlfwWindow& first, const std::string& title);
  ~NotesWindow();
  NotesWindow(const NotesWindow&) = delete;
  NotesWindow& operator=(const NotesWindow&) = delete;

  // Keys that were pressed here mean what they mean in the first window.
  std::vector<panels::InputEvent> take_keys();
  bool take_close_request() { return window_.take_close_request(); }
  // `clock`: "14:05".
  void frame(const Shell& shell, const std::string& clock);

 private:
  GlfwWindow& first_;
  GlfwWindow window_;
  ImGuiContext* context_;
  panels::widgets::FontSet fonts_;
  float font_unit_ = 0;
};

}  // namespace convscope::window
