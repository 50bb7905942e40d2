// An offer above the sum, over notices: to recover unsaved work of a process that died, or to
// reload a file that another program has changed. Not a dialog: the stage behind it stays usable.
#include <algorithm>

#include "app/panels/commands/shortcuts.h"
#include "app/panels/file_names.h"
#include "app/panels/stage/stage_camera.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

void begin_offer(const PanelContext& context, const picture::Rect& stage) {
  const bool others = context.session.transient.notice || context.progress;
  const float foot = stage.y + camera_area(context.stage).bottom() - context.px(12);
  ImGui::SetNextWindowPos({stage.center().x, foot - (others ? context.em(52) : 0)},
                          ImGuiCond_Always, {0.5f, 1.0f});
  widgets::begin_note(context, "offer", {.border = context.palette.accent});
}

// Next to the sentence if there is room, otherwise below it.
void answers(const PanelContext& context, const std::string& sentence, const picture::Rect& stage,
             Command take, const char* take_key, Command leave, const char* leave_key) {
  const std::string& yes = context.locale.text(take_key);
  const std::string& no = context.locale.text(leave_key);
  const float words = ImGui::CalcTextSize(sentence.c_str()).x;
  const float buttons = ImGui::CalcTextSize((yes + no).c_str()).x + context.em(80);
  const float most = std::max(context.em(60), stage.w - context.px(64));
  const bool beside = words + buttons < most;
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + std::min(words + 1, most));
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(sentence.c_str());
  ImGui::PopTextWrapPos();
  if (beside) {
    ImGui::SameLine(0, context.em(14));
  }
  if (widgets::primary_button(context, yes)) {
    run_command(take, context);
  }
  widgets::tooltip(context, command_tip(context, take));
  ImGui::SameLine();
  if (ImGui::Button(no.c_str())) {
    run_command(leave, context);
  }
  widgets::tooltip(context, command_tip(context, leave));
}

}  // namespace

void offer_panel(const PanelContext& context, const picture::Rect& stage) {
  const UiState& ui = context.ui;
  if (context.opening || (!ui.recovery && !ui.theirs && !ui.shrink)) {
    return;
  }
  begin_offer(context, stage);
  if (ui.recovery) {
    const std::string& lesson = ui.recovery->title.in(context.session.look.language);
    answers(context, context.locale.text("panel.recovery_offer", {{"lesson", lesson}}), stage,
            Command::kRecover, "panel.recover", Command::kDropRecovery, "panel.drop_recovery");
  } else if (ui.shrink) {
    answers(context,
            context.locale.text("panel.shrink_offer", {{"name", file_name(ui.shrink->file)}}),
            stage, Command::kShrink, "panel.shrink", Command::kDropShrink, "panel.drop_shrink");
  } else {
    answers(
        context, context.locale.text("panel.theirs_offer", {{"name", file_name(ui.theirs->file)}}),
        stage, Command::kTakeTheirs, "panel.take_theirs", Command::kKeepMine, "panel.keep_mine");
  }
  ImGui::End();
}

}  // namespace convscope::panels
