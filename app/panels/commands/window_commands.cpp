// Commands about the window: language, theme, panels, closing.
#include <algorithm>
#include <cmath>

#include "app/panels/commands/commands.h"
#include "app/panels/commands/ring.h"
#include "app/panels/inspector/inspector_tabs.h"
#include "app/panels/practice/practice.h"
#include "app/panels/present/present.h"
#include "app/panels/stage/cell_cursor.h"
#include "app/panels/stage/hints.h"
#include "core/session/enum_names.h"

namespace convscope::panels {
namespace {

void toggle(std::optional<bool>& choice, bool shown) { choice = !choice.value_or(shown); }

// Steps of a quarter, as the scale that follows the window has.
void scale_by(const PanelContext& context, int steps) {
  constexpr float kStep = 0.25f;
  constexpr float kLeast = 0.5f;
  constexpr float kMost = 4;
  const float rounded = std::round(context.scale / kStep) * kStep;
  context.ui.scale = std::clamp(rounded + static_cast<float>(steps) * kStep, kLeast, kMost);
}

// Esc closes the topmost thing and gives the stage the focus.
void close_topmost(const PanelContext& context) {
  UiState& ui = context.ui;
  const bool walked = ui.focus.focused().has_value() || (ui.cursor && !ui.editor);
  ui.keys = KeyFocus::kStage;
  ui.focus.clear();
  switch (topmost_modal(ui, context.unsaved)) {
    case Modal::kQuestion:
      ui.replacing.reset();
      ui.leaving.reset();
      return;
    case Modal::kFiles:
      ui.files.mode = FileDialog::Mode::kClosed;
      return;
    case Modal::kArrays:
      ui.arrays.reset();
      return;
    case Modal::kPalette:
      ui.palette.reset();
      return;
    case Modal::kPractice:
      ui.practice.reset();
      return;
    case Modal::kHelp:
    case Modal::kNone:
      break;
  }
  if (ui.editor) {
    ui.editor.reset();
    context.emit(session::action::Select{});
  } else if (ui.help_open) {
    ui.help_open = false;
  } else if (walked) {
    leave_cells(context);
  } else if (ui.exporting) {
    ui.exporting.reset();
  } else if (ui.welcome) {
    mark_done(ui, kWelcomed);
    ui.welcome.reset();
  } else if (context.session.transient.notice) {
    context.emit(session::action::DismissNotice{});
  } else if (ui.building.refused_size) {
    ui.building.refused_size.reset();
  } else if (context.session.transient.draft) {
    context.emit(session::action::DropDraft{});
  } else if (ui.brush.in_hand()) {
    ui.brush.tool = Brush::Tool::kPointer;
  } else if (context.session.transient.pin) {
    context.emit(session::action::Pin{});
  } else if (context.session.asking || context.session.solving) {
    context.emit(session::action::Leave{});
  } else {
    leave_presenting(ui);
  }
}

// A tab of the inspector, with the keyboard.
CommandRow tab_row(Command command, std::string_view name, InspectorTab tab) {
  return {command, name, {}, {}, [tab](const PanelContext& context) {
            show_tab(context, tab);
            context.ui.keys = KeyFocus::kInspector;
          }};
}

}  // namespace

std::vector<CommandRow> window_commands() {
  return {
      {Command::kLanguage,
       "language",
       {key(Key::kL)},
       {},
       [](const PanelContext& context) {
         context.emit(session::action::SetLanguage{
             following(lesson::kLanguages, context.session.look.language)});
       }},
      {Command::kTheme,
       "theme",
       {key(Key::kT)},
       {},
       [](const PanelContext& context) {
         context.emit(
             session::action::SetTheme{following(session::kThemes, context.session.look.theme)});
       }},
      {Command::kLessons,
       "lessons",
       {key(Key::kM)},
       {},
       [](const PanelContext& context) { toggle(context.ui.lessons_open, context.lessons_shown); }},
      {Command::kInspector,
       "inspector",
       {key(Key::kI)},
       {},
       [](const PanelContext& context) {
         toggle(context.ui.inspector_open, context.inspector_shown);
       }},
      tab_row(Command::kShowInput, "show_input", InspectorTab::kInput),
      tab_row(Command::kShowFilter, "show_filter", InspectorTab::kFilter),
      tab_row(Command::kShowLayer, "show_layer", InspectorTab::kLayer),
      tab_row(Command::kShowMap, "show_map", InspectorTab::kMap),
      tab_row(Command::kShowTexts, "show_texts", InspectorTab::kTexts),
      {Command::kStrip,
       "strip",
       {},
       {},
       [](const PanelContext& context) {
         const bool shown = sides_of(context.session, context.ui).strip;
         context.ui.building.strip = !shown;
       }},
      {Command::kLarger,
       "larger",
       {ctrl(Key::kEqual), ctrl_shift(Key::kEqual)},
       {.repeats = true},
       [](const PanelContext& context) { scale_by(context, 1); }},
      {Command::kSmaller,
       "smaller",
       {ctrl(Key::kMinus)},
       {.repeats = true},
       [](const PanelContext& context) { scale_by(context, -1); }},
      {Command::kOwnScale,
       "own_scale",
       {ctrl(Key::k0)},
       {},
       [](const PanelContext& context) { context.ui.scale.reset(); },
       [](const PanelContext& context) { return context.ui.scale.has_value(); }},
      {Command::kHelp,
       "help",
       {typed(U'?'), key(Key::kF1)},
       {},
       [](const PanelContext& context) {
         context.ui.help_open = !context.ui.help_open;
         context.ui.help_words.clear();
       }},
      {Command::kHints,
       "hints",
       {},
       {},
       [](const PanelContext& context) { restart_tour(context.ui); }},
      {Command::kPalette,
       "palette",
       {ctrl(Key::kK), ctrl_shift(Key::kP)},
       {},
       [](const PanelContext& context) {
         std::optional<CommandPalette>& palette = context.ui.palette;
         palette = palette ? std::nullopt : std::optional(CommandPalette{});
       }},
      {Command::kClose, "close", {key(Key::kEscape)}, {}, close_topmost},
      {Command::kQuit,
       "quit",
       {ctrl(Key::kQ)},
       {},
       [](const PanelContext& context) { context.ui.leaving = Leaving{}; }},
  };
}

}  // namespace convscope::panels
