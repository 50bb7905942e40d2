#include "app/panels/panels.h"

#include "app/panels/bars/layer_strip.h"
#include "app/panels/commands/key_focus.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/style.h"

namespace convscope::panels {

void draw_panels(const PanelContext& context, const Layout& layout) {
  const widgets::FontScope font(context.fonts.body);
  UiState& ui = context.ui;
  follow_clicks(layout, ui);
  ui.focus.begin_frame();
  stage_panel(context, layout.stage);
  reset_button(context, layout.stage);
  if (!context.session.asking) {
    hint_panel(context, layout.stage);
  }
  ui.focus.enter(KeyFocus::kTransport);
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
    ui.focus.enter(KeyFocus::kLessons);
    lessons_panel(context, *layout.lessons);
  }
  if (layout.inspector) {
    ui.focus.enter(KeyFocus::kInspector);
    inspector_panel(context, *layout.inspector);
  }
  if (layout.strip) {
    ui.focus.enter(KeyFocus::kStrip);
    layer_strip(context, *layout.strip);
  }
  ui.focus.enter(KeyFocus::kTopBar);
  top_bar_panel(context, layout.top_bar);
  ui.focus.enter(KeyFocus::kWelcome);
  welcome_panel(context, layout.stage);
  ui.focus.enter(KeyFocus::kStage);  // what follows has keys of its own
  value_editor(context, layout.stage);
  notice_panel(context, layout.stage);
  offer_panel(context, layout.stage);
  help_panel(context, layout.window);
  practice_panel(context, layout.window);
  palette_panel(context, layout.window);
  file_dialog_panel(context, layout.window);
  question_panel(context, layout.window);
  ui.focus.end_frame();
}

}  // namespace convscope::panels
