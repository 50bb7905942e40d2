#include "app/panels/panels.h"

#include "app/panels/bars/layer_strip.h"
#include "app/panels/commands/key_focus.h"
#include "app/panels/dialogs/export_panel.h"
#include "app/panels/dialogs/side_panel.h"
#include "app/panels/present/present.h"
#include "app/panels/stage/brush.h"
#include "app/panels/stage/minimap.h"
#include "app/panels/stage/split_slider.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/style.h"

namespace convscope::panels {

void draw_panels(const PanelContext& context, const Layout& layout) {
  const widgets::FontScope font(context.fonts.body);
  UiState& ui = context.ui;
  const bool presenting = ui.presenter.has_value();
  follow_subject(context);
  follow_clicks(layout, ui);
  ui.focus.begin_frame();
  stage_panel(context, layout.stage);
  if (!presenting) {
    reset_button(context, layout.stage);
    split_slider(context, layout.stage);
    minimap(context, layout.stage);
  }
  if (!context.session.asking && !presenting) {
    hint_panel(context, layout.stage);
  }
  ui.focus.enter(KeyFocus::kTransport);
  if (layout.transport.h > 0) {
    transport_panel(context, layout.transport);
  }
  if (!presenting) {
    tool_row(context, layout.stage);
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
  if (layout.top_bar.h > 0) {
    ui.focus.enter(KeyFocus::kTopBar);
    top_bar_panel(context, layout.top_bar);
  }
  ui.focus.enter(KeyFocus::kWelcome);
  welcome_panel(context, layout.stage);
  ui.focus.enter(KeyFocus::kExport);
  export_panel(context, layout.stage);
  const picture::Rect notes = beside_side_panel(context, layout.stage);
  export_note(context, notes);
  ui.focus.enter(KeyFocus::kStage);  // what follows has keys of its own
  value_editor(context, layout.stage);
  notice_panel(context, notes);
  if (!presenting) {
    offer_panel(context, notes);
  }
  help_panel(context, layout.window);
  practice_panel(context, layout.window);
  palette_panel(context, layout.window);
  array_panel(context, layout.window);
  file_dialog_panel(context, layout.window);
  question_panel(context, layout.window);
  present_panel(context, layout);
  ui.focus.end_frame();
}

}  // namespace convscope::panels
