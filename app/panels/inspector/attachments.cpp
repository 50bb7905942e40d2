#include "app/panels/inspector/attachments.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/dropdown.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/lesson/text_problems.h"
#include "core/quiz/check.h"
#include "core/quiz/templates/templates.h"

namespace convscope::panels {
namespace {

using session::action::Attached;

std::string question_name(const PanelContext& context, const std::string& id) {
  const quiz::Template* asked = quiz::find_template(id);
  return asked == nullptr
             ? id
             : id + "   " + context.locale.text(quiz::concept_key(asked->concept_number));
}

std::string exercise_name(const PanelContext& context, const std::string& id) {
  const auto found = std::ranges::find(context.exercises, id, &quiz::Exercise::id);
  return found == context.exercises.end() ? id : found->title.in(context.session.look.language);
}

// What is attached, each with a button that takes it away.
void attached_list(const PanelContext& context, Attached what, const std::vector<std::string>& ids,
                   std::string (*name)(const PanelContext&, const std::string&)) {
  for (const std::string& id : ids) {
    constexpr float kSide = 22;
    const float top = ImGui::GetCursorPosY();
    if (widgets::icon_press(context, ("detach_" + id).c_str(), widgets::Icon::kClose,
                            context.locale.text("tip.detach"), {.size = kSide})) {
      context.emit(session::action::Attach{what, id, false});
    }
    widgets::next_in_row(top, context.em(4));
    widgets::row_text(context, name(context, id), kSide);
    ImGui::SetCursorPosY(std::max(ImGui::GetCursorPosY(), top + context.em(26)));
  }
}

// A list of what could be attached.
void attach_list(const PanelContext& context, const char* id, Attached what,
                 const std::vector<std::string>& choices, const std::vector<std::string>& ids,
                 std::string (*name)(const PanelContext&, const std::string&)) {
  ImGui::SetNextItemWidth(-1);
  const std::string& words = context.locale.text(
      what == Attached::kQuestion ? "panel.attach_question" : "panel.attach_exercise");
  if (!widgets::begin_dropdown(context, id, words.c_str(), ImGuiComboFlags_HeightLarge)) {
    return;
  }
  int index = 0;
  for (const std::string& choice : choices) {
    const bool there = std::ranges::find(ids, choice) != ids.end();
    if (widgets::dropdown_item(context, index++, name(context, choice), there)) {
      context.emit(session::action::Attach{what, choice, !there});
    }
  }
  widgets::end_dropdown(context, index);
}

}  // namespace

void attachments(const PanelContext& context) {
  const lesson::Lesson& lesson = *context.session.document.lesson;
  std::vector<std::string> templates;
  for (const quiz::Template* asked : quiz::all_templates()) {
    templates.emplace_back(asked->id);
  }
  std::vector<std::string> exercises;
  for (const quiz::Exercise& exercise : context.exercises) {
    exercises.push_back(exercise.id);
  }
  widgets::heading(context, context.locale.text("panel.attached"));
  attached_list(context, Attached::kQuestion, lesson.questions, question_name);
  attach_list(context, "##attach_question", Attached::kQuestion, templates, lesson.questions,
              question_name);
  attached_list(context, Attached::kExercise, lesson.exercises, exercise_name);
  attach_list(context, "##attach_exercise", Attached::kExercise, exercises, lesson.exercises,
              exercise_name);
}

void lesson_check(const PanelContext& context) {
  std::shared_ptr<const CheckedLesson>& checked = context.ui.building.checked;
  const Shared<lesson::Lesson>& lesson = context.session.document.lesson;
  widgets::heading(context, context.locale.text("panel.check"));
  if (widgets::plain_button(context, context.locale.text("panel.check_now"),
                            context.locale.text("tip.check_now"))) {
    std::vector<Problem> problems = lesson::text_problems(*lesson);
    quiz::Check check = quiz::check_lesson(*lesson, context.exercises);
    std::set<std::string> known = {lesson->id};
    for (const LessonEntry& entry : context.lessons) {
      known.insert(entry.id);
    }
    for (const auto& more :
         {check.problems, quiz::exercise_set_problems(context.exercises, known)}) {
      problems.insert(problems.end(), more.begin(), more.end());
    }
    checked = std::make_shared<const CheckedLesson>(CheckedLesson{lesson, std::move(problems)});
  }
  if (checked == nullptr || !(checked->lesson == lesson)) {
    return;
  }
  for (const Problem& problem : checked->problems) {
    widgets::warning_text(context, context.locale.sentence(problem));
  }
  if (checked->problems.empty()) {
    widgets::dim_text(context, context.locale.text("panel.check_well"));
  }
}

}  // namespace convscope::panels
