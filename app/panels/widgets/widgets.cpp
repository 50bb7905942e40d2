#include "app/panels/widgets/widgets.h"

#include <algorithm>
#include <cmath>

#include "app/panels/widgets/imgui_shim.h"

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

// A focus ring around the last item, if it has the focus.
void ring_on_item(const PanelContext& context) {
  const float line = std::max(1.0f, std::round(context.px(2)));
  const float out = line / 2;
  const ImVec2 corner = ImGui::GetItemRectMin();
  const ImVec2 opposite = ImGui::GetItemRectMax();
  ImGui::GetWindowDrawList()->AddRect({corner.x - out, corner.y - out},
                                      {opposite.x + out, opposite.y + out},
                                      color(context.palette.accent), context.px(6), 0, line);
  if (context.ui.focus.is_new() && !ImGui::IsItemVisible()) {
    ImGui::SetScrollHereY(0.5f);
  }
}

ImU32 button_ink(const PanelContext& context, const ButtonLook& look) {
  const picture::Palette& palette = context.palette;
  const picture::Rgba ink = look.primary                 ? picture::ink_on(palette.accent)
                            : look.on || look.underlined ? palette.accent
                                                         : palette.text;
  return color(picture::faded(ink, look.enabled ? 1.0f : 0.35f));
}

struct FieldLink {
  std::string& text;
  bool* tab_pressed;
};

int on_field(ImGuiInputTextCallbackData* data) {
  auto& link = *static_cast<FieldLink*>(data->UserData);
  if (data->EventFlag == ImGuiInputTextFlags_CallbackResize) {
    link.text.resize(static_cast<std::size_t>(data->BufTextLen));
    data->Buf = link.text.data();
  } else if (data->EventFlag == ImGuiInputTextFlags_CallbackCompletion) {
    *link.tab_pressed = true;
  }
  return 0;
}

// We draw their background.
constexpr ImGuiWindowFlags kModalFlags =
    ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
    ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings |
    ImGuiWindowFlags_NoBackground;

// A popup that is no longer drawn would continue to block the pointer, so it has to be closed.
void close_modal(const char* id) {
  if (ImGui::IsPopupOpen(id) && ImGui::BeginPopupModal(id, nullptr, kModalFlags)) {
    ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
  }
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

// The arrows choose among the items of an open dropdown, Esc closes it.
void hear_choice(const PanelContext& context, int count) {
  const int step = list_step(0);
  if (step != 0) {
    context.ui.dropdown_choice = std::clamp(context.ui.dropdown_choice + step, 0, count - 1);
  }
  if (is_pressed(Key::kEscape)) {
    ImGui::CloseCurrentPopup();
  }
}

std::string button_id(Command command) {
  return "command" + std::to_string(static_cast<int>(command));
}

}  // namespace

bool focus_stop(const PanelContext& context) {
  FocusOrder& order = context.ui.focus;
  const unsigned id = last_item_id();
  if (order.visit(id)) {
    ring_on_item(context);
  }
  return order.is_pressed(id);
}

void give_field_focus(const PanelContext& context, const char* id) {
  if (context.ui.focus.is_pressed(ImGui::GetID(id))) {
    ImGui::SetKeyboardFocusHere();
  }
}

// ImGui's own Tab may have moved the focus here from the previous field.
void mark_field_focus(const PanelContext& context, const char* id) {
  FocusOrder& order = context.ui.focus;
  if (order.focused() && ImGui::IsItemActive()) {
    order.take(ImGui::GetID(id));
  }
  if (order.visit(ImGui::GetID(id))) {
    ring_on_item(context);
  }
}

void begin_area(const char* id, const picture::Rect& area, bool padded, bool above) {
  ImGui::SetNextWindowPos({area.x, area.y});
  ImGui::SetNextWindowSize({std::max(1.0f, area.w), std::max(1.0f, area.h)});
  if (!padded) {
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  }
  ImGui::Begin(id, nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav |
                   ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoFocusOnAppearing |
                   (above ? 0 : ImGuiWindowFlags_NoBringToFrontOnFocus));
  if (!padded) {
    ImGui::PopStyleVar();
  }
}

void begin_note(const PanelContext& context, const char* id, const NoteLook& look) {
  const ImVec2 padding = {context.em(look.padding.x), context.em(look.padding.y)};
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, context.px(look.rounding));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, std::max(1.0f, context.px(look.line)));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
  const ImVec4 border = ImGui::GetStyleColorVec4(ImGuiCol_Border);
  const ImVec4 ground = ImGui::GetStyleColorVec4(ImGuiCol_WindowBg);
  ImGui::PushStyleColor(ImGuiCol_Border, look.border ? color_vec(*look.border) : border);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, look.ground ? color_vec(*look.ground) : ground);
  ImGui::Begin(id, nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav);
  ImGui::PopStyleColor(2);
  ImGui::PopStyleVar(3);
}

void focus_ring(const PanelContext& context, const picture::Rect& area, KeyFocus panel) {
  if (context.ui.keys != panel) {
    return;
  }
  const float line = std::max(1.0f, std::round(context.px(1) * context.palette.line_scale));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRectFullScreen();
  list.AddRect({area.x + line / 2, area.y + line / 2},
               {area.right() - line / 2, area.bottom() - line / 2}, color(context.palette.accent),
               0, 0, line);
  list.PopClipRect();
}

void edge_line(const PanelContext& context, picture::Point from, picture::Point to) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRectFullScreen();
  list.AddLine({from.x, from.y}, {to.x, to.y}, color(context.palette.border),
               std::max(1.0f, std::round(context.px(1) * context.palette.line_scale)));
  list.PopClipRect();
}

void center_in_row(const PanelContext& context, float height) {
  const float row = std::round(context.em(ButtonLook().size));
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + std::round((row - height) / 2));
}

void next_in_row(float y, float gap) {
  ImGui::SameLine(0, gap);
  ImGui::SetCursorPosY(y);
}

void row_text(const PanelContext& context, const std::string& text) {
  // Drawn by hand: ImGui would align it with the baseline of the item before it.
  center_in_row(context, ImGui::GetTextLineHeight());
  ImGui::GetWindowDrawList()->AddText(ImGui::GetCursorScreenPos(), color(context.palette.text),
                                      text.c_str());
  ImGui::Dummy(ImGui::CalcTextSize(text.c_str()));
}

void end_area() { ImGui::End(); }

void tooltip(const PanelContext& context, const std::string& text) {
  const ImVec2 corner = ImGui::GetItemRectMin();
  if (!ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled) ||
      !context.ui.tip.shows({corner.x, corner.y})) {
    return;
  }
  ImGui::PushStyleColor(ImGuiCol_Border, color(context.palette.border));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {context.em(10), context.em(7)});
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(context.em(320));
  {
    const FontScope font(context.fonts.small);
    ImGui::TextUnformatted(text.c_str());
  }
  ImGui::PopTextWrapPos();
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
}

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

int list_step(int page) {
  return (is_pressed(Key::kDown) ? 1 : 0) - (is_pressed(Key::kUp) ? 1 : 0) +
         (is_pressed(Key::kPageDown) ? page : 0) - (is_pressed(Key::kPageUp) ? page : 0);
}

bool begin_dropdown(const PanelContext& context, const char* id, const char* shown,
                    ImGuiComboFlags flags) {
  const unsigned at = ImGui::GetID(id);
  const bool focused = context.ui.focus.visit(at);
  if (context.ui.focus.is_pressed(at)) {
    open_dropdown(id);
  }
  const bool open = ImGui::BeginCombo(id, shown, flags);
  if (open && ImGui::IsWindowAppearing()) {
    context.ui.dropdown_choice = -1;
  } else if (!open && focused) {
    ring_on_item(context);
  }
  return open;
}

bool dropdown_item(const PanelContext& context, int index, const std::string& words, bool chosen) {
  int& choice = context.ui.dropdown_choice;
  if (chosen && choice < 0) {
    choice = index;
  }
  const bool here = choice == index;
  const bool clicked = ImGui::Selectable(words.c_str(), here);
  if (here && !ImGui::IsItemVisible()) {
    ImGui::SetScrollHereY(0.5f);
  }
  const bool entered =
      here && !ImGui::IsWindowAppearing() && is_pressed(Key::kEnter, /*repeats=*/false);
  if (entered) {
    ImGui::CloseCurrentPopup();
  }
  return clicked || entered;
}

void end_dropdown(const PanelContext& context, int count) {
  hear_choice(context, count);
  ImGui::EndCombo();
}

void open_menu(const char* id) { ImGui::OpenPopup(id); }

bool begin_menu(const PanelContext& context, const char* id, ImVec2 corner) {
  ImGui::SetNextWindowPos(corner, ImGuiCond_Always, {1, 0});
  if (!ImGui::BeginPopup(id)) {
    return false;
  }
  if (ImGui::IsWindowAppearing()) {
    context.ui.dropdown_choice = -1;
  }
  return true;
}

void end_menu(const PanelContext& context, int count) {
  hear_choice(context, count);
  ImGui::EndPopup();
}

bool begin_modal(const PanelContext& context, const char* id, const picture::Rect& window,
                 bool wanted) {
  if (!wanted) {
    close_modal(id);
    return false;
  }
  if (!ImGui::IsPopupOpen(id)) {
    ImGui::OpenPopup(id);
  }
  ImGui::SetNextWindowPos({window.center().x, window.center().y}, ImGuiCond_Always, {0.5f, 0.5f});
  ImGui::SetNextWindowSizeConstraints(
      {0, 0}, {std::max(1.0f, window.w * 0.97f), std::max(1.0f, window.h * 0.97f)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {context.em(24), context.em(20)});
  // ImGui's own dimming fades in over many frames, but an idle window sleeps; ours is immediate.
  ImGui::PushStyleColor(ImGuiCol_ModalWindowDimBg, color(picture::kTransparent));
  const bool open = ImGui::BeginPopupModal(id, nullptr, kModalFlags);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
  if (!open) {
    return false;
  }
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 corner = ImGui::GetWindowPos();
  const ImVec2 size = ImGui::GetWindowSize();
  const ImVec2 opposite = {corner.x + size.x, corner.y + size.y};
  list.PushClipRectFullScreen();
  list.AddRectFilled({window.x, window.y}, {window.right(), window.bottom()},
                     color(picture::faded(context.palette.background, 0.65f)));
  list.AddRectFilled(corner, opposite, color(context.palette.surface), context.px(10));
  list.AddRect(corner, opposite, color(context.palette.border), context.px(10));
  list.PopClipRect();
  return true;
}

void end_modal() { ImGui::EndPopup(); }

bool text_field(const char* id, std::string& text, ImGuiInputTextFlags flags, bool* tab_pressed) {
  FieldLink link{text, tab_pressed};
  flags |= ImGuiInputTextFlags_CallbackResize;
  if (tab_pressed != nullptr) {
    flags |= ImGuiInputTextFlags_CallbackCompletion;
  }
  return ImGui::InputText(id, text.data(), text.capacity() + 1, flags, on_field, &link);
}

void text_area(const char* id, std::string& text, float width, float height) {
  FieldLink link{text, nullptr};
  ImGui::InputTextMultiline(id, text.data(), text.capacity() + 1, {width, height},
                            ImGuiInputTextFlags_CallbackResize, on_field, &link);
}

void dim_text(const PanelContext& context, const std::string& text) {
  const FontScope font(context.fonts.small);
  ImGui::PushStyleColor(ImGuiCol_Text, color(context.palette.text_dim));
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
}

void warning_text(const PanelContext& context, const std::string& text) {
  const FontScope font(context.fonts.small);
  ImGui::PushStyleColor(ImGuiCol_Text, color(context.palette.warning));
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
}

void fade_cut_edges(const PanelContext& context) {
  const float depth = context.em(22);
  const ImVec2 corner = ImGui::GetWindowPos();
  const float right = corner.x + ImGui::GetWindowWidth() - ImGui::GetStyle().ScrollbarSize;
  const float bottom = corner.y + ImGui::GetWindowHeight();
  const ImU32 solid = color(context.palette.surface);
  const ImU32 clear = color(picture::faded(context.palette.surface, 0));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (ImGui::GetScrollY() > 0) {
    list.AddRectFilledMultiColor(corner, {right, corner.y + depth}, solid, solid, clear, clear);
  }
  if (ImGui::GetScrollY() < ImGui::GetScrollMaxY()) {
    list.AddRectFilledMultiColor({corner.x, bottom - depth}, {right, bottom}, clear, clear, solid,
                                 solid);
  }
}

void heading(const PanelContext& context, const std::string& text, float beside) {
  ImGui::Dummy({0, context.em(4)});
  const FontScope font(context.fonts.title);
  if (beside > 0) {
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    const ImVec2 size = ImGui::CalcTextSize(text.c_str());
    const float height = std::round(context.em(beside));
    ImGui::GetWindowDrawList()->AddText({corner.x, corner.y + std::round((height - size.y) / 2)},
                                        color(context.palette.text), text.c_str());
    ImGui::Dummy({size.x, height});
    return;
  }
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
}

}  // namespace convscope::panels::widgets
