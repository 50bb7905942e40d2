// The keys, made from the shortcut table.
#include <algorithm>

#include "app/panels/imgui_shim.h"
#include "app/panels/widgets.h"

namespace convscope {
namespace {

void key_rows(const PanelContext& context, std::span<const Shortcut> rows) {
  if (!ImGui::BeginTable("keys", 2, ImGuiTableFlags_SizingFixedFit)) {
    return;
  }
  for (const Shortcut& shortcut : rows) {
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    {
      const FontScope font(context.fonts.mono);
      ImGui::PushStyleColor(ImGuiCol_Text, color(context.palette.accent));
      ImGui::TextUnformatted(keys_text(shortcut, context.locale).c_str());
      ImGui::PopStyleColor();
    }
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(context.locale.text("shortcut." + std::string(shortcut.label)).c_str());
  }
  ImGui::EndTable();
}

void mouse_rows(const PanelContext& context) {
  heading(context, context.locale.text("panel.help_mouse"));
  for (const char* key :
       {"panel.help_click_output", "panel.help_click_value", "panel.help_drag_value",
        "panel.help_click_pixels", "panel.help_wheel", "panel.help_pan", "panel.help_drop"}) {
    ImGui::TextUnformatted(context.locale.text(key).c_str());
  }
}

}  // namespace

void help_panel(const PanelContext& context, const Rect& window) {
  if (!begin_modal(context, "help", window, context.ui.help_open)) {
    return;
  }
  {
    const FontScope font(context.fonts.title);
    ImGui::TextUnformatted(context.locale.text("panel.help").c_str());
  }
  const auto table = shortcuts();
  const std::size_t half = (table.size() + 1) / 2;
  ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {context.em(8), context.em(2)});
  ImGui::BeginGroup();
  ImGui::PushID("left");
  key_rows(context, table.first(half));
  ImGui::PopID();
  ImGui::EndGroup();
  ImGui::SameLine(0, context.em(24));
  ImGui::BeginGroup();
  ImGui::PushID("right");
  key_rows(context, table.subspan(half));
  ImGui::PopID();
  ImGui::EndGroup();
  ImGui::PopStyleVar();
  mouse_rows(context);
  const bool beside = ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !ImGui::IsWindowHovered() &&
                      !ImGui::IsWindowAppearing();
  if (beside) {
    context.ui.help_open = false;
  }
  end_modal();
}

}  // namespace convscope
