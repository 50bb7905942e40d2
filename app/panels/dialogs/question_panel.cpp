// Questions asked before work would be lost: when a file would be overwritten, and when a document
// with unsaved edits would be closed. Enter picks the answer that loses nothing, Esc cancels.
#include <algorithm>

#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

std::string name_of(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

void question_text(const PanelContext& context, const std::string& text,
                   const picture::Rect& window) {
  const float most = std::min(context.em(520), window.w * 0.8f);
  const float wanted = ImGui::CalcTextSize(text.c_str()).x;
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + std::min(wanted + 1, most));
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
  ImGui::Spacing();
}

// The safe answer, by click or Enter. The Enter that opened the question does not count.
bool safe_button(const PanelContext& context, const char* key) {
  const bool entered = !ImGui::IsWindowAppearing() && widgets::is_enter_pressed();
  return widgets::primary_button(context, context.locale.text(key)) || entered;
}

bool next_button(const PanelContext& context, const char* key) {
  ImGui::SameLine();
  return ImGui::Button(context.locale.text(key).c_str());
}

void call_off(UiState& ui) {
  ui.replacing.reset();
  ui.leaving.reset();
}

void name_another(UiState& ui) {
  ui.files.mode = ui.replacing->kind == FileWrite::Kind::kLesson ? FileDialog::Mode::kSave
                                                                 : FileDialog::Mode::kExport;
  ui.files.name = name_of(ui.replacing->path);
  ui.files.focus = true;
  ui.replacing.reset();
}

void replace_question(const PanelContext& context, const picture::Rect& window) {
  UiState& ui = context.ui;
  question_text(
      context,
      context.locale.text("panel.replace_question", {{"name", name_of(ui.replacing->path)}}),
      window);
  const bool another = safe_button(context, "panel.another_name");
  const bool replace = next_button(context, "panel.replace");
  const bool cancel = next_button(context, "panel.cancel");
  if (another) {
    name_another(ui);
  } else if (replace) {
    ui.write = ui.replacing;
    ui.write->replace = true;
    ui.replacing.reset();
  } else if (cancel) {
    call_off(ui);
  }
}

void unsaved_question(const PanelContext& context, const picture::Rect& window) {
  UiState& ui = context.ui;
  const std::string& lesson =
      context.session.document.lesson->title.in(context.session.look.language);
  question_text(context, context.locale.text("panel.unsaved_question", {{"lesson", lesson}}),
                window);
  const bool save = safe_button(context, "panel.save");
  const bool discard = next_button(context, "panel.discard");
  const bool cancel = next_button(context, "panel.cancel");
  if (save) {
    ui.leaving->answer = Leaving::Answer::kSave;
    run_command(Command::kSave, context);
  } else if (discard) {
    ui.leaving->answer = Leaving::Answer::kDiscard;
  } else if (cancel) {
    call_off(ui);
  }
}

}  // namespace

void question_panel(const PanelContext& context, const picture::Rect& window) {
  if (!widgets::begin_modal(context, "question", window,
                            has_question(context.ui, context.unsaved))) {
    return;
  }
  if (context.ui.replacing) {
    replace_question(context, window);
  } else {
    unsaved_question(context, window);
  }
  widgets::end_modal();
}

}  // namespace convscope::panels
