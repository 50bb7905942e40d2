// A field over the cell whose value is being typed.
#include <algorithm>

#include "app/panels/imgui_shim.h"
#include "app/panels/stage_cells.h"
#include "app/panels/value_text.h"
#include "app/panels/widgets.h"
#include "core/picture/target_rect.h"

namespace convscope {
namespace {

Rect editor_rect(const PanelContext& context, const Rect& stage, const Target& target) {
  const Rect cell = target_rect(context.stage, target)
                        .value_or(Rect{context.stage.width / 2, context.stage.height / 2, 0, 0});
  const float w = std::max(cell.w, context.em(76));
  const float h = context.em(32);
  const float x = stage.x + cell.center().x - w / 2;
  const float y = stage.y + cell.center().y - h / 2;
  return {std::clamp(x, stage.x, std::max(stage.x, stage.right() - w)),
          std::clamp(y, stage.y, std::max(stage.y, stage.bottom() - h)), w, h};
}

void close_editor(const PanelContext& context) {
  context.ui.editor.reset();
  context.emit(action::Select{});
}

// Takes what was typed; false when it is no number.
bool take(const PanelContext& context, const ValueEditor& editor) {
  const std::optional<float> value = parse_value(editor.text);
  if (!value) {
    return false;
  }
  if (value != cell_value(context.session, context.derived, editor.target)) {
    context.emit(action::SetValue{editor.target, *value, true});
  }
  return true;
}

void edit_next(const PanelContext& context, ValueEditor& editor) {
  const Target next = next_cell(context.derived, context.session.layer, editor.target);
  const float value = cell_value(context.session, context.derived, next).value_or(0.0f);
  editor = ValueEditor{next, value_text(value)};
  context.emit(action::Select{next});
}

void refuse(ValueEditor& editor) {
  editor.refused = true;
  editor.focus = true;
}

void field(const PanelContext& context, ValueEditor& editor) {
  if (editor.focus) {
    ImGui::SetKeyboardFocusHere();
  }
  const bool just_focused = editor.focus;
  editor.focus = false;
  const Rgba edge = editor.refused ? context.palette.warning : context.palette.accent;
  ImGui::PushStyleColor(ImGuiCol_Border, color(edge));
  ImGui::PushStyleColor(ImGuiCol_FrameBg, color(context.palette.raised));
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, std::max(1.0f, context.px(1.5f)));
  ImGui::SetNextItemWidth(-1);
  bool tab = false;
  const std::string before = editor.text;
  const bool entered =
      text_field("##value", editor.text,
                 ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll, &tab);
  const bool left = ImGui::IsItemDeactivated() && !just_focused;
  ImGui::PopStyleVar();
  ImGui::PopStyleColor(2);
  if (editor.text != before) {
    editor.refused = false;
  }
  if (tab || entered) {
    if (!take(context, editor)) {
      refuse(editor);
    } else if (tab) {
      edit_next(context, editor);
    } else {
      close_editor(context);
    }
  } else if (left) {
    // Clicked away (or Esc, which has put the old text back): keep what is a number.
    take(context, editor);
    close_editor(context);
  }
}

}  // namespace

void value_editor(const PanelContext& context, const Rect& stage) {
  if (!context.ui.editor) {
    return;
  }
  const Rect rect = editor_rect(context, stage, context.ui.editor->target);
  const bool refused = context.ui.editor->refused;
  ImGui::SetNextWindowPos({rect.x, rect.y});
  ImGui::SetNextWindowSize({std::max(rect.w, refused ? context.em(240) : 0), 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::Begin("value", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoNav);
  ImGui::PopStyleVar();
  field(context, *context.ui.editor);
  if (refused) {
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    ImGui::GetWindowDrawList()->AddRectFilled(
        corner, {corner.x + ImGui::GetContentRegionAvail().x, corner.y + context.em(38)},
        color(context.palette.surface), context.px(6));
    ImGui::Indent(context.em(8));
    warning_text(context, context.locale.text("panel.not_a_number"));
  }
  ImGui::End();
}

}  // namespace convscope
