// The stage: shows its picture and turns pointing, clicking, dragging and scrolling into actions.
#include <algorithm>
#include <cmath>

#include "app/panels/commands/shortcuts.h"
#include "app/panels/inspector/inspector_tabs.h"
#include "app/panels/practice/practice.h"
#include "app/panels/present/present.h"
#include "app/panels/stage/brush.h"
#include "app/panels/stage/cell_cursor.h"
#include "app/panels/stage/grip.h"
#include "app/panels/stage/loupe.h"
#include "app/panels/stage/stage_camera.h"
#include "app/panels/stage/stage_cells.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/value_text.h"
#include "app/panels/widgets/widgets.h"
#include "core/conv/analysis/as_convolution.h"
#include "core/conv/analysis/step.h"
#include "core/lesson/views.h"
#include "core/picture/display/grid_at.h"
#include "core/picture/display/target_rect.h"
#include "core/picture/kit/header.h"

namespace convscope::panels {
namespace {

using Drag = StageDrag;

void draw_stage(const PanelContext& context, const picture::Rect& area) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 corner = {area.x, area.y};
  const ImVec2 opposite = {area.right(), area.bottom()};
  list.AddRectFilled(corner, opposite, widgets::color(context.palette.background));
  if (context.stage_texture != 0) {
    list.AddImage(widgets::texture_id(context.stage_texture), corner, opposite, {0, 1}, {1, 0});
  }
}

// A dot before the title while there are edits to lose. Not in the picture, which can be exported.
void mark_unsaved(const PanelContext& context, const picture::Rect& area) {
  const std::string title = picture::kit::stage_title(context.session, context.locale);
  for (const picture::Record& record : context.stage.records) {
    const auto* text = std::get_if<picture::Text>(&record);
    if (text == nullptr || text->font != picture::Font::kSansBold || text->text != title) {
      continue;
    }
    const float radius = 0.15f * text->size;
    ImGui::GetWindowDrawList()->AddCircleFilled(
        {area.x + text->at.x - 3 * radius, area.y + text->at.y - 0.35f * text->size}, radius,
        widgets::color(context.palette.accent));
    return;
  }
}

// The one of two views that a point of the stage lies in.
lesson::View view_at(const PanelContext& context, picture::Point point) {
  const session::Session& session = context.session;
  const bool right = session.look.second_view && point.x >= std::floor(context.stage.width / 2);
  return right ? *session.look.second_view : session.look.view;
}

// The same place in the first view, whose camera serves both.
picture::Point camera_point(const PanelContext& context, picture::Point point) {
  const float half = std::floor(context.stage.width / 2);
  return context.session.look.second_view && point.x >= half
             ? picture::Point{point.x - half, point.y}
             : point;
}

// A stack of layers shows cells of all of them.
std::int64_t layer_named(const PanelContext& context, const session::Target& target) {
  return target.layer < 0 ? context.session.look.layer : target.layer;
}

void show_layer(const PanelContext& context, std::int64_t layer) {
  if (layer != context.session.look.layer) {
    context.emit(session::action::SetLayer{layer});
  }
}

void go_to_cell(const PanelContext& context, const session::Target& target) {
  const std::int64_t layer = layer_named(context, target);
  const Shape out = lesson::layer_output_shape(session::scene_of(context.session), layer);
  if (contains(out, target.at)) {
    show_layer(context, layer);
    context.emit(session::action::GoTo{conv::position_of(out, target.at)});
  }
}

// The clock finds the window by the cell of the tensor that it slides over.
void place_window(const PanelContext& context, const session::Target& target) {
  const session::Session& session = context.session;
  const std::int64_t layer = layer_named(context, target);
  const conv::LayerSpec& spec =
      session::scene_of(session).layers[static_cast<std::size_t>(layer)].spec;
  const bool own =
      target.tensor == session::TensorRole::kInput && !session::is_scatter_add(session);
  show_layer(context, layer);
  context.emit(
      session::action::PlaceWindow{own ? conv::equivalent_input_at(spec, target.at) : target.at});
}

void open_editor(const PanelContext& context, const session::Target& target, float value) {
  ValueEditor& editor = context.ui.editor.emplace();
  editor.target = target;
  editor.text = widgets::value_text(value);
  context.emit(session::action::Select{target});
}

bool is_input(const session::Target& target) {
  return target.tensor == session::TensorRole::kInput ||
         target.tensor == session::TensorRole::kZeroInserted;
}

// Whether a click on the cell moves the clock.
bool leads_somewhere(const PanelContext& context, const session::Target& target,
                     lesson::View view) {
  return !lesson::counts_steps(view) &&
         (is_input(target) || (target.tensor == session::TensorRole::kOutput &&
                               !session::is_scatter_add(context.session)));
}

bool is_on_grip(const PanelContext& context, const session::Target& target, picture::Point point) {
  const std::optional<picture::Rect> grip =
      grip_of(context, target, picture::cell_at(context.stage, point));
  return grip && grip->contains(point);
}

// What a drag from there would do.
Drag::Kind kind_of(const PanelContext& context, const std::optional<session::Target>& target,
                   picture::Point point) {
  const lesson::View view = view_at(context, point);
  if (view == lesson::View::kVolume) {
    return Drag::Kind::kOrbit;
  }
  if (context.ui.brush.in_hand()) {
    return paintable(context, point) ? Drag::Kind::kPaint : Drag::Kind::kPan;
  }
  if (target && is_on_grip(context, *target, point)) {
    return Drag::Kind::kValue;
  }
  const bool stays = !is_zoomed_in(context.session.look.camera);
  return stays && target && leads_somewhere(context, *target, view) ? Drag::Kind::kWindow
                                                                    : Drag::Kind::kPan;
}

void press(const PanelContext& context, picture::Point point, bool middle_button) {
  Drag drag;
  drag.start = point;
  drag.camera = context.session.look.camera;
  drag.orbit = context.session.look.orbit;
  if (!middle_button) {
    drag.target = picture::hit(context.stage, point);
    drag.kind = kind_of(context, drag.target, point);
  }
  if (drag.kind == Drag::Kind::kPaint) {
    drag.target.reset();  // a stroke remembers the document's own cells
    paint_to(context, drag, point);
  } else if (drag.target) {
    drag.start_value = cell_value(context.session, context.derived, *drag.target).value_or(0.0f);
  }
  context.ui.drag = drag;
}

// Places the window by an input cell, or goes to an output cell.
void point_at(const PanelContext& context, const session::Target& target, lesson::View view) {
  if (!leads_somewhere(context, target, view)) {
    return;
  }
  if (target.tensor == session::TensorRole::kOutput) {
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
  const session::Orbit orbit{drag.orbit.yaw - right, drag.orbit.pitch + down};
  if (orbit != context.session.look.orbit) {
    context.emit(session::action::SetOrbit{orbit});
  }
}

void move(const PanelContext& context, Drag& drag, picture::Point point) {
  if (drag.kind == Drag::Kind::kPaint) {
    return paint_to(context, drag, point);
  }
  const float dx = point.x - drag.start.x;
  const float dy = point.y - drag.start.y;
  if (!drag.moved && std::hypot(dx, dy) < context.px(4)) {
    return;
  }
  drag.moved = true;
  if (drag.kind == Drag::Kind::kPan) {
    const session::Camera camera = panned(drag.camera, dx, dy, camera_area(context.stage));
    if (camera != context.session.look.camera) {
      context.emit(session::action::SetCamera{camera});
    }
  } else if (drag.kind == Drag::Kind::kOrbit) {
    turn(context, drag, dx, dy);
  } else if (drag.kind == Drag::Kind::kValue) {
    const float value = dragged_value(drag.start_value, -dy / context.px(6));
    if (value != cell_value(context.session, context.derived, *drag.target)) {
      context.emit(session::action::SetValue{*drag.target, value, false});
    }
  } else {
    const std::optional<session::Target> under = picture::hit(context.stage, point);
    if (under && under->tensor == drag.target->tensor && under != drag.target) {
      drag.target = under;
      point_at(context, *under, view_at(context, point));
    }
  }
}

// What a click on the cell does in this view.
void use(const PanelContext& context, const session::Target& target, lesson::View view) {
  if (is_editable(context, target)) {
    open_editor(context, target,
                cell_value(context.session, context.derived, target).value_or(0.0f));
  } else {
    point_at(context, target, view);
  }
}

void release(const PanelContext& context, const Drag& drag) {
  if (drag.moved) {
    if (drag.kind == Drag::Kind::kValue || drag.kind == Drag::Kind::kPaint) {
      context.emit(session::action::Commit{});
    }
  } else if (drag.target) {
    use(context, *drag.target, view_at(context, drag.start));
  } else if (const std::optional<InspectorTab> tab = caption_at(context, drag.start)) {
    show_tab(context, *tab);
  }
}

// Keeps the cell lit; asked for once more, or beside all cells, lets go of it.
void pin(const PanelContext& context, const std::optional<session::Target>& target) {
  const std::optional<session::Target>& pinned = context.session.transient.pin;
  if (target != pinned) {
    context.emit(session::action::Pin{target});
  } else if (pinned) {
    context.emit(session::action::Pin{});
  }
}

void draw_pin(const PanelContext& context, const picture::Rect& area) {
  const std::optional<session::Target>& pinned = context.session.transient.pin;
  const auto cell = pinned ? picture::target_rect(context.stage, *pinned) : std::nullopt;
  if (!cell) {
    return;
  }
  const float radius = std::clamp(0.1f * cell->w, context.px(3), context.px(6));
  const ImVec2 at = {area.x + cell->right() - 1.2f * radius, area.y + cell->y + 1.2f * radius};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddCircleFilled(at, radius + context.px(1.5f), widgets::color(context.palette.background));
  list.AddCircleFilled(at, radius, widgets::color(context.palette.accent));
}

void follow_pointer(const PanelContext& context, picture::Point point, bool over) {
  UiState& ui = context.ui;
  const bool middle = ImGui::IsMouseClicked(ImGuiMouseButton_Middle);
  if (over && (middle || ImGui::IsMouseClicked(ImGuiMouseButton_Left))) {
    press(context, point, middle);
  }
  if (over && ImGui::IsMouseClicked(ImGuiMouseButton_Right)) {
    pin(context, document_cell(context.session, picture::hit(context.stage, point)));
  }
  if (ui.drag) {
    move(context, *ui.drag, point);  // a flick may move and let go within one frame
    if (!ImGui::IsItemActive()) {
      release(context, *ui.drag);
      ui.drag.reset();
    }
    return;
  }
  const ImVec2 moved = ImGui::GetIO().MouseDelta;
  if (ui.cursor && moved.x == 0 && moved.y == 0) {
    return;  // the keyboard points
  }
  const bool points = over && !hides_pointer(context.ui);
  const std::optional<session::Target> target =
      points ? document_cell(context.session, picture::hit(context.stage, point)) : std::nullopt;
  // A hover that no pointer made (a replay's) stays until one comes.
  if (target != context.session.transient.hover && (over || ui.pointed)) {
    context.emit(session::action::Hover{target});
    ui.pointed = over;
  }
}

// The shape of the pointer, and what it would take hold of.
void show_cursor(const PanelContext& context, const picture::Rect& area, picture::Point point) {
  const std::optional<StageDrag>& drag = context.ui.drag;
  const bool moving = drag && drag->moved;
  if (moving && (drag->kind == Drag::Kind::kPan || drag->kind == Drag::Kind::kOrbit)) {
    return ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
  }
  const bool scrubs = drag && drag->kind == Drag::Kind::kValue;
  const std::optional<session::Target> target =
      scrubs ? drag->target : picture::hit(context.stage, point);
  const Drag::Kind kind = scrubs ? drag->kind : kind_of(context, target, point);
  if (kind == Drag::Kind::kPaint) {
    return draw_brush(context, area, point);
  }
  if (kind == Drag::Kind::kValue) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNS);
  } else if (target ? leads_somewhere(context, *target, view_at(context, point))
                    : caption_at(context, point).has_value()) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  }
  const bool shows_grip = target && !context.ui.brush.in_hand() && (!drag || scrubs);
  const std::optional<picture::Rect> cell =
      picture::cell_at(context.stage, scrubs ? drag->start : point);
  if (const auto grip = shows_grip ? grip_of(context, *target, cell) : std::nullopt) {
    draw_grip(context, area, *grip, kind == Drag::Kind::kValue);
  }
}

// In space nothing else is scrolled, so there the wheel needs no Ctrl.
void zoom_by_wheel(const PanelContext& context, picture::Point point) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool zooms = io.KeyCtrl || view_at(context, point) == lesson::View::kVolume;
  if (zooms && io.MouseWheel != 0) {
    const double factor = std::pow(kZoomStep, io.MouseWheel);
    context.emit(session::action::SetCamera{
        zoomed(context.session.look.camera, factor, camera_point(context, point),
               camera_area(context.stage), most_zoom(context.stage, context.session.look.camera))});
  }
}

// Of two scenes side by side only the first is the document's.
bool is_on_second(const PanelContext& context, picture::Point point) {
  const std::optional<float>& first = context.stage.first_width;
  return context.session.transient.flipped || (first && point.x >= *first);
}

}  // namespace

void use_cell(const PanelContext& context, const session::Target& target) {
  use(context, target, context.session.look.view);
}

void reset_button(const PanelContext& context, const picture::Rect& area) {
  const std::optional<picture::Rect>& place = context.stage.reset_area;
  if (!place) {
    return;
  }
  widgets::begin_area("reset", {area.x + place->x, area.y + place->y, place->w, place->h}, false,
                      /*above=*/true);
  const widgets::ButtonLook look{.size = place->w / context.em(1)};
  widgets::icon_button(context, widgets::Icon::kReset, Command::kResetScene, look);
  widgets::end_area();
}

void stage_panel(const PanelContext& context, const picture::Rect& area) {
  widgets::begin_area("stage", area, false);
  draw_stage(context, area);
  if (context.unsaved) {
    mark_unsaved(context, area);
  }
  ImGui::InvisibleButton("canvas", {std::max(1.0f, area.w), std::max(1.0f, area.h)},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle |
                             ImGuiButtonFlags_MouseButtonRight);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const picture::Point point = {mouse.x - area.x, mouse.y - area.y};
  // A second scene is only looked at: its cells are not those of the document.
  const bool on_second = is_on_second(context, point);
  const bool over = ImGui::IsItemHovered() && ImGui::IsMousePosValid() && !on_second;
  if (use_tool(context, area, over)) {
    context.ui.drag.reset();
    if (context.ui.pointed && context.session.transient.hover) {
      context.emit(session::action::Hover{});
    }
    widgets::end_area();
    return;
  }
  if (session::is_asking(context.session)) {
    context.ui.drag.reset();
    if (over && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
      answer_with_cell(context, point);
    }
    if (over) {
      zoom_by_wheel(context, point);
    }
    widgets::end_area();
    return;
  }
  follow_pointer(context, point, over);
  context.ui.pointer = over ? std::optional(camera_point(context, point)) : std::nullopt;
  draw_pin(context, area);
  draw_cursor(context, area);
  if (over && !hides_pointer(context.ui)) {
    show_cursor(context, area, point);
    if (context.ui.loupe) {
      draw_loupe(context, area, point);
    }
  }
  if (over) {
    zoom_by_wheel(context, point);
  }
  widgets::end_area();
}

}  // namespace convscope::panels
