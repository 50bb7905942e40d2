// The help: all keys, from the table of commands.
#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "app/panels/commands/key_rows.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

void draw_rows(const PanelContext& context, const char* id, std::span<const KeyRow> rows) {
  if (!ImGui::BeginTable(id, 2, ImGuiTableFlags_SizingFixedFit)) {
    return;
  }
  for (const KeyRow& row : rows) {
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    {
      const widgets::FontScope font(context.fonts.mono);
      ImGui::PushStyleColor(ImGuiCol_Text, widgets::color(context.palette.accent));
      ImGui::TextUnformatted(row.keys.c_str());
      ImGui::PopStyleColor();
    }
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(row.label.c_str());
  }
  ImGui::EndTable();
}

// In columns, top to bottom.
void draw_keys(const PanelContext& context) {
  constexpr std::size_t kColumns = 3;
  static constexpr std::array kIds = {"left", "middle", "right"};
  const std::vector<KeyRow> rows = key_rows(context.locale);
  const std::size_t each = (rows.size() + kColumns - 1) / kColumns;
  ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {context.em(6), context.em(2)});
  for (std::size_t column = 0; column < kColumns; ++column) {
    const std::size_t first = std::min(column * each, rows.size());
    if (column > 0) {
      ImGui::SameLine(0, context.em(16));
    }
    ImGui::BeginGroup();
    draw_rows(context, kIds[column],
              std::span(rows).subspan(first, std::min(each, rows.size() - first)));
    ImGui::EndGroup();
  }
  ImGui::PopStyleVar();
}

void mouse_rows(const PanelContext& context) {
  widgets::heading(context, context.locale.text("panel.help_mouse"));
  for (const char* key : {"panel.help_click_output", "panel.help_click_value",
                          "panel.help_drag_value", "panel.help_click_pixels", "panel.help_wheel",
                          "panel.help_pan", "panel.help_orbit", "panel.help_drop"}) {
    ImGui::TextUnformatted(context.locale.text(key).c_str());
  }
}

}  // namespace

void help_panel(const PanelContext& context, const picture::Rect& window) {
  const bool wanted = topmost_modal(context.ui, context.unsaved) == Modal::kHelp;
  if (!widgets::begin_modal(context, "help", window, wanted)) {
    return;
  }
  {
    const widgets::FontScope font(context.fonts.title);
    ImGui::TextUnformatted(context.locale.text("panel.help").c_str());
  }
  draw_keys(context);
  mouse_rows(context);
  const bool beside = ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !ImGui::IsWindowHovered() &&
                      !ImGui::IsWindowAppearing();
  if (beside) {
    context.ui.help_open = false;
  }
  widgets::end_modal();
}

}  // namespace convscope::panels
