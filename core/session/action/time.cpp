#include "core/session/action/time.h"

#include "core/session/action/rows.h"
#include "core/session/clicker.h"
#include "core/session/clock_moves.h"
#include "core/session/enum_names.h"
#include "core/session/scenes.h"

namespace convscope::session::action {

std::vector<Row> time_rows() {
  return {
      row<Next, step_on>("next"),
      row<Previous, step_back>("previous"),
      row<NextTold, click_on>("next_told"),
      row<PreviousTold, click_back>("previous_told"),
      row<First, [](Session& session) { jump_to(session, 0); }>("first"),
      row<Last, [](Session& session) { jump_to(session, timeline_of(session).last()); }>("last"),
      row<NextRow, jump_to_next_row>("next_row"),
      row<PreviousRow, jump_to_previous_row>("previous_row"),
      row<NextFilter, jump_to_next_filter>("next_filter"),
      row<TogglePlay, play_or_pause>("toggle_play"),
      row<Pause, [](Session& session) { session.clock.playing = false; }>("pause"),
      row<Tick, [](Session& session, const Tick& a) { tick(session, a.frames); },
          [](Fields& fields, Tick& a) { fields.integer("frames", a.frames); }>("tick"),
      row<Seek, [](Session& session, const Seek& a) { jump_to(session, a.frame); },
          [](Fields& fields, Seek& a) { fields.integer("frame", a.frame); }>("seek"),
      row<GoTo, [](Session& session, const GoTo& a) { go_to_position(session, a.position); },
          [](Fields& fields, GoTo& a) { fields.integer("position", a.position); }>("go_to"),
      row<PlaceWindow, [](Session& session, const PlaceWindow& a) { place_window(session, a.at); },
          [](Fields& fields, PlaceWindow& a) { fields.place("at", a.at); }>("place_window"),
      row<SetSpeed, [](Session& session, const SetSpeed& a) { set_speed(session, a.speed); },
          [](Fields& fields, SetSpeed& a) { fields.number("speed", a.speed); }>("set_speed"),
      row<SetGranularity,
          [](Session& session, const SetGranularity& a) {
            set_granularity(session, a.granularity);
          },
          [](Fields& fields, SetGranularity& a) {
            fields.word("granularity", kGranularities, a.granularity);
          }>("set_granularity"),
  };
}

}  // namespace convscope::session::action
