// A notice on the stage, above the sum, and the progress of a running task.
#include <algorithm>

#include "app/panels/commands/shortcuts.h"
#include "app/panels/stage/stage_camera.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

// Successes use "notice." texts, failures "problem." sentences.
std::string sentence_of(const PanelContext& context, const Problem& problem) {
  const std::string key = "notice." + problem.code;
  return context.locale.has(key) ? context.locale.text(key, problem.values)
                                 : context.locale.sentence(problem);
}

void begin_toast(const PanelContext& context, const char* id, const picture::Rect& stage,
                 float bottom) {
  ImGui::SetNextWindowPos({stage.center().x, bottom}, ImGuiCond_Always, {0.5f, 1.0f});
  ImGui::SetNextWindowSizeConstraints({0, 0}, {std::max(1.0f, stage.w - context.px(32)), 4096});
  widgets::begin_note(context, id);
}

// The lowest position of a toast's bottom edge.
float foot_of(const PanelContext& context, const picture::Rect& stage) {
  return stage.y + camera_area(context.stage).bottom() - context.px(12);
}

void opening_toast(const PanelContext& context, const picture::Rect& stage) {
  begin_toast(context, "opening", stage, foot_of(context, stage));
  ImGui::TextUnformatted(
      context.locale.text("panel.opening", {{"file", *context.opening}}).c_str());
  ImGui::End();
}

void progress_toast(const PanelContext& context, const picture::Rect& stage) {
  begin_toast(context, "progress", stage, foot_of(context, stage));
  ImGui::TextUnformatted(context.locale.text("panel.computing").c_str());
  ImGui::SameLine(0, context.em(12));
  const float width = context.em(140);
  const float thick = context.em(4);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float y = corner.y + ImGui::GetTextLineHeight() / 2;
  ImGui::Dummy({width, ImGui::GetTextLineHeight()});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float done = static_cast<float>(std::clamp(*context.progress, 0.0, 1.0));
  list.AddLine({corner.x, y}, {corner.x + width, y}, widgets::color(context.palette.border), thick);
  list.AddLine({corner.x, y}, {corner.x + width * done, y}, widgets::color(context.palette.accent),
               thick);
  ImGui::End();
}

}  // namespace

void notice_panel(const PanelContext& context, const picture::Rect& stage) {
  if (context.opening) {
    opening_toast(context, stage);
  } else if (context.progress) {
    progress_toast(context, stage);
  }
  if (!context.session.transient.notice) {
    return;
  }
  const std::string sentence = sentence_of(context, *context.session.transient.notice);
  const float raised = context.progress ? context.em(48) : 0;
  begin_toast(context, "notice", stage, foot_of(context, stage) - raised);
  const float close = context.em(24);
  const float most = std::max(context.em(60), stage.w - context.px(64) - close - context.em(36));
  const float wanted = ImGui::CalcTextSize(sentence.c_str()).x;
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + std::min(wanted + 1, most));
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(sentence.c_str());
  ImGui::PopTextWrapPos();
  ImGui::SameLine(0, context.em(8));
  widgets::icon_button(context, widgets::Icon::kClose, Command::kClose, {.size = 26});
  ImGui::End();
}

}  // namespace convscope::panels
