// What can be practised: the concepts and how well each is held, a quiz that a whole class can
// take, and the exercises.
#include <algorithm>
#include <charconv>
#include <string>

#include "app/panels/practice/practice.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/quiz/practice/practice.h"
#include "core/quiz/templates/templates.h"

namespace convscope::panels {
namespace {

constexpr float kWidth = 760;

void start(const PanelContext& context, session::Action action) {
  context.ui.practice.reset();
  context.ui.focus.clear();
  context.emit(std::move(action));
}

bool was_right(const PanelContext& context, const quiz::Template& asked) {
  return std::ranges::any_of(context.session.outcomes, [&](const quiz::Outcome& outcome) {
    return outcome.template_id == asked.id && outcome.right && !outcome.hinted;
  });
}

// A dot for each of the concept's questions: full once it was answered right.
void held_dots(const PanelContext& context, int number) {
  const float radius = context.em(4);
  const float step = context.em(13);
  const float line = ImGui::GetTextLineHeight();
  const std::vector<const quiz::Template*> templates = quiz::templates_of(number);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < templates.size(); ++i) {
    const ImVec2 middle = {at.x + radius + step * static_cast<float>(i), at.y + line / 2};
    if (was_right(context, *templates[i])) {
      list.AddCircleFilled(middle, radius, widgets::color(context.palette.output.line));
    } else {
      list.AddCircle(middle, radius, widgets::color(context.palette.border), 0, context.px(1.5f));
    }
  }
  ImGui::Dummy({step * 3, line});
}

void concept_row(const PanelContext& context, int number) {
  const std::string name = number == 0 ? context.locale.text("practice.all")
                                       : context.locale.text(quiz::concept_key(number));
  ImGui::PushID(number);
  const float left = ImGui::GetCursorPosX();
  const bool clicked = ImGui::Selectable("##concept", false);
  const bool pressed = widgets::focus_stop(context) || clicked;
  ImGui::SameLine(left);
  if (number > 0) {
    held_dots(context, number);
    ImGui::SameLine(0, context.em(6));
  }
  ImGui::TextUnformatted(name.c_str());
  ImGui::PopID();
  if (pressed) {
    start(context, session::action::Ask{session::AskAbout::kConcept, number, next_seed(context)});
  }
}

std::int64_t seed_of(const std::string& text) {
  std::int64_t seed = 0;
  std::from_chars(text.data(), text.data() + text.size(), seed);
  return seed;
}

void quiz_row(const PanelContext& context) {
  PracticeList& list = *context.ui.practice;
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(context.locale.text("practice.seed").c_str());
  ImGui::SameLine(0, context.em(8));
  ImGui::SetNextItemWidth(context.em(90));
  widgets::give_field_focus(context, "##seed");
  const bool entered = widgets::text_field(
      "##seed", list.seed, ImGuiInputTextFlags_CharsDecimal | ImGuiInputTextFlags_EnterReturnsTrue);
  widgets::mark_field_focus(context, "##seed");
  ImGui::SameLine(0, context.em(8));
  const std::int64_t seed = seed_of(list.seed);
  const std::string& words = context.locale.text("practice.quiz");
  if (widgets::primary_button(context, words) || entered) {
    start(context, session::action::Ask{session::AskAbout::kQuiz, 0, seed, kQuizQuestions});
    return;
  }
  widgets::dim_text(context, context.locale.text("practice.seed_hint"));
  bool fading = context.session.toggles.fading;
  if (widgets::check_box(context, context.locale.text("practice.fading"), fading)) {
    context.emit(session::action::Switch{&session::Toggles::fading, fading});
  }
}

void exercise_rows(const PanelContext& context) {
  const lesson::Language language = context.session.look.language;
  for (const quiz::Exercise& exercise : context.exercises) {
    const std::string star = exercise.extra ? " *" : "";
    const bool clicked =
        ImGui::Selectable((exercise.title.in(language) + star + "##" + exercise.id).c_str());
    if (widgets::focus_stop(context) || clicked) {
      start(context, session::action::StartExercise{exercise.id});
      return;
    }
    widgets::tooltip(context, exercise.goal.in(language));
  }
}

void left_side(const PanelContext& context) {
  widgets::heading(context, context.locale.text("practice.concepts"));
  for (int number = 0; number <= quiz::kConcepts && context.ui.practice; ++number) {
    concept_row(context, number);
  }
}

void right_side(const PanelContext& context) {
  widgets::heading(context, context.locale.text("practice.questions"));
  quiz_row(context);
  if (!context.ui.practice) {
    return;
  }
  if (widgets::plain_button(context, context.locale.text("practice.lesson"), "")) {
    start(context,
          session::action::Ask{session::AskAbout::kLesson, 0, next_seed(context), kQuizQuestions});
    return;
  }
  widgets::heading(context, context.locale.text("practice.exercises"));
  exercise_rows(context);
}

}  // namespace

void practice_panel(const PanelContext& context, const picture::Rect& window) {
  const bool wanted = topmost_modal(context.ui, context.unsaved) == Modal::kPractice;
  if (!widgets::begin_modal(context, "practice", window, wanted)) {
    return;
  }
  const float width = std::min(context.em(kWidth), window.w * 0.9f);
  const float height = std::min(context.em(22 * (quiz::kConcepts + 3)), window.h * 0.8f);
  context.ui.focus.enter(KeyFocus::kDialog);
  ImGui::BeginChild("concepts", {width / 2, height});
  left_side(context);
  ImGui::EndChild();
  ImGui::SameLine(0, context.em(16));
  ImGui::BeginChild("more", {width / 2, height});
  if (context.ui.practice) {
    right_side(context);
  }
  ImGui::EndChild();
  context.ui.focus.enter(KeyFocus::kStage);
  widgets::dim_text(context, context.locale.text("practice.close"));
  widgets::end_modal();
}

}  // namespace convscope::panels
