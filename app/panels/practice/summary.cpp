#include "app/panels/practice/summary.h"

#include <algorithm>
#include <map>
#include <string>

#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/quiz/answer/misconception.h"
#include "core/quiz/templates/templates.h"

namespace convscope::panels {
namespace {

struct Count {
  std::int64_t right = 0;
  std::int64_t all = 0;
};

// Concept by concept, on the left.
void concepts(const PanelContext& context, const session::Asking& asking) {
  std::map<int, Count> counts;
  for (const session::AnsweredQuestion& answered : asking.answered) {
    Count& count = counts[answered.concept_number];
    count.right += answered.right ? 1 : 0;
    ++count.all;
  }
  for (const auto& [number, count] : counts) {
    const bool held = count.right == count.all;
    ImGui::TextColored(
        widgets::color_vec(held ? context.palette.output.text : context.palette.warning), "%s",
        context.locale.text("ask.of", {{"right", count.right}, {"count", count.all}}).c_str());
    ImGui::SameLine(context.em(60));
    ImGui::TextUnformatted(context.locale.text(quiz::concept_key(number)).c_str());
  }
}

// The sentences of the misconceptions that were met, each once.
void misconceptions(const PanelContext& context, const session::Asking& asking) {
  std::map<std::string, std::int64_t> met;
  for (const session::AnsweredQuestion& answered : asking.answered) {
    if (!answered.misconception.empty()) {
      ++met[answered.misconception];
    }
  }
  for (const auto& [code, count] : met) {
    ImGui::Bullet();
    ImGui::SameLine();
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(context.locale.text(quiz::feedback_key(code)).c_str());
    ImGui::PopTextWrapPos();
  }
}

}  // namespace

void summary(const PanelContext& context) {
  const session::Asking& asking = *context.session.asking;
  const auto all = static_cast<std::int64_t>(asking.answered.size());
  const std::int64_t right =
      std::ranges::count(asking.answered, true, &session::AnsweredQuestion::right);
  {
    const widgets::FontScope font(context.fonts.title);
    ImGui::TextUnformatted(
        context.locale.text("ask.summary", {{"right", right}, {"count", all}}).c_str());
  }
  const float button = ImGui::GetFrameHeightWithSpacing();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const ImVec2 half = {room.x / 2 - context.em(8), std::max(room.y - button, context.em(20))};
  ImGui::BeginChild("concepts", half);
  concepts(context, asking);
  ImGui::EndChild();
  ImGui::SameLine(0, context.em(16));
  ImGui::BeginChild("met", half);
  misconceptions(context, asking);
  ImGui::EndChild();
  const bool entered = topmost_modal(context.ui, context.unsaved) == Modal::kNone &&
                       widgets::is_pressed(Key::kEnter, false);
  if (widgets::primary_button(context, context.locale.text("ask.leave")) || entered) {
    context.emit(session::action::Leave{});
  }
  ImGui::SameLine(0, context.em(8));
  if (ImGui::Button(context.locale.text("practice.open").c_str())) {
    context.emit(session::action::Leave{});
    context.ui.practice = PracticeList{};
  }
}

}  // namespace convscope::panels
