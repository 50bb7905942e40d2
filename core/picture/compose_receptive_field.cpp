#include "core/picture/compose_receptive_field.h"

#include "core/picture/compose_flat.h"

namespace convscope {

void compose_receptive_field(Brush& brush, const Session& session, const Derived& derived,
                             const Canvas& canvas) {
  compose_flat(brush, session, derived, canvas);
}

}  // namespace convscope
