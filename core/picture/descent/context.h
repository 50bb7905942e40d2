// What the parts of the descent view share while one frame is drawn.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/derive/derived.h"
#include "core/picture/descent/layout.h"
#include "core/picture/descent/moment.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/kit/cell_plane.h"
#include "core/session/session.h"

namespace convscope::picture::descent {

struct Context {
  const session::Session& session;
  const derive::LayerResult& layer;
  const conv::DescentHistory& history;
  const DescentMoment& moment;
  const Layout& layout;
  DescentSlice slice;
  lesson::InputColors look = lesson::InputColors::kSigned;
  bool goal = true;  // there is a filter to be found: the layer's own

  // After the last update there is no other one. Where the map meets no target, what flows back
  // stands in its place.
  bool shows(DescentPlane which) const {
    if (which == DescentPlane::kTarget) {
      return !moment.hidden || !moment.passed.empty();
    }
    const bool of_update = which == DescentPlane::kStep || which == DescentPlane::kAfter;
    return which == DescentPlane::kGoal ? goal : !of_update || moment.after.has_value();
  }

  std::int64_t input_channel() const {
    const conv::LayerSpec& spec = layer.spec;
    return slice.filter / (spec.out_channels / spec.groups) * (spec.in_channels / spec.groups) +
           slice.channel;
  }
  // Errors that the loss is the mean of.
  std::int64_t count() const { return history.target.shape().count(); }
};

// The slice that the hovered cell lies in, else the first.
DescentSlice descent_slice_of(const session::Session& session, const derive::LayerResult& layer);

// The weight whose numbers are spelled out: the current one, the hovered one, or the slice's first.
Index focus_weight(const Context& context);
// The current output cell, or the hovered one.
std::optional<Index> focus_output(const Context& context);

// How a number of the training is written where there is no cell to fit.
std::string descent_number(double value);

// planes.cpp: also one slice as a plane shows it.
kit::PlaneStyle plane_style(const Palette& palette, const Context& context, DescentPlane plane,
                            std::int64_t n, std::int64_t c);
void draw_descent_planes(kit::Canvas& canvas, const Context& context);
// marks.cpp: frames around what is current, what belongs to the pointer.
void draw_descent_marks(kit::Canvas& canvas, const Context& context);
// labels.cpp: captions, signs between planes, the loss behind the error.
void draw_descent_words(kit::Canvas& canvas, const Context& context);
// sums.cpp: one gradient and one update, spelled out.
void draw_descent_sums(kit::Canvas& canvas, const Context& context);
// curve.cpp: the losses of the whole run, and in a sentence where it stands.
void draw_loss_curve(kit::Canvas& canvas, const Context& context);

// Where a run goes wrong: the step from which on its loss grows. Nothing while it ends lower than
// it began.
std::optional<std::int64_t> grows_from(const conv::DescentHistory& history);

}  // namespace convscope::picture::descent
