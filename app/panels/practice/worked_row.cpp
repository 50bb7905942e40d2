#include "app/panels/practice/worked_row.h"

#include <string>

#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/value_text.h"
#include "app/panels/widgets/widgets.h"
#include "core/quiz/answer/answer.h"

namespace convscope::panels {
namespace {

std::string shown(double value) { return widgets::with_minus_signs(quiz::decimal_text(value)); }

// A negative factor keeps its sign: "3·(−1)".
std::string factor(double value) {
  const std::string text = shown(value);
  return value < 0 ? "(" + text + ")" : text;
}

void word(const PanelContext& context, const std::string& text, picture::Rgba color) {
  ImGui::AlignTextToFramePadding();
  ImGui::TextColored(widgets::color_vec(color), "%s", text.c_str());
  ImGui::SameLine(0, context.em(4));
}

void blank_field(const PanelContext& context) {
  AnswerDraft& draft = context.ui.draft;
  ImGui::SetNextItemWidth(context.em(46));
  const bool refused = context.session.asking->blank_refused;
  if (refused) {
    ImGui::PushStyleColor(ImGuiCol_Border, widgets::color(context.palette.warning));
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, context.px(2));
  }
  const bool entered =
      widgets::text_field("##blank", draft.blank, ImGuiInputTextFlags_EnterReturnsTrue);
  if (refused) {
    ImGui::PopStyleVar();
    ImGui::PopStyleColor();
  }
  if (ImGui::IsItemDeactivated() && widgets::is_pressed(Key::kEscape, false)) {
    context.emit(session::action::Leave{});
  }
  if (entered && !draft.blank.empty()) {
    context.emit(session::action::FillBlank{draft.blank});
    draft.blank.clear();
    ImGui::SetKeyboardFocusHere(-1);
  }
  ImGui::SameLine(0, context.em(4));
}

}  // namespace

void worked_row(const PanelContext& context) {
  const session::Asking& asking = *context.session.asking;
  const std::optional<std::size_t> next = quiz::next_blank(asking.worked, asking.filled);
  std::int64_t blanks = 0;
  for (std::size_t i = 0; i < asking.worked.size(); ++i) {
    const quiz::WorkedTerm& term = asking.worked[i];
    if (i > 0) {
      ImGui::SameLine(0, context.em(18));  // a plus would read on from the product before
    }
    word(context, factor(term.input), context.palette.input.text);
    word(context, "·", context.palette.text_dim);
    word(context, factor(term.weight), context.palette.weight.text);
    word(context, "=", context.palette.text_dim);
    const bool filled = term.blank && blanks++ < asking.filled;
    if (next == i) {
      blank_field(context);
    } else {
      word(context, term.blank && !filled ? "?" : shown(term.product()), context.palette.text);
    }
  }
  if (!asking.worked.empty()) {
    ImGui::NewLine();
  }
}

}  // namespace convscope::panels
