// Time: the scrubber, and below it the buttons, the place, speed and granularity.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "app/panels/imgui_shim.h"
#include "app/panels/scrubber.h"
#include "app/panels/value_text.h"
#include "app/panels/widgets.h"
#include "core/lesson/formula.h"

namespace convscope {
namespace {

constexpr std::int64_t kMostMarks = 200;

// Thin ticks where a row of the map ends, taller ones where a channel does; none where they
// would blur into each other.
void draw_marks(const PanelContext& context, const Scrubber& scrubber, const Shape& map) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& palette = context.palette;
  const float middle = scrubber.area.center().y;
  const auto marks = [&](std::int64_t every, float reach, float width, Rgba ink) {
    const std::int64_t count = every > 0 ? scrubber.positions / every : 0;
    if (count > kMostMarks) {
      return;
    }
    for (std::int64_t i = 1; i < count; ++i) {
      const float x = std::floor(scrubber.x_of(i * every)) + 0.5f;
      list.AddLine({x, middle - reach}, {x, middle + reach}, color(ink), width);
    }
  };
  marks(map.w, context.em(5), std::max(1.0f, context.px(1)),
        mixed(palette.border, palette.text_dim, 0.4f));
  marks(map.w * map.h, context.em(8), std::max(1.0f, context.px(1.5f)), palette.text_dim);
}

void draw_scrubber(const PanelContext& context, float width) {
  const Session& session = context.session;
  const Timeline timeline = timeline_of(session);
  const float height = std::round(context.em(24));
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float knob = context.em(6);
  const Scrubber scrubber{{corner.x + knob, corner.y, std::max(1.0f, width - 2 * knob), height},
                          timeline.positions};
  ImGui::InvisibleButton("scrubber", {std::max(1.0f, width), height});
  tooltip(context, context.locale.text("panel.scrubber"));

  const Palette& palette = context.palette;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float middle = std::floor(scrubber.area.center().y) + 0.5f;
  const float thick = std::max(1.0f, context.px(3) * palette.line_scale);
  const float here = scrubber.x_of_frame(timeline, session.frame);
  list.AddLine({scrubber.area.x, middle}, {scrubber.area.right(), middle}, color(palette.border),
               thick);
  if (session.view != View::kDescent) {
    draw_marks(context, scrubber, position_shape(session));
  }
  list.AddLine({scrubber.area.x, middle}, {here, middle}, color(palette.accent), thick);
  list.AddCircleFilled({here, middle}, knob, color(palette.accent), 24);

  if (ImGui::IsItemActive()) {
    const std::int64_t position = scrubber.position_at(ImGui::GetIO().MousePos.x);
    const Beat beat = beat_at(timeline, session.frame);
    if (position != beat.position || !beat.finished || session.playing) {
      if (session.playing) {
        context.emit(action::Pause{});
      }
      context.emit(action::GoTo{position});
    }
  }
}

std::string speed_text(double speed) { return value_text(static_cast<float>(speed)) + "×"; }

// What a press of Next goes through.
std::string place_text(const PanelContext& context) {
  const Session& session = context.session;
  const Timeline timeline = timeline_of(session);
  const Beat beat = beat_at(timeline, session.frame);
  const char* key = session.view == View::kDescent ? "panel.training_step"
                    : is_stamping(session)         ? "panel.stamp"
                                                   : "panel.position";
  return context.locale.text(key, {{"position", grouped_digits(beat.position + 1)},
                                   {"positions", grouped_digits(timeline.positions)}});
}

struct GranularityChoice {
  Granularity granularity;
  const char* name;  // its key in the locale
};

std::vector<GranularityChoice> granularities(const Session& session) {
  if (session.view == View::kDescent) {
    return {{Granularity::kPosition, "panel.granularity_step"},
            {Granularity::kTerm, "panel.granularity_phase"}};
  }
  return {{Granularity::kPosition,
           is_stamping(session) ? "panel.granularity_stamp" : "panel.granularity_position"},
          {Granularity::kChannel, "panel.granularity_channel"},
          {Granularity::kTerm, "panel.granularity_term"}};
}

bool is_chosen(const Session& session, Granularity granularity) {
  // A step of training has four phases, however finely a position is stepped through.
  const bool phases = session.view == View::kDescent && granularity == Granularity::kTerm;
  return session.granularity == granularity ||
         (phases && session.granularity == Granularity::kChannel);
}

void granularity_switch(const PanelContext& context, float y) {
  bool first = true;
  for (const auto& [granularity, name] : granularities(context.session)) {
    if (!std::exchange(first, false)) {
      next_in_row(y, context.em(2));
    }
    center_in_row(context, ImGui::GetFrameHeight());
    if (choice_button(context, name, context.locale.text(name),
                      is_chosen(context.session, granularity),
                      tooltip_text(Command::kGranularity, context.locale))) {
      context.emit(action::SetGranularity{granularity});
    }
  }
}

float granularity_width(const PanelContext& context) {
  float width = -context.em(2);
  for (const GranularityChoice& choice : granularities(context.session)) {
    width += context.em(2) + choice_width(context.locale.text(choice.name));
  }
  return width;
}

void step_buttons(const PanelContext& context, float y) {
  const bool playing = context.session.playing;
  const float gap = context.em(2);
  icon_button(context, Icon::kFirst, Command::kFirst);
  next_in_row(y, gap);
  icon_button(context, Icon::kPrevious, Command::kPrevious);
  next_in_row(y, gap);
  icon_button(context, playing ? Icon::kPause : Icon::kPlay, Command::kPlay, {.primary = true});
  next_in_row(y, gap);
  icon_button(context, Icon::kNext, Command::kNext);
  next_in_row(y, gap);
  icon_button(context, Icon::kLast, Command::kLast);
}

// Minus, the speed, plus; loop; pause at texts.
void speed_buttons(const PanelContext& context, float y) {
  const Session& session = context.session;
  const float gap = context.em(2);
  icon_button(context, Icon::kMinus, Command::kSlower, {.enabled = session.speed > kMinSpeed});
  next_in_row(y, 0);
  const std::string text = speed_text(session.speed);
  const float width = ImGui::CalcTextSize("0.25×").x + context.em(4);
  const float x = ImGui::GetCursorPosX();
  ImGui::SetCursorPosX(x + (width - ImGui::CalcTextSize(text.c_str()).x) / 2);
  row_text(context, text);
  next_in_row(y, 0);
  ImGui::SetCursorPosX(x + width);
  icon_button(context, Icon::kPlus, Command::kFaster, {.enabled = session.speed < kMaxSpeed});
  next_in_row(y, gap);
  icon_button(context, Icon::kLoop, Command::kLoop, {.on = session.loop});
  next_in_row(y, gap);
  const bool told = !scene_of(session).narration.empty();
  icon_button(context, Icon::kGuided, Command::kGuided,
              {.on = session.guided && told, .enabled = told});
}

}  // namespace

void transport_panel(const PanelContext& context, const Rect& area) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {context.em(14), context.em(6)});
  begin_area("transport", area);
  ImGui::PopStyleVar();
  if (context.empty) {
    return end_area();
  }
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {context.em(8), context.em(4)});
  const float left = ImGui::GetCursorPosX();
  const float width = ImGui::GetContentRegionAvail().x;
  draw_scrubber(context, width);
  const float y = ImGui::GetCursorPosY();
  step_buttons(context, y);
  next_in_row(y, context.em(12));
  row_text(context, place_text(context));
  next_in_row(y, context.em(16));

  // The rest leans to the right; what has no room stays away, it has its keys.
  const float speed_width = context.em(32 * 4 + 4 + 2 * 2) + ImGui::CalcTextSize("0.25×").x;
  const float switch_width = granularity_width(context);
  const float room = left + width - ImGui::GetCursorPosX();
  if (room >= speed_width + switch_width + context.em(12)) {
    ImGui::SetCursorPosX(left + width - speed_width - switch_width - context.em(12));
    granularity_switch(context, y);
    next_in_row(y, context.em(12));
  }
  if (room >= speed_width) {
    ImGui::SetCursorPosX(left + width - speed_width);
    speed_buttons(context, y);
  }
  ImGui::PopStyleVar();
  edge_line(context, {area.x, area.y + 0.5f}, {area.right(), area.y + 0.5f});
  end_area();
}

}  // namespace convscope
