#include "app/panels/bars/view_switch.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/bars/views.h"
#include "app/panels/commands/shortcuts.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

constexpr float kViewSide = 30;

std::string key_of(const lesson::ViewRow& row) { return "panel." + std::string(row.name); }

// A name that is too long for a button has a shorter form.
const std::string& word_of(const PanelContext& context, const lesson::ViewRow& row) {
  const std::string brief = "brief." + std::string(row.name);
  return context.locale.text(context.locale.has(brief) ? brief : key_of(row));
}

float width_of(const PanelContext& context, const lesson::ViewRow& row) {
  return widgets::worded_width(context, word_of(context, row), kViewSide);
}

std::string tip_of(const PanelContext& context, lesson::View view) {
  return tooltip_text(show_command(view), context.locale) + "\n" +
         tooltip_text(beside_command(view), context.locale) +
         context.locale.text("panel.or_shift_click");
}

}  // namespace

float view_switch_width(const PanelContext& context, ViewWords words) {
  const float icon = std::round(context.em(kViewSide));
  float width = icon * static_cast<float>(lesson::kViewTable.size());
  float widest = 0;  // so that nothing else moves when another view is chosen
  for (const lesson::ViewRow& row : lesson::kViewTable) {
    const float word = width_of(context, row) - icon;
    widest = std::max(widest, word);
    width += words == ViewWords::kAll ? word : 0;
  }
  width += words == ViewWords::kCurrent ? widest : 0;
  return width;
}

void view_switch(const PanelContext& context, float y, ViewWords words) {
  const session::Session& session = context.session;
  float x = ImGui::GetCursorPosX();
  for (const lesson::ViewRow& row : lesson::kViewTable) {
    widgets::next_in_row(y, 0);
    ImGui::SetCursorPosX(x);
    const bool worded =
        words == ViewWords::kAll || (words == ViewWords::kCurrent && session.look.view == row.view);
    const std::string word = worded ? word_of(context, row) : std::string();
    x += widgets::worded_width(context, word, kViewSide);
    widgets::center_in_row(context, std::round(context.em(kViewSide)));
    const widgets::ButtonLook look{.on = session.look.view == row.view,
                                   .underlined = session.look.second_view == row.view,
                                   .size = kViewSide};
    if (widgets::icon_press(context, key_of(row).c_str(), icon_of(row.view),
                            tip_of(context, row.view), look, word)) {
      const bool beside = ImGui::GetIO().KeyShift;
      run_command(beside ? beside_command(row.view) : show_command(row.view), context);
    }
  }
}

}  // namespace convscope::panels
