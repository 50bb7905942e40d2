// A field over the cell whose value is being typed.
#include <algorithm>
#include <cmath>
#include <utility>

#include "app/panels/stage/stage_cells.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/value_text.h"
#include "app/panels/widgets/widgets.h"
#include "core/picture/display/target_rect.h"

namespace convscope::panels {
namespace {

// Where the field stands: its cell, or more where that is too small for what is typed.
picture::Rect field_rect(const PanelContext& context, const picture::Rect& stage,
                         const ValueEditor& editor) {
  const picture::Rect cell =
      picture::target_rect(context.stage, editor.target)
          .value_or(picture::Rect{context.stage.width / 2, context.stage.height / 2, 0, 0});
  const ImVec2 words = ImGui::CalcTextSize((editor.text + "0").c_str());  // and the next digit
  const float w = std::min(std::max({cell.w, context.em(40), words.x + context.em(12)}),
                           std::max(1.0f, stage.w));
  const float h = std::max(words.y + context.em(6), cell.h);
  const float x = stage.x + cell.center().x - w / 2;
  const float y = stage.y + cell.center().y - h / 2;
  return {std::clamp(x, stage.x, std::max(stage.x, stage.right() - w)),
          std::clamp(y, stage.y, std::max(stage.y, stage.bottom() - h)), w, h};
}

// In a large cell its digits are as large as the stage's, as far as they fit.
float magnification(const picture::Rect& rect, const ValueEditor& editor) {
  constexpr float kShare = 0.42f;
  constexpr float kMost = 2;
  const ImVec2 words = ImGui::CalcTextSize((editor.text + "0").c_str());
  return std::clamp(std::min(kShare * rect.h / words.y, 0.9f * rect.w / words.x), 1.0f, kMost);
}

void close_editor(const PanelContext& context) {
  context.ui.editor.reset();
  context.emit(session::action::Select{});
}

// Takes what was typed, or tells why it can't: a key in the locale.
std::optional<std::string> take(const PanelContext& context, const ValueEditor& editor) {
  const std::optional<float> value = widgets::parse_value(editor.text);
  if (!value) {
    return "panel.not_a_number";
  }
  if (!std::isfinite(*value)) {
    return "panel.number_too_large";
  }
  if (value != cell_value(context.session, context.derived, editor.target)) {
    context.emit(session::action::SetValue{editor.target, *value, true});
  }
  return std::nullopt;
}

// With the keyboard yet to come.
ValueEditor started(const session::Target& target, std::string text) {
  ValueEditor editor;
  editor.target = target;
  editor.text = std::move(text);
  return editor;
}

void edit_next(const PanelContext& context, ValueEditor& editor) {
  const session::Target next = next_cell(context.session, context.derived, editor.target);
  const float value = cell_value(context.session, context.derived, next).value_or(0.0f);
  editor = started(next, widgets::value_text(value));
  if (context.ui.cursor) {
    context.ui.cursor = next;
  }
  context.emit(session::action::Select{next});
}

void refuse(ValueEditor& editor, std::string reason) {
  editor = started(editor.target, std::move(editor.text));
  editor.refusal = std::move(reason);
}

// Each cell has a field of its own: one that went on would keep the text of the cell before.
std::string field_id(const session::Target& target) {
  const Index& at = target.at;
  std::string id = "##value" + std::to_string(static_cast<int>(target.tensor));
  for (const std::int64_t place : {at.n, at.c, at.y, at.x}) {
    id += " " + std::to_string(place);
  }
  return id;
}

struct Typed {
  bool entered = false;
  bool tab = false;
  bool left = false;  // Esc, which puts the old text back, or a click elsewhere
};

// The text stands in the middle, as in the cell below.
Typed field(const PanelContext& context, const picture::Rect& rect, ValueEditor& editor) {
  const bool just_focused = std::exchange(editor.focus, false);
  if (just_focused) {
    widgets::focus_next_item();
  }
  const ImVec2 words = ImGui::CalcTextSize(editor.text.c_str());
  const ImVec2 padding = {std::max(context.em(6), (rect.w - words.x) / 2),
                          std::max(0.0f, (rect.h - words.y) / 2)};
  const picture::Rgba edge = editor.refusal ? context.palette.warning : context.palette.accent;
  ImGui::PushStyleColor(ImGuiCol_Border, widgets::color(edge));
  ImGui::PushStyleColor(ImGuiCol_FrameBg, widgets::color(context.palette.raised));
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, std::max(1.0f, context.px(2)));
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, padding);
  ImGui::SetNextItemWidth(rect.w);
  const std::string before = editor.text;
  Typed typed;
  typed.entered =
      widgets::text_field(field_id(editor.target).c_str(), editor.text,
                          ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll |
                              ImGuiInputTextFlags_NoHorizontalScroll,
                          &typed.tab);
  editor.patience = ImGui::IsItemActive() ? 0 : std::max(0, editor.patience - 1);
  typed.left = ImGui::IsItemDeactivated() && !just_focused;
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor(2);
  if (editor.text != before) {
    editor.refusal.reset();
  }
  return typed;
}

void answer(const PanelContext& context, const Typed& typed, ValueEditor& editor) {
  if (typed.tab || typed.entered) {
    if (std::optional<std::string> reason = take(context, editor)) {
      refuse(editor, *std::move(reason));
    } else if (typed.tab) {
      edit_next(context, editor);
    } else {
      close_editor(context);
    }
  } else if (typed.left) {
    take(context, editor);
    close_editor(context);
  }
}

// Below the field, or above it where the stage ends.
void tell_refusal(const PanelContext& context, const picture::Rect& stage,
                  const picture::Rect& rect, const std::string& sentence) {
  const widgets::FontScope font(context.fonts.small);
  const float pad = context.em(8);
  const float wrap = std::min(context.em(240), std::max(1.0f, stage.w - 2 * pad));
  const ImVec2 words = ImGui::CalcTextSize(sentence.c_str(), nullptr, false, wrap);
  const picture::Point size = {words.x + 2 * pad, words.y + 2 * pad};
  const float gap = context.em(4);
  const float x =
      std::clamp(rect.center().x - size.x / 2, stage.x, std::max(stage.x, stage.right() - size.x));
  const bool below = rect.bottom() + gap + size.y <= stage.bottom();
  const float y = below ? rect.bottom() + gap : rect.y - gap - size.y;
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  list.AddRectFilled({x, y}, {x + size.x, y + size.y}, widgets::color(context.palette.surface),
                     context.px(6));
  list.AddRect({x, y}, {x + size.x, y + size.y}, widgets::color(context.palette.warning),
               context.px(6));
  list.AddText(ImGui::GetFont(), ImGui::GetFontSize(), {x + pad, y + pad},
               widgets::color(context.palette.warning), sentence.c_str(), nullptr, wrap);
}

}  // namespace

void value_editor(const PanelContext& context, const picture::Rect& stage) {
  if (!context.ui.editor) {
    return;
  }
  const picture::Rect rect = field_rect(context, stage, *context.ui.editor);
  const std::optional<std::string> refusal = context.ui.editor->refusal;
  ImGui::SetNextWindowPos({rect.x, rect.y});
  ImGui::SetNextWindowSize({rect.w, rect.h});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::Begin("value", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoNav);
  ImGui::PopStyleVar();
  ImGui::SetWindowFontScale(magnification(rect, *context.ui.editor));
  {
    const widgets::FontScope font(context.fonts.title);
    const Typed typed = field(context, rect, *context.ui.editor);
    answer(context, typed, *context.ui.editor);
  }
  ImGui::End();
  if (refusal) {
    tell_refusal(context, stage, rect, context.locale.text(*refusal));
  }
}

}  // namespace convscope::panels
