// The lessons that come with the program, by the units of the course; a click opens one.
#include <algorithm>
#include <numeric>
#include <optional>
#include <sstream>
#include <string>

#include "app/panels/practice/practice.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

std::string minutes_text(const PanelContext& context, std::int64_t minutes) {
  return context.locale.text("course.minutes", {{"minutes", minutes}});
}

// How long a lesson takes, and a dot: full once it was played to its end. `left`: the scene at
// which it was left in between.
struct Progress {
  std::string minutes;
  bool finished = false;
  std::optional<std::int64_t> left = std::nullopt;
};

Progress progress_of(const PanelContext& context, const LessonEntry& entry,
                     const lesson::CourseLesson& place) {
  Progress progress{minutes_text(context, place.minutes),
                    std::ranges::find(context.ui.finished_lessons, place.id) !=
                        context.ui.finished_lessons.end()};
  const auto left = context.ui.lesson_scenes.find(entry.id);
  if (left != context.ui.lesson_scenes.end() && left->second < entry.scenes) {
    progress.left = left->second;
  }
  return progress;
}

std::string left_text(const PanelContext& context, const LessonEntry& entry,
                      const Progress& progress) {
  return progress.left ? context.locale.text("course.left_at", {{"scene", *progress.left + 1},
                                                                {"scenes", entry.scenes}})
                       : "";
}

// At the right end of the title's line; returns the room that it takes.
float progress_width(const PanelContext& context, const Progress& progress) {
  const widgets::FontScope font(context.fonts.small);
  return ImGui::CalcTextSize(progress.minutes.c_str()).x + context.em(22);
}

void draw_progress(const PanelContext& context, const Progress& progress, ImVec2 right) {
  const widgets::FontScope font(context.fonts.small);
  const picture::Palette& palette = context.palette;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float radius = context.em(4);
  const float line = ImGui::GetTextLineHeight();
  const ImVec2 middle = {right.x - radius, right.y + line / 2};
  if (progress.finished) {
    list.AddCircleFilled(middle, radius, widgets::color(palette.output.line));
  } else {
    list.AddCircle(middle, radius, widgets::color(palette.border), 0, context.px(1.5f));
  }
  const float width = ImGui::CalcTextSize(progress.minutes.c_str()).x;
  list.AddText({middle.x - radius - context.em(6) - width, right.y},
               widgets::color(palette.text_dim), progress.minutes.c_str());
}

float line_height(const PanelContext& context) {
  const widgets::FontScope font(context.fonts.small);
  return ImGui::GetTextLineHeight();
}

// What the lesson is for, and what it meets.
std::string purpose_of(const PanelContext& context, const lesson::CourseLesson& place) {
  const lesson::Language language = context.session.look.language;
  return place.goal.in(language) + "\n" +
         context.locale.text("course.meets", {{"belief", place.misconception.in(language)}});
}

float widest_word(const std::string& text) {
  float widest = 0;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    widest = std::max(widest, ImGui::CalcTextSize(word.c_str()).x);
  }
  return widest;
}

// `place`: in the course; null: none.
void lesson_item(const PanelContext& context, const LessonEntry& entry,
                 const lesson::CourseLesson* place) {
  const lesson::Language language = context.session.look.language;
  const picture::Palette& palette = context.palette;
  const bool current = context.session.document.lesson->id == entry.id;
  const std::string& title = entry.title.in(language);
  const std::string& summary = entry.summary.in(language);

  // Measured first, so that the whole item is clickable.
  const float inset = context.em(10);
  const float width = ImGui::GetContentRegionAvail().x;
  const float wrap = width - 2 * inset;
  const Progress progress = place != nullptr ? progress_of(context, entry, *place) : Progress{};
  const std::string left = left_text(context, entry, progress);
  // A long word takes the whole width; the minutes then stand on the title's last line.
  const float beside = place != nullptr ? progress_width(context, progress) : 0;
  const bool below = widest_word(title) > wrap - beside;
  const float title_wrap = below ? wrap : wrap - beside;
  const float title_line = ImGui::GetTextLineHeight();
  ImVec2 title_size = ImGui::CalcTextSize(title.c_str(), nullptr, false, title_wrap);
  title_size.y = std::max(title_size.y, below ? 2 * title_line : 0);
  ImVec2 summary_size;
  {
    const widgets::FontScope font(context.fonts.small);
    summary_size = ImGui::CalcTextSize(summary.c_str(), nullptr, false, wrap);
  }
  const float pad = context.em(7);
  const float gap = context.em(2);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float left_line = left.empty() ? 0 : gap + line_height(context);
  const ImVec2 size = {width, pad + title_size.y + gap + summary_size.y + left_line + pad};
  const bool clicked = ImGui::InvisibleButton(entry.id.c_str(), size);
  const bool entered = widgets::focus_stop(context);
  if (place != nullptr) {
    widgets::tooltip(context, purpose_of(context, *place));
  }
  if ((clicked || entered) && !current) {
    context.ui.resume_scene = progress.left;
    context.emit(session::action::Open{entry.id});
    context.ui.keys = KeyFocus::kStage;  // to go on with the lesson's keys
  }
  if (current && ImGui::IsWindowAppearing()) {
    ImGui::SetScrollHereY(0.5f);
  }
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (current || ImGui::IsItemHovered()) {
    list.AddRectFilled(corner, {corner.x + size.x, corner.y + size.y},
                       widgets::color(picture::faded(palette.accent, current ? 0.18f : 0.10f)),
                       context.px(6));
  }
  list.AddText(ImGui::GetFont(), ImGui::GetFontSize(), {corner.x + inset, corner.y + pad},
               widgets::color(palette.text), title.c_str(), nullptr, title_wrap);
  if (place != nullptr) {
    const float down = below ? title_size.y - title_line : 0;
    draw_progress(context, progress, {corner.x + size.x - inset, corner.y + pad + down});
  }
  const widgets::FontScope font(context.fonts.small);
  list.AddText(ImGui::GetFont(), ImGui::GetFontSize(),
               {corner.x + inset, corner.y + pad + title_size.y + gap},
               widgets::color(palette.text_dim), summary.c_str(), nullptr, wrap);
  if (!left.empty()) {
    list.AddText({corner.x + inset, corner.y + pad + title_size.y + 2 * gap + summary_size.y},
                 widgets::color(palette.accent), left.c_str());
  }
}

void exit_ticket(const PanelContext& context, const lesson::CourseUnit& unit) {
  ImGui::Indent(context.em(10));
  const std::string words = context.locale.text("course.exit_ticket");
  if (widgets::plain_button(context, words + "##" + unit.exit_ticket.front(),
                            context.locale.text("course.exit_ticket_hint"))) {
    std::string templates;
    for (const std::string& id : unit.exit_ticket) {
      templates += (templates.empty() ? "" : " ") + id;
    }
    context.emit(session::action::Ask{
        .about = session::AskAbout::kQuiz, .seed = next_seed(context), .templates = templates});
    context.ui.keys = KeyFocus::kStage;
  }
  ImGui::Unindent(context.em(10));
}

void unit_heading(const PanelContext& context, const lesson::CourseUnit& unit) {
  const std::int64_t minutes = std::accumulate(
      unit.lessons.begin(), unit.lessons.end(), std::int64_t{0},
      [](std::int64_t sum, const lesson::CourseLesson& lesson) { return sum + lesson.minutes; });
  widgets::heading(context, unit.title.in(context.session.look.language) + ", " +
                                minutes_text(context, minutes));
}

void course_items(const PanelContext& context) {
  for (const lesson::CourseUnit& unit : context.course->units) {
    unit_heading(context, unit);
    for (const lesson::CourseLesson& place : unit.lessons) {
      const auto entry = std::ranges::find(context.lessons, place.id, &LessonEntry::id);
      if (entry != context.lessons.end()) {
        lesson_item(context, *entry, &place);
      }
    }
    if (!unit.exit_ticket.empty()) {
      exit_ticket(context, unit);
    }
  }
}

}  // namespace

void lessons_panel(const PanelContext& context, const picture::Rect& area) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {context.em(8), context.em(12)});
  widgets::begin_area("lessons", area);
  ImGui::PopStyleVar();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, context.em(2)});
  ImGui::BeginChild("list");
  if (context.course != nullptr) {
    course_items(context);
  }
  for (const LessonEntry& entry : context.lessons) {
    if (context.course == nullptr || lesson::find_lesson(*context.course, entry.id) == nullptr) {
      lesson_item(context, entry, nullptr);
    }
  }
  widgets::fade_cut_edges(context);
  ImGui::EndChild();
  ImGui::PopStyleVar();
  const float x = area.right() - 0.5f;
  widgets::edge_line(context, {x, area.y}, {x, area.bottom()});
  widgets::focus_ring(context, area, KeyFocus::kLessons);
  widgets::end_area();
}

}  // namespace convscope::panels
