// The help: all keys, from the table of commands.
#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

struct KeyRow {
  std::string keys;
  std::string label;
};

// Neighbouring commands with the same name share a row: "Shift+1 … Shift+8".
std::vector<KeyRow> key_rows(const lesson::Locale& locale) {
  std::vector<KeyRow> rows;
  const auto table = commands();
  for (auto first = table.begin(); first != table.end();) {
    const auto next = std::find_if(
        first, table.end(), [first](const CommandRow& other) { return other.name != first->name; });
    std::string keys = keys_text(*first, locale);
    if (next - first > 1) {
      keys += " … " + keys_text(*(next - 1), locale);
    }
    rows.push_back({std::move(keys), locale.text("shortcut." + std::string(first->name))});
    first = next;
  }
  return rows;
}

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
  const bool wanted = context.ui.help_open && !has_question(context.ui, context.unsaved);
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
