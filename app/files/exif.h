// Which way up a JPEG's camera was.
#pragma once

#include <cstddef>
#include <span>

namespace convscope::files {

// The EXIF orientation of a JPEG file, 1..8; 1 (upright) when there is none or it is malformed.
int exif_orientation(std::span<const std::byte> jpeg);

}  // namespace convscope::files
