// Shell: everything between the input and the pixels of one frame, shared by the window and the
// screenshot. Needs a current GL context and an ImGui context of its own.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/files/user/settings_file.h"
#include "app/panels/ui_state.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/style.h"
#include "app/window/stage_cache.h"
#include "app/window/store.h"
#include "core/picture/display/text_metrics.h"

namespace convscope::window {

class Shell {
 public:
  Shell(Store& store, const picture::TextMetrics& metrics,
        panels::widgets::Clipboard clipboard = {});
  ~Shell();
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;

  void push(const panels::InputEvent& event);
  // Draws one frame of this size into the current framebuffer. `seconds` since the last one.
  void frame(int width, int height, float scale, double seconds);
  // Seconds until another frame is due without any further event; nothing when none is.
  std::optional<double> next_frame_in() const;
  // The size of the interface that somebody chose.
  std::optional<float> scale() const;

  // What is remembered from one run to the next: taken over at the start, and as it is now.
  void set_up(const files::Settings& settings);
  files::Settings settings() const;
  // Which side panels somebody has opened or closed; nothing: as the theme has them.
  void open_sides(std::optional<bool> lessons, std::optional<bool> inspector);
  // What one can start with, over the example, unless it was seen in an earlier run.
  void welcome();
  void show_recent_files(const std::vector<std::string>& paths);

  // What the window system asks for (a dropped file, a click on Close). If edits would be lost, the
  // user is asked first.
  void ask_to_open(const std::string& what);
  void ask_to_quit();
  bool wants_to_quit() const;
  // Unsaved work that can be had back: shown until another offer or none follows. The answer, once.
  void offer_recovery(const std::optional<panels::Offer>& offer);
  panels::Offer::Answer take_recovery_answer();
  void ask_to_recover(const std::string& autosave);
  // The window has the keyboard again: another program may have changed the document's file.
  void look_at_disk();
  // Whether the stage is to fill the screen, and the notes to have a window.
  bool presents() const;
  bool wants_notes() const;
  void set_notes(bool wanted);
  // In a frame of another ImGui context, which has these fonts.
  void draw_notes(const panels::widgets::FontSet& fonts, const picture::Rect& area, float scale,
                  const std::string& clock) const;
  // Whether the files of the lesson are read again when they change.
  void watch(bool on);
  bool is_watching() const;
  // While nothing is drawn: an export goes on.
  void rest();
  // Called from another thread when an export wants a turn (wakes an idle event loop).
  void on_ready(std::function<void()> wake);
  // The language-dependent title of the window.
  std::string title() const;
  std::int64_t composes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace convscope::window
