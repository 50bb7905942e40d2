// The stage: shows its picture and turns pointing, clicking, dragging and scrolling into actions.
#include <algorithm>
#include <cmath>

#include "app/panels/imgui_shim.h"
#include "app/panels/stage_camera.h"
#include "app/panels/stage_cells.h"
#include "app/panels/value_text.h"
#include "app/panels/widgets.h"
#include "core/conv/as_convolution.h"
#include "core/conv/step.h"
#include "core/picture/stage_header.h"

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

// A dot before the title while there are edits to lose. Not in the picture, which can be exported.
void mark_unsaved(const PanelContext& context, const Rect& area) {
  const std::string& title = stage_title(context.session);
  for (const Record& record : context.stage.records) {
    const auto* text = std::get_if<Text>(&record);
    if (text == nullptr || text->font != Font::kSansBold || text->text != title) {
      continue;
    }
    const float radius = 0.15f * text->size;
    ImGui::GetWindowDrawList()->AddCircleFilled(
        {area.x + text->at.x - 3 * radius, area.y + text->at.y - 0.35f * text->size}, radius,
        color(context.palette.accent));
    return;
  }
}

// The one of two views that a point of the stage lies in.
View view_at(const PanelContext& context, Point point) {
  const Session& session = context.session;
  const bool right = session.second_view && point.x >= std::floor(context.stage.width / 2);
  return right ? *session.second_view : session.view;
}

// The same place in the first view, whose camera serves both.
Point camera_point(const PanelContext& context, Point point) {
  const float half = std::floor(context.stage.width / 2);
  return context.session.second_view && point.x >= half ? Point{point.x - half, point.y} : point;
}

// A stack of layers shows cells of all of them.
std::int64_t layer_named(const PanelContext& context, const Target& target) {
  return target.layer < 0 ? context.session.layer : target.layer;
}

void show_layer(const PanelContext& context, std::int64_t layer) {
  if (layer != context.session.layer) {
    context.emit(action::SetLayer{layer});
  }
}

void go_to_cell(const PanelContext& context, const Target& target) {
  const std::int64_t layer = layer_named(context, target);
  const Shape out = layer_output_shape(scene_of(context.session), layer);
  if (contains(out, target.at)) {
    show_layer(context, layer);
    context.emit(action::GoTo{position_of(out, target.at)});
  }
}

// The clock finds the window by the cell of the tensor that it slides over.
void place_window(const PanelContext& context, const Target& target) {
  const Session& session = context.session;
  const std::int64_t layer = layer_named(context, target);
  const LayerSpec& spec = scene_of(session).layers[static_cast<std::size_t>(layer)].spec;
  const bool own = target.tensor == TensorRole::kInput && !is_stamping(session);
  show_layer(context, layer);
  context.emit(action::PlaceWindow{own ? stage_input_at(spec, target.at) : target.at});
}

void open_editor(const PanelContext& context, const Target& target, float value) {
  ValueEditor& editor = context.ui.editor.emplace();
  editor.target = target;
  editor.text = value_text(value);
  context.emit(action::Select{target});
}

bool is_input(const Target& target) {
  return target.tensor == TensorRole::kInput || target.tensor == TensorRole::kStretched;
}

// Whether a click on the cell moves the clock.
bool leads_somewhere(const PanelContext& context, const Target& target, View view) {
  return view != View::kDescent && (is_input(target) || (target.tensor == TensorRole::kOutput &&
                                                         !is_stamping(context.session)));
}

bool is_editable(const PanelContext& context, const Target& target) {
  // A count of the coverage view is no value to be typed.
  const bool counts = context.session.view == View::kCoverage;
  return !counts && cell_value(context.session, context.derived, target) &&
         is_legible(context, target);
}

Drag::Kind kind_of(const PanelContext& context, const std::optional<Target>& target, View view) {
  if (view == View::kVolume) {
    return Drag::Kind::kOrbit;
  }
  if (target && is_editable(context, *target)) {
    return Drag::Kind::kValue;
  }
  return target && leads_somewhere(context, *target, view) ? Drag::Kind::kWindow : Drag::Kind::kPan;
}

void press(const PanelContext& context, Point point, bool middle_button) {
  Drag drag;
  drag.start = point;
  drag.camera = context.session.camera;
  drag.orbit = context.session.orbit;
  if (!middle_button) {
    drag.target = hit(context.stage, point);
    drag.kind = kind_of(context, drag.target, view_at(context, point));
  }
  if (drag.target) {
    drag.start_value = cell_value(context.session, context.derived, *drag.target).value_or(0.0f);
  }
  context.ui.drag = drag;
}

// Places the window by an input cell, or goes to an output cell.
void point_at(const PanelContext& context, const Target& target, View view) {
  if (!leads_somewhere(context, target, view)) {
    return;
  }
  if (target.tensor == TensorRole::kOutput) {
    go_to_cell(context, target);
  } else {
    place_window(context, target);
  }
}

// The near side follows the pointer.
void turn(const PanelContext& context, const Drag& drag, float dx, float dy) {
  constexpr double kDegreesPerPixel = 0.4;
  const double right = kDegreesPerPixel * static_cast<double>(dx / context.scale);
  const double down = kDegreesPerPixel * static_cast<double>(dy / context.scale);
  const Orbit orbit{drag.orbit.yaw - right, drag.orbit.pitch + down};
  if (orbit != context.session.orbit) {
    context.emit(action::SetOrbit{orbit});
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
  } else if (drag.kind == Drag::Kind::kOrbit) {
    turn(context, drag, dx, dy);
  } else if (drag.kind == Drag::Kind::kValue) {
    const float value = dragged_value(drag.start_value, -dy / context.px(6));
    if (value != cell_value(context.session, context.derived, *drag.target)) {
      context.emit(action::SetValue{*drag.target, value, false});
    }
  } else {
    const std::optional<Target> under = hit(context.stage, point);
    if (under && under->tensor == drag.target->tensor && under != drag.target) {
      drag.target = under;
      point_at(context, *under, view_at(context, point));
    }
  }
}

void release(const PanelContext& context, const Drag& drag) {
  if (drag.moved) {
    if (drag.kind == Drag::Kind::kValue) {
      context.emit(action::Commit{});
    }
  } else if (drag.target && is_editable(context, *drag.target)) {
    open_editor(context, *drag.target, drag.start_value);
  } else if (drag.target) {
    point_at(context, *drag.target, view_at(context, drag.start));
  }
}

void follow_pointer(const PanelContext& context, Point point, bool over) {
  UiState& ui = context.ui;
  const bool middle = ImGui::IsMouseClicked(ImGuiMouseButton_Middle);
  if (over && (middle || ImGui::IsMouseClicked(ImGuiMouseButton_Left))) {
    press(context, point, middle);
  }
  if (ui.drag) {
    move(context, *ui.drag, point);  // a flick may move and let go within one frame
    if (!ImGui::IsItemActive()) {
      release(context, *ui.drag);
      ui.drag.reset();
    }
    return;
  }
  const std::optional<Target> target =
      over ? document_cell(context.session, hit(context.stage, point)) : std::nullopt;
  // A hover that no pointer made (a replay's) stays until one comes.
  if (target != context.session.hover && (over || ui.pointed)) {
    context.emit(action::Hover{target});
    ui.pointed = over;
  }
}

void show_cursor(const PanelContext& context, Point point) {
  const std::optional<StageDrag>& drag = context.ui.drag;
  const bool moving = drag && drag->moved;
  if (moving && (drag->kind == Drag::Kind::kPan || drag->kind == Drag::Kind::kOrbit)) {
    return ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
  }
  const std::optional<Target> target = hit(context.stage, point);
  const View view = view_at(context, point);
  const Drag::Kind kind = kind_of(context, target, view);
  if (kind == Drag::Kind::kValue) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNS);
  } else if (target && leads_somewhere(context, *target, view)) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  }
}

// In space nothing else is scrolled, so there the wheel needs no Ctrl.
void zoom_by_wheel(const PanelContext& context, Point point) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool zooms = io.KeyCtrl || view_at(context, point) == View::kVolume;
  if (zooms && io.MouseWheel != 0) {
    const double factor = std::pow(kZoomStep, io.MouseWheel);
    context.emit(action::SetCamera{zoomed(
        context.session.camera, factor, camera_point(context, point), camera_area(context.stage))});
  }
}

}  // namespace

void reset_button(const PanelContext& context, const Rect& area) {
  const std::optional<Rect>& place = context.stage.reset_area;
  if (!place) {
    return;
  }
  begin_area("reset", {area.x + place->x, area.y + place->y, place->w, place->h}, false);
  const ButtonLook look{.size = place->w / context.em(1)};
  if (icon_press(context, "reset_scene", Icon::kReset, context.locale.text("panel.reset_scene"),
                 look)) {
    context.emit(action::ResetScene{});
  }
  end_area();
}

void stage_panel(const PanelContext& context, const Rect& area) {
  begin_area("stage", area, false);
  draw_stage(context, area);
  if (context.unsaved) {
    mark_unsaved(context, area);
  }
  ImGui::InvisibleButton("canvas", {std::max(1.0f, area.w), std::max(1.0f, area.h)},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const Point point = {mouse.x - area.x, mouse.y - area.y};
  const bool over = ImGui::IsItemHovered() && ImGui::IsMousePosValid();
  follow_pointer(context, point, over);
  if (over) {
    show_cursor(context, point);
    zoom_by_wheel(context, point);
  }
  end_area();
}

}  // namespace convscope
