// RGBA pixels -> a PNG file in memory. SVG embeds it; the fronts write it.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace convscope::picture::svg {

// `rgba` holds width * height * 4 bytes, top row first. Empty when there is nothing to encode.
std::string png_of(int width, int height, std::span<const std::byte> rgba);

}  // namespace convscope::picture::svg
