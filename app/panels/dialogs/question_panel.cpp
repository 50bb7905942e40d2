// Questions asked before work would be lost: when a file would be overwritten, and when a document
// with unsaved edits would be closed. Enter picks the answer that loses nothing unless Tab or the
// arrows chose another; Esc cancels.
#include <algorithm>
#include <array>
#include <utility>

#include "app/panels/commands/shortcuts.h"
#include "app/panels/dialogs/file_rows.h"
#include "app/panels/file_names.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

void question_text(const PanelContext& context, const std::string& text,
                   const picture::Rect& window) {
  const float most = std::min(context.em(520), window.w * 0.8f);
  const float wanted = ImGui::CalcTextSize(text.c_str()).x;
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + std::min(wanted + 1, most));
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
  ImGui::Spacing();
}

// Which of the answers is given, if any is: by click, or chosen with Tab or the arrows and given
// with Enter. The first loses nothing and is chosen at first. The key that opened the question
// doesn't count.
std::optional<int> given_answer(const PanelContext& context,
                                const std::array<const char*, 3>& keys) {
  constexpr int kCount = 3;
  int& chosen = context.ui.answer;
  std::optional<int> given;
  if (ImGui::IsWindowAppearing()) {
    chosen = 0;
  } else {
    const bool tab = widgets::is_pressed(Key::kTab);
    const bool back = tab && ImGui::GetIO().KeyShift;
    if (back || widgets::is_pressed(Key::kLeft)) {
      chosen = (chosen + kCount - 1) % kCount;
    } else if (tab || widgets::is_pressed(Key::kRight)) {
      chosen = (chosen + 1) % kCount;
    }
    given = widgets::is_pressed(Key::kEnter, false) ? std::optional(chosen) : std::nullopt;
  }
  for (int i = 0; i < kCount; ++i) {
    if (i > 0) {
      ImGui::SameLine();
    }
    const std::string& words = context.locale.text(keys[static_cast<std::size_t>(i)]);
    if (i == chosen ? widgets::primary_button(context, words) : ImGui::Button(words.c_str())) {
      given = i;
    }
  }
  chosen = given ? 0 : chosen;  // another question may follow at once
  return given;
}

void call_off(UiState& ui) {
  ui.replacing.reset();
  ui.leaving.reset();
}

void name_another(UiState& ui) {
  const FileWrite write = *std::exchange(ui.replacing, std::nullopt);
  const auto mode = write.kind == FileWrite::Kind::kLesson    ? FileDialog::Mode::kSave
                    : write.kind == FileWrite::Kind::kNumbers ? FileDialog::Mode::kNumbers
                    : write.kind == FileWrite::Kind::kHandout ? FileDialog::Mode::kHandout
                                                              : FileDialog::Mode::kExport;
  open_file_dialog(ui.files, mode, folder_of(write.path), file_name(write.path));
}

void replace_question(const PanelContext& context, const picture::Rect& window) {
  UiState& ui = context.ui;
  const char* key = ui.replacing->foreign ? "panel.foreign_question" : "panel.replace_question";
  question_text(context, context.locale.text(key, {{"name", file_name(ui.replacing->path)}}),
                window);
  const std::optional<int> answer =
      given_answer(context, {"panel.another_name", "panel.replace", "panel.cancel"});
  if (answer == 0) {
    name_another(ui);
  } else if (answer == 1) {
    ui.write = ui.replacing;
    ui.write->replace = true;
    ui.replacing.reset();
  } else if (answer == 2) {
    call_off(ui);
  }
}

void unsaved_question(const PanelContext& context, const picture::Rect& window) {
  UiState& ui = context.ui;
  const std::string& lesson =
      context.session.document.lesson->title.in(context.session.look.language);
  question_text(context, context.locale.text("panel.unsaved_question", {{"lesson", lesson}}),
                window);
  const std::optional<int> answer =
      given_answer(context, {"panel.save", "panel.discard", "panel.cancel"});
  if (answer == 0) {
    ui.leaving->answer = Leaving::Answer::kSave;
    run_command(Command::kSave, context);
  } else if (answer == 1) {
    ui.leaving->answer = Leaving::Answer::kDiscard;
  } else if (answer == 2) {
    call_off(ui);
  }
}

}  // namespace

void question_panel(const PanelContext& context, const picture::Rect& window) {
  const bool wanted = topmost_modal(context.ui, context.unsaved) == Modal::kQuestion;
  if (!widgets::begin_modal(context, "question", window, wanted)) {
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
