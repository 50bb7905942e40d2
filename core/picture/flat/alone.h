// One tensor of the step alone, as the flat view draws it: its cells with their numbers, the window
// over the input, the cell of the map that the step computes. For figures.
#pragma once

#include "core/derive/derived.h"
#include "core/picture/display/viewport.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/step/moment.h"
#include "core/session/session.h"

namespace convscope::picture::flat {

// Of input (kInput, the channels that the step reads), filter (kWeight, the step's) and map
// (kOutput, that filter's).

// The largest size within `viewport` with a margin, in which cells of two pixels or more are whole
// pixels. The same for all steps.
Viewport tensor_viewport(const session::Session& session, const derive::LayerResult& own,
                         session::TensorRole tensor, const Viewport& viewport);

// Fills `viewport`, which is the result of tensor_viewport().
void compose_tensor(kit::Canvas& canvas, const session::Session& session,
                    const derive::LayerResult& own, const step::Moment& moment,
                    session::TensorRole tensor, const Viewport& viewport);

}  // namespace convscope::picture::flat
