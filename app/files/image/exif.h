// The orientation of a JPEG from a camera.
#pragma once

#include <cstddef>
#include <span>

namespace convscope::files {

// The EXIF orientation of a JPEG file, 1..8; 1 (upright) if there is none or it is malformed.
int exif_orientation(std::span<const std::byte> jpeg);

}  // namespace convscope::files
