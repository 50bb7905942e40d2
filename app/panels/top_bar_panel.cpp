// Scenes, and the commands that concern the whole document.
#include <algorithm>
#include <cmath>

#include "app/panels/imgui_shim.h"
#include "app/panels/widgets.h"

namespace convscope {
namespace {

// Up to `right`; where there is no room for all names they are cut, and the tooltip has them whole.
void scene_tabs(const PanelContext& context, float y, float right) {
  const Session& session = context.session;
  const auto& scenes = session.lesson.scenes;
  if (scenes.size() < 2) {
    return;
  }
  const auto count = static_cast<float>(scenes.size());
  const float room = right - ImGui::GetItemRectMax().x - context.em(10 + 2 * count);
  const float most = std::max(context.em(32), room / count);
  for (std::size_t i = 0; i < scenes.size(); ++i) {
    next_in_row(y, i == 0 ? context.em(10) : context.em(2));
    const std::string& name = scenes[i].title.in(session.language);
    const bool current = static_cast<std::int64_t>(i) == session.scene;
    const std::string label =
        (name.empty() ? std::to_string(i + 1) : name) + "##scene" + std::to_string(i);
    center_in_row(context, ImGui::GetFrameHeight());
    ImGui::PushStyleColor(ImGuiCol_Button,
                          color(current ? faded(context.palette.accent, 0.22f) : kTransparent));
    const float natural =
        ImGui::CalcTextSize(label.c_str(), nullptr, true).x + 2 * ImGui::GetStyle().FramePadding.x;
    ImGui::PushStyleVar(ImGuiStyleVar_ButtonTextAlign, {natural > most ? 0.0f : 0.5f, 0.5f});
    const bool pressed = ImGui::Button(label.c_str(), {std::min(natural, most), 0});
    ImGui::PopStyleVar();
    if (pressed && !current) {
      context.emit(action::SetScene{static_cast<std::int64_t>(i)});
    }
    tooltip(context, name + "   " + context.locale.text("tip.scene"));
    ImGui::PopStyleColor();
  }
}

struct BarItem {
  Command command;
  Icon icon = Icon::kHelp;
  std::string word;  // instead of the icon
  ButtonLook look;
  float gap = 2;  // before it
};

float width_of(const PanelContext& context, const BarItem& item) {
  const float side = std::round(context.em(item.look.size));
  return item.word.empty()
             ? side
             : std::max(side, ImGui::CalcTextSize(item.word.c_str()).x + context.em(18));
}

}  // namespace

void top_bar_panel(const PanelContext& context, const Rect& area) {
  const Session& session = context.session;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {context.em(10), context.em(7)});
  begin_area("top bar", area);
  ImGui::PopStyleVar();
  const ButtonLook past{.enabled = !session.history.past.empty()};
  const ButtonLook future{.enabled = !session.history.future.empty()};
  const std::string language = context.locale.text("panel.language_short");
  const std::vector<BarItem> items = {
      {Command::kUndo, Icon::kUndo, "", past},
      {Command::kRedo, Icon::kRedo, "", future},
      {Command::kOpen, Icon::kOpen, "", {}, 14},
      {Command::kSave, Icon::kSave, "", {}},
      {Command::kLanguage, Icon::kHelp, language, {}, 14},
      {Command::kTheme, Icon::kTheme, "", {}},
      {Command::kHelp, Icon::kHelp, "?", {.on = context.ui.help_open}},
      {Command::kInspector, Icon::kInspector, "", {.on = context.inspector_shown}, 14},
  };
  const float y = ImGui::GetCursorPosY();
  icon_button(context, Icon::kLessons, Command::kLessons, {.on = context.lessons_shown});
  float total = context.em(10);
  for (const BarItem& item : items) {
    total += width_of(context, item) + context.em(item.gap);
  }
  scene_tabs(context, y, area.right() - total);
  next_in_row(y, 0);
  float x = std::max(ImGui::GetCursorPosX(), area.w - total);
  for (const BarItem& item : items) {
    x += context.em(item.gap);
    next_in_row(y, 0);
    ImGui::SetCursorPosX(x);
    x += width_of(context, item);
    if (item.word.empty()) {
      icon_button(context, item.icon, item.command, item.look);
    } else {
      text_button(context, item.word, item.command, item.look);
    }
  }
  edge_line(context, {area.x, area.bottom() - 0.5f}, {area.right(), area.bottom() - 0.5f});
  end_area();
}

}  // namespace convscope
