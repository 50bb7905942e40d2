// The files built into the executable: lessons, locales, shaders, fonts, images. With
// CONVSCOPE_ASSETS=DIR, lessons, locales, shaders and images are read from disk instead, for people
// who edit them.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convscope::files {

// The bytes of an asset, by its path in the repository without "assets/", such as
// "lessons/cross-5x5.json", "shaders/box.vert", "fonts/sans". Valid until the program ends. Throws
// Failure "asset_missing".
std::span<const std::byte> asset(std::string_view path);
std::string_view asset_text(std::string_view path);

// Paths of all assets below a folder, sorted.
std::vector<std::string> assets_below(std::string_view folder);

}  // namespace convscope::files
