// Scenes, views, and the commands for the whole document.
#include <algorithm>
#include <cmath>

#include "app/panels/bars/scene_tabs.h"
#include "app/panels/bars/view_switch.h"
#include "app/panels/commands/shortcuts.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

constexpr float kBetween = 14;  // between groups of buttons

struct BarItem {
  Command command;
  widgets::Icon icon = widgets::Icon::kHelp;
  std::string word;  // shown instead of the icon
  widgets::ButtonLook look;
  float gap = 2;  // before it
};

float width_of(const PanelContext& context, const BarItem& item) {
  const float side = std::round(context.em(item.look.size));
  return item.word.empty()
             ? side
             : std::max(side, ImGui::CalcTextSize(item.word.c_str()).x + context.em(18));
}

// As many words of views as leave the scenes their names; where even icons leave no room for these,
// as many as leave their number, as the name stands on the stage as well.
ViewWords words_that_fit(const PanelContext& context, float room) {
  for (const float scenes : {named_scenes_width(context), scene_stepper_width(context)}) {
    for (const ViewWords words : {ViewWords::kAll, ViewWords::kCurrent}) {
      if (room - view_switch_width(context, words) >= scenes) {
        return words;
      }
    }
  }
  return ViewWords::kNone;
}

}  // namespace

void top_bar_panel(const PanelContext& context, const picture::Rect& area) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {context.em(10), context.em(7)});
  widgets::begin_area("top bar", area);
  ImGui::PopStyleVar();
  const widgets::ButtonLook past{.enabled = is_enabled(Command::kUndo, context)};
  const widgets::ButtonLook future{.enabled = is_enabled(Command::kRedo, context)};
  const std::string language = context.locale.text("panel.language_short");
  const std::vector<BarItem> items = {
      {Command::kUndo, widgets::Icon::kUndo, "", past, kBetween},
      {Command::kRedo, widgets::Icon::kRedo, "", future},
      {Command::kOpen, widgets::Icon::kOpen, "", {}, kBetween},
      {Command::kSave, widgets::Icon::kSave, "", {}},
      {Command::kLanguage, widgets::Icon::kHelp, language, {}, kBetween},
      {Command::kTheme, widgets::Icon::kTheme, "", {}},
      {Command::kHelp, widgets::Icon::kHelp, "?", {.on = context.ui.help_open}},
      {Command::kInspector,
       widgets::Icon::kInspector,
       "",
       {.on = context.inspector_shown},
       kBetween},
  };
  const float y = ImGui::GetCursorPosY();
  widgets::icon_button(context, widgets::Icon::kLessons, Command::kLessons,
                       {.on = context.lessons_shown});
  float total = context.em(10);
  for (const BarItem& item : items) {
    total += width_of(context, item) + context.em(item.gap);
  }
  const float left = ImGui::GetItemRectMax().x - area.x;
  const float room = area.w - total - context.em(kBetween) - left;
  const ViewWords words = words_that_fit(context, room);
  const float views = view_switch_width(context, words);
  scene_tabs(context, y, room - views);
  widgets::next_in_row(y, 0);
  float x = std::max(ImGui::GetCursorPosX(), area.w - total - views);
  ImGui::SetCursorPosX(x);
  view_switch(context, y, words);
  x += views;
  for (const BarItem& item : items) {
    x += context.em(item.gap);
    widgets::next_in_row(y, 0);
    ImGui::SetCursorPosX(x);
    x += width_of(context, item);
    if (item.word.empty()) {
      widgets::icon_button(context, item.icon, item.command, item.look);
    } else {
      widgets::text_button(context, item.word, item.command, item.look);
    }
  }
  widgets::edge_line(context, {area.x, area.bottom() - 0.5f}, {area.right(), area.bottom() - 0.5f});
  widgets::end_area();
}

}  // namespace convscope::panels
