#include "app/panels/widgets/number_field.h"

#include <algorithm>
#include <cmath>

#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels::widgets {
namespace {

constexpr float kFieldWidth = 148;
constexpr float kFieldGap = 6;
constexpr float kButtonGap = 4;

struct Scalar {
  ImGuiDataType type;
  void* value;
  float step;
  const char* format;
};

NumberEdit field(const PanelContext& context, const char* id, const std::string& tip,
                 const Scalar& scalar, const FieldLook& look) {
  const FaultFrame frame(context, look.fault);
  ImGui::SetNextItemWidth(look.width);
  give_field_focus(context, id);
  NumberEdit edit;
  edit.changed = ImGui::DragScalar(id, scalar.type, scalar.value, scalar.step, nullptr, nullptr,
                                   look.format != nullptr ? look.format : scalar.format);
  edit.typing = ImGui::IsItemActive() && ImGui::GetIO().WantTextInput;
  edit.released = ImGui::IsItemDeactivatedAfterEdit();
  mark_field_focus(context, id);
  if (ImGui::IsItemHovered()) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  }
  tooltip(context, tip + (tip.empty() ? "" : " ") + context.locale.text("panel.number_field"));
  return edit;
}

}  // namespace

NumberEdit& NumberEdit::operator|=(const NumberEdit& other) {
  changed = changed || other.changed;
  typing = typing || other.typing;
  released = released || other.released;
  return *this;
}

NumberEdit integer_field(const PanelContext& context, const char* id, const std::string& tip,
                         std::int64_t& value, const FieldLook& look, float step) {
  return field(context, id, tip, {ImGuiDataType_S64, &value, step, "%lld"}, look);
}

NumberEdit real_field(const PanelContext& context, const char* id, const std::string& tip,
                      double& value, float step, const FieldLook& look) {
  return field(context, id, tip, {ImGuiDataType_Double, &value, step, "%.4g"}, look);
}

FaultFrame::FaultFrame(const PanelContext& context, bool fault) {
  const float line = ImGui::GetStyle().FrameBorderSize;
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize,
                      fault ? std::max(1.0f, context.px(1.5f)) : line);
  ImGui::PushStyleColor(ImGuiCol_Border,
                        color(fault ? context.palette.warning : context.palette.border));
}

FaultFrame::~FaultFrame() {
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
}

float field_width(const PanelContext& context) { return context.em(kFieldWidth); }
float field_gap(const PanelContext& context) { return context.em(kFieldGap); }
float half_field_width(const PanelContext& context) {
  return std::floor((field_width(context) - field_gap(context)) / 2);
}

void begin_field_row(const PanelContext& context, const std::string& name) {
  ImGui::AlignTextToFramePadding();
  {
    const FontScope font(context.fonts.mono);
    ImGui::TextUnformatted(name.c_str());
  }
  ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - field_width(context));
}

void ButtonFlow::place(float width) {
  const float right = ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x;
  if (end_ >= 0 && end_ + context_.em(kButtonGap) + width <= right) {
    ImGui::SameLine(0, context_.em(kButtonGap));
  }
}

void ButtonFlow::placed() { end_ = ImGui::GetItemRectMax().x; }

bool ButtonFlow::button(const std::string& words, const std::string& tip, bool enabled) {
  place(choice_width(words));
  ImGui::BeginDisabled(!enabled);
  const bool pressed = plain_button(context_, words, tip);
  ImGui::EndDisabled();
  placed();
  return pressed && enabled;
}

}  // namespace convscope::panels::widgets
