#include "core/picture/compose_neuron.h"

#include "core/picture/compose_flat.h"

namespace convscope {

void compose_neuron(Brush& brush, const Session& session, const Derived& derived,
                    const Canvas& canvas) {
  compose_flat(brush, session, derived, canvas);
}

}  // namespace convscope
