// Comparing: the scene that is held beside the one on stage, under the same playhead.
#pragma once

#include <optional>

#include "core/session/session.h"

namespace convscope::session {

// Whether there is something of that kind to compare with: edits, an earlier version, a setting
// that the layer could have as well.
bool can_compare(const Session& session, Comparison with);

// What a question plays beside itself, or what somebody wants to compare with; nothing when the
// stage stands alone. While the stage is flipped it is the lesson's own scene if nothing else was
// asked for.
std::optional<BesideScene> beside_of(const Session& session);

// The cell of the second scene's map for a cell of the first one's: that of the window in the same
// place, as near as there is one. `second` is the second scene on a stage of its own.
Index cell_beside(const Session& first, const Session& second, const BesideScene& beside,
                  const Index& at);

// The second scene alone, looked at as the first is.
Session stage_beside(const Session& first, const BesideScene& beside);

}  // namespace convscope::session
