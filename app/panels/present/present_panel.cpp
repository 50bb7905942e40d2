// What lies over the stage while somebody presents.
#include <algorithm>
#include <cmath>

#include "app/panels/present/present.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

using Tool = Presenter::Tool;

constexpr double kPointerRests = 3;  // seconds until an idle pointer is hidden
constexpr float kPenWidth = 4;
constexpr float kLeastMove = 0.002f;  // of the stage's height: nearer points add nothing
constexpr ImU32 kShade = IM_COL32(0, 0, 0, 190);
constexpr ImU32 kBlack = IM_COL32(0, 0, 0, 255);

picture::Point from_window(const picture::Rect& stage, const ImVec2& at) {
  const picture::Point middle = stage.center();
  return {(at.x - middle.x) / stage.h, (at.y - middle.y) / stage.h};
}

ImVec2 to_window(const picture::Rect& stage, const picture::Point& at) {
  const picture::Point middle = stage.center();
  return {middle.x + at.x * stage.h, middle.y + at.y * stage.h};
}

void draw_strokes(const PanelContext& context, const picture::Rect& stage, ImDrawList& list) {
  const float width = context.px(kPenWidth) * context.palette.line_scale;
  const ImU32 color = widgets::color(context.palette.pen);
  std::vector<ImVec2> points;
  for (const Stroke& stroke : context.ui.presenter->strokes) {
    points.clear();
    for (const picture::Point& point : stroke) {
      points.push_back(to_window(stage, point));
    }
    list.AddCircleFilled(points.front(), width / 2, color);
    list.AddCircleFilled(points.back(), width / 2, color);
    list.AddPolyline(points.data(), static_cast<int>(points.size()), color, ImDrawFlags_None,
                     width);
  }
}

// Everything but a disc around the pointer: a ring so wide that it covers the window.
void draw_spotlight(const PanelContext& context, const picture::Rect& window, ImDrawList& list) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const float radius = context.ui.presenter->spotlight * window.h;
  const float reach = 2 * std::hypot(window.w, window.h);
  if (ImGui::IsMousePosValid()) {
    list.AddCircle(mouse, radius + reach / 2, kShade, 128, reach);
  }
}

void grow_stroke(Presenter& presenter, const picture::Rect& stage) {
  const picture::Point at = from_window(stage, ImGui::GetIO().MousePos);
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
    presenter.strokes.push_back({at});
    presenter.drawing = true;
  }
  if (!presenter.drawing || presenter.strokes.empty()) {
    return;
  }
  Stroke& stroke = presenter.strokes.back();
  if (std::hypot(at.x - stroke.back().x, at.y - stroke.back().y) >= kLeastMove) {
    stroke.push_back(at);
  }
  presenter.drawing = ImGui::IsMouseDown(ImGuiMouseButton_Left);
}

void size_spotlight(Presenter& presenter) {
  constexpr float kLeast = 0.04f;
  constexpr float kMost = 0.6f;
  const ImGuiIO& io = ImGui::GetIO();
  if (!io.KeyCtrl && io.MouseWheel != 0) {
    presenter.spotlight =
        std::clamp(presenter.spotlight * std::pow(1.1f, io.MouseWheel), kLeast, kMost);
  }
}

}  // namespace

bool use_tool(const PanelContext& context, const picture::Rect& stage, bool over) {
  if (!context.ui.presenter) {
    return false;
  }
  Presenter& presenter = *context.ui.presenter;
  if (presenter.blank) {
    return true;
  }
  if (presenter.tool == Tool::kSpotlight) {
    size_spotlight(presenter);
    return false;
  }
  if (presenter.tool == Tool::kPen && (over || presenter.drawing)) {
    grow_stroke(presenter, stage);
    return true;
  }
  return false;
}

bool hides_pointer(const UiState& ui) {
  return ui.presenter && (ui.presenter->blank || ui.presenter->tool != Tool::kNone ||
                          ui.presenter->pointer_rested >= kPointerRests);
}

void pass_time(UiState& ui, double seconds) {
  if (ui.presenter) {
    ui.presenter->seconds += seconds;
    ui.presenter->pointer_rested += seconds;
  }
}

std::optional<double> presenter_due_in(const UiState& ui) {
  if (!ui.presenter) {
    return std::nullopt;
  }
  const double rested = ui.presenter->pointer_rested;
  const std::optional<double> hidden =
      rested < kPointerRests ? std::optional(kPointerRests - rested) : std::nullopt;
  constexpr double kSecond = 1;
  return ui.presenter->notes ? std::optional(std::min(kSecond, hidden.value_or(kSecond))) : hidden;
}

void present_panel(const PanelContext& context, const Layout& layout) {
  if (!context.ui.presenter) {
    return;
  }
  Presenter& presenter = *context.ui.presenter;
  const ImGuiIO& io = ImGui::GetIO();
  const bool moved = io.MouseDelta.x != 0 || io.MouseDelta.y != 0;
  presenter.pointer_rested = moved ? 0 : presenter.pointer_rested;
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  if (presenter.blank) {
    list.AddRectFilled({0, 0}, {layout.window.w, layout.window.h}, kBlack);
  } else {
    draw_strokes(context, layout.stage, list);
    if (presenter.tool == Tool::kSpotlight) {
      draw_spotlight(context, layout.window, list);
    }
  }
  if (hides_pointer(context.ui) && presenter.tool != Tool::kPen) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_None);
  }
}

}  // namespace convscope::panels
