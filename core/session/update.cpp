#include "core/session/update.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/lesson/stamping.h"
#include "core/session/clock_moves.h"
#include "core/session/edit.h"
#include "core/session/history.h"
#include "core/session/scenes.h"
#include "core/session/targets.h"

namespace convscope::session {
namespace {

constexpr double kMinZoom = 0.1;
constexpr double kMaxZoom = 10000.0;
constexpr double kMaxPan = 1e6;

void set_camera(Session& session, const Camera& camera) {
  if (std::isfinite(camera.zoom) && std::isfinite(camera.pan_x) && std::isfinite(camera.pan_y)) {
    session.look.camera = {std::clamp(camera.zoom, kMinZoom, kMaxZoom),
                           std::clamp(camera.pan_x, -kMaxPan, kMaxPan),
                           std::clamp(camera.pan_y, -kMaxPan, kMaxPan)};
  }
}

constexpr double kMaxPitch = 89.0;

void set_orbit(Session& session, const Orbit& orbit) {
  if (std::isfinite(orbit.yaw) && std::isfinite(orbit.pitch)) {
    session.look.orbit = {std::remainder(orbit.yaw, 360.0),
                          std::clamp(orbit.pitch, -kMaxPitch, kMaxPitch)};
  }
}

// Runs `look`, which may change what the clock counts, and keeps the place where it can.
template <typename Look>
void change_clock(Session& session, const Look& look) {
  session = settle(std::move(session));
  const Timeline before = timeline_of(session);
  const Shape counted = position_shape(session);
  look();
  if (position_shape(session) != counted) {
    session.clock.playing = false;
    jump_to(session, 0);
  } else {
    refit_clock(session, before);
  }
}

void set_view(Session& session, lesson::View view) {
  change_clock(session, [&] {
    session.look.view = view;
    if (view == lesson::View::kDescent || session.look.second_view == view) {
      session.look.second_view.reset();
    }
    session.look.camera = {};
  });
}

void set_second_view(Session& session, const std::optional<lesson::View>& view) {
  change_clock(session, [&] {
    if (view == lesson::View::kDescent || view == session.look.view ||
        session.look.view == lesson::View::kDescent) {
      session.look.second_view.reset();
    } else {
      session.look.second_view = view;
    }
    session.look.camera = {};
  });
}

// Who asks for stamps sees them: views that have none make room for the flat one.
void set_transposed_as(Session& session, lesson::TransposedAs as) {
  change_clock(session, [&] {
    session.look.transposed_as = as;
    if (as == lesson::TransposedAs::kScatterAdd &&
        layer_of(session).spec.op == conv::Op::kConvTranspose) {
      if (session.look.second_view && !lesson::can_stamp(*session.look.second_view)) {
        session.look.second_view.reset();
      }
      if (!lesson::can_stamp(session.look.view)) {
        session.look.view = lesson::View::kFlat;
        session.look.second_view.reset();
      }
    }
  });
}

// The document's own cell behind one of the stage's, where there is one.
std::optional<Target> existing(const Session& session, const std::optional<Target>& target) {
  const std::optional<Target> own = target ? own_target(session, *target) : std::nullopt;
  return own && names_a_cell(session, *own) ? own : std::nullopt;
}

// One overload per action, in the order of action.h.
struct Updater {
  Session& session;

  void operator()(const action::Next&) const { step_on(session); }
  void operator()(const action::Previous&) const { step_back(session); }
  void operator()(const action::First&) const { jump_to(session, 0); }
  void operator()(const action::Last&) const { jump_to(session, timeline_of(session).last()); }
  void operator()(const action::NextRow&) const { jump_to_next_row(session); }
  void operator()(const action::PreviousRow&) const { jump_to_previous_row(session); }
  void operator()(const action::TogglePlay&) const { play_or_pause(session); }
  void operator()(const action::Pause&) const { session.clock.playing = false; }
  void operator()(const action::Tick& a) const { tick(session, a.frames); }
  void operator()(const action::Seek& a) const { jump_to(session, a.frame); }
  void operator()(const action::GoTo& a) const { jump_to_position(session, a.position); }
  void operator()(const action::PlaceWindow& a) const { place_window(session, a.at); }
  void operator()(const action::SetSpeed& a) const { set_speed(session, a.speed); }
  void operator()(const action::SetLoop& a) const { session.clock.loop = a.loop; }
  void operator()(const action::SetGranularity& a) const {
    set_granularity(session, a.granularity);
  }
  void operator()(const action::SetView& a) const { set_view(session, a.view); }
  void operator()(const action::SetSecondView& a) const { set_second_view(session, a.view); }
  void operator()(const action::SetCodeStrip& a) const { session.look.code = a.code; }
  void operator()(const action::SetTransposedAs& a) const { set_transposed_as(session, a.as); }
  void operator()(const action::SetOrbit& a) const { set_orbit(session, a.orbit); }
  void operator()(const action::SetGuided& a) const { session.clock.guided = a.guided; }
  void operator()(const action::SetCamera& a) const { set_camera(session, a.camera); }
  void operator()(const action::Hover& a) const {
    session.transient.hover = existing(session, a.target);
  }
  void operator()(const action::Select& a) const {
    session.transient.selection = existing(session, a.target);
  }
  void operator()(const action::NextFilter&) const { jump_to_next_filter(session); }
  void operator()(const action::SetScene& a) const { show_scene(session, a.scene); }
  void operator()(const action::SetLayer& a) const { show_layer(session, a.layer); }
  void operator()(const action::SetTheme& a) const { session.look.theme = a.theme; }
  void operator()(const action::SetLanguage& a) const { session.look.language = a.language; }
  void operator()(const action::SetValue& a) const { set_value(session, a); }
  void operator()(const action::Commit&) const { close_drag(session.document); }
  void operator()(const action::SetSpec& a) const { set_spec(session, a); }
  void operator()(const action::SetFilter& a) const { set_filter(session, a); }
  void operator()(const action::SetRelu& a) const { set_relu(session, a); }
  void operator()(const action::SetTraining& a) const { set_training(session, a); }
  void operator()(const action::SetStart& a) const { set_start(session, a); }
  void operator()(const action::DrawTarget& a) const { draw_target(session, a); }
  void operator()(const action::ResetScene&) const { reset_scene(session); }
  void operator()(const action::DropDraft&) const { session.transient.draft.reset(); }
  void operator()(const action::Undo&) const { undo(session); }
  void operator()(const action::Redo&) const { redo(session); }
  void operator()(const action::Open&) const {}  // the front answers with Opened or Notify
  void operator()(const action::Opened& a) const { open_document(session, a.lesson); }
  void operator()(const action::Save&) const {}  // the front writes the file
  void operator()(const action::Notify& a) const { session.transient.notice = a.notice; }
  void operator()(const action::DismissNotice&) const { session.transient.notice.reset(); }
};

}  // namespace

Session update(Session session, const Action& action) {
  std::visit(Updater{session}, action);
  return session;
}

Session settle(Session session) {
  if (session.clock.run_to) {
    jump_to(session, *session.clock.run_to);
  }
  return session;
}

}  // namespace convscope::session
