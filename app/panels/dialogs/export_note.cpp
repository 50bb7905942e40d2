// How far an export is.
#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/commands/commands.h"
#include "app/panels/dialogs/export_panel.h"
#include "app/panels/file_names.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {

void export_note(const PanelContext& context, const picture::Rect& stage) {
  UiState& ui = context.ui;
  if (!ui.export_progress || ui.export_progress->file.empty()) {
    return;  // the clipboard takes no time
  }
  const ExportProgress& progress = *ui.export_progress;
  ImGui::SetNextWindowPos({stage.center().x, stage.y + context.px(12)}, ImGuiCond_Always,
                          {0.5f, 0});
  widgets::begin_note(context, "export_note", {.border = context.palette.accent});
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(
      context.locale.text("export.writing", {{"file", file_name(progress.file)}}).c_str());
  ImGui::SameLine(0, context.em(12));
  const float width = context.em(120);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float y = corner.y + ImGui::GetFrameHeight() / 2;
  ImGui::Dummy({width, ImGui::GetFrameHeight()});
  const float done = static_cast<float>(std::clamp(progress.done, 0.0, 1.0));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddLine({corner.x, y}, {corner.x + width, y}, widgets::color(context.palette.border),
               context.em(4));
  list.AddLine({corner.x, y}, {corner.x + width * done, y}, widgets::color(context.palette.accent),
               context.em(4));
  ImGui::SameLine(0, context.em(12));
  ImGui::AlignTextToFramePadding();
  const std::int64_t left = static_cast<std::int64_t>(std::ceil(progress.seconds_left.value_or(0)));
  ImGui::TextUnformatted(progress.seconds_left
                             ? context.locale.text("export.left", {{"seconds", left}}).c_str()
                             : "   ");
  ImGui::SameLine(0, context.em(12));
  if (widgets::plain_button(context, context.locale.text("panel.cancel"),
                            command_tip(context, Command::kCancelExport))) {
    run_command(Command::kCancelExport, context);
  }
  ImGui::End();
}

}  // namespace convscope::panels
