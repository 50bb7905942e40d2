#include "core/picture/compose_coverage.h"

#include "core/picture/compose_flat.h"

namespace convscope {

void compose_coverage(Brush& brush, const Session& session, const Derived& derived,
                      const Canvas& canvas) {
  compose_flat(brush, session, derived, canvas);
}

}  // namespace convscope
