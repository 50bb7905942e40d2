#include "core/picture/compose_matrix.h"

#include "core/picture/compose_flat.h"

namespace convscope {

void compose_matrix(Brush& brush, const Session& session, const Derived& derived,
                    const Canvas& canvas) {
  compose_flat(brush, session, derived, canvas);
}

}  // namespace convscope
