// Where a cell stands in a picture.
#pragma once

#include <optional>

#include "core/picture/display/picture.h"

namespace convscope::picture {

// The rectangle of the topmost record that shows `target`, in stage pixels and uncut; nothing when
// no record shows it.
std::optional<Rect> target_rect(const Picture& picture, const session::Target& target);

}  // namespace convscope::picture
