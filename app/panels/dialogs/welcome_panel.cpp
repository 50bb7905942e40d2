// What one can start with: a lesson, a file, a picture, layers as code, or a blank sheet. A panel
// at the side of the stage, which goes on behind it.
#include <algorithm>
#include <utility>
#include <variant>

#include "app/panels/all_languages.h"
#include "app/panels/commands/pasted.h"
#include "app/panels/dialogs/side_panel.h"
#include "app/panels/file_names.h"
#include "app/panels/stage/hints.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/line_button.h"
#include "app/panels/widgets/number_field.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {
namespace {

constexpr std::size_t kMostFiles = 3;
constexpr std::size_t kMostLessons = 4;
constexpr std::size_t kLessonsBesideFiles = 2;

void leave(const PanelContext& context) {
  mark_done(context.ui, kWelcomed);
  context.ui.welcome.reset();
  context.ui.keys = KeyFocus::kStage;
  context.ui.focus.clear();
}

void open(const PanelContext& context, const std::string& what) {
  context.emit(session::action::Open{what});
  leave(context);
}

void lessons(const PanelContext& context) {
  widgets::heading(context, context.locale.text("welcome.lessons"));
  const std::size_t most = context.recent_files.empty() ? kMostLessons : kLessonsBesideFiles;
  const std::size_t count = std::min(context.lessons.size(), most);
  for (const LessonEntry& entry : context.lessons.first(count)) {
    if (widgets::line_button(context, entry.id.c_str(),
                             entry.title.in(context.session.look.language), false)) {
      open(context, entry.id);
      return;
    }
  }
  if (!context.lessons_shown &&
      widgets::line_button(context, "all", context.locale.text("welcome.all_lessons"), false)) {
    context.ui.lessons_open = true;
    leave(context);
  }
}

void recent_files(const PanelContext& context) {
  if (context.recent_files.empty()) {
    return;
  }
  widgets::heading(context, context.locale.text("welcome.recent"));
  const std::size_t count = std::min(context.recent_files.size(), kMostFiles);
  for (const std::string& path : context.recent_files.first(count)) {
    if (widgets::line_button(context, path.c_str(), file_name(path), false)) {
      open(context, path);
      return;
    }
  }
}

void picture_of_ones_own(const PanelContext& context) {
  widgets::heading(context, context.locale.text("welcome.picture"), 26);
  const std::string& choose = context.locale.text("welcome.choose_file");
  ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - ImGui::CalcTextSize(choose.c_str()).x -
                  2 * ImGui::GetStyle().FramePadding.x);
  const bool pressed = widgets::plain_button(context, choose, command_tip(context, Command::kOpen));
  widgets::dim_text(context, context.locale.text("welcome.picture_hint"));
  if (pressed) {
    leave(context);
    run_command(Command::kOpen, context);
  }
}

// Layers become a document, or the text says what is wrong and where.
void build(const PanelContext& context) {
  Welcome& welcome = *context.ui.welcome;
  const auto text = imports::read_layer_text(welcome.pasted);
  if (!imports::ok(text)) {
    welcome.refusal = std::get<Problem>(text);
    return;
  }
  auto actions = layer_actions(std::get<imports::LayerText>(text));
  if (!imports::ok(actions)) {
    welcome.refusal = std::get<Problem>(actions);
    return;
  }
  for (session::Action& action : std::get<session::Actions>(actions)) {
    context.emit(std::move(action));
  }
  leave(context);
}

void pasted_layer(const PanelContext& context) {
  Welcome& welcome = *context.ui.welcome;
  widgets::heading(context, context.locale.text("welcome.paste"));
  widgets::dim_text(context, context.locale.text("welcome.paste_hint"));
  const std::string before = welcome.pasted;
  widgets::give_field_focus(context, "##pasted");
  {
    const widgets::FontScope font(context.fonts.mono);
    widgets::text_area("##pasted", welcome.pasted, ImGui::GetContentRegionAvail().x,
                       4.5f * ImGui::GetTextLineHeight());
  }
  widgets::mark_field_focus(context, "##pasted");
  widgets::tooltip(context, context.locale.text("welcome.paste_tip"));
  if (welcome.pasted != before) {
    welcome.refusal.reset();
  }
  if (welcome.refusal) {
    widgets::warning_text(context, context.locale.sentence(*welcome.refusal));
  }
  ImGui::BeginDisabled(welcome.pasted.empty());
  const bool pressed = widgets::plain_button(context, context.locale.text("welcome.build"));
  ImGui::EndDisabled();
  if (pressed && !welcome.pasted.empty()) {
    build(context);
  }
}

void number(const PanelContext& context, const std::string& key, std::int64_t& value,
            std::int64_t most) {
  const std::string id = "##" + key;
  ImGui::BeginGroup();
  ImGui::AlignTextToFramePadding();  // as ImGui does beside the field before
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ImGui::GetStyle().ItemSpacing.x, 0});
  widgets::dim_text(context, context.locale.text("welcome." + key));
  ImGui::PopStyleVar();
  widgets::integer_field(context, id.c_str(), "", value, {.width = context.em(72)});
  value = std::clamp<std::int64_t>(value, 1, most);
  ImGui::EndGroup();
}

void blank(const PanelContext& context) {
  lesson::BlankSizes& sizes = context.ui.welcome->blank;
  widgets::heading(context, context.locale.text("welcome.blank"));
  const float gap = context.em(10);
  number(context, "size", sizes.size, lesson::kMostBlankSize);
  ImGui::SameLine(0, gap);
  number(context, "channels", sizes.channels, lesson::kMostBlankChannels);
  ImGui::SameLine(0, gap);
  number(context, "kernel", sizes.kernel, sizes.size);
  ImGui::SameLine(0, gap);
  ImGui::BeginGroup();
  ImGui::Dummy({1, ImGui::GetTextLineHeight() + 2 * ImGui::GetStyle().FramePadding.y -
                       ImGui::GetStyle().ItemSpacing.y});  // in line with the fields
  const bool pressed = widgets::plain_button(context, context.locale.text("welcome.create"));
  ImGui::EndGroup();
  if (pressed) {
    context.emit(session::action::Opened{
        lesson::blank_lesson(sizes, in_all_languages(context, "welcome.untitled"))});
    leave(context);
  }
}

}  // namespace

void welcome_panel(const PanelContext& context, const picture::Rect& stage) {
  if (!context.ui.welcome || context.empty) {
    return;
  }
  if (context.session.clock.playing || context.session.clock.run_to) {
    return leave(context);  // Space plays the example behind it
  }
  const picture::Rect area = side_panel_area(context, stage);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, widgets::color(context.palette.surface));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {context.em(16), context.em(12)});
  widgets::begin_area("welcome", area, true, /*above=*/true);
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
  {
    const widgets::FontScope font(context.fonts.title);
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(context.locale.text("welcome.title").c_str());
  }
  ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - context.em(26));
  if (widgets::icon_press(context, "close", widgets::Icon::kClose,
                          tooltip_text(Command::kClose, context.locale), {.size = 26})) {
    leave(context);
  } else {
    widgets::dim_text(context, context.locale.text("welcome.example"));
    ImGui::BeginChild("choices");
    for (const auto section : {lessons, recent_files, picture_of_ones_own, pasted_layer, blank}) {
      if (context.ui.welcome) {  // a press in one of them ends it
        section(context);
      }
    }
    widgets::fade_cut_edges(context);
    ImGui::EndChild();
  }
  if (ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows) &&
      ImGui::IsMouseClicked(ImGuiMouseButton_Left) && context.ui.welcome) {
    context.ui.keys = KeyFocus::kWelcome;
  }
  const float x = area.x + 0.5f;
  widgets::edge_line(context, {x, area.y}, {x, area.bottom()});
  widgets::focus_ring(context, area, KeyFocus::kWelcome);
  widgets::end_area();
}

}  // namespace convscope::panels
