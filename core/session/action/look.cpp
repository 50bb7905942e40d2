#include "core/session/action/look.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/conv/operators/operator.h"
#include "core/lesson/views.h"
#include "core/session/action/rows.h"
#include "core/session/clock_moves.h"
#include "core/session/enum_names.h"
#include "core/session/scenes.h"
#include "core/session/targets.h"
#include "core/session/update.h"

namespace convscope::session::action {
namespace {

constexpr double kMinZoom = 0.1;
constexpr double kMaxZoom = 100000.0;
constexpr double kMaxPan = 1e7;

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
    if (!lesson::can_pair(view, session.look.second_view)) {
      session.look.second_view.reset();
    }
    session.look.camera = {};
  });
}

void set_second_view(Session& session, const std::optional<lesson::View>& view) {
  change_clock(session, [&] {
    session.look.second_view =
        lesson::can_pair(session.look.view, view) ? view : std::optional<lesson::View>();
    session.look.camera = {};
  });
}

// Who asks for stamps sees them: views that have none make room for the flat one.
void set_transposed_as(Session& session, lesson::TransposedAs as) {
  change_clock(session, [&] {
    session.look.transposed_as = as;
    if (as == lesson::TransposedAs::kScatterAdd &&
        conv::operator_of(layer_of(session).spec.op).transposed()) {
      if (session.look.second_view && !lesson::row_of(*session.look.second_view).can_stamp) {
        session.look.second_view.reset();
      }
      if (!lesson::row_of(session.look.view).can_stamp) {
        session.look.view = lesson::View::kFlat;
        session.look.second_view.reset();
      }
    }
  });
}

// The stage is divided anew, so the camera shows all of it.
void compare(Session& session, Comparison with) {
  if ((session.look.comparison == Comparison::kNone) != (with == Comparison::kNone)) {
    session.look.camera = {};
  }
  session.look.comparison = with;
}

void set_split(Session& session, const std::optional<double>& split) {
  if (!split) {
    session.look.split.reset();
  } else if (std::isfinite(*split)) {
    session.look.split = std::clamp(*split, 0.0, 1.0);
  }
}

// The document's own cell behind one of the stage's, where there is one.
std::optional<Target> existing(const Session& session, const std::optional<Target>& target) {
  const std::optional<Target> own = target ? own_target(session, *target) : std::nullopt;
  return own && names_a_cell(session, *own) ? own : std::nullopt;
}

}  // namespace

std::vector<Row> look_rows() {
  return {
      row<SetView, [](Session& session, const SetView& a) { set_view(session, a.view); },
          [](Fields& fields, SetView& a) { fields.word("view", lesson::kViews, a.view); }>(
          "set_view"),
      row<SetSecondView,
          [](Session& session, const SetSecondView& a) { set_second_view(session, a.view); },
          [](Fields& fields, SetSecondView& a) {
            if (!fields.has("view", a.view.has_value())) {
              a.view.reset();
              return;
            }
            lesson::View view = a.view.value_or(lesson::View::kFlat);
            fields.word("view", lesson::kViews, view);
            a.view = view;
          }>("set_second_view"),
      row<SetCodeStrip, [](Session& session, const SetCodeStrip& a) { session.look.code = a.code; },
          [](Fields& fields, SetCodeStrip& a) {
            fields.word("code", lesson::kCodeStrips, a.code);
          }>("set_code_strip"),
      row<SetTransposedAs,
          [](Session& session, const SetTransposedAs& a) { set_transposed_as(session, a.as); },
          [](Fields& fields, SetTransposedAs& a) {
            fields.word("as", lesson::kTransposedAs, a.as);
          }>("set_transposed_as"),
      row<SetOrbit, [](Session& session, const SetOrbit& a) { set_orbit(session, a.orbit); },
          [](Fields& fields, SetOrbit& a) {
            fields.number("yaw", a.orbit.yaw);
            fields.number("pitch", a.orbit.pitch);
          }>("set_orbit"),
      row<SetCamera, [](Session& session, const SetCamera& a) { set_camera(session, a.camera); },
          [](Fields& fields, SetCamera& a) {
            fields.number("zoom", a.camera.zoom);
            fields.number("pan_x", a.camera.pan_x);
            fields.number("pan_y", a.camera.pan_y);
          }>("set_camera"),
      row<Hover,
          [](Session& session, const Hover& a) {
            session.transient.hover = existing(session, a.target);
          },
          [](Fields& fields, Hover& a) { fields.target(a.target); }>("hover"),
      row<Select,
          [](Session& session, const Select& a) {
            session.transient.selection = existing(session, a.target);
          },
          [](Fields& fields, Select& a) { fields.target(a.target); }>("select"),
      row<Pin,
          [](Session& session, const Pin& a) {
            session.transient.pin = existing(session, a.target);
          },
          [](Fields& fields, Pin& a) { fields.target(a.target); }>("pin"),
      row<Compare, [](Session& session, const Compare& a) { compare(session, a.with); },
          [](Fields& fields, Compare& a) { fields.word("with", kComparisons, a.with); }>("compare"),
      row<Flip, [](Session& session, const Flip& a) { session.transient.flipped = a.on; },
          [](Fields& fields, Flip& a) { fields.boolean("on", a.on); }>("flip"),
      row<SetSplit, [](Session& session, const SetSplit& a) { set_split(session, a.split); },
          [](Fields& fields, SetSplit& a) {
            if (!fields.has("split", a.split.has_value())) {
              a.split.reset();
              return;
            }
            double split = a.split.value_or(0.5);
            fields.number("split", split);
            a.split = split;
          }>("set_split"),
      row<SetScene, [](Session& session, const SetScene& a) { show_scene(session, a.scene); },
          [](Fields& fields, SetScene& a) { fields.integer("scene", a.scene); }>("set_scene"),
      row<SetLayer, [](Session& session, const SetLayer& a) { show_layer(session, a.layer); },
          [](Fields& fields, SetLayer& a) { fields.integer("layer", a.layer); }>("set_layer"),
      row<SetTheme, [](Session& session, const SetTheme& a) { session.look.theme = a.theme; },
          [](Fields& fields, SetTheme& a) { fields.word("theme", kThemes, a.theme); }>("set_theme"),
      row<SetLanguage,
          [](Session& session, const SetLanguage& a) { session.look.language = a.language; },
          [](Fields& fields, SetLanguage& a) {
            fields.word("language", lesson::kLanguages, a.language);
          }>("set_language"),
  };
}

}  // namespace convscope::session::action
