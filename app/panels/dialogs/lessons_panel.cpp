// The lessons that come with the program; a click opens one.
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

void lesson_item(const PanelContext& context, const LessonEntry& entry) {
  const lesson::Language language = context.session.look.language;
  const picture::Palette& palette = context.palette;
  const bool current = context.session.document.lesson->id == entry.id;
  const std::string& title = entry.title.in(language);
  const std::string& summary = entry.summary.in(language);

  // Measured first, so that the whole item is clickable.
  const float inset = context.em(10);
  const float width = ImGui::GetContentRegionAvail().x;
  const float wrap = width - 2 * inset;
  const ImVec2 title_size = ImGui::CalcTextSize(title.c_str(), nullptr, false, wrap);
  ImVec2 summary_size;
  {
    const widgets::FontScope font(context.fonts.small);
    summary_size = ImGui::CalcTextSize(summary.c_str(), nullptr, false, wrap);
  }
  const float pad = context.em(7);
  const float gap = context.em(2);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const ImVec2 size = {width, pad + title_size.y + gap + summary_size.y + pad};
  const bool clicked = ImGui::InvisibleButton(entry.id.c_str(), size);
  const bool entered = widgets::focus_stop(context);
  if ((clicked || entered) && !current) {
    context.emit(session::action::Open{entry.id});
    context.ui.keys = KeyFocus::kStage;  // to go on with the lesson's keys
  }
  if (current && ImGui::IsWindowAppearing()) {
    ImGui::SetScrollHereY(0.5f);
  }
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (current || ImGui::IsItemHovered()) {
    list.AddRectFilled(corner, {corner.x + size.x, corner.y + size.y},
                       widgets::color(picture::faded(palette.accent, current ? 0.18f : 0.10f)),
                       context.px(6));
  }
  list.AddText(ImGui::GetFont(), ImGui::GetFontSize(), {corner.x + inset, corner.y + pad},
               widgets::color(palette.text), title.c_str(), nullptr, wrap);
  const widgets::FontScope font(context.fonts.small);
  list.AddText(ImGui::GetFont(), ImGui::GetFontSize(),
               {corner.x + inset, corner.y + pad + title_size.y + gap},
               widgets::color(palette.text_dim), summary.c_str(), nullptr, wrap);
}

}  // namespace

void lessons_panel(const PanelContext& context, const picture::Rect& area) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {context.em(8), context.em(12)});
  widgets::begin_area("lessons", area);
  ImGui::PopStyleVar();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, context.em(2)});
  ImGui::BeginChild("list");
  for (const LessonEntry& entry : context.lessons) {
    lesson_item(context, entry);
  }
  widgets::fade_cut_edges(context);
  ImGui::EndChild();
  ImGui::PopStyleVar();
  const float x = area.right() - 0.5f;
  widgets::edge_line(context, {x, area.y}, {x, area.bottom()});
  widgets::focus_ring(context, area, KeyFocus::kLessons);
  widgets::end_area();
}

}  // namespace convscope::panels
