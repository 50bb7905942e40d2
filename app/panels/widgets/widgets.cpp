#include "app/panels/widgets/widgets.h"

#include <algorithm>
#include <cmath>

#include "app/panels/widgets/imgui_shim.h"

namespace convscope::panels::widgets {
namespace {

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

}  // namespace

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
    focus_next_item();
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

void center_in_row(const PanelContext& context, float height, float row) {
  const float buttons = std::round(context.em(row));
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + std::round((buttons - height) / 2));
}

void next_in_row(float y, float gap) {
  ImGui::SameLine(0, gap);
  ImGui::SetCursorPosY(y);
}

void row_text(const PanelContext& context, const std::string& text, float row) {
  // Drawn by hand: ImGui would align it with the baseline of the item before it.
  center_in_row(context, ImGui::GetTextLineHeight(), row);
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
