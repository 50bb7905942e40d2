// The neuron view: the patch unrolled into the inputs of a linear neuron, weighted edges, bias, one
// output.
#pragma once

#include "core/picture/compose.h"
#include "core/picture/kit/brush.h"
#include "core/picture/step/moment.h"

namespace convscope::picture::neuron {

void compose_neuron(kit::Brush& brush, const session::Session& session,
                    const derive::LayerResult& layer, const step::Moment& moment,
                    const Canvas& canvas);

}  // namespace convscope::picture::neuron
