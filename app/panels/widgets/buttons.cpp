#include "app/panels/widgets/buttons.h"

#include <algorithm>
#include <cmath>

#include "app/panels/commands/shortcuts.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels::widgets {
namespace {

// The frame of a button; true if it was pressed. Flat unless the pointer is over it.
bool button_frame(const PanelContext& context, const char* id, ImVec2 size,
                  const ButtonLook& look) {
  ImGui::BeginDisabled(!look.enabled);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const bool pressed = ImGui::InvisibleButton(id, size);
  const picture::Palette& palette = context.palette;
  picture::Rgba fill = look.primary ? palette.accent
                       : look.on    ? picture::faded(palette.accent, 0.22f)
                                    : picture::kTransparent;
  if (look.enabled && ImGui::IsItemHovered()) {
    fill = look.primary ? picture::mixed(palette.accent, palette.text, 0.15f)
                        : picture::faded(palette.accent, 0.16f);
  }
  if (fill.a > 0) {
    ImGui::GetWindowDrawList()->AddRectFilled(corner, {corner.x + size.x, corner.y + size.y},
                                              color(fill), context.px(6));
  }
  ImGui::EndDisabled();
  return (look.enabled && focus_stop(context)) || pressed;
}

ImU32 button_ink(const PanelContext& context, const ButtonLook& look) {
  const picture::Palette& palette = context.palette;
  const picture::Rgba ink = look.primary                 ? picture::ink_on(palette.accent)
                            : look.on || look.underlined ? palette.accent
                                                         : palette.text;
  return color(picture::faded(ink, look.enabled ? 1.0f : 0.35f));
}

// Truncated with "…" to fit this width.
std::string cut_to(const std::string& words, float width) {
  if (choice_width(words) <= width) {
    return words;
  }
  std::string cut = words;
  do {
    while (!cut.empty() && (static_cast<unsigned char>(cut.back()) & 0xC0) == 0x80) {
      cut.pop_back();  // the rest of a character
    }
    if (!cut.empty()) {
      cut.pop_back();
    }
  } while (!cut.empty() && choice_width(cut + "…") > width);
  while (!cut.empty() && (cut.back() == ' ' || cut.back() == ',')) {
    cut.pop_back();
  }
  return cut + "…";
}

std::string button_id(Command command) {
  return "command" + std::to_string(static_cast<int>(command));
}

}  // namespace

float worded_width(const PanelContext& context, const std::string& word, float size) {
  const float side = std::round(context.em(size));
  if (word.empty()) {
    return side;
  }
  const FontScope font(context.fonts.small);
  return side + std::ceil(ImGui::CalcTextSize(word.c_str()).x + context.em(6));
}

bool icon_press(const PanelContext& context, const char* id, Icon icon, const std::string& tip,
                const ButtonLook& look, const std::string& word) {
  const float side = std::round(context.em(look.size));
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const bool pressed =
      button_frame(context, id, {worded_width(context, word, look.size), side}, look);
  if (!word.empty()) {
    const FontScope font(context.fonts.small);
    ImGui::GetWindowDrawList()->AddText(
        {corner.x + side - context.em(2),
         std::round(corner.y + (side - ImGui::GetTextLineHeight()) / 2)},
        button_ink(context, look), word.c_str());
  }
  const float weight = std::max(1.0f, context.px(1.5f) * context.palette.line_scale);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_icon(list, icon, {corner.x + side / 2, corner.y + side / 2}, std::round(context.em(15)),
            weight, button_ink(context, look));
  if (look.underlined) {
    const float y = corner.y + side - std::round(context.em(3));
    list.AddLine({corner.x + context.em(8), y}, {corner.x + side - context.em(8), y},
                 color(context.palette.accent), std::round(context.em(2)));
  }
  tooltip(context, tip);
  return pressed;
}

void icon_button(const PanelContext& context, Icon icon, Command command, const ButtonLook& look) {
  if (icon_press(context, button_id(command).c_str(), icon, command_tip(context, command), look)) {
    run_command(command, context);
  }
}

float choice_width(const std::string& words) {
  return ImGui::CalcTextSize(words.c_str()).x + 2 * ImGui::GetStyle().FramePadding.x;
}

bool choice_button(const PanelContext& context, const char* id, const std::string& words,
                   bool chosen, const std::string& tip, float width) {
  const float most = width > 0 ? width : choice_width(words);
  ImGui::PushStyleColor(
      ImGuiCol_Button,
      color(chosen ? picture::faded(context.palette.accent, 0.22f) : picture::kTransparent));
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0);
  const bool pressed = ImGui::Button((cut_to(words, most) + "##" + id).c_str(), {most, 0});
  const bool entered = focus_stop(context);
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
  tooltip(context, tip);
  return (pressed || entered) && !chosen;
}

float text_button_width(const PanelContext& context, const std::string& text) {
  return std::max(std::round(context.em(ButtonLook().size)),
                  ImGui::CalcTextSize(text.c_str()).x + context.em(18));
}

void text_button(const PanelContext& context, const std::string& text, Command command,
                 const ButtonLook& look) {
  const ImVec2 words = ImGui::CalcTextSize(text.c_str());
  const float height = std::round(context.em(look.size));
  const ImVec2 size = {text_button_width(context, text), height};
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const bool pressed = button_frame(context, button_id(command).c_str(), size, look);
  ImGui::GetWindowDrawList()->AddText({std::round(corner.x + (size.x - words.x) / 2),
                                       std::round(corner.y + (size.y - words.y) / 2)},
                                      button_ink(context, look), text.c_str());
  tooltip(context, command_tip(context, command));
  if (pressed) {
    run_command(command, context);
  }
}

bool primary_button(const PanelContext& context, const std::string& words) {
  const picture::Rgba accent = context.palette.accent;
  ImGui::PushStyleColor(ImGuiCol_Button, color(accent));
  ImGui::PushStyleColor(ImGuiCol_ButtonHovered,
                        color(picture::mixed(accent, context.palette.text, 0.15f)));
  ImGui::PushStyleColor(ImGuiCol_Text, color(picture::ink_on(accent)));
  const bool pressed = ImGui::Button(words.c_str());
  ImGui::PopStyleColor(3);
  return focus_stop(context) || pressed;
}

bool plain_button(const PanelContext& context, const std::string& words, const std::string& tip) {
  const bool pressed = ImGui::Button(words.c_str());
  const bool entered = focus_stop(context);
  if (!tip.empty()) {
    tooltip(context, tip);
  }
  return pressed || entered;
}

bool check_box(const PanelContext& context, const std::string& label, bool& on) {
  bool changed = ImGui::Checkbox(label.c_str(), &on);
  if (focus_stop(context)) {
    on = !on;
    changed = true;
  }
  return changed;
}

}  // namespace convscope::panels::widgets
