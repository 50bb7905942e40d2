// The help: all keys by topic, what the mouse does, and where more is written; typed words filter
// it.
#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "app/panels/commands/key_rows.h"
#include "app/panels/commands/palette_entries.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/conv/operators/operator.h"

namespace convscope::panels {
namespace {

constexpr float kColumn = 300;

struct HelpRow {
  std::string keys;  // or the name of a setting
  std::string label;
  std::string words;  // folded(), in all languages
};

struct Group {
  std::string title;
  std::vector<HelpRow> rows;
};

HelpRow row_of(const PanelContext& context, std::string keys, const std::string& key) {
  HelpRow row{std::move(keys), context.locale.text(key), {}};
  row.words = folded(row.keys + " " + row.label);
  for (const lesson::Locale& locale : context.languages) {
    row.words += " " + folded(locale.text(key));
  }
  return row;
}

Group command_group(const PanelContext& context, const char* title,
                    const std::vector<CommandRow>& table) {
  Group group{context.locale.text(title), {}};
  for (KeyRow& row : key_rows(table, context.locale)) {
    group.rows.push_back(row_of(context, std::move(row.keys), row.name));
  }
  return group;
}

Group mouse_group(const PanelContext& context) {
  Group group{context.locale.text("panel.help_mouse"), {}};
  for (const char* key : {"panel.help_click_output", "panel.help_click_value",
                          "panel.help_drag_value", "panel.help_click_pixels", "panel.help_wheel",
                          "panel.help_pan", "panel.help_orbit", "panel.help_drop"}) {
    group.rows.push_back(row_of(context, "", key));
  }
  return group;
}

Group walk_group(const PanelContext& context) {
  Group group{context.locale.text("panel.help_keyboard"), {}};
  const lesson::Locale& locale = context.locale;
  group.rows.push_back(row_of(context, "Tab", "panel.help_tab"));
  group.rows.push_back(row_of(context, locale.text("shortcut.key_enter"), "panel.help_enter"));
  group.rows.push_back(row_of(context, "← ↑ → ↓", "panel.help_arrows"));
  return group;
}

Group settings_group(const PanelContext& context) {
  Group group{context.locale.text("panel.help_settings"), {}};
  if (!context.empty) {
    const lesson::Layer& layer = session::layer_of(context.session);
    for (const conv::Setting setting :
         conv::operator_of(layer.spec.op).settings_read(layer.one_dimensional)) {
      const std::string name(conv::name_of(setting));
      group.rows.push_back(row_of(context, name, "tip." + name));
    }
  }
  return group;
}

bool has_words(const HelpRow& row, std::string_view wanted) {
  while (!wanted.empty()) {
    const std::size_t end = std::min(wanted.find(' '), wanted.size());
    if (row.words.find(wanted.substr(0, end)) == std::string::npos) {
      return false;
    }
    wanted.remove_prefix(std::min(end + 1, wanted.size()));
  }
  return true;
}

std::vector<Group> found_groups(const PanelContext& context) {
  std::vector<Group> groups = {command_group(context, "panel.help_time", time_commands()),
                               command_group(context, "panel.help_look", look_commands()),
                               command_group(context, "panel.help_document", document_commands()),
                               command_group(context, "panel.help_window", window_commands()),
                               walk_group(context),
                               mouse_group(context),
                               settings_group(context)};
  const std::string wanted = folded(context.ui.help_words);
  for (Group& group : groups) {
    std::erase_if(group.rows, [&](const HelpRow& row) { return !has_words(row, wanted); });
  }
  std::erase_if(groups, [](const Group& group) { return group.rows.empty(); });
  return groups;
}

// The keys in front, the words wrapped behind them.
void draw_group(const PanelContext& context, const Group& group, float width) {
  widgets::heading(context, group.title);
  float keys = 0;
  {
    const widgets::FontScope font(context.fonts.mono);
    for (const HelpRow& row : group.rows) {
      keys = std::max(keys, ImGui::CalcTextSize(row.keys.c_str()).x);
    }
  }
  const float left = ImGui::GetCursorPosX();
  const float gap = keys > 0 ? context.em(12) : 0;
  for (const HelpRow& row : group.rows) {
    if (!row.keys.empty()) {
      const widgets::FontScope font(context.fonts.mono);
      ImGui::PushStyleColor(ImGuiCol_Text, widgets::color(context.palette.accent));
      ImGui::TextUnformatted(row.keys.c_str());
      ImGui::PopStyleColor();
      ImGui::SameLine();
    }
    ImGui::SetCursorPosX(left + keys + gap);
    ImGui::PushTextWrapPos(left + width);
    ImGui::TextUnformatted(row.label.c_str());
    ImGui::PopTextWrapPos();
  }
}

// In columns, top to bottom; a group stays whole.
void draw_groups(const PanelContext& context, const std::vector<Group>& groups, float width) {
  const auto most = std::max<std::size_t>(1, static_cast<std::size_t>(width / context.em(kColumn)));
  const std::size_t columns = std::min({most, groups.size(), std::size_t{3}});
  std::size_t rows = 0;
  for (const Group& group : groups) {
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
    ImGui::SetKeyboardFocusHere();
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
  const std::vector<Group> groups = found_groups(context);
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
