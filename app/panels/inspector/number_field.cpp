#include "app/panels/inspector/number_field.h"

#include <algorithm>

#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

constexpr float kButtonGap = 4;

struct Scalar {
  ImGuiDataType type;
  void* value;
  float step;
  const char* format;
};

NumberEdit field(const PanelContext& context, const char* id, const std::string& tip,
                 const Scalar& scalar, const FieldLook& look) {
  const picture::Palette& palette = context.palette;
  const float border = ImGui::GetStyle().FrameBorderSize;
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize,
                      look.fault ? std::max(1.0f, context.px(1.5f)) : border);
  ImGui::PushStyleColor(ImGuiCol_Border,
                        widgets::color(look.fault ? palette.warning : palette.border));
  ImGui::SetNextItemWidth(look.width);
  widgets::give_field_focus(context, id);
  NumberEdit edit;
  edit.changed = ImGui::DragScalar(id, scalar.type, scalar.value, scalar.step, nullptr, nullptr,
                                   scalar.format);
  edit.typing = ImGui::IsItemActive() && ImGui::GetIO().WantTextInput;
  edit.released = ImGui::IsItemDeactivatedAfterEdit();
  widgets::mark_field_focus(context, id);
  if (ImGui::IsItemHovered()) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  }
  widgets::tooltip(context, tip + " " + context.locale.text("panel.number_field"));
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
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
                         std::int64_t& value, const FieldLook& look) {
  return field(context, id, tip, {ImGuiDataType_S64, &value, 0.06f, "%lld"}, look);
}

NumberEdit real_field(const PanelContext& context, const char* id, const std::string& tip,
                      double& value, float step, const FieldLook& look) {
  return field(context, id, tip, {ImGuiDataType_Double, &value, step, "%.4g"}, look);
}

float field_width(const PanelContext& context) { return context.em(148); }

void begin_field_row(const PanelContext& context, const std::string& name) {
  ImGui::AlignTextToFramePadding();
  {
    const widgets::FontScope font(context.fonts.mono);
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
  place(widgets::choice_width(words));
  ImGui::BeginDisabled(!enabled);
  const bool pressed = widgets::plain_button(context_, words, tip);
  ImGui::EndDisabled();
  placed();
  return pressed && enabled;
}

}  // namespace convscope::panels
