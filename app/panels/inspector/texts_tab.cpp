#include "app/panels/inspector/texts_tab.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "app/panels/inspector/attachments.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/line_button.h"
#include "app/panels/widgets/number_field.h"
#include "app/panels/widgets/widgets.h"
#include "core/lesson/enum_names.h"
#include "core/lesson/formula.h"
#include "core/lesson/scene_shapes.h"

namespace convscope::panels {
namespace {

namespace action = session::action;

constexpr int kTextLines = 4;

auto title_action(action::TitleOf of) {
  return [of](lesson::Language language, std::string text) -> session::Action {
    return action::SetTitle{of, language, std::move(text), false};
  };
}

void scene_buttons(const PanelContext& context) {
  const std::int64_t scene = context.session.look.scene;
  const std::int64_t scenes = std::ssize(context.session.document.lesson->scenes);
  const lesson::Locale& locale = context.locale;
  widgets::ButtonFlow flow(context);
  const auto button = [&](const char* name, session::Action wanted, bool enabled) {
    if (flow.button(locale.text("panel." + std::string(name)),
                    locale.text("tip." + std::string(name)), enabled)) {
      context.emit(std::move(wanted));
    }
  };
  button("scene_earlier", action::MoveScene{scene, scene - 1}, scene > 0);
  button("scene_later", action::MoveScene{scene, scene + 1}, scene + 1 < scenes);
  button("scene_add", action::AddScene{}, true);
  button("scene_duplicate", action::AddScene{true}, true);
  button("scene_remove", action::RemoveScene{scene}, scenes > 1);
}

void scene_section(const PanelContext& context) {
  const session::Session& session = context.session;
  const std::int64_t scenes = std::ssize(session.document.lesson->scenes);
  widgets::heading(context,
                   context.locale.text("panel.scene_number",
                                       {{"scene", session.look.scene + 1}, {"scenes", scenes}}));
  localized_fields(context, "scene_title" + std::to_string(session.look.scene),
                   session::scene_of(session).title, 1, title_action(action::TitleOf::kScene));
  scene_buttons(context);
}

// Counted from 1, as below the stage.
std::string place_name(const PanelContext& context, const lesson::Narration& told) {
  const lesson::Locale& locale = context.locale;
  const std::string place =
      told.position < 0 ? locale.text("panel.text_start")
                        : locale.text("panel.text_position",
                                      {{"position", lesson::grouped_digits(told.position + 1)}});
  return told.layer == 0
             ? place
             : locale.text("panel.text_layer", {{"layer", told.layer + 1}, {"place", place}});
}

// The text of the place on stage.
void text_section(const PanelContext& context) {
  const session::Session& session = context.session;
  const std::optional<std::int64_t> position = session::told_position(session);
  widgets::heading(context, context.locale.text("panel.text"));
  if (!position) {
    widgets::dim_text(context, context.locale.text("panel.text_other_clock"));
    return;
  }
  const std::int64_t layer = session.look.layer;
  lesson::Narration here{*position, {}, layer};
  for (const lesson::Narration& told : session::scene_of(session).narration) {
    if (told.layer == layer && told.position == *position) {
      here.text = told.text;
    }
  }
  widgets::dim_text(context, place_name(context, here));
  const std::string name = "text_" + std::to_string(session.look.scene) + "_" +
                           std::to_string(layer) + "_" + std::to_string(*position);
  localized_fields(context, name, here.text, kTextLines,
                   [&](lesson::Language language, std::string text) -> session::Action {
                     return action::SetNarration{layer, *position, language, std::move(text),
                                                 false};
                   });
}

void go_to(const PanelContext& context, const lesson::Narration& told) {
  if (told.layer != context.session.look.layer) {
    context.emit(action::SetLayer{told.layer});
  }
  context.emit(action::GoTo{told.position});
}

void remove_text(const PanelContext& context, const lesson::Narration& told) {
  for (const auto& [word, language] : lesson::kLanguages) {
    if (told.text.by_language.contains(std::string(word))) {
      context.emit(action::SetNarration{told.layer, told.position, language, "", false});
    }
  }
  context.emit(action::Commit{});  // one step of undo
}

// All texts of the scene: a press goes to one.
void text_list(const PanelContext& context) {
  const session::Session& session = context.session;
  const lesson::Scene& scene = session::scene_of(session);
  const std::optional<std::int64_t> position = session::told_position(session);
  const widgets::FontScope font(context.fonts.small);
  int number = 0;
  for (const lesson::Narration& told : scene.narration) {
    const std::string id = std::to_string(++number);
    const float top = ImGui::GetCursorPosY();
    const std::string& words = told.text.in(session.look.language);
    const bool placed = lesson::has_place(scene, told);
    if (placed && widgets::icon_press(context, ("remove_text" + id).c_str(), widgets::Icon::kClose,
                                      context.locale.text("tip.text_remove"), {.size = 22})) {
      remove_text(context, told);
    }
    if (placed) {
      widgets::next_in_row(top, context.em(2));
    }
    const bool here = told.layer == session.look.layer && told.position == position;
    const std::string line = place_name(context, told) + ": " + words;
    const std::string& tip = placed ? words : context.locale.text("tip.text_unplaced");
    if (widgets::line_button(context, ("text" + id).c_str(), line, here, tip) && placed) {
      go_to(context, told);
    }
  }
}

void lesson_section(const PanelContext& context) {
  const lesson::Lesson& lesson = *context.session.document.lesson;
  widgets::heading(context, context.locale.text("panel.lesson_texts"));
  localized_fields(context, "lesson_title", lesson.title, 1,
                   title_action(action::TitleOf::kLesson));
  widgets::dim_text(context, context.locale.text("panel.lesson_summary"));
  localized_fields(context, "lesson_summary", lesson.summary, 2,
                   title_action(action::TitleOf::kSummary));
}

}  // namespace

void texts_tab(const PanelContext& context) {
  if (session::is_asking(context.session) || context.session.solving) {
    widgets::dim_text(context, context.locale.text("panel.texts_wait"));
    return;
  }
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {context.em(8), context.em(4)});
  scene_section(context);
  text_section(context);
  text_list(context);
  lesson_section(context);
  attachments(context);
  lesson_check(context);
  ImGui::PopStyleVar();
}

}  // namespace convscope::panels
