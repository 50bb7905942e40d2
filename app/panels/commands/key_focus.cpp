#include "app/panels/commands/key_focus.h"

#include "app/panels/commands/keyboard_walk.h"
#include "app/panels/widgets/imgui_shim.h"

namespace convscope::panels {
namespace {

bool holds(const std::optional<picture::Rect>& area, const ImVec2& point) {
  return area && point.x >= area->x && point.x < area->right() && point.y >= area->y &&
         point.y < area->bottom();
}

// What neither shows nor tells anything of the scene that is asked about.
bool leaves_question_alone(Command command) {
  switch (command) {
    case Command::kLanguage:
    case Command::kTheme:
    case Command::kHelp:
    case Command::kPresent:
    case Command::kClose:
    case Command::kQuit:
      return true;
    default:
      return false;
  }
}

// Nothing lies over the panels, and no text is typed. A question has arrows and Enter of its own.
bool may_walk(const PanelContext& context) {
  return topmost_modal(context.ui, context.unsaved) == Modal::kNone && !widgets::is_typing() &&
         !widgets::is_popup_open() && !context.ui.editor && !context.session.asking;
}

// The other dialogs have keys of their own.
bool may_walk_dialog(const PanelContext& context) {
  return topmost_modal(context.ui, context.unsaved) == Modal::kPractice && !widgets::is_typing();
}

}  // namespace

bool may_run(Command command, const UiState& ui, bool unsaved) {
  if (command == Command::kQuit) {
    return true;
  }
  const Modal modal = topmost_modal(ui, unsaved);
  if (modal == Modal::kQuestion || modal == Modal::kFiles || modal == Modal::kArrays) {
    return command == Command::kClose;
  }
  if (modal == Modal::kPalette) {
    return command == Command::kClose || command == Command::kPalette;
  }
  if (modal == Modal::kPractice) {
    return command == Command::kClose || (command == Command::kPractice && !widgets::is_typing());
  }
  if (modal == Modal::kHelp) {
    return command == Command::kClose || command == Command::kHelp;
  }
  if (widgets::is_typing()) {
    return command == Command::kSave;  // a text is in the lesson while it is typed
  }
  return !widgets::is_popup_open() &&
         (ui.keys == KeyFocus::kStage || !row_of(command).hearing.stage_only);
}

void feed_events(const std::deque<InputEvent>& events, const PanelContext& context) {
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (events[i].kind == InputEvent::Kind::kKey && events[i].down) {
      context.ui.tip.hide();
    }
    if (may_walk(context) ? walk(events[i], context)
                          : may_walk_dialog(context) && walk_dialog(events[i], context)) {
      continue;
    }
    const InputEvent* following = i + 1 < events.size() ? &events[i + 1] : nullptr;
    // An open question has the letters A to D.
    const bool presenting = context.ui.presenter && !session::is_asking(context.session);
    const std::optional<Command> command = command_of(events[i], following, presenting);
    const bool typed = events[i].kind == InputEvent::Kind::kText && widgets::is_typing();
    const bool silent =
        session::is_asking(context.session) && command && !leaves_question_alone(*command);
    if (command && !typed && !silent && may_run(*command, context.ui, context.unsaved)) {
      run_command(*command, context);
    }
    widgets::feed_imgui(events[i]);
    answer_by_key(events[i], context);
    release_by_key(events[i], context);
  }
}

void follow_clicks(const Layout& layout, UiState& ui) {
  const ImVec2& mouse = ImGui::GetIO().MousePos;
  const bool clicked = ImGui::IsMouseClicked(ImGuiMouseButton_Left) ||
                       ImGui::IsMouseClicked(ImGuiMouseButton_Middle);
  if (clicked) {
    ui.focus.clear();
    ui.cursor.reset();
  }
  if (clicked && !widgets::is_popup_open()) {
    if (holds(layout.inspector, mouse)) {
      ui.keys = KeyFocus::kInspector;
    } else if (holds(layout.lessons, mouse)) {
      ui.keys = KeyFocus::kLessons;
    } else if (holds(layout.strip, mouse)) {
      ui.keys = KeyFocus::kStrip;
    } else if (holds(layout.stage, mouse)) {
      ui.keys = KeyFocus::kStage;
    }
  }
  const bool gone = (ui.keys == KeyFocus::kWelcome && !ui.welcome) ||
                    (ui.keys == KeyFocus::kExport && !ui.exporting) ||
                    (ui.keys == KeyFocus::kInspector && !layout.inspector) ||
                    (ui.keys == KeyFocus::kStrip && !layout.strip) ||
                    (ui.keys == KeyFocus::kLessons && !layout.lessons);
  if (gone) {
    ui.keys = KeyFocus::kStage;
  }
}

}  // namespace convscope::panels
