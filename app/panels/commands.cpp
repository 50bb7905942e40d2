// What each command does.
#include <algorithm>
#include <array>
#include <cmath>

#include "app/panels/shortcuts.h"
#include "app/panels/stage_camera.h"
#include "app/panels/views.h"
#include "core/lesson/lesson_json.h"

namespace convscope {
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
    text += json_number(map.values()[static_cast<std::size_t>(i)]);
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
  const auto layer = static_cast<std::size_t>(context.session.layer);
  if (layer >= context.derived.layers.size() || context.derived.layers[layer].output.empty()) {
    return context.emit(action::Notify{notice("map_not_ready")});
  }
  const Tensor& map = context.derived.layers[layer].output;
  if (map.shape().count() > kMostValues) {
    return context.emit(action::Notify{notice("map_too_large_to_copy")});
  }
  context.ui.clipboard = map_text(map);
  context.emit(action::Notify{notice("copied")});
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
    context.emit(action::Select{});
  } else if (ui.help_open) {
    ui.help_open = false;
  } else if (context.session.notice) {
    context.emit(action::DismissNotice{});
  } else if (context.session.draft) {
    context.emit(action::DropDraft{});
  }
}

void set_speed(const PanelContext& context, double factor) {
  const double speed = std::clamp(context.session.speed * factor, kMinSpeed, kMaxSpeed);
  context.emit(action::SetSpeed{speed});
}

void toggle(std::optional<bool>& choice, bool shown) { choice = !choice.value_or(shown); }

void run_time_command(Command command, const PanelContext& context) {
  const Session& session = context.session;
  constexpr std::array kGranularities = {Granularity::kPosition, Granularity::kChannel,
                                         Granularity::kTerm};
  switch (command) {
    case Command::kPlay:
      return context.emit(action::TogglePlay{});
    case Command::kNext:
      return context.emit(action::Next{});
    case Command::kPrevious:
      return context.emit(action::Previous{});
    case Command::kNextRow:
      return context.emit(action::NextRow{});
    case Command::kPreviousRow:
      return context.emit(action::PreviousRow{});
    case Command::kFirst:
      return context.emit(action::First{});
    case Command::kLast:
      return context.emit(action::Last{});
    case Command::kSlower:
      return set_speed(context, 0.5);
    case Command::kFaster:
      return set_speed(context, 2.0);
    case Command::kLoop:
      return context.emit(action::SetLoop{!session.loop});
    case Command::kGranularity:
      return context.emit(action::SetGranularity{following(kGranularities, session.granularity)});
    default:
      return;
  }
}

// A view stands beside the one that is shown until the same is asked for again.
void toggle_beside(const PanelContext& context, View view) {
  const Session& session = context.session;
  if (session.second_view == view) {
    context.emit(action::SetSecondView{});
  } else if (view == View::kDescent || session.view == View::kDescent) {
    context.emit(action::Notify{notice("descent_alone")});
  } else if (view != session.view) {
    context.emit(action::SetSecondView{view});
  }
}

// Whether `command` was about the choice of views.
bool run_view_command(Command command, const PanelContext& context) {
  if (command == Command::kBesideNone) {
    context.emit(action::SetSecondView{});
    return true;
  }
  for (const ViewChoice& choice : view_choices()) {
    if (command == choice.show) {
      context.emit(action::SetView{choice.view});
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
  if (scene >= 0 && scene < std::ssize(context.session.lesson.scenes)) {
    context.emit(action::SetScene{scene});
  }
}

void run_look_command(Command command, const PanelContext& context) {
  const Session& session = context.session;
  constexpr std::array kThemes = {Theme::kDark, Theme::kLight, Theme::kProjector};
  constexpr std::array kLanguages = {Language::kEnglish, Language::kRussian};
  constexpr std::array kCodeStrips = {CodeStrip::kNone, CodeStrip::kLoop, CodeStrip::kLinear};
  const Rect area = camera_area(context.stage);
  switch (command) {
    case Command::kCode:
      return context.emit(action::SetCodeStrip{following(kCodeStrips, session.code)});
    case Command::kGuided:
      return context.emit(action::SetGuided{!session.guided});
    case Command::kNextScene:
      return turn_page(context, session.scene + 1);
    case Command::kPreviousScene:
      return turn_page(context, session.scene - 1);
    case Command::kNextFilter:
      return context.emit(action::NextFilter{});
    case Command::kZoomIn:
    case Command::kZoomOut:
      return context.emit(action::SetCamera{
          zoomed(session.camera, command == Command::kZoomIn ? kZoomStep : 1 / kZoomStep,
                 area.center(), area)});
    case Command::kFit:
      context.emit(action::SetCamera{});
      return context.emit(action::SetOrbit{});
    case Command::kLanguage:
      return context.emit(action::SetLanguage{following(kLanguages, session.language)});
    case Command::kTheme:
      return context.emit(action::SetTheme{following(kThemes, session.theme)});
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
  const std::string& id = context.session.lesson.id;
  switch (command) {
    case Command::kUndo:
      return context.emit(action::Undo{});
    case Command::kRedo:
      return context.emit(action::Redo{});
    case Command::kOpen:
      return open_files(context, FileDialog::Mode::kOpen, "");
    case Command::kSave:
      if (context.path) {
        return context.emit(action::Save{*context.path});
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

}  // namespace convscope
