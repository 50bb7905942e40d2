// The transport bar: the scrubber, and below it the buttons, the place, speed and granularity.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "app/panels/bars/scrubber.h"
#include "app/panels/bars/time_words.h"
#include "app/panels/commands/shortcuts.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/lesson/views.h"
#include "core/session/pace.h"

namespace convscope::panels {
namespace {

// Ticks closer together than this look like a solid bar.
constexpr float kLeastGap = 7;

// The smallest of 1, 2, 5, 10, 20 ... that leaves at most `most` of `count`.
std::int64_t thinned(std::int64_t count, float most) {
  std::int64_t step = 1;
  for (int i = 0; static_cast<float>(count / step) > std::max(most, 1.0f); ++i) {
    step = i % 3 == 1 ? step / 2 * 5 : step * 2;
  }
  return step;
}

// Thin ticks where a row of the map ends, taller ones where a channel ends. If they would be too
// close, only every second, fifth, tenth ... is drawn.
void draw_marks(const PanelContext& context, const Scrubber& scrubber, const Shape& map) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const picture::Palette& palette = context.palette;
  const float middle = scrubber.area.center().y;
  const auto marks = [&](std::int64_t every, float reach, float width, picture::Rgba ink) {
    const std::int64_t count = every > 0 ? scrubber.positions / every : 0;
    const std::int64_t step = thinned(count, scrubber.area.w / context.em(kLeastGap));
    for (std::int64_t i = step; i < count; i += step) {
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

struct GranularityChoice {
  session::Granularity granularity;
  const char* name;  // its locale key
};

std::vector<GranularityChoice> granularities(const session::Session& session) {
  if (lesson::counts_steps(session.look.view)) {
    return {{session::Granularity::kRow, "panel.granularity_ten"},
            {session::Granularity::kPosition, "panel.granularity_step"},
            {session::Granularity::kTerm, "panel.granularity_phase"}};
  }
  return {
      {session::Granularity::kRow, "panel.granularity_row"},
      {session::Granularity::kPosition,
       session::is_scatter_add(session) ? "panel.granularity_stamp" : "panel.granularity_position"},
      {session::Granularity::kChannel, "panel.granularity_channel"},
      {session::Granularity::kTerm, "panel.granularity_term"}};
}

bool is_chosen(const session::Session& session, session::Granularity granularity) {
  // A training step has four phases, whatever the granularity of positions.
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

// If there is no room for all choices: shows the chosen one; a click selects the next.
void granularity_button(const PanelContext& context) {
  for (const auto& [granularity, name] : granularities(context.session)) {
    if (is_chosen(context.session, granularity)) {
      widgets::text_button(context, context.locale.text(name), Command::kGranularity, {.on = true});
      return;
    }
  }
}

float granularity_button_width(const PanelContext& context) {
  float widest = 0;
  for (const GranularityChoice& choice : granularities(context.session)) {
    widest =
        std::max(widest, widgets::text_button_width(context, context.locale.text(choice.name)));
  }
  return widest;
}

// Shows what Space does, and does it when clicked.
void space_button(const PanelContext& context, float y) {
  const std::string words = space_hint(context);
  if (!words.empty()) {
    widgets::next_in_row(y, context.em(10));
    ImGui::PushID("hint");  // the button with the triangle runs the same command
    widgets::text_button(context, words, Command::kPlay, {.underlined = true});
    ImGui::PopID();
  }
}

// The maximum width of the hint in a scene, so that nothing moves when it appears.
float space_width(const PanelContext& context) {
  float widest = 0;
  for (const std::string& words : space_hints(context)) {
    widest = std::max(widest, widgets::text_button_width(context, words));
  }
  return context.em(10) + widest;
}

float speed_width(const PanelContext& context) {
  return context.em(4) +
         std::max(ImGui::CalcTextSize("0.25×").x,
                  session::is_long_run(context.session)
                      ? ImGui::CalcTextSize(context.locale.text("panel.speed_minute").c_str()).x
                      : 0);
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
  const std::string text = speed_text(context);
  const float width = speed_width(context);
  const float x = ImGui::GetCursorPosX();
  ImGui::SetCursorPosX(x + (width - ImGui::CalcTextSize(text.c_str()).x) / 2);
  widgets::row_text(context, text);
  widgets::tooltip(context, duration_text(context));
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
  // The rest is right-aligned. If there isn't room for everything, the place loses its noun first;
  // controls that still don't fit are hidden, as they have keys.
  const float gap = context.em(12);
  const float speed = context.em(32 * 4 + 2 * 2) + speed_width(context);
  const float all = granularity_width(context);
  const float rest = context.em(16 + 6) + space_width(context) + speed + gap + all;
  const std::string named = place_text(context);
  const bool has_room =
      ImGui::GetCursorPosX() + ImGui::CalcTextSize(named.c_str()).x + rest <= left + width;
  widgets::row_text(context, has_room ? named : place_text(context, false));
  widgets::next_in_row(y, context.em(16));

  const float after_place = left + width - ImGui::GetCursorPosX() - context.em(6);
  const bool hint = after_place >= space_width(context);
  const float room = after_place - (hint ? space_width(context) : 0);
  if (hint) {
    space_button(context, y);
    widgets::next_in_row(y, 0);
  }
  const float one = granularity_button_width(context);
  const float choice = room >= speed + gap + all ? all : room >= speed + gap + one ? one : 0;
  if (choice > 0) {
    ImGui::SetCursorPosX(left + width - speed - choice - gap);
    choice == all ? granularity_switch(context, y) : granularity_button(context);
    widgets::next_in_row(y, gap);
  }
  if (room >= speed) {
    ImGui::SetCursorPosX(left + width - speed);
    speed_buttons(context, y);
  }
  ImGui::PopStyleVar();
  widgets::edge_line(context, {area.x, area.y + 0.5f}, {area.right(), area.y + 0.5f});
  widgets::end_area();
}

}  // namespace convscope::panels
