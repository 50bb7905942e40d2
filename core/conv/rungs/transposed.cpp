#include "core/conv/rungs/rungs.h"

namespace convscope {

bool transposed(const Transposed&, const RunOptions&) { return false; }

}  // namespace convscope
