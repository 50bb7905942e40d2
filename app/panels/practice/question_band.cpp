// The question at the foot of the stage: its text, four answers or a field, and after the answer
// what was right and why.
#include <algorithm>
#include <cfloat>
#include <optional>
#include <string>
#include <vector>

#include "app/panels/practice/answer_map.h"
#include "app/panels/practice/practice.h"
#include "app/panels/practice/summary.h"
#include "app/panels/practice/wall_text.h"
#include "app/panels/practice/worked_row.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/value_text.h"
#include "app/panels/widgets/widgets.h"
#include "core/lesson/formula.h"
#include "core/lesson/layer_code.h"
#include "core/quiz/answer/misconception.h"
#include "core/quiz/question/question_text.h"
#include "core/quiz/templates/templates.h"

namespace convscope::panels {
namespace {

using Phase = session::Asking::Phase;

// A new question begins with nothing typed and nothing chosen.
void follow_question(const PanelContext& context) {
  AnswerDraft& draft = context.ui.draft;
  const session::Asking& asking = *context.session.asking;
  if (asking.is_open() && draft.number != asking.answered.size()) {
    draft = {.number = asking.answered.size(), .focus = asking.question().is_typed()};
  }
}

// "3 of 10", and the way out.
void progress_line(const PanelContext& context) {
  const session::Asking& asking = *context.session.asking;
  const auto number = static_cast<std::int64_t>(asking.number) + 1;
  const float y = ImGui::GetCursorPosY();
  const std::string progress =
      asking.count > 0
          ? context.locale.text("ask.progress", {{"number", number}, {"count", asking.count}})
          : context.locale.text("ask.progress_endless", {{"number", number}});
  widgets::dim_text(context, progress);
  const widgets::FontScope font(context.fonts.small);
  const std::string& leave = context.locale.text("ask.leave");
  const std::string words = leave + "   Esc";
  ImGui::SetCursorPos(
      {ImGui::GetWindowContentRegionMax().x - widgets::choice_width(words), y - context.em(6)});
  if (widgets::choice_button(context, "leave", words, false, "")) {
    context.emit(session::action::Leave{});
  }
  ImGui::SetCursorPosY(y + ImGui::GetTextLineHeightWithSpacing());
}

// Wrapped at `right`, or to the width that is left.
void text_line(const std::string& text, picture::Rgba color, float right = 0) {
  ImGui::PushStyleColor(ImGuiCol_Text, widgets::color(color));
  ImGui::PushTextWrapPos(right);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
}

// Settings that the text leaves out but the answer needs.
void settings_line(const PanelContext& context, const quiz::Question& question) {
  const quiz::Template* asked = quiz::find_template(question.template_id);
  if (asked == nullptr || !asked->shows.layer) {
    return;
  }
  const std::vector<lesson::Layer>& layers = question.scene.layers;
  const Shape& input = question.scene.input.base.shape();
  std::string words = question.scene.input_name + " " +
                      lesson::shape_text(input, layers.front().one_dimensional) + "   ";
  if (layers.size() == 1) {
    words += lesson::layer_expression(layers.front(), input);
  } else {
    words += context.locale.text("ask.layers");
    for (const lesson::Layer& layer : layers) {
      const conv::LayerSpec& spec = layer.spec;
      words += " (" + std::to_string(spec.kernel_size.w) + ", " + std::to_string(spec.stride.w) +
               ", " + std::to_string(spec.pads.left) + ")";
    }
  }
  const widgets::FontScope font(context.fonts.mono);
  text_line(words, context.palette.text_dim);
}

std::string shown_answer(const PanelContext& context, const quiz::Answer& answer) {
  return widgets::with_minus_signs(quiz::answer_text(answer, context.locale));
}

float answer_width(const PanelContext& context, const quiz::Answer& answer) {
  return answer.kind == quiz::Answer::Kind::kMap
             ? map_width(context, answer)
             : ImGui::CalcTextSize(shown_answer(context, answer).c_str()).x;
}

struct OptionLook {
  bool chosen = false;  // by Tab or the arrows
  bool open = true;
  bool picked = false;
  bool right = false;
};

// After the answer the right one is green, and the wrong pick keeps a colour of its own.
picture::Rgba option_edge(const picture::Palette& palette, const OptionLook& look) {
  if (look.open) {
    return look.chosen ? palette.accent : palette.border;
  }
  return look.right ? palette.output.line : look.picked ? palette.warning : palette.border;
}

bool option_button(const PanelContext& context, int index, const quiz::Answer& answer, float width,
                   const OptionLook& look) {
  const picture::Palette& palette = context.palette;
  const float height = context.em(std::max(look.open ? kOption : 34, map_height(answer) + 12));
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const ImVec2 opposite = {corner.x + width, corner.y + height};
  const std::string id = "option" + std::to_string(index);
  const bool pressed = ImGui::InvisibleButton(id.c_str(), {width, height});
  const bool hovered = look.open && ImGui::IsItemHovered();
  const picture::Rgba edge = option_edge(palette, look);
  const bool marked = look.chosen || (!look.open && (look.right || look.picked));
  const float radius = context.px(6);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(
      corner, opposite,
      widgets::color(marked || hovered ? picture::faded(edge, 0.16f) : palette.raised), radius);
  list.AddRect(corner, opposite, widgets::color(edge), radius, 0, context.px(marked ? 2.0f : 1.0f));
  const float line = ImGui::GetTextLineHeight();
  const float y = corner.y + (height - line) / 2;
  const float inset = context.em(12);
  list.AddText({corner.x + inset, y}, widgets::color(palette.text_dim),
               std::string(1, static_cast<char>('A' + index)).c_str());
  list.PushClipRect(corner, opposite, true);
  const float x = corner.x + inset + context.em(24);
  if (answer.kind == quiz::Answer::Kind::kMap) {
    draw_map(context, answer, {x, corner.y + height / 2});
  } else {
    list.AddText({x, y}, widgets::color(palette.text), shown_answer(context, answer).c_str());
  }
  list.PopClipRect();
  return pressed && look.open;
}

// In one row, or in two where the answers are long.
void options_in_font(const PanelContext& context, const quiz::Question& question) {
  const session::Asking& asking = *context.session.asking;
  const float gap = context.em(8);
  const float room = ImGui::GetContentRegionAvail().x;
  const auto count = static_cast<int>(question.options.size());
  float widest = 0;
  for (const quiz::Option& option : question.options) {
    widest = std::max(widest, answer_width(context, option.value) + context.em(48));
  }
  const auto side = static_cast<float>(count);
  const int columns = (room - gap * (side - 1)) / side >= widest ? count : std::min(count, 2);
  const float width = (room - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  for (int i = 0; i < count; ++i) {
    if (i % columns != 0) {
      ImGui::SameLine(0, gap);
    }
    const auto index = static_cast<std::size_t>(i);
    const OptionLook look = {.chosen = asking.is_open() && context.ui.draft.chosen == i,
                             .open = asking.is_open(),
                             .picked = asking.option == i,
                             .right = question.options[index].right};
    if (option_button(context, i, question.options[index].value, width, look)) {
      context.emit(session::action::Answer{i, ""});
    }
  }
}

// On a wall as large as fits one row.
void options(const PanelContext& context, const quiz::Question& question) {
  if (!is_on_wall(context.session)) {
    options_in_font(context, question);
    return;
  }
  const auto count = static_cast<float>(question.options.size());
  const float column =
      (ImGui::GetContentRegionAvail().x - context.em(8) * (count - 1)) / count - context.em(48);
  float size = FLT_MAX;
  for (const quiz::Option& option : question.options) {
    size = std::min(size, wall_line_size(context, shown_answer(context, option.value), column));
  }
  const WallFont font(context, size);
  options_in_font(context, question);
}

bool takes_keys(const PanelContext& context) {
  return topmost_modal(context.ui, context.unsaved) == Modal::kNone && !ImGui::IsWindowAppearing();
}

// 1 for the first; letters would blank the screen of somebody who presents.
std::optional<int> typed_option(int count) {
  for (const ImWchar character : ImGui::GetIO().InputQueueCharacters) {
    const int index = static_cast<int>(character) - '1';
    if (index >= 0 && index < count) {
      return index;
    }
  }
  return std::nullopt;
}

// Digits, Tab and the arrows choose, Enter gives.
void choose_by_keys(const PanelContext& context, int count) {
  int& chosen = context.ui.draft.chosen;
  if (!takes_keys(context) || widgets::is_typing() || count == 0) {
    return;
  }
  const bool tab = widgets::is_pressed(Key::kTab);
  const bool back = widgets::is_pressed(Key::kLeft) || widgets::is_pressed(Key::kUp) ||
                    (tab && ImGui::GetIO().KeyShift);
  const bool on = widgets::is_pressed(Key::kRight) || widgets::is_pressed(Key::kDown) || tab;
  if (const std::optional<int> typed = typed_option(count)) {
    chosen = *typed;
  } else if (back) {
    chosen = (std::max(chosen, 0) + count - 1) % count;
  } else if (on) {
    chosen = (chosen + 1) % count;
  } else if (chosen >= 0 && widgets::is_pressed(Key::kEnter, false)) {
    context.emit(session::action::Answer{chosen, ""});
  }
}

// A field, and what it says to what is no answer.
void typed_answer(const PanelContext& context) {
  AnswerDraft& draft = context.ui.draft;
  if (draft.focus) {
    widgets::focus_next_item();
    draft.focus = false;
  }
  ImGui::SetNextItemWidth(context.em(220));
  const bool entered =
      widgets::text_field("##answer", draft.text, ImGuiInputTextFlags_EnterReturnsTrue);
  // ImGui has let the field go by then.
  if (ImGui::IsItemDeactivated() && widgets::is_pressed(Key::kEscape, false)) {
    context.emit(session::action::Leave{});
  }
  ImGui::SameLine(0, context.em(8));
  const bool pressed = widgets::primary_button(context, context.locale.text("ask.check"));
  if ((entered || pressed) && !draft.text.empty()) {
    context.emit(session::action::Answer{{}, draft.text});
    draft.focus = entered;  // another try, if it was no answer
  }
  const auto& verdict = context.session.asking->verdict;
  if (verdict && verdict->kind == quiz::Verdict::Kind::kNotUnderstood) {
    ImGui::SameLine(0, context.em(12));
    text_line(context.locale.text("ask.not_understood"), context.palette.warning);
  }
}

// Right or not, and what was done instead.
void feedback(const PanelContext& context, const quiz::Question& question, float right_edge) {
  const quiz::Verdict& verdict = *context.session.asking->verdict;
  const picture::Palette& palette = context.palette;
  const bool right = verdict.kind == quiz::Verdict::Kind::kRight;
  const std::string answer = shown_answer(context, question.right);
  const std::string given = shown_answer(context, verdict.answer);
  std::string words = right ? context.locale.text("ask.right", {{"answer", answer}})
                            : context.locale.text("ask.wrong", {{"answer", answer}});
  if (!right && question.is_typed()) {
    words = context.locale.text("ask.wrong_typed", {{"answer", answer}, {"given", given}});
  }
  if (!verdict.code.empty()) {
    words += " " + context.locale.text(quiz::feedback_key(verdict.code));
  }
  const picture::Rgba color = right ? palette.output.text : palette.text;
  if (!is_on_wall(context.session)) {
    text_line(words, color, right_edge);
    return;
  }
  const float width = right_edge - ImGui::GetCursorPosX();
  const WallFont font(context,
                      wall_text_size(context, words, width, ImGui::GetContentRegionAvail().y));
  text_line(words, color, right_edge);
}

const std::string& next_words(const PanelContext& context) {
  const session::Asking& asking = *context.session.asking;
  const bool last =
      asking.count > 0 && static_cast<std::int64_t>(asking.number) + 1 >= asking.count;
  return context.locale.text(last ? "ask.to_summary" : "ask.next");
}

void next_button(const PanelContext& context, float left) {
  const std::string& words = next_words(context);
  const bool entered = takes_keys(context) && widgets::is_pressed(Key::kEnter, false);
  ImGui::SetCursorPos({left, ImGui::GetWindowContentRegionMax().y - ImGui::GetFrameHeight()});
  if (widgets::primary_button(context, words) || entered) {
    context.emit(session::action::NextQuestion{});
  }
}

// The room in pixels that an open question needs below its text.
float room_below(const PanelContext& context, const quiz::Question& question) {
  return context.em(option_height(question) + 34 + worked_height(context.session));
}

// On a wall an open question is read from the back row; once answered, its explanation is.
void question_line(const PanelContext& context, const quiz::Question& question) {
  const std::string words =
      widgets::with_minus_signs(quiz::question_text(question, context.locale));
  const bool open = context.session.asking->is_open();
  if (!is_on_wall(context.session) || !open) {
    const widgets::FontScope font(open || is_on_wall(context.session) ? context.fonts.title
                                                                      : context.fonts.body);
    text_line(words, context.palette.text);
    return;
  }
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const WallFont font(
      context, wall_text_size(context, words, room.x, room.y - room_below(context, question)));
  text_line(words, context.palette.text);
}

void open_question(const PanelContext& context, const quiz::Question& question) {
  settings_line(context, question);
  worked_row(context);
  ImGui::Dummy({0, context.em(4)});
  if (question.is_typed()) {
    typed_answer(context);
  } else {
    options(context, question);
    choose_by_keys(context, static_cast<int>(question.options.size()));
  }
}

void answered_question(const PanelContext& context, const quiz::Question& question) {
  if (!question.is_typed()) {
    options(context, question);
  }
  const float button =
      ImGui::CalcTextSize(next_words(context).c_str()).x + 2 * ImGui::GetStyle().FramePadding.x;
  const float left = ImGui::GetWindowContentRegionMax().x - button;
  feedback(context, question, left - context.em(12));
  next_button(context, left);
}

}  // namespace

void question_band(const PanelContext& context, const picture::Rect& area) {
  follow_question(context);
  widgets::begin_area("question band", area);
  widgets::edge_line(context, {area.x, area.y}, {area.right(), area.y});
  const session::Asking& asking = *context.session.asking;
  if (asking.phase == Phase::kDone) {
    summary(context);
    widgets::end_area();
    return;
  }
  const quiz::Question& question = asking.question();
  progress_line(context);
  question_line(context, question);
  {
    const widgets::FontScope font(is_on_wall(context.session) ? context.fonts.title
                                                              : context.fonts.body);
    if (asking.is_open()) {
      open_question(context, question);
    } else {
      answered_question(context, question);
    }
  }
  widgets::end_area();
}

}  // namespace convscope::panels
