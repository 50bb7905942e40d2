// The neuron view: the patch unrolled into the inputs of a linear neuron, weighted edges, bias, one
// output.
#pragma once

#include "core/picture/compose.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/step/moment.h"

namespace convscope::picture::neuron {

void compose_neuron(kit::Canvas& canvas, const session::Session& session,
                    const derive::LayerResult& layer, const step::Moment& moment,
                    const Viewport& viewport);

}  // namespace convscope::picture::neuron
