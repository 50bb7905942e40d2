// Lists that drop down, and menus.
#pragma once

#include <string>

#include <imgui.h>

#include "app/panels/panels.h"

namespace convscope::panels::widgets {

// A dropdown list; call end_dropdown() if it returned true. Esc closes it.
bool begin_dropdown(const PanelContext& context, const char* id, const char* shown,
                    ImGuiComboFlags flags = 0);
// The choice at `index`; true if it was chosen, by a click or with the arrows and Enter.
bool dropdown_item(const PanelContext& context, int index, const std::string& words, bool chosen);
void end_dropdown(const PanelContext& context, int count);
// A menu of dropdown items that open_menu() has opened, its right upper corner at `corner`; call
// end_menu() if it returned true.
void open_menu(const char* id);
bool begin_menu(const PanelContext& context, const char* id, ImVec2 corner);
void end_menu(const PanelContext& context, int count);
// By how many rows the arrows and the page keys move on in this frame.
int list_step(int page);

}  // namespace convscope::panels::widgets
