// The neuron view: the patch unrolled into the inputs of a linear neuron, weighted edges, bias, one
// output.
#pragma once

#include "core/picture/brush.h"
#include "core/picture/compose.h"
#include "core/picture/moment.h"

namespace convscope {

void compose_neuron(Brush& brush, const Session& session, const LayerResult& layer,
                    const Moment& moment, const Canvas& canvas);

}  // namespace convscope
