// What a Shell keeps between frames, and the parts of its work. Internal to the files of Shell.
#pragma once

#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/files/embedded.h"
#include "app/files/system/system_dialog.h"
#include "app/paint/painter.h"
#include "app/panels/panels.h"
#include "app/window/export/exporting.h"
#include "app/window/file_preview.h"
#include "app/window/pasting.h"
#include "app/window/shell/shell.h"
#include "core/tensor/problem_of.h"

namespace convscope::window {

// ImGui settles a layout within a few frames of an event.
inline constexpr int kFramesAfterEvent = 3;
// An ImGui context with its OpenGL backend, alive and the current one as long as this.
struct ImGuiLife {
  ImGuiLife();
  ~ImGuiLife();
  ImGuiLife(const ImGuiLife&) = delete;
  ImGuiLife& operator=(const ImGuiLife&) = delete;

  ImGuiContext* before;  // a window drawn for a picture lives within another
  ImGuiContext* context;
};

struct Shell::State {
  State(Store& the_store, const picture::TextMetrics& the_metrics,
        panels::widgets::Clipboard the_clipboard);

  Store& store;
  const picture::TextMetrics& metrics;
  panels::widgets::Clipboard clipboard;
  ImGuiLife life;
  paint::Painter painter;
  ExportDesk exports;
  StageCache stage;
  panels::widgets::InputQueue input;
  panels::UiState ui;
  files::SystemDialog system_dialog;
  Pasting pasting;
  FilePreviewer previewer;
  std::vector<std::string> recent_files;
  std::vector<panels::LessonEntry> lessons;
  std::vector<panels::ExportKind> kinds = export_kinds();
  lesson::Course course = files::bundled_course();
  panels::widgets::FontSet fonts;
  float font_unit = 0;
  session::Theme styled_theme = session::Theme::kDark;
  float styled_unit = 0;
  int frames_due = kFramesAfterEvent;
  ImVec2 size;  // of the last frame
  std::optional<Problem> notice;
  double notice_age = 0;
  std::optional<std::string> last_lesson;  // of an earlier run
  std::optional<double> last_scene;

  void prepare_look(float scale);
  void watch_notice(double seconds);
  void watch_lesson();
  std::optional<double> notice_ends_in() const;
  void refresh_stage(const picture::Viewport& viewport);
  panels::Layout layout_on(const picture::Palette& palette, float scale) const;
  panels::PanelContext context_on(const panels::Layout& layout, const picture::Palette& palette,
                                  float scale, session::Actions& actions,
                                  const panels::widgets::FontSet& with_fonts);
  void feed(float scale);
  void perform(const session::Actions& actions);
  void write(const panels::FileWrite& file);
  void serve_dialog();
  void choose_array(const std::string& path);
  void serve_clipboard();
  void start_export(const std::string& path);
  void serve_exports();
  void write_handout(const std::string& path);
  void remember_lesson(files::Settings& settings) const;
  void leave(panels::Leaving leaving);
  template <typename Work>
  void guard(const Work& work);
};

// An exception in here becomes a notice.
template <typename Work>
void Shell::State::guard(const Work& work) {
  try {
    work();
  } catch (...) {
    store.dispatch(session::action::Notify{problem_of(std::current_exception())});
    frames_due = kFramesAfterEvent;
  }
}

}  // namespace convscope::window
