// What the parts of the descent view share while one frame is drawn.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/lesson/derived.h"
#include "core/lesson/session.h"
#include "core/picture/brush.h"
#include "core/picture/descent_layout.h"
#include "core/picture/descent_moment.h"

namespace convscope {

struct DescentStage {
  const Session& session;
  const LayerResult& layer;
  const DescentHistory& history;
  const DescentMoment& moment;
  const DescentLayout& layout;
  DescentSlice slice;
  InputColors look = InputColors::kSigned;
  bool goal = true;  // there is a filter to be found: the layer's own

  std::int64_t input_channel() const {
    const LayerSpec& spec = layer.spec;
    return slice.filter / (spec.out_channels / spec.groups) * (spec.in_channels / spec.groups) +
           slice.channel;
  }
  // Errors that the loss is the mean of.
  std::int64_t count() const { return history.target.shape().count(); }
};

// The slice that the hovered cell lies in, else the first.
DescentSlice descent_slice_of(const Session& session, const LayerResult& layer);

// The weight whose numbers are spelled out: under way, hovered, or the slice's first.
Index focus_weight(const DescentStage& stage);
// The output cell under way or hovered.
std::optional<Index> focus_output(const DescentStage& stage);

// How a number of the training is written where there is no cell to fit.
std::string descent_number(double value);

// descent_planes.cpp
void draw_descent_planes(Brush& brush, const DescentStage& stage);
// descent_marks.cpp: what is under way and what is hovered.
void draw_descent_marks(Brush& brush, const DescentStage& stage);
// descent_words.cpp: captions, signs between planes, the loss behind the error.
void draw_descent_words(Brush& brush, const DescentStage& stage);
// descent_sums.cpp: one gradient and one update, spelled out.
void draw_descent_sums(Brush& brush, const DescentStage& stage);
// descent_curve.cpp: the losses of the whole run, and in a sentence where it stands.
void draw_loss_curve(Brush& brush, const DescentStage& stage);

// Where a run goes wrong: the step from which on its loss grows. Nothing while it ends lower than
// it began.
std::optional<std::int64_t> grows_from(const DescentHistory& history);

}  // namespace convscope
