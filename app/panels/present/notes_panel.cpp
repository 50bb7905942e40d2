// The lecturer's own window: what the class hears now and next, and the time.
#include "app/panels/bars/time_words.h"
#include "app/panels/present/present.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/style.h"
#include "app/panels/widgets/widgets.h"
#include "core/picture/kit/header.h"

namespace convscope::panels {
namespace {

void wrapped(const std::string& text, picture::Rgba color) {
  ImGui::PushTextWrapPos(0);
  ImGui::PushStyleColor(ImGuiCol_Text, widgets::color_vec(color));
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopStyleColor();
  ImGui::PopTextWrapPos();
}

void part(const PanelContext& context, const char* title, const std::string& text,
          picture::Rgba color) {
  if (text.empty()) {
    return;
  }
  ImGui::Dummy({0, context.em(10)});
  widgets::dim_text(context, context.locale.text(title));
  const widgets::FontScope large(context.fonts.title);
  wrapped(text, color);
}

}  // namespace

void notes_panel(const PanelContext& context, const picture::Rect& area, const std::string& clock) {
  const session::Session& session = context.session;
  const lesson::Language language = session.look.language;
  const widgets::FontScope font(context.fonts.body);
  widgets::begin_area("notes", area);
  {
    const widgets::FontScope title(context.fonts.title);
    const double seconds = context.ui.presenter ? context.ui.presenter->seconds : 0;
    wrapped(time_of(seconds) + "     " + clock, context.palette.accent);
  }
  widgets::dim_text(
      context, picture::kit::stage_title(session, context.locale) + "  ·  " + place_text(context));
  ImGui::Separator();
  part(context, "panel.notes_now", session::narration_of(session).in(language),
       context.palette.text);
  part(context, "panel.notes_next", session::next_narration_of(session).in(language),
       context.palette.text_dim);
  ImGui::Dummy({0, context.em(10)});
  widgets::dim_text(context, space_hint(context));
  widgets::end_area();
}

}  // namespace convscope::panels
