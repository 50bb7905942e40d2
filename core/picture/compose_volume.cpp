#include "core/picture/compose_volume.h"

#include "core/picture/compose_flat.h"

namespace convscope {

void compose_volume(Brush& brush, const Session& session, const Derived& derived,
                    const Canvas& canvas) {
  compose_flat(brush, session, derived, canvas);
}

}  // namespace convscope
