#include "core/conv/rungs/rungs.h"

namespace convscope {

bool transposed(const Transposed&, const Run&) { return false; }

}  // namespace convscope
