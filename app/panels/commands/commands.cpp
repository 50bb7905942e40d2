// What each command does.
#include <algorithm>
#include <array>
#include <cmath>

#include "app/panels/bars/views.h"
#include "app/panels/commands/shortcuts.h"
#include "app/panels/stage/stage_camera.h"
#include "core/lesson/lesson_json.h"
#include "core/session/enum_names.h"

namespace convscope::panels {
namespace {

Problem notice(std::string code) { return {std::move(code), "", {}}; }

template <typename Value, std::size_t Count>
Value following(const std::array<Value, Count>& ring, Value current) {
  const auto found = std::ranges::find(ring, current);
  return found == ring.end() || found + 1 == ring.end() ? ring.front() : *(found + 1);
}

// Rows of the map on stage, values separated by tabs, a blank line between filters.
std::string map_text(const Tensor& map) {
  std::string text;
  const Shape& shape = map.shape();
  for (std::int64_t i = 0; i < shape.count(); ++i) {
    text += lesson::json_number(map.values()[static_cast<std::size_t>(i)]);
    const bool row_ends = (i + 1) % shape.w == 0;
    text += row_ends ? "\n" : "\t";
    if (row_ends && (i + 1) % (shape.w * shape.h) == 0 && i + 1 < shape.count()) {
      text += "\n";
    }
  }
  return text;
}

void copy_map(const PanelContext& context) {
  constexpr std::int64_t kMostValues = 1'000'000;
  const auto layer = static_cast<std::size_t>(context.session.look.layer);
  if (layer >= context.derived.layers.size() || context.derived.layers[layer].output.empty()) {
    return context.emit(session::action::Notify{notice("map_not_ready")});
  }
  const Tensor& map = context.derived.layers[layer].output;
  if (map.shape().count() > kMostValues) {
    return context.emit(session::action::Notify{notice("map_too_large_to_copy")});
  }
  context.ui.clipboard = map_text(map);
  context.emit(session::action::Notify{notice("copied")});
}

void open_files(const PanelContext& context, FileDialog::Mode mode, std::string name) {
  FileDialog& files = context.ui.files;
  files.mode = mode;
  files.wanted = files.folder;  // listed afresh each time
  files.name = std::move(name);
  files.focus = true;
}

// Esc: the topmost thing goes, and the stage has the keys again.
void close_topmost(const PanelContext& context) {
  UiState& ui = context.ui;
  ui.keys = KeyFocus::kStage;
  if (has_question(ui, context.unsaved)) {
    ui.replacing.reset();
    ui.leaving.reset();
  } else if (ui.files.mode != FileDialog::Mode::kClosed) {
    ui.files.mode = FileDialog::Mode::kClosed;
  } else if (ui.editor) {
    ui.editor.reset();
    context.emit(session::action::Select{});
  } else if (ui.help_open) {
    ui.help_open = false;
  } else if (context.session.transient.notice) {
    context.emit(session::action::DismissNotice{});
  } else if (context.session.transient.draft) {
    context.emit(session::action::DropDraft{});
  }
}

void set_speed(const PanelContext& context, double factor) {
  const double speed =
      std::clamp(context.session.clock.speed * factor, session::kMinSpeed, session::kMaxSpeed);
  context.emit(session::action::SetSpeed{speed});
}

void toggle(std::optional<bool>& choice, bool shown) { choice = !choice.value_or(shown); }

void run_time_command(Command command, const PanelContext& context) {
  const session::Session& session = context.session;
  constexpr std::array kGranularities = {
      session::Granularity::kPosition, session::Granularity::kChannel, session::Granularity::kTerm};
  switch (command) {
    case Command::kPlay:
      return context.emit(session::action::TogglePlay{});
    case Command::kNext:
      return context.emit(session::action::Next{});
    case Command::kPrevious:
      return context.emit(session::action::Previous{});
    case Command::kNextRow:
      return context.emit(session::action::NextRow{});
    case Command::kPreviousRow:
      return context.emit(session::action::PreviousRow{});
    case Command::kFirst:
      return context.emit(session::action::First{});
    case Command::kLast:
      return context.emit(session::action::Last{});
    case Command::kSlower:
      return set_speed(context, 0.5);
    case Command::kFaster:
      return set_speed(context, 2.0);
    case Command::kLoop:
      return context.emit(session::action::SetLoop{!session.clock.loop});
    case Command::kGranularity:
      return context.emit(
          session::action::SetGranularity{following(kGranularities, session.clock.granularity)});
    default:
      return;
  }
}

// A view stands beside the one that is shown until the same is asked for again.
void toggle_beside(const PanelContext& context, lesson::View view) {
  const session::Session& session = context.session;
  if (session.look.second_view == view) {
    context.emit(session::action::SetSecondView{});
  } else if (view == lesson::View::kDescent || session.look.view == lesson::View::kDescent) {
    context.emit(session::action::Notify{notice("descent_alone")});
  } else if (view != session.look.view) {
    context.emit(session::action::SetSecondView{view});
  }
}

// Whether `command` was about the choice of views.
bool run_view_command(Command command, const PanelContext& context) {
  if (command == Command::kBesideNone) {
    context.emit(session::action::SetSecondView{});
    return true;
  }
  for (const ViewChoice& choice : view_choices()) {
    if (command == choice.show) {
      context.emit(session::action::SetView{choice.view});
      return true;
    }
    if (command == choice.beside) {
      toggle_beside(context, choice.view);
      return true;
    }
  }
  return false;
}

// Beyond the first and the last scene there is none, and the one on stage goes on.
void turn_page(const PanelContext& context, std::int64_t scene) {
  if (scene >= 0 && scene < std::ssize(context.session.document.lesson->scenes)) {
    context.emit(session::action::SetScene{scene});
  }
}

void run_look_command(Command command, const PanelContext& context) {
  const session::Session& session = context.session;
  constexpr std::array kThemes = {session::Theme::kDark, session::Theme::kLight,
                                  session::Theme::kProjector};
  constexpr std::array kLanguages = {lesson::Language::kEnglish, lesson::Language::kRussian};
  constexpr std::array kCodeStrips = {lesson::CodeStrip::kNone, lesson::CodeStrip::kLoop,
                                      lesson::CodeStrip::kLinear};
  const picture::Rect area = camera_area(context.stage);
  switch (command) {
    case Command::kCode:
      return context.emit(session::action::SetCodeStrip{following(kCodeStrips, session.look.code)});
    case Command::kGuided:
      return context.emit(session::action::SetGuided{!session.clock.guided});
    case Command::kNextScene:
      return turn_page(context, session.look.scene + 1);
    case Command::kPreviousScene:
      return turn_page(context, session.look.scene - 1);
    case Command::kNextFilter:
      return context.emit(session::action::NextFilter{});
    case Command::kZoomIn:
    case Command::kZoomOut:
      return context.emit(session::action::SetCamera{
          zoomed(session.look.camera, command == Command::kZoomIn ? kZoomStep : 1 / kZoomStep,
                 area.center(), area)});
    case Command::kFit:
      context.emit(session::action::SetCamera{});
      return context.emit(session::action::SetOrbit{});
    case Command::kLanguage:
      return context.emit(
          session::action::SetLanguage{following(kLanguages, session.look.language)});
    case Command::kTheme:
      return context.emit(session::action::SetTheme{following(kThemes, session.look.theme)});
    case Command::kLessons:
      return toggle(context.ui.lessons_open, context.lessons_shown);
    case Command::kInspector:
      return toggle(context.ui.inspector_open, context.inspector_shown);
    case Command::kHelp:
      context.ui.help_open = !context.ui.help_open;
      return;
    default:
      return run_time_command(command, context);
  }
}

}  // namespace

void run_command(Command command, const PanelContext& context) {
  if (run_view_command(command, context)) {
    return;
  }
  const std::string& id = context.session.document.lesson->id;
  switch (command) {
    case Command::kUndo:
      return context.emit(session::action::Undo{});
    case Command::kRedo:
      return context.emit(session::action::Redo{});
    case Command::kOpen:
      return open_files(context, FileDialog::Mode::kOpen, "");
    case Command::kSave:
      if (context.path) {
        return context.emit(session::action::Save{*context.path});
      }
      return open_files(context, FileDialog::Mode::kSave, id + ".json");
    case Command::kSaveAs:
      return open_files(context, FileDialog::Mode::kSave, id + ".json");
    case Command::kExport:
      return open_files(context, FileDialog::Mode::kExport, id + ".svg");
    case Command::kCopy:
      return copy_map(context);
    case Command::kClose:
      return close_topmost(context);
    case Command::kQuit:
      context.ui.leaving = Leaving{};
      return;
    default:
      return run_look_command(command, context);
  }
}

}  // namespace convscope::panels
