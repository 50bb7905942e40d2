// Commands that move the clock.
#include <algorithm>

#include "app/panels/commands/commands.h"
#include "app/panels/commands/ring.h"
#include "core/session/enum_names.h"
#include "core/session/toggles.h"

namespace convscope::panels {
namespace {

constexpr Hearing kRepeats = {.repeats = true};
constexpr Hearing kOnStage = {.stage_only = true};

void set_speed(const PanelContext& context, double factor) {
  const double speed =
      std::clamp(context.session.clock.speed * factor, session::kMinSpeed, session::kMaxSpeed);
  context.emit(session::action::SetSpeed{speed});
}

CommandRow toggle_row(const session::Toggle& toggle) {
  const auto setting = toggle.setting;
  const auto letter = static_cast<Key>(static_cast<int>(Key::kA) + toggle.key - 'A');
  return {toggle_command(setting),
          toggle.word,
          {key(letter)},
          {},
          [setting](const PanelContext& context) {
            context.emit(session::action::Switch{setting, !(context.session.toggles.*setting)});
          }};
}

}  // namespace

std::vector<CommandRow> time_commands() {
  std::vector<CommandRow> rows = {
      {Command::kPlay, "play", {key(Key::kSpace)}, {}, asks_for(session::action::TogglePlay{})},
      {Command::kNext,
       "next",
       {key(Key::kRight), key(Key::kPageDown)},
       kRepeats,
       asks_for(session::action::Next{})},
      {Command::kPrevious,
       "previous",
       {key(Key::kLeft), key(Key::kPageUp)},
       kRepeats,
       asks_for(session::action::Previous{})},
      {Command::kNextRow,
       "next_row",
       {key(Key::kDown)},
       kRepeats,
       asks_for(session::action::NextRow{})},
      {Command::kPreviousRow,
       "previous_row",
       {key(Key::kUp)},
       kRepeats,
       asks_for(session::action::PreviousRow{})},
      {Command::kFirst, "first", {key(Key::kHome)}, {}, asks_for(session::action::First{})},
      {Command::kLast, "last", {key(Key::kEnd)}, {}, asks_for(session::action::Last{})},
      {Command::kSlower,
       "slower",
       {key(Key::kLeftBracket)},
       kRepeats,
       [](const PanelContext& context) { set_speed(context, 0.5); },
       [](const PanelContext& context) {
         return context.session.clock.speed > session::kMinSpeed;
       }},
      {Command::kFaster,
       "faster",
       {key(Key::kRightBracket)},
       kRepeats,
       [](const PanelContext& context) { set_speed(context, 2.0); },
       [](const PanelContext& context) {
         return context.session.clock.speed < session::kMaxSpeed;
       }},
  };
  for (const session::Toggle& toggle : session::kToggles) {
    rows.push_back(toggle_row(toggle));
  }
  rows.push_back({Command::kGranularity,
                  "granularity",
                  {key(Key::kG)},
                  kOnStage,
                  [](const PanelContext& context) {
                    context.emit(session::action::SetGranularity{
                        following(session::kGranularities, context.session.clock.granularity)});
                  }});
  return rows;
}

}  // namespace convscope::panels
