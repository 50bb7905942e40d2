// Commands that move the clock.
#include <algorithm>

#include "app/panels/bars/time_words.h"
#include "app/panels/commands/commands.h"
#include "app/panels/commands/ring.h"
#include "core/session/enum_names.h"
#include "core/session/pace.h"
#include "core/session/toggles.h"

namespace convscope::panels {
namespace {

constexpr Hearing kTimeRepeats = {.repeats = true};
constexpr Hearing kTimeOnStage = {.stage_only = true};

// Twice as fast, up to kMaxSpeed; behind that a long run ends in a minute.
void go_faster(const PanelContext& context) {
  const double speed = context.session.clock.speed;
  const double most = session::fastest(context.session);
  context.emit(session::action::SetSpeed{
      speed < session::kMaxSpeed ? std::min(speed * 2, session::kMaxSpeed) : most});
}

void go_slower(const PanelContext& context) {
  const double speed = context.session.clock.speed;
  context.emit(session::action::SetSpeed{
      speed > session::kMaxSpeed ? session::kMaxSpeed : std::max(speed / 2, session::kMinSpeed)});
}

// At the end of a lesson the next one follows.
void play(const PanelContext& context) {
  if (space_does(context) == SpaceDoes::kNextLesson) {
    context.emit(session::action::Open{*next_lesson(context)});
    context.ui.keys = KeyFocus::kStage;
  } else {
    context.emit(session::action::TogglePlay{});
  }
}

// A clicker has one key for a whole unit.
template <typename Action>
void step(const PanelContext& context) {
  if (context.ui.presenter && space_does(context) == SpaceDoes::kNextLesson) {
    play(context);
  } else {
    context.emit(Action{});
  }
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
      {Command::kPlay, "play", {key(Key::kSpace)}, {}, play},
      {Command::kNext, "next", {key(Key::kRight)}, kTimeRepeats, step<session::action::Next>},
      {Command::kPrevious,
       "previous",
       {key(Key::kLeft)},
       kTimeRepeats,
       asks_for(session::action::Previous{})},
      {Command::kNextTold,
       "next_told",
       {key(Key::kPageDown)},
       kTimeRepeats,
       step<session::action::NextTold>},
      {Command::kPreviousTold,
       "previous_told",
       {key(Key::kPageUp)},
       kTimeRepeats,
       asks_for(session::action::PreviousTold{})},
      {Command::kNextRow,
       "next_row",
       {key(Key::kDown)},
       kTimeRepeats,
       asks_for(session::action::NextRow{})},
      {Command::kPreviousRow,
       "previous_row",
       {key(Key::kUp)},
       kTimeRepeats,
       asks_for(session::action::PreviousRow{})},
      {Command::kFirst, "first", {key(Key::kHome)}, {}, asks_for(session::action::First{})},
      {Command::kLast, "last", {key(Key::kEnd)}, {}, asks_for(session::action::Last{})},
      {Command::kSlower,
       "slower",
       {key(Key::kLeftBracket)},
       kTimeRepeats,
       go_slower,
       [](const PanelContext& context) {
         return context.session.clock.speed > session::kMinSpeed;
       }},
      {Command::kFaster,
       "faster",
       {key(Key::kRightBracket)},
       kTimeRepeats,
       go_faster,
       [](const PanelContext& context) {
         return context.session.clock.speed < session::fastest(context.session);
       }},
  };
  for (const session::Toggle& toggle : session::kToggles) {
    rows.push_back(toggle_row(toggle));
  }
  rows.push_back({Command::kGranularity,
                  "granularity",
                  {key(Key::kG)},
                  kTimeOnStage,
                  [](const PanelContext& context) {
                    context.emit(session::action::SetGranularity{
                        following(session::kGranularities, context.session.clock.granularity)});
                  }});
  return rows;
}

}  // namespace convscope::panels
