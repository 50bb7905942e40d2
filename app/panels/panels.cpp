#include "app/panels/panels.h"

#include "app/panels/commands/key_focus.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/style.h"

namespace convscope::panels {

void draw_panels(const PanelContext& context, const Layout& layout) {
  const widgets::FontScope font(context.fonts.body);
  follow_clicks(layout, context.ui);
  stage_panel(context, layout.stage);
  reset_button(context, layout.stage);
  if (layout.transport.h > 0) {
    transport_panel(context, layout.transport);
  }
  if (!context.session.asking) {
    context.ui.draft = {};
  }
  if (layout.foot && context.session.asking) {
    question_band(context, *layout.foot);
  } else if (layout.foot && context.session.solving) {
    exercise_band(context, *layout.foot);
  }
  if (layout.lessons) {
    lessons_panel(context, *layout.lessons);
  }
  if (layout.inspector) {
    inspector_panel(context, *layout.inspector);
  }
  top_bar_panel(context, layout.top_bar);
  value_editor(context, layout.stage);
  notice_panel(context, layout.stage);
  offer_panel(context, layout.stage);
  help_panel(context, layout.window);
  practice_panel(context, layout.window);
  palette_panel(context, layout.window);
  file_dialog_panel(context, layout.window);
  question_panel(context, layout.window);
}

}  // namespace convscope::panels
