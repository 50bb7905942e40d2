// What a target names. Internal to update(). Both are total: any numbers.
#pragma once

#include <optional>

#include "core/session/session.h"

namespace convscope::session {

// The document's own cell behind a target: itself, or what a cell of the stage tensors stands for;
// nothing behind a stretched input's zero.
std::optional<Target> own_target(const Session& session, const Target& target);

// Whether `target` names a cell of a layer of the scene; the padding ring counts as input.
bool names_a_cell(const Session& session, const Target& target);

// The layer that a target names; nothing when the scene has no such layer.
std::optional<std::int64_t> layer_named(const Session& session, const Target& target);

}  // namespace convscope::session
