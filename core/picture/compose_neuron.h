// The neuron view: the patch unrolled into the inputs of a linear neuron, weighted edges, bias, one
// output.
#pragma once

#include "core/picture/brush.h"
#include "core/picture/compose.h"

namespace convscope {

void compose_neuron(Brush& brush, const Session& session, const Derived& derived,
                    const Canvas& canvas);

}  // namespace convscope
