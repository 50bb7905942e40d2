// Commands of the presenter.
#include "app/panels/commands/commands.h"
#include "app/panels/present/present.h"
#include "app/panels/stage/stage_camera.h"
#include "app/panels/widgets/imgui_shim.h"

namespace convscope::panels {
namespace {

constexpr Hearing kPresenting = {.presenting_only = true};

bool presents(const PanelContext& context) { return context.ui.presenter.has_value(); }

std::function<void(const PanelContext&)> takes(Presenter::Tool tool) {
  return [tool](const PanelContext& context) {
    Presenter& presenter = *context.ui.presenter;
    presenter.tool = presenter.tool == tool ? Presenter::Tool::kNone : tool;
  };
}

// At the pointer; again: back to all of it.
void zoom_to_pointer(const PanelContext& context) {
  constexpr double kCloser = 2.5;
  const session::Camera& camera = context.session.look.camera;
  if (camera != session::Camera{}) {
    context.emit(session::action::SetCamera{});
    return;
  }
  const picture::Rect area = camera_area(context.stage);
  const ImVec2 mouse = ImGui::GetIO().MousePos;  // the stage begins at the window's corner
  const picture::Point at =
      ImGui::IsMousePosValid() ? picture::Point{mouse.x, mouse.y} : area.center();
  context.emit(session::action::SetCamera{zoomed(camera, kCloser, at, area)});
}

}  // namespace

std::vector<CommandRow> present_commands() {
  return {
      {Command::kPresent, "present", {key(Key::kF5), key(Key::kF11)}, {}, toggle_presenting},
      {Command::kBlank,
       "blank",
       {key(Key::kB), typed(U'.')},
       kPresenting,
       [](const PanelContext& context) {
         context.ui.presenter->blank = !context.ui.presenter->blank;
       },
       presents},
      {Command::kPen, "pen", {key(Key::kD)}, kPresenting, takes(Presenter::Tool::kPen), presents},
      {Command::kEraseStrokes,
       "erase_strokes",
       {key(Key::kE)},
       kPresenting,
       [](const PanelContext& context) { context.ui.presenter->strokes.clear(); },
       [](const PanelContext& context) {
         return presents(context) && !context.ui.presenter->strokes.empty();
       }},
      {Command::kSpotlight,
       "spotlight",
       {key(Key::kS)},
       kPresenting,
       takes(Presenter::Tool::kSpotlight),
       presents},
      {Command::kZoomToPointer,
       "zoom_to_pointer",
       {key(Key::kZ)},
       kPresenting,
       zoom_to_pointer,
       presents},
      {Command::kNotes,
       "notes",
       {key(Key::kN)},
       kPresenting,
       [](const PanelContext& context) {
         context.ui.presenter->notes = !context.ui.presenter->notes;
       },
       presents},
  };
}

}  // namespace convscope::panels
