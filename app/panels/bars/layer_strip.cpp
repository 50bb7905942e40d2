#include "app/panels/bars/layer_strip.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/panels/inspector/inspector_tabs.h"
#include "app/panels/inspector/layer_tab.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/dropdown.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/conv/operators/operator.h"
#include "core/lesson/formula.h"
#include "core/lesson/layer_code.h"
#include "core/session/edit/build_layers.h"

namespace convscope::panels {
namespace {

constexpr float kArrowGap = 4;
constexpr float kRemove = 22;

// "conv · Conv2d 3×3".
std::string pill_text(const lesson::Layer& layer) {
  const conv::Operator& op = conv::operator_of(layer.spec.op);
  std::string text = lesson::torch_class(layer);
  if (op.reads(conv::Setting::kKernelSize)) {
    const conv::Size2 kernel = layer.spec.kernel_size;
    text += " " + (layer.one_dimensional ? "" : std::to_string(kernel.h) + "×") +
            std::to_string(kernel.w);
  }
  return layer.name.empty() ? text : layer.name + " · " + text;
}

// The layers that can be put at a place of the chain, in an open dropdown; how many there are.
int operator_items(const PanelContext& context, std::int64_t at) {
  const session::Session& session = context.session;
  const widgets::FontScope font(context.fonts.body);
  ImGui::PushStyleColor(ImGuiCol_Text, widgets::color(context.palette.text));
  int index = 0;
  for (const conv::Operator* row : conv::all_operators()) {
    if (session::takes_operator(session, row->op) &&
        widgets::dropdown_item(context, index++, class_of(session, row->op), false)) {
      context.emit(session::action::AddLayer{row->op, at});
      context.ui.building.tab = InspectorTab::kLayer;
    }
  }
  ImGui::PopStyleColor();
  return index;
}

// The shape on the arrow; a press offers a layer to put there.
void arrow(const PanelContext& context, std::int64_t at, const std::string& words,
           const std::string& tip) {
  const std::string id = "##add" + std::to_string(at);
  const widgets::FontScope font(context.fonts.small);
  ImGui::PushStyleColor(ImGuiCol_FrameBg, widgets::color(picture::kTransparent));
  ImGui::PushStyleColor(ImGuiCol_Text, widgets::color(context.palette.text_dim));
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0);
  ImGui::SetNextItemWidth(widgets::choice_width(words));
  const bool open =
      widgets::begin_dropdown(context, id.c_str(), words.c_str(),
                              ImGuiComboFlags_NoArrowButton | ImGuiComboFlags_HeightLarge);
  if (open) {
    const int count = operator_items(context, at);
    widgets::end_dropdown(context, count);
  } else {
    widgets::tooltip(context, tip);
  }
  ImGui::PopStyleVar();
  ImGui::PopStyleColor(2);
}

// Where a pill that is dragged would stand, by the middles of the others.
std::int64_t place_for(float x, std::int64_t dragged, const std::vector<float>& middles) {
  std::int64_t place = 0;
  for (std::int64_t i = 0; i < std::ssize(middles); ++i) {
    place += i != dragged && middles[static_cast<std::size_t>(i)] < x ? 1 : 0;
  }
  return place;
}

void follow_drag(const PanelContext& context, const std::vector<float>& middles, float top,
                 float bottom) {
  std::optional<std::int64_t>& dragged = context.ui.building.dragged;
  if (!dragged) {
    return;
  }
  const float x = ImGui::GetIO().MousePos.x;
  const std::int64_t to = place_for(x, *dragged, middles);
  if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
    if (to != *dragged && *dragged < std::ssize(middles)) {
      context.emit(session::action::MoveLayer{*dragged, to});
    }
    dragged.reset();
    return;
  }
  ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  ImGui::GetWindowDrawList()->AddLine({x, top}, {x, bottom}, widgets::color(context.palette.accent),
                                      context.px(2));
}

// True when it was pressed and not dragged.
bool pill(const PanelContext& context, const std::string& id, const std::string& words, bool chosen,
          const std::string& tip, const picture::Hue& hue) {
  const float width = widgets::choice_width(words) + context.em(8);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const ImVec2 size = {width, ImGui::GetFrameHeight()};
  bool pressed = ImGui::InvisibleButton(id.c_str(), size);
  const bool hovered = ImGui::IsItemHovered();
  pressed = widgets::focus_stop(context) || pressed;
  widgets::tooltip(context, tip);
  const picture::Palette& palette = context.palette;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 opposite = {corner.x + size.x, corner.y + size.y};
  const float round = size.y / 2;
  const picture::Rgba fill = chosen    ? picture::faded(palette.accent, 0.22f)
                             : hovered ? picture::faded(palette.accent, 0.12f)
                                       : palette.raised;
  list.AddRectFilled(corner, opposite, widgets::color(fill), round);
  list.AddRect(corner, opposite, widgets::color(chosen ? palette.accent : hue.line), round, 0,
               std::max(1.0f, std::round(context.px(1) * palette.line_scale)));
  const ImVec2 extent = ImGui::CalcTextSize(words.c_str());
  list.AddText({std::round(corner.x + (size.x - extent.x) / 2),
                std::round(corner.y + (size.y - extent.y) / 2)},
               widgets::color(palette.text), words.c_str());
  return pressed;
}

void input_pill(const PanelContext& context) {
  const Building& building = context.ui.building;
  const bool chosen = context.inspector_shown && building.tab == InspectorTab::kInput;
  if (pill(context, "input", session::scene_of(context.session).input_name, chosen,
           context.locale.text("tip.strip_input"), context.palette.input)) {
    show_tab(context, InspectorTab::kInput);
  }
}

void layer_pill(const PanelContext& context, std::int64_t layer, std::vector<float>& middles) {
  const session::Session& session = context.session;
  const lesson::Layer& shown = session::scene_of(session).layers[static_cast<std::size_t>(layer)];
  const std::string number = std::to_string(layer);
  const bool on_stage = layer == session.look.layer;
  const bool pressed = pill(context, "layer" + number, pill_text(shown), on_stage,
                            context.locale.text("tip.layer"), context.palette.output);
  const ImVec2 left = ImGui::GetItemRectMin();
  const ImVec2 right = ImGui::GetItemRectMax();
  middles.push_back((left.x + right.x) / 2);
  std::optional<std::int64_t>& dragged = context.ui.building.dragged;
  if (ImGui::IsItemActive() && !dragged &&
      std::abs(ImGui::GetMouseDragDelta(ImGuiMouseButton_Left, 0).x) > context.px(8)) {
    dragged = layer;
  }
  if (pressed && !dragged) {
    if (!on_stage) {
      context.emit(session::action::SetLayer{layer});
    }
    show_tab(context, InspectorTab::kLayer);
  }
  if (on_stage && session::scene_of(session).layers.size() > 1) {
    ImGui::SameLine(0, context.em(1));
    if (widgets::icon_press(context, "remove layer", widgets::Icon::kClose,
                            context.locale.text("tip.remove_layer"), {.size = kRemove})) {
      context.emit(session::action::RemoveLayer{layer});
    }
  }
}

}  // namespace

std::string extent_text(const session::Session& session, std::int64_t at) {
  const Shape shape = lesson::layer_input_shape(session::scene_of(session), at);
  const bool asked = at > 0 && session::keeps_size(session);
  const auto side = [&](std::int64_t size) { return asked ? "?" : std::to_string(size); };
  const bool flat = session::layer_of(session).one_dimensional;
  return std::to_string(shape.c) + "×" + (flat ? "" : side(shape.h) + "×") + side(shape.w);
}

void layer_strip(const PanelContext& context, const picture::Rect& area) {
  const lesson::Scene& scene = session::scene_of(context.session);
  const std::string add = context.locale.text("tip.add_layer");
  widgets::begin_area("strip", area, false);
  ImGui::PushStyleVar(ImGuiStyleVar_ScrollbarSize, context.px(4));
  ImGui::BeginChild("chain", {area.w, area.h}, false, ImGuiWindowFlags_HorizontalScrollbar);
  ImGui::SetCursorPos({context.em(12), std::round((area.h - ImGui::GetFrameHeight()) / 2)});
  const float top = ImGui::GetCursorScreenPos().y;
  const float bottom = top + ImGui::GetFrameHeight();
  ImGui::BeginGroup();
  std::vector<float> middles;
  input_pill(context);
  for (std::int64_t i = 0; i < std::ssize(scene.layers); ++i) {
    ImGui::SameLine(0, context.em(kArrowGap));
    arrow(context, i, extent_text(context.session, i) + " →", add);
    ImGui::SameLine(0, context.em(kArrowGap));
    layer_pill(context, i, middles);
  }
  const auto last = std::ssize(scene.layers);
  ImGui::SameLine(0, context.em(kArrowGap));
  arrow(context, last, extent_text(context.session, last) + " → +", add);
  ImGui::EndGroup();
  follow_drag(context, middles, top, bottom);
  ImGui::EndChild();
  ImGui::PopStyleVar();
  widgets::edge_line(context, {area.x, area.bottom() - 0.5f}, {area.right(), area.bottom() - 0.5f});
  widgets::focus_ring(context, area, KeyFocus::kStrip);
  widgets::end_area();
}

}  // namespace convscope::panels
