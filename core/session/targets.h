// What a target names. Internal to update(). Any numbers are allowed.
#pragma once

#include <optional>

#include "core/session/session.h"

namespace convscope::session {

// The document's own cell for a target: itself, or the cell that a zero-inserted or flipped one
// stands for; nothing for an inserted zero.
std::optional<Target> own_target(const Session& session, const Target& target);

// Whether `target` names a cell of a layer of the scene; the padding ring counts as input.
bool names_a_cell(const Session& session, const Target& target);

// The layer that a target names; nothing when the scene has no such layer.
std::optional<std::int64_t> layer_named(const Session& session, const Target& target);

}  // namespace convscope::session
