#include "app/panels/widgets/dropdown.h"

#include <algorithm>

#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels::widgets {
namespace {

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

}  // namespace

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

}  // namespace convscope::panels::widgets
