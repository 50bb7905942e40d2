// The cell of the layer's map that is computed now.
#pragma once

#include <optional>

#include "core/session/session.h"
#include "core/tensor/tensor.h"

namespace convscope::session {

// The first one before the clock has reached any; nothing where the clock counts something else.
std::optional<Index> cell_under_way(const Session& session);

}  // namespace convscope::session
