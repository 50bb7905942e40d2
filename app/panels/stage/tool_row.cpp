// The tools at the stage's edge: pointer, brush and eraser, and what the brush paints with.
#include <array>
#include <cmath>
#include <vector>

#include "app/panels/commands/shortcuts.h"
#include "app/panels/stage/brush.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/dropdown.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/value_text.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

using Tool = Brush::Tool;

constexpr float kSide = 28;
constexpr float kToolGap = 2;
constexpr float kApart = 8;
constexpr float kPadding = 4;
constexpr float kAbove = 2;  // the buttons: below them begins the narration
constexpr float kField = 56;
constexpr float kSize = 30;

struct ToolButton {
  widgets::Icon icon;
  Command command;
  bool on = false;
  float before = kToolGap;
};

std::vector<ToolButton> buttons_of(const PanelContext& context) {
  const UiState& ui = context.ui;
  std::vector<ToolButton> buttons = {
      {widgets::Icon::kPointer, Command::kPointer, ui.brush.tool == Tool::kPointer, 0},
      {widgets::Icon::kBrush, Command::kBrush, ui.brush.tool == Tool::kBrush},
      {widgets::Icon::kEraser, Command::kEraser, ui.brush.tool == Tool::kEraser},
      {widgets::Icon::kLoupe, Command::kLoupe, ui.loupe, kApart}};
  if (context.stage.split_area) {
    buttons.push_back(
        {widgets::Icon::kSplit, Command::kSplit, context.session.look.split.has_value()});
  }
  return buttons;
}

// What the scene can be compared with; words of the locale below "compare.".
struct Choice {
  session::Comparison with;
  Command command;
  const char* words;
};
constexpr std::array kChoices = {
    Choice{session::Comparison::kLesson, Command::kCompareLesson, "compare.lesson"},
    Choice{session::Comparison::kBefore, Command::kCompareBefore, "compare.before"},
    Choice{session::Comparison::kPadding, Command::kComparePadding, "compare.padding"},
    Choice{session::Comparison::kStride, Command::kCompareStride, "compare.stride"},
    Choice{session::Comparison::kSame, Command::kCompareSame, "compare.same"},
    Choice{session::Comparison::kNone, Command::kCompareNone, "compare.none"},
};

// Only what would do something is offered.
void compare_menu(const PanelContext& context) {
  constexpr const char* kId = "compare with";
  const bool on = context.session.look.comparison != session::Comparison::kNone;
  if (widgets::icon_press(context, "compare", widgets::Icon::kCompare,
                          context.locale.text("tip.compare"), {.on = on, .size = kSide})) {
    widgets::open_menu(kId);
  }
  const ImVec2 corner = ImGui::GetItemRectMax();
  if (!widgets::begin_menu(context, kId, {corner.x, corner.y + context.em(kPadding)})) {
    return;
  }
  int index = 0;
  for (const Choice& choice : kChoices) {
    const bool chosen = context.session.look.comparison == choice.with;
    if ((chosen && choice.with != session::Comparison::kNone) ||
        is_enabled(choice.command, context)) {
      if (widgets::dropdown_item(context, index++, context.locale.text(choice.words), chosen)) {
        run_command(choice.command, context);
      }
    }
  }
  widgets::end_menu(context, index);
}

bool has_channels(const PanelContext& context) {
  const session::Session& session = context.session;
  return lesson::layer_input_shape(session::scene_of(session), session.look.layer).c > 1;
}

// What the brush paints; the eraser's 0 is not asked for.
void value_field(const PanelContext& context) {
  Brush& brush = context.ui.brush;
  std::string text = brush.typed.value_or(widgets::value_text(brush_value(context)));
  constexpr const char* kId = "##brush value";
  widgets::give_field_focus(context, kId);
  ImGui::SetNextItemWidth(context.em(kField));
  widgets::text_field(kId, text, ImGuiInputTextFlags_AutoSelectAll);
  brush.typed = ImGui::IsItemActive() ? std::optional(text) : std::nullopt;
  if (ImGui::IsItemEdited()) {
    const std::optional<float> value = widgets::parse_value(text);
    if (value && std::isfinite(*value)) {
      brush.value = value;
    }
  }
  widgets::mark_field_focus(context, kId);
  widgets::tooltip(context, context.locale.text("tip.brush_value"));
}

float options_width(const PanelContext& context) {
  if (!context.ui.brush.in_hand()) {
    return 0;
  }
  float width = 2 * kSide + kSize + 4 * kToolGap + 8;
  if (context.ui.brush.tool == Tool::kBrush) {
    width += kField + 8;
  }
  const float words =
      has_channels(context)
          ? ImGui::CalcTextSize(context.locale.text("panel.brush_channels").c_str()).x +
                ImGui::GetFrameHeight() + context.em(18)
          : 0;
  return context.em(width) + words;
}

void draw_options(const PanelContext& context, float y) {
  const float field_y = y + (context.em(kSide) - ImGui::GetFrameHeight()) / 2;
  if (context.ui.brush.tool == Tool::kBrush) {
    ImGui::SetCursorPosY(field_y);
    value_field(context);
    widgets::next_in_row(y, context.em(8));
  }
  widgets::icon_button(context, widgets::Icon::kMinus, Command::kBrushSmaller, {.size = kSide});
  widgets::next_in_row(y, 0);
  // Drawn by hand: ImGui would align it with the words of the field before it.
  const std::string size = std::to_string(brush_size(context));
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float side = std::round(context.em(kSide));
  const ImVec2 words = ImGui::CalcTextSize(size.c_str());
  ImGui::GetWindowDrawList()->AddText({std::round(corner.x + (context.em(kSize) - words.x) / 2),
                                       std::round(corner.y + (side - words.y) / 2)},
                                      widgets::color(context.palette.text), size.c_str());
  ImGui::InvisibleButton("size", {context.em(kSize), side});
  widgets::tooltip(context, context.locale.text("tip.brush_size"));
  widgets::next_in_row(y, 0);
  widgets::icon_button(context, widgets::Icon::kPlus, Command::kBrushLarger, {.size = kSide});
  if (has_channels(context)) {
    widgets::next_in_row(y, context.em(8));
    ImGui::SetCursorPosY(field_y);
    widgets::check_box(context, context.locale.text("panel.brush_channels") + "##all",
                       context.ui.brush.all_channels);
    widgets::tooltip(context, context.locale.text("tip.brush_channels"));
  }
  widgets::next_in_row(y, context.em(8));
}

}  // namespace

void tool_row(const PanelContext& context, const picture::Rect& area) {
  context.ui.tools_width = 0;
  if (context.empty || session::is_asking(context.session)) {
    return;
  }
  const std::vector<ToolButton> buttons = buttons_of(context);
  float width = 2 * context.em(kPadding);
  for (const ToolButton& button : buttons) {
    width += std::round(context.em(kSide)) + context.em(button.before);
  }
  width += std::round(context.em(kSide)) + context.em(kToolGap) + options_width(context);
  const float height = std::round(context.em(kSide)) + 2 * context.em(kAbove);
  const float margin = context.em(8);
  const picture::Rect place = {area.right() - margin - width, area.y + context.em(6), width,
                               height};
  context.ui.tools_width = width + 2 * margin;
  const bool raised = context.ui.brush.in_hand();
  ImGui::PushStyleColor(ImGuiCol_WindowBg,
                        widgets::color_vec(raised ? context.palette.surface
                                                  : picture::faded(context.palette.surface, 0.8f)));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, context.px(6));
  widgets::begin_area("tools", place, false, /*above=*/true);
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
  const float y = context.em(kAbove);
  ImGui::SetCursorPos({context.em(kPadding), y});
  if (raised) {
    draw_options(context, y);
  }
  for (const ToolButton& button : buttons) {
    if (button.before > 0) {
      widgets::next_in_row(y, context.em(button.before));
    }
    widgets::icon_button(context, button.icon, button.command, {.on = button.on, .size = kSide});
  }
  widgets::next_in_row(y, context.em(kToolGap));
  compare_menu(context);
  widgets::end_area();
}

}  // namespace convscope::panels
