#include "app/panels/bars/time_words.h"

#include <algorithm>
#include <cmath>

#include "app/panels/widgets/value_text.h"
#include "core/lesson/formula.h"
#include "core/lesson/views.h"
#include "core/session/pace.h"
#include "core/session/scenes.h"

namespace convscope::panels {
namespace {

// The part of the current position; empty if positions are stepped through as a whole.
std::string part_text(const PanelContext& context, const session::Timeline& timeline,
                      const session::Beat& beat) {
  const session::Session& session = context.session;
  if (!session::is_divided(session.clock.granularity) || beat.position < 0) {
    return "";
  }
  const bool sum = timeline.summed && beat.part == timeline.parts - 1;
  const std::int64_t parts = timeline.parts - (timeline.summed ? 1 : 0);
  const char* key = !timeline.summed ? "panel.part_phase"
                    : sum            ? "panel.part_sum"
                    : session.clock.granularity == session::Granularity::kTerm
                        ? "panel.part_term"
                        : "panel.part_channel";
  return ", " + context.locale.text(key, {{"index", beat.part},
                                          {"part", lesson::grouped_digits(beat.part + 1)},
                                          {"parts", lesson::grouped_digits(parts)}});
}

// What Space does after a scene's last step.
SpaceDoes at_the_end(const PanelContext& context) {
  return session::next_told_layer(context.session)  ? SpaceDoes::kGoOn
         : !session::is_last_scene(context.session) ? SpaceDoes::kNextScene
         : next_lesson(context)                     ? SpaceDoes::kNextLesson
                                                    : SpaceDoes::kAgain;
}

std::string hint_of(const PanelContext& context, SpaceDoes does) {
  switch (does) {
    case SpaceDoes::kPause:
      break;
    case SpaceDoes::kPlay:
      return context.locale.text("panel.space_play");
    case SpaceDoes::kGoOn:
      return context.locale.text("panel.space_go_on");
    case SpaceDoes::kNextScene:
      return context.locale.text("panel.space_next_scene");
    case SpaceDoes::kNextLesson:
      return context.locale.text("panel.space_next_lesson");
    case SpaceDoes::kAgain:
      return context.locale.text("panel.space_again");
  }
  return "";
}

}  // namespace

std::optional<std::string> next_lesson(const PanelContext& context) {
  const auto found =
      std::ranges::find(context.lessons, context.session.document.lesson->id, &LessonEntry::id);
  if (context.path || found == context.lessons.end() || found + 1 == context.lessons.end()) {
    return std::nullopt;
  }
  return (found + 1)->id;
}

SpaceDoes space_does(const PanelContext& context) {
  const session::Session& session = context.session;
  if (session.clock.playing) {
    return SpaceDoes::kPause;
  }
  if (session.clock.frame == 0) {
    return SpaceDoes::kPlay;
  }
  if (!session::at_end(session) || session.toggles.loop) {
    return SpaceDoes::kGoOn;
  }
  return at_the_end(context);
}

std::string space_hint(const PanelContext& context) {
  return hint_of(context, space_does(context));
}

std::vector<std::string> space_hints(const PanelContext& context) {
  return {hint_of(context, SpaceDoes::kPlay), hint_of(context, SpaceDoes::kGoOn),
          hint_of(context, at_the_end(context))};
}

std::string place_text(const PanelContext& context, bool named) {
  const session::Session& session = context.session;
  const session::Timeline timeline = session::timeline_of(session);
  const session::Beat beat = session::beat_at(timeline, session.clock.frame);
  const char* key = !named                                    ? "panel.place"
                    : lesson::counts_steps(session.look.view) ? "panel.training_step"
                    : session::is_scatter_add(session)        ? "panel.stamp"
                                                              : "panel.position";
  const std::string positions =
      session::keeps_size(session) ? "?" : lesson::grouped_digits(timeline.positions);
  return context.locale.text(key, {{"position", lesson::grouped_digits(beat.position + 1)},
                                   {"positions", positions}}) +
         part_text(context, timeline, beat);
}

std::string duration_text(const PanelContext& context) {
  const double all = session::seconds_of_run(context.session) / context.session.clock.speed;
  const auto seconds = static_cast<std::int64_t>(std::llround(std::min(all, 1e12)));
  const char* key = seconds < 100    ? "panel.run_seconds"
                    : seconds < 6000 ? "panel.run_minutes"
                                     : "panel.run_hours";
  return context.locale.text(key, {{"seconds", seconds},
                                   {"minutes", (seconds + 30) / 60},
                                   {"hours", lesson::grouped_digits((seconds + 1800) / 3600)}});
}

std::string speed_text(const PanelContext& context) {
  const double speed = context.session.clock.speed;
  return speed > session::kMaxSpeed ? context.locale.text("panel.speed_minute")
                                    : widgets::value_text(static_cast<float>(speed)) + "×";
}

}  // namespace convscope::panels
