#include "app/panels/commands/keyboard_walk.h"

#include "app/panels/stage/cell_cursor.h"

namespace convscope::panels {
namespace {

struct Way {
  std::int64_t dy = 0;
  std::int64_t dx = 0;

  int step() const { return dy + dx > 0 ? 1 : -1; }
};

std::optional<Way> way_of(Key key) {
  switch (key) {
    case Key::kUp:
      return Way{-1, 0};
    case Key::kDown:
      return Way{1, 0};
    case Key::kLeft:
      return Way{0, -1};
    case Key::kRight:
      return Way{0, 1};
    default:
      return std::nullopt;
  }
}

void tab(const PanelContext& context, int step) {
  UiState& ui = context.ui;
  if (ui.keys == KeyFocus::kStage && ui.cursor && to_next_tensor(context, step)) {
    return;
  }
  leave_cells(context);
  ui.keys = ui.focus.move(step, ui.keys);
}

bool arrow(const PanelContext& context, const Way& way) {
  UiState& ui = context.ui;
  const bool in_list = ui.keys == KeyFocus::kLessons && way.dx == 0;
  if (ui.focus.focused() || in_list) {
    ui.focus.move_within(way.step(), ui.keys);
    return true;
  }
  if (ui.keys == KeyFocus::kStage && ui.cursor) {
    move_cursor(context, way.dy, way.dx);
    return true;
  }
  return false;
}

bool enter(const PanelContext& context) {
  UiState& ui = context.ui;
  if (ui.focus.focused()) {
    ui.focus.press();
    return true;
  }
  if (ui.keys != KeyFocus::kStage) {
    return false;
  }
  if (ui.cursor) {
    use_cell(context, *ui.cursor);
  } else {
    to_next_tensor(context, 1);
  }
  return true;
}

}  // namespace

bool walk(const InputEvent& event, const PanelContext& context) {
  if (event.kind != InputEvent::Kind::kKey || !event.down || event.modifiers.ctrl ||
      event.modifiers.alt || context.empty) {
    return false;
  }
  if (event.key == Key::kTab) {
    tab(context, event.modifiers.shift ? -1 : 1);
    return true;
  }
  if (event.modifiers.shift) {
    return false;
  }
  if (const std::optional<Way> way = way_of(event.key)) {
    return arrow(context, *way);
  }
  return event.key == Key::kEnter && !event.repeat && enter(context);
}

bool walk_dialog(const InputEvent& event, const PanelContext& context) {
  if (event.kind != InputEvent::Kind::kKey || !event.down || event.modifiers.ctrl ||
      event.modifiers.alt) {
    return false;
  }
  widgets::FocusOrder& focus = context.ui.focus;
  if (event.key == Key::kTab) {
    focus.move_within(event.modifiers.shift ? -1 : 1, KeyFocus::kDialog);
    return true;
  }
  if (const std::optional<Way> way = way_of(event.key)) {
    focus.move_within(way->step(), KeyFocus::kDialog);
    return true;
  }
  if (event.key == Key::kEnter && !event.repeat && focus.focused()) {
    focus.press();
    return true;
  }
  return false;
}

}  // namespace convscope::panels
