// An exercise at the foot of the stage: its goal, the hints that have been opened, and whether it
// is solved.
#include <algorithm>
#include <string>

#include "app/panels/practice/practice.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

// Solved, and the numbers on the stage are still such: an undo may have taken them back.
bool shows_solution(const PanelContext& context, const session::Solving& solving) {
  return solving.is_solved() &&
         quiz::meets_goal(solving.exercise, session::scene_of(context.session));
}

void state_line(const PanelContext& context, const session::Solving& solving, bool solution) {
  const quiz::Exercise& exercise = solving.exercise;
  if (solving.is_solved() && !solution) {
    widgets::dim_text(context, context.locale.text("exercise.solved_before"));
  } else if (solving.is_solved()) {
    ImGui::TextColored(widgets::color_vec(context.palette.output.text), "%s",
                       context.locale.text("exercise.solved").c_str());
  } else if (exercise.different_count > 1) {
    widgets::dim_text(
        context,
        context.locale.text("exercise.found",
                            {{"found", static_cast<std::int64_t>(solving.progress.found.size())},
                             {"count", static_cast<std::int64_t>(exercise.different_count)}}));
  } else {
    widgets::dim_text(context, context.locale.text("exercise.open"));
  }
}

}  // namespace

void exercise_band(const PanelContext& context, const picture::Rect& area) {
  widgets::begin_area("exercise band", area);
  widgets::edge_line(context, {area.x, area.y}, {area.right(), area.y});
  const session::Solving& solving = *context.session.solving;
  const quiz::Exercise& exercise = solving.exercise;
  const lesson::Language language = context.session.look.language;
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(exercise.goal.in(language).c_str());
  const std::size_t open = std::min(solving.progress.hints_open, exercise.hints.size());
  for (std::size_t i = 0; i < open; ++i) {
    ImGui::TextColored(widgets::color_vec(context.palette.text_dim), "%zu. %s", i + 1,
                       exercise.hints[i].in(language).c_str());
  }
  ImGui::PopTextWrapPos();
  // First, as it never goes away: a second press on a hint must not leave the exercise.
  if (ImGui::Button((context.locale.text("ask.leave") + "   Esc").c_str())) {
    context.emit(session::action::Leave{});
  }
  const bool solution = shows_solution(context, solving);
  if (open < exercise.hints.size() && !solution) {
    const std::string words = context.locale.text(
        "exercise.hint", {{"number", static_cast<std::int64_t>(open) + 1},
                          {"count", static_cast<std::int64_t>(exercise.hints.size())}});
    ImGui::SameLine(0, context.em(8));
    if (ImGui::Button(words.c_str())) {
      context.emit(session::action::OpenHint{});
    }
  }
  ImGui::SameLine(0, context.em(16));
  ImGui::AlignTextToFramePadding();
  state_line(context, solving, solution);
  widgets::end_area();
}

}  // namespace convscope::panels
