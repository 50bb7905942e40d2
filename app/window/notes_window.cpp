#include "app/window/notes_window.h"

#include <algorithm>

#include <glad/gl.h>
#include <imgui_impl_opengl3.h>

#include "app/panels/widgets/imgui_shim.h"
#include "app/window/bundled_fonts.h"

namespace convscope::window {
namespace {

constexpr int kWidth = 720;
constexpr int kHeight = 560;

// Makes ImGui's context the current one, and the old one again at the end.
class ContextScope {
 public:
  explicit ContextScope(ImGuiContext* context) : old_(ImGui::GetCurrentContext()) {
    ImGui::SetCurrentContext(context);
  }
  ~ContextScope() { ImGui::SetCurrentContext(old_); }
  ContextScope(const ContextScope&) = delete;
  ContextScope& operator=(const ContextScope&) = delete;

 private:
  ImGuiContext* old_;
};

// ImGui makes a first context the current one, but not a second.
ImGuiContext* make_context() {
  ImGuiContext* context = ImGui::CreateContext();
  const ContextScope scope(context);
  panels::widgets::configure_imgui();
  ImGui_ImplOpenGL3_Init("#version 330 core");
  return context;
}

}  // namespace

NotesWindow::NotesWindow(GlfwWindow& first, const std::string& title)
    : first_(first), window_(first, kWidth, kHeight, title) {
  window_.make_current();
  context_ = make_context();
  first_.make_current();
}

NotesWindow::~NotesWindow() {
  window_.make_current();
  {
    const ContextScope scope(context_);
    ImGui_ImplOpenGL3_Shutdown();
  }
  ImGui::DestroyContext(context_);
  first_.make_current();
  first_.focus();
}

std::vector<panels::InputEvent> NotesWindow::take_keys() {
  std::vector<panels::InputEvent> events = window_.take_events();
  std::erase_if(events, [](const panels::InputEvent& event) {
    return event.kind != panels::InputEvent::Kind::kKey &&
           event.kind != panels::InputEvent::Kind::kText;
  });
  return events;
}

void NotesWindow::frame(const Shell& shell, const std::string& clock) {
  if (window_.minimized()) {
    return;
  }
  window_.make_current();
  {
    const ContextScope scope(context_);
    // Read at a glance, from a step away.
    const float scale = 1.5f * std::max(1.0f, window_.content_scale());
    if (scale != font_unit_) {
      fonts_ = panels::widgets::build_fonts(bundled_fonts(), scale);
      panels::widgets::refresh_font_texture();
      font_unit_ = scale;
    }
    const auto width = static_cast<float>(window_.width());
    const auto height = static_cast<float>(window_.height());
    ImGui::GetIO().DisplaySize = {width, height};
    glViewport(0, 0, window_.width(), window_.height());
    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
    shell.draw_notes(fonts_, {0, 0, width, height}, scale, clock);
    ImGui::Render();
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  }
  window_.show_frame();
  first_.make_current();
}

}  // namespace convscope::window
