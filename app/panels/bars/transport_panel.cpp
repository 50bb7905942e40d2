// Time: the scrubber, and below it the buttons, the place, speed and granularity.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "app/panels/bars/scrubber.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/value_text.h"
#include "app/panels/widgets/widgets.h"
#include "core/lesson/formula.h"
#include "core/lesson/views.h"

namespace convscope::panels {
namespace {

constexpr std::int64_t kMostMarks = 200;

// Thin ticks where a row of the map ends, taller ones where a channel does; none where they
// would blur into each other.
void draw_marks(const PanelContext& context, const Scrubber& scrubber, const Shape& map) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const picture::Palette& palette = context.palette;
  const float middle = scrubber.area.center().y;
  const auto marks = [&](std::int64_t every, float reach, float width, picture::Rgba ink) {
    const std::int64_t count = every > 0 ? scrubber.positions / every : 0;
    if (count > kMostMarks) {
      return;
    }
    for (std::int64_t i = 1; i < count; ++i) {
      const float x = std::floor(scrubber.x_of(i * every)) + 0.5f;
      list.AddLine({x, middle - reach}, {x, middle + reach}, widgets::color(ink), width);
    }
  };
  marks(map.w, context.em(5), std::max(1.0f, context.px(1)),
        picture::mixed(palette.border, palette.text_dim, 0.4f));
  marks(map.w * map.h, context.em(8), std::max(1.0f, context.px(1.5f)), palette.text_dim);
}

void draw_scrubber(const PanelContext& context, float width) {
  const session::Session& session = context.session;
  const session::Timeline timeline = session::timeline_of(session);
  const float height = std::round(context.em(24));
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float knob = context.em(6);
  const Scrubber scrubber{{corner.x + knob, corner.y, std::max(1.0f, width - 2 * knob), height},
                          timeline.positions};
  ImGui::InvisibleButton("scrubber", {std::max(1.0f, width), height});
  widgets::tooltip(context, context.locale.text("panel.scrubber"));

  const picture::Palette& palette = context.palette;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float middle = std::floor(scrubber.area.center().y) + 0.5f;
  const float thick = std::max(1.0f, context.px(3) * palette.line_scale);
  const float here = scrubber.x_of_frame(timeline, session.clock.frame);
  list.AddLine({scrubber.area.x, middle}, {scrubber.area.right(), middle},
               widgets::color(palette.border), thick);
  if (!lesson::counts_steps(session.look.view)) {
    draw_marks(context, scrubber, session::position_shape(session));
  }
  list.AddLine({scrubber.area.x, middle}, {here, middle}, widgets::color(palette.accent), thick);
  list.AddCircleFilled({here, middle}, knob, widgets::color(palette.accent), 24);

  if (ImGui::IsItemActive()) {
    const std::int64_t position = scrubber.position_at(ImGui::GetIO().MousePos.x);
    const session::Beat beat = session::beat_at(timeline, session.clock.frame);
    if (position != beat.position || !beat.finished || session.clock.playing) {
      if (session.clock.playing) {
        context.emit(session::action::Pause{});
      }
      context.emit(session::action::GoTo{position});
    }
  }
}

std::string speed_text(double speed) {
  return widgets::value_text(static_cast<float>(speed)) + "×";
}

// What a press of Next goes through.
std::string place_text(const PanelContext& context) {
  const session::Session& session = context.session;
  const session::Timeline timeline = session::timeline_of(session);
  const session::Beat beat = session::beat_at(timeline, session.clock.frame);
  const char* key = lesson::counts_steps(session.look.view) ? "panel.training_step"
                    : session::is_scatter_add(session)      ? "panel.stamp"
                                                            : "panel.position";
  return context.locale.text(key, {{"position", lesson::grouped_digits(beat.position + 1)},
                                   {"positions", lesson::grouped_digits(timeline.positions)}});
}

struct GranularityChoice {
  session::Granularity granularity;
  const char* name;  // its key in the locale
};

std::vector<GranularityChoice> granularities(const session::Session& session) {
  if (lesson::counts_steps(session.look.view)) {
    return {{session::Granularity::kPosition, "panel.granularity_step"},
            {session::Granularity::kTerm, "panel.granularity_phase"}};
  }
  return {
      {session::Granularity::kPosition,
       session::is_scatter_add(session) ? "panel.granularity_stamp" : "panel.granularity_position"},
      {session::Granularity::kChannel, "panel.granularity_channel"},
      {session::Granularity::kTerm, "panel.granularity_term"}};
}

bool is_chosen(const session::Session& session, session::Granularity granularity) {
  // A step of training has four phases, however finely a position is stepped through.
  const bool phases =
      lesson::counts_steps(session.look.view) && granularity == session::Granularity::kTerm;
  return session.clock.granularity == granularity ||
         (phases && session.clock.granularity == session::Granularity::kChannel);
}

void granularity_switch(const PanelContext& context, float y) {
  bool first = true;
  for (const auto& [granularity, name] : granularities(context.session)) {
    if (!std::exchange(first, false)) {
      widgets::next_in_row(y, context.em(2));
    }
    widgets::center_in_row(context, ImGui::GetFrameHeight());
    if (widgets::choice_button(context, name, context.locale.text(name),
                               is_chosen(context.session, granularity),
                               tooltip_text(Command::kGranularity, context.locale))) {
      context.emit(session::action::SetGranularity{granularity});
    }
  }
}

float granularity_width(const PanelContext& context) {
  float width = -context.em(2);
  for (const GranularityChoice& choice : granularities(context.session)) {
    width += context.em(2) + widgets::choice_width(context.locale.text(choice.name));
  }
  return width;
}

void step_buttons(const PanelContext& context, float y) {
  const bool playing = context.session.clock.playing;
  const float gap = context.em(2);
  widgets::icon_button(context, widgets::Icon::kFirst, Command::kFirst);
  widgets::next_in_row(y, gap);
  widgets::icon_button(context, widgets::Icon::kPrevious, Command::kPrevious);
  widgets::next_in_row(y, gap);
  widgets::icon_button(context, playing ? widgets::Icon::kPause : widgets::Icon::kPlay,
                       Command::kPlay, {.primary = true});
  widgets::next_in_row(y, gap);
  widgets::icon_button(context, widgets::Icon::kNext, Command::kNext);
  widgets::next_in_row(y, gap);
  widgets::icon_button(context, widgets::Icon::kLast, Command::kLast);
}

// Minus, the speed, plus; loop; pause at texts.
void speed_buttons(const PanelContext& context, float y) {
  const session::Session& session = context.session;
  const float gap = context.em(2);
  widgets::icon_button(context, widgets::Icon::kMinus, Command::kSlower,
                       {.enabled = is_enabled(Command::kSlower, context)});
  widgets::next_in_row(y, 0);
  const std::string text = speed_text(session.clock.speed);
  const float width = ImGui::CalcTextSize("0.25×").x + context.em(4);
  const float x = ImGui::GetCursorPosX();
  ImGui::SetCursorPosX(x + (width - ImGui::CalcTextSize(text.c_str()).x) / 2);
  widgets::row_text(context, text);
  widgets::next_in_row(y, 0);
  ImGui::SetCursorPosX(x + width);
  widgets::icon_button(context, widgets::Icon::kPlus, Command::kFaster,
                       {.enabled = is_enabled(Command::kFaster, context)});
  widgets::next_in_row(y, gap);
  widgets::icon_button(context, widgets::Icon::kLoop, toggle_command(&session::Toggles::loop),
                       {.on = session.toggles.loop});
  widgets::next_in_row(y, gap);
  const bool told = !session::scene_of(session).narration.empty();
  widgets::icon_button(context, widgets::Icon::kGuided, toggle_command(&session::Toggles::guided),
                       {.on = session.toggles.guided && told, .enabled = told});
}

}  // namespace

void transport_panel(const PanelContext& context, const picture::Rect& area) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {context.em(14), context.em(6)});
  widgets::begin_area("transport", area);
  ImGui::PopStyleVar();
  if (context.empty) {
    return widgets::end_area();
  }
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {context.em(8), context.em(4)});
  const float left = ImGui::GetCursorPosX();
  const float width = ImGui::GetContentRegionAvail().x;
  draw_scrubber(context, width);
  const float y = ImGui::GetCursorPosY();
  step_buttons(context, y);
  widgets::next_in_row(y, context.em(12));
  widgets::row_text(context, place_text(context));
  widgets::next_in_row(y, context.em(16));

  // The rest leans to the right; what has no room stays away, it has its keys.
  const float speed_width = context.em(32 * 4 + 4 + 2 * 2) + ImGui::CalcTextSize("0.25×").x;
  const float switch_width = granularity_width(context);
  const float room = left + width - ImGui::GetCursorPosX();
  if (room >= speed_width + switch_width + context.em(12)) {
    ImGui::SetCursorPosX(left + width - speed_width - switch_width - context.em(12));
    granularity_switch(context, y);
    widgets::next_in_row(y, context.em(12));
  }
  if (room >= speed_width) {
    ImGui::SetCursorPosX(left + width - speed_width);
    speed_buttons(context, y);
  }
  ImGui::PopStyleVar();
  widgets::edge_line(context, {area.x, area.y + 0.5f}, {area.right(), area.y + 0.5f});
  widgets::end_area();
}

}  // namespace convscope::panels
