// The stage: shows its picture and turns pointing, clicking, dragging and scrolling into actions.
#include <algorithm>
#include <cmath>

#include "app/panels/imgui_shim.h"
#include "app/panels/stage_camera.h"
#include "app/panels/stage_cells.h"
#include "app/panels/value_text.h"
#include "app/panels/widgets.h"
#include "core/conv/step.h"

namespace convscope {
namespace {

using Drag = StageDrag;

void draw_stage(const PanelContext& context, const Rect& area) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 corner = {area.x, area.y};
  const ImVec2 opposite = {area.right(), area.bottom()};
  list.AddRectFilled(corner, opposite, color(context.palette.background));
  if (context.stage_texture != 0) {
    list.AddImage(texture_id(context.stage_texture), corner, opposite, {0, 1}, {1, 0});
  }
}

void go_to_cell(const PanelContext& context, const Index& at) {
  const Session& session = context.session;
  const Shape out = layer_output_shape(scene_of(session), session.layer);
  if (contains(out, at)) {
    context.emit(action::GoTo{position_of(out, at)});
  }
}

void open_editor(const PanelContext& context, const Target& target, float value) {
  context.ui.editor = ValueEditor{target, value_text(value)};
  context.emit(action::Select{target});
}

Drag::Kind kind_of(const PanelContext& context, const std::optional<Target>& target) {
  if (!target) {
    return Drag::Kind::kPan;
  }
  if (target->tensor == TensorRole::kOutput) {
    return Drag::Kind::kWindow;
  }
  if (cell_value(context.session, context.derived, *target) && is_legible(context, *target)) {
    return Drag::Kind::kValue;
  }
  return target->tensor == TensorRole::kInput ? Drag::Kind::kWindow : Drag::Kind::kPan;
}

void press(const PanelContext& context, Point point, bool middle_button) {
  Drag drag;
  drag.start = point;
  drag.camera = context.session.camera;
  if (!middle_button) {
    drag.target = hit(context.stage, point);
    drag.kind = kind_of(context, drag.target);
  }
  if (drag.kind == Drag::Kind::kValue) {
    drag.start_value = *cell_value(context.session, context.derived, *drag.target);
  }
  context.ui.drag = drag;
}

// Places the window by an input cell, or goes to an output cell.
void point_at(const PanelContext& context, const Target& target) {
  if (target.tensor == TensorRole::kOutput) {
    go_to_cell(context, target.at);
  } else if (target.tensor == TensorRole::kInput) {
    context.emit(action::PlaceWindow{target.at});
  }
}

void move(const PanelContext& context, Drag& drag, Point point) {
  const float dx = point.x - drag.start.x;
  const float dy = point.y - drag.start.y;
  if (!drag.moved && std::hypot(dx, dy) < context.px(4)) {
    return;
  }
  drag.moved = true;
  if (drag.kind == Drag::Kind::kPan) {
    const Camera camera = panned(drag.camera, dx, dy, camera_area(context.stage));
    if (camera != context.session.camera) {
      context.emit(action::SetCamera{camera});
    }
  } else if (drag.kind == Drag::Kind::kValue) {
    const float value = dragged_value(drag.start_value, -dy / context.px(6));
    if (value != cell_value(context.session, context.derived, *drag.target)) {
      context.emit(action::SetValue{*drag.target, value, false});
    }
  } else {
    const std::optional<Target> under = hit(context.stage, point);
    if (under && under->tensor == drag.target->tensor && under != drag.target) {
      drag.target = under;
      point_at(context, *under);
    }
  }
}

void release(const PanelContext& context, const Drag& drag) {
  if (drag.moved) {
    if (drag.kind == Drag::Kind::kValue) {
      context.emit(action::Commit{});
    }
  } else if (drag.kind == Drag::Kind::kValue) {
    open_editor(context, *drag.target, drag.start_value);
  } else if (drag.target) {
    point_at(context, *drag.target);
  }
}

void follow_pointer(const PanelContext& context, Point point, bool over) {
  UiState& ui = context.ui;
  const bool middle = ImGui::IsMouseClicked(ImGuiMouseButton_Middle);
  if (over && (middle || ImGui::IsMouseClicked(ImGuiMouseButton_Left))) {
    press(context, point, middle);
  }
  if (ui.drag) {
    if (ImGui::IsItemActive()) {
      move(context, *ui.drag, point);
    } else {
      release(context, *ui.drag);
      ui.drag.reset();
    }
    return;
  }
  const std::optional<Target> target = over ? hit(context.stage, point) : std::nullopt;
  // A hover that no pointer made (a replay's) stays until one comes.
  if (target != context.session.hover && (over || ui.pointed)) {
    context.emit(action::Hover{target});
    ui.pointed = over;
  }
}

void show_cursor(const PanelContext& context) {
  const auto& target = context.session.hover;
  if (context.ui.drag && context.ui.drag->kind == Drag::Kind::kPan && context.ui.drag->moved) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
  } else if (target && kind_of(context, target) == Drag::Kind::kValue) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNS);
  } else if (target && kind_of(context, target) == Drag::Kind::kWindow) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  }
}

void zoom_by_wheel(const PanelContext& context, Point point) {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.KeyCtrl && io.MouseWheel != 0) {
    const double factor = std::pow(kZoomStep, io.MouseWheel);
    context.emit(action::SetCamera{
        zoomed(context.session.camera, factor, point, camera_area(context.stage))});
  }
}

}  // namespace

void stage_panel(const PanelContext& context, const Rect& area) {
  begin_area("stage", area, false);
  draw_stage(context, area);
  ImGui::InvisibleButton("canvas", {std::max(1.0f, area.w), std::max(1.0f, area.h)},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const Point point = {mouse.x - area.x, mouse.y - area.y};
  const bool over = ImGui::IsItemHovered() && ImGui::IsMousePosValid();
  follow_pointer(context, point, over);
  if (over) {
    show_cursor(context);
    zoom_by_wheel(context, point);
  }
  end_area();
}

}  // namespace convscope
