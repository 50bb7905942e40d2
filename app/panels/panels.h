// The panels: each reads the session and asks for actions. No clock, no file, no GL here.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/panels/layout.h"
#include "app/panels/ui_state.h"
#include "core/derive/derived.h"
#include "core/lesson/course.h"
#include "core/lesson/locale.h"
#include "core/picture/display/picture.h"
#include "core/picture/display/theme.h"
#include "core/session/action.h"
#include "core/session/session.h"

namespace convscope::panels {

namespace widgets {
struct FontSet;
}

// A lesson that can be opened from the list.
struct LessonEntry {
  std::string id;
  lesson::LocalizedText title;
  lesson::LocalizedText summary;
  std::int64_t scenes = 1;
};

// Everything a panel may look at, and the two things it may change.
struct PanelContext {
  const session::Session& session;
  const derive::Derived& derived;
  const lesson::Locale& locale;
  const picture::Palette& palette;
  const widgets::FontSet& fonts;
  const picture::Picture& stage;    // what the stage shows
  std::uint64_t stage_texture = 0;  // its pixels, bottom row first; 0: none (tests)
  std::span<const LessonEntry> lessons;
  std::span<const std::string> recent_files = {};     // paths, the newest first
  std::span<const lesson::Locale> languages = {};     // all of them: words are found in any
  float scale = 1;                                    // 1 at 1080 lines
  std::optional<double> progress = std::nullopt;      // of the map or file under way
  std::optional<std::string> opening = std::nullopt;  // the name of the file under way
  bool empty = false;                                 // the first file is not there yet
  std::optional<std::string> path = std::nullopt;     // where the lesson was saved or opened
  bool unsaved = false;                               // the document has edits to lose
  std::string export_endings = {};                    // ".png, .svg": what the stage can become
  std::span<const ExportKind> export_kinds = {};      // the same, a row each
  bool lessons_shown = true;
  bool inspector_shown = true;
  std::span<const quiz::Exercise> exercises = {};  // that can be started
  const lesson::Course* course = nullptr;          // that the lessons make up
  UiState& ui;
  session::Actions& actions;

  // Lengths are written in pixels at scale 1; those around words grow with the theme's text.
  float px(float length) const { return length * scale; }
  float em(float length) const { return length * scale * palette.text_scale; }
  void emit(session::Action action) const { actions.push_back(std::move(action)); }
};

// All of them, laid out.
void draw_panels(const PanelContext& context, const Layout& layout);

void top_bar_panel(const PanelContext& context, const picture::Rect& area);
void lessons_panel(const PanelContext& context, const picture::Rect& area);
void stage_panel(const PanelContext& context, const picture::Rect& area);
// On the stage, beside a narration of other numbers: the way back to them.
void reset_button(const PanelContext& context, const picture::Rect& stage_area);
// At the foot of the stage: the question, or what came of the questions; an exercise.
void question_band(const PanelContext& context, const picture::Rect& area);
void exercise_band(const PanelContext& context, const picture::Rect& area);
void transport_panel(const PanelContext& context, const picture::Rect& area);
void inspector_panel(const PanelContext& context, const picture::Rect& area);
// A section of the inspector, in the descent view: how the filter is trained.
void training_section(const PanelContext& context);
// Over the others; each draws nothing unless it is wanted.
void value_editor(const PanelContext& context, const picture::Rect& stage_area);
void hint_panel(const PanelContext& context, const picture::Rect& stage_area);
void welcome_panel(const PanelContext& context, const picture::Rect& stage_area);
void notice_panel(const PanelContext& context, const picture::Rect& stage_area);
// What can be had for a press, above the sum.
void offer_panel(const PanelContext& context, const picture::Rect& stage_area);
void help_panel(const PanelContext& context, const picture::Rect& window_area);
void practice_panel(const PanelContext& context, const picture::Rect& window_area);
void palette_panel(const PanelContext& context, const picture::Rect& window_area);
// The words above the file dialog; the exported formats are in them.
std::string file_dialog_title(const PanelContext& context);
void file_dialog_panel(const PanelContext& context, const picture::Rect& window_area);
void array_panel(const PanelContext& context, const picture::Rect& window_area);
void question_panel(const PanelContext& context, const picture::Rect& window_area);

}  // namespace convscope::panels
