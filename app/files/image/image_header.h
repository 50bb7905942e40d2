// What stb_image does not report about an image.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace convscope::files {

struct ReferenceSize {
  std::int64_t width = 0;
  std::int64_t height = 0;
};

// The size in the header of a PNG, however large; nullopt for any other file. stb_image refuses
// PNGs that are too large without reporting their size.
std::optional<ReferenceSize> png_size(std::span<const std::byte> bytes);

// True for formats that can represent grey only by equal colour values: BMP, GIF and PNG with a
// palette. A PNG or JPEG in full colour that happens to be grey keeps its three channels, as its
// author chose.
bool is_gray_by_colors_only(std::span<const std::byte> bytes);

}  // namespace convscope::files
