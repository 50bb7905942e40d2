#include "app/panels/bars/view_switch.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/bars/views.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

constexpr float kSide = 30;
constexpr float kNameGap = 8;

const std::string& name_of(const PanelContext& context, lesson::View view) {
  return context.locale.text(choice_of(view).name);
}

// As wide as any view's name, so that nothing moves when another one is chosen.
float name_width(const PanelContext& context) {
  float widest = 0;
  for (const ViewChoice& choice : view_choices()) {
    widest = std::max(widest, ImGui::CalcTextSize(context.locale.text(choice.name).c_str()).x);
  }
  return std::ceil(widest);
}

std::string tip_of(const PanelContext& context, const ViewChoice& choice) {
  return tooltip_text(choice.show, context.locale) + "\n" +
         tooltip_text(choice.beside, context.locale) + context.locale.text("panel.or_shift_click");
}

}  // namespace

float view_switch_width(const PanelContext& context, bool named) {
  const float icons = std::round(context.em(kSide)) * static_cast<float>(view_choices().size());
  return icons + (named ? context.em(kNameGap) + name_width(context) : 0);
}

void view_switch(const PanelContext& context, float y, bool named) {
  const session::Session& session = context.session;
  const float side = std::round(context.em(kSide));
  float x = ImGui::GetCursorPosX();
  for (const ViewChoice& choice : view_choices()) {
    widgets::next_in_row(y, 0);
    ImGui::SetCursorPosX(x);
    x += side;
    widgets::center_in_row(context, side);
    const widgets::ButtonLook look{.on = session.look.view == choice.view,
                                   .underlined = session.look.second_view == choice.view,
                                   .size = kSide};
    if (widgets::icon_press(context, std::string(choice.name).c_str(), choice.icon,
                            tip_of(context, choice), look)) {
      run_command(ImGui::GetIO().KeyShift ? choice.beside : choice.show, context);
    }
  }
  if (named) {
    widgets::next_in_row(y, 0);
    ImGui::SetCursorPosX(x + context.em(kNameGap));
    widgets::row_text(context, name_of(context, session.look.view));
  }
}

}  // namespace convscope::panels
