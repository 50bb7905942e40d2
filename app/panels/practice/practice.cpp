#include "app/panels/practice/practice.h"

#include <algorithm>
#include <optional>

#include "app/panels/practice/answer_map.h"
#include "app/panels/practice/wall_text.h"
#include "app/panels/practice/worked_row.h"
#include "core/picture/display/picture.h"
#include "core/quiz/templates/templates.h"

namespace convscope::panels {
namespace {

constexpr float kQuestion = 142;
constexpr float kWall = 44;  // for larger words in the theme for walls
constexpr float kWorkedSum = 44;
constexpr float kSummary = 230;
constexpr float kExercise = 96;
constexpr float kHint = 22;

}  // namespace

std::int64_t next_seed(const PanelContext& context) {
  return static_cast<std::int64_t>(context.session.outcomes.size()) + 1;
}

float option_height(const quiz::Question& question) {
  float highest = kOption;
  for (const quiz::Option& option : question.options) {
    highest = std::max(highest, map_height(option.value) + 12);
  }
  return highest;
}

float worked_height(const session::Session& session) {
  return !session.asking->worked.empty() || has_no_steps(session) ? kWorkedSum : 0;
}

Foot foot_of(const session::Session& session) {
  if (session.asking) {
    const session::Asking& asking = *session.asking;
    if (asking.phase == session::Asking::Phase::kDone) {
      return {kSummary, false};
    }
    const float wall = is_on_wall(session) ? kWall : 0;
    const float options = option_height(asking.question()) - kOption;
    return {kQuestion + wall + worked_height(session) + options,
            asking.phase == session::Asking::Phase::kAnswered};
  }
  if (session.solving) {
    return {kExercise + kHint * static_cast<float>(session.solving->progress.hints_open), true};
  }
  return {};
}

SidePanels sides_of(const session::Session& session, const UiState& ui) {
  if (session.asking || ui.presenter) {
    return {false, false};
  }
  const bool strip = ui.building.strip.value_or(session::scene_of(session).layers.size() > 1);
  // On a wall everything is large, and the class came to see the stage.
  if (is_on_wall(session) && !session.solving) {
    return {ui.lessons_open.value_or(false), ui.inspector_open.value_or(false), strip};
  }
  if (session.solving) {
    return {ui.lessons_open.value_or(false), ui.inspector_open.value_or(true), strip};
  }
  return {ui.lessons_open, ui.inspector_open, strip};
}

void answer_with_cell(const PanelContext& context, picture::Point point) {
  const quiz::Question& question = context.session.asking->question();
  const quiz::Template* asked = quiz::find_template(question.template_id);
  const std::optional<session::Target> cell = picture::hit(context.stage, point);
  if (asked == nullptr || asked->asked != quiz::Asked::kCell || !cell ||
      cell->tensor != session::TensorRole::kWeight) {
    return;
  }
  const quiz::Answer given =
      quiz::of_tuple({static_cast<double>(cell->at.y), static_cast<double>(cell->at.x)});
  const auto option = std::ranges::find_if(question.options, [&](const quiz::Option& each) {
    return quiz::same_answer(each.value, given);
  });
  if (option != question.options.end()) {
    context.emit(session::action::Answer{option - question.options.begin(), ""});
  } else {
    context.emit(session::action::Answer{
        {}, "(" + std::to_string(cell->at.y) + ", " + std::to_string(cell->at.x) + ")"});
  }
}

}  // namespace convscope::panels
