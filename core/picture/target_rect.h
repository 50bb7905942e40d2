// Where a cell stands in a picture.
#pragma once

#include <optional>

#include "core/picture/picture.h"

namespace convscope {

// The rectangle of the topmost record that shows `target`, in stage pixels and uncut; nothing when
// no record shows it.
std::optional<Rect> target_rect(const Picture& picture, const Target& target);

}  // namespace convscope
