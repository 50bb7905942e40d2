#include "app/panels/inspector/refusal.h"

#include <algorithm>
#include <string>

#include "app/panels/commands/shortcuts.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

constexpr float kWrap = 260;
constexpr float kLeastWrap = 90;
constexpr float kPadding = 10;

std::string sentences(const PanelContext& context) {
  std::string all;
  for (const Problem& problem : context.session.transient.draft->problems) {
    all += (all.empty() ? "" : "\n") + context.locale.sentence(problem);
  }
  return all;
}

}  // namespace

void refusal(const PanelContext& context, picture::Point anchor) {
  const widgets::FontScope font(context.fonts.small);
  const std::string words = sentences(context);
  const std::string& back = context.locale.text("panel.back");
  const float pad = context.em(kPadding);
  const float gap = context.em(8);
  const float room = anchor.x - 2 * gap - 2 * pad - gap - widgets::choice_width(back);
  const float wrap = std::clamp(room, context.em(kLeastWrap), context.em(kWrap));
  const float height =
      ImGui::CalcTextSize(words.c_str(), nullptr, false, wrap).y + 2 * pad + context.em(4);
  const float lowest = ImGui::GetIO().DisplaySize.y - height;
  const float y = std::max(0.0f, std::min(anchor.y - pad - ImGui::GetTextLineHeight() / 2, lowest));
  ImGui::SetNextWindowPos({anchor.x - gap, y}, ImGuiCond_Always, {1, 0});
  widgets::begin_note(context, "refusal",
                      {.padding = {kPadding, kPadding}, .border = context.palette.warning});
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + wrap);
  ImGui::PushStyleColor(ImGuiCol_Text, widgets::color(context.palette.warning));
  ImGui::TextUnformatted(words.c_str());
  ImGui::PopStyleColor();
  ImGui::PopTextWrapPos();
  ImGui::SameLine(0, gap);
  if (ImGui::SmallButton(back.c_str())) {
    context.emit(session::action::DropDraft{});
  }
  widgets::tooltip(context, context.locale.text("panel.back_to_good") + "\n" +
                                tooltip_text(Command::kClose, context.locale));
  ImGui::End();
}

}  // namespace convscope::panels
