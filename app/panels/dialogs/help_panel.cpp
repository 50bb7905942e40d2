// The help: its groups in columns, and where more is written; typed words filter it.
#include <algorithm>
#include <string>
#include <vector>

#include "app/panels/dialogs/help_groups.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

constexpr float kColumn = 300;

// The keys in front, the words wrapped behind them.
void draw_group(const PanelContext& context, const HelpGroup& group, float width) {
  widgets::heading(context, group.title);
  float keys = 0;
  {
    const widgets::FontScope font(context.fonts.mono);
    for (const KeyRow& row : group.rows) {
      keys = std::max(keys, ImGui::CalcTextSize(row.keys.c_str()).x);
    }
  }
  const float left = ImGui::GetCursorPosX();
  const float gap = keys > 0 ? context.em(12) : 0;
  for (const KeyRow& row : group.rows) {
    if (!row.keys.empty()) {
      const widgets::FontScope font(context.fonts.mono);
      ImGui::PushStyleColor(ImGuiCol_Text, widgets::color(context.palette.accent));
      ImGui::TextUnformatted(row.keys.c_str());
      ImGui::PopStyleColor();
      ImGui::SameLine();
    }
    ImGui::SetCursorPosX(left + keys + gap);
    ImGui::PushTextWrapPos(left + width);
    ImGui::TextUnformatted(row.name.c_str());
    ImGui::PopTextWrapPos();
  }
}

// In columns, top to bottom; a group stays whole.
void draw_groups(const PanelContext& context, const std::vector<HelpGroup>& groups, float width) {
  const auto most = std::max<std::size_t>(1, static_cast<std::size_t>(width / context.em(kColumn)));
  const std::size_t columns = std::min({most, groups.size(), std::size_t{3}});
  std::size_t rows = 0;
  for (const HelpGroup& group : groups) {
    rows += group.rows.size() + 2;
  }
  const float gap = context.em(24);
  const auto count = static_cast<float>(columns);
  const float each = (width - gap * (count - 1)) / std::max(count, 1.0f);
  std::size_t next = 0;
  std::size_t placed = 0;
  for (std::size_t column = 0; column < columns; ++column) {
    if (column > 0) {
      ImGui::SameLine(0, gap);
    }
    ImGui::BeginGroup();
    const float left = ImGui::GetCursorPosX();
    const std::size_t until = rows * (column + 1) / columns;
    while (next < groups.size() && (column + 1 == columns || placed < until)) {
      const std::size_t size = groups[next].rows.size() + 2;
      if (column + 1 < columns && placed + size / 2 > until) {
        break;
      }
      draw_group(context, groups[next++], each);
      placed += size;
    }
    ImGui::SetCursorPosX(left);
    ImGui::Dummy({each, 0});
    ImGui::EndGroup();
  }
}

void search_field(const PanelContext& context, float width) {
  if (ImGui::IsWindowAppearing()) {
    widgets::focus_next_item();
  }
  ImGui::SetNextItemWidth(width);
  widgets::text_field("##words", context.ui.help_words);
  if (context.ui.help_words.empty()) {
    const ImVec2 corner = ImGui::GetItemRectMin();
    const ImVec2 padding = ImGui::GetStyle().FramePadding;
    ImGui::GetWindowDrawList()->AddText(
        {corner.x + padding.x + context.em(4), corner.y + padding.y},
        widgets::color(context.palette.text_dim), context.locale.text("panel.help_search").c_str());
  }
}

}  // namespace

void help_panel(const PanelContext& context, const picture::Rect& window) {
  const bool wanted = topmost_modal(context.ui, context.unsaved) == Modal::kHelp;
  if (!widgets::begin_modal(context, "help", window, wanted)) {
    return;
  }
  const float width = std::min(context.em(1000), window.w * 0.97f - context.em(48));
  search_field(context, width);
  const std::vector<HelpGroup> groups = help_groups(context, context.ui.help_words);
  const float height = std::min(context.em(520), window.h * 0.97f - context.em(110));
  ImGui::BeginChild("keys", {width, std::max(1.0f, height)});
  if (groups.empty()) {
    widgets::dim_text(context, context.locale.text("panel.palette_nothing"));
  }
  draw_groups(context, groups, width - ImGui::GetStyle().ScrollbarSize);
  widgets::fade_cut_edges(context);
  ImGui::EndChild();
  widgets::dim_text(context, context.locale.text("panel.help_more"));
  const bool beside = ImGui::IsMouseClicked(ImGuiMouseButton_Left) &&
                      !ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows) &&
                      !ImGui::IsWindowAppearing();
  if (beside) {
    context.ui.help_open = false;
  }
  widgets::end_modal();
}

}  // namespace convscope::panels
