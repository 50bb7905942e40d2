#include "app/panels/practice/worked_row.h"

#include <optional>
#include <string>

#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/quiz/practice/fading.h"
#include "core/quiz/question/worked.h"

namespace convscope::panels {
namespace {

picture::Rgba color_of(const PanelContext& context, quiz::WorkedPart::Role role) {
  switch (role) {
    case quiz::WorkedPart::Role::kSign:
      return context.palette.text_dim;
    case quiz::WorkedPart::Role::kInput:
      return context.palette.input.text;
    case quiz::WorkedPart::Role::kWeight:
      return context.palette.weight.text;
  }
  return context.palette.text;
}

void word(const std::string& text, picture::Rgba color) {
  ImGui::AlignTextToFramePadding();
  ImGui::TextColored(widgets::color_vec(color), "%s", text.c_str());
  ImGui::SameLine(0, 0);
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

// Many steps are wider than the window: scrolls to the field when it is another one.
void keep_in_sight(const session::Asking& asking) {
  ImGuiStorage& storage = *ImGui::GetStateStorage();
  const ImGuiID id = ImGui::GetID("blank in sight");
  const auto blank =
      static_cast<std::int64_t>(asking.number * (quiz::kMostSteps + 1)) + asking.filled;
  const int wanted = static_cast<int>(blank) + 1;
  if (storage.GetInt(id) != wanted) {
    storage.SetInt(id, wanted);
    ImGui::SetScrollHereX();
  }
}

}  // namespace

bool has_no_steps(const session::Session& session) {
  const session::Asking& asking = *session.asking;
  const quiz::Question& question = asking.question();
  return asking.is_open() && asking.about == session::AskAbout::kConcept &&
         session.toggles.fading && question.worked.empty() &&
         quiz::fading_level(session.outcomes, question.concept_number) < quiz::kFullyFaded;
}

void worked_row(const PanelContext& context) {
  const session::Asking& asking = *context.session.asking;
  if (has_no_steps(context.session)) {
    widgets::dim_text(context, context.locale.text("practice.no_steps"));
    return;
  }
  if (asking.worked.empty()) {
    return;
  }
  const std::optional<std::size_t> next = quiz::next_blank(asking.worked, asking.filled);
  ImGui::PushStyleVar(ImGuiStyleVar_ScrollbarSize, context.px(4));
  ImGui::BeginChild("worked", {0, ImGui::GetFrameHeight() + context.px(8)}, false,
                    ImGuiWindowFlags_HorizontalScrollbar);
  std::int64_t blanks = 0;
  for (std::size_t i = 0; i < asking.worked.size(); ++i) {
    const quiz::WorkedStep& step = asking.worked[i];
    if (i > 0) {
      ImGui::SameLine(0, context.em(18));  // a sign would read on from the step before
    }
    if (!step.label.empty()) {
      const bool is_key = step.label.starts_with("worked.");
      word((is_key ? context.locale.text(step.label) : step.label) + ": ",
           context.palette.text_dim);
    }
    for (const quiz::WorkedPart& part : step.parts) {
      word(part.text, color_of(context, part.role));
    }
    word(" = ", context.palette.text_dim);
    const bool filled = step.blank && blanks++ < asking.filled;
    if (next == i) {
      blank_field(context);
      keep_in_sight(asking);
    } else {
      word(step.blank && !filled ? "?" : quiz::number_text(step.value), context.palette.text);
    }
  }
  ImGui::EndChild();
  ImGui::PopStyleVar();
}

}  // namespace convscope::panels
