// Reads and writes images: PNG, JPEG, BMP, TGA and GIF (its first frame) through stb_image.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "app/files/pixels.h"
#include "core/tensor/tensor.h"

namespace convscope::files {

inline constexpr std::int64_t kMaxImagePixels = 50'000'000;

// Decided by content (signature), not by name. Only TGA, which has no signature, is recognized by a
// plausible header if the name ends in .tga.
bool is_image(std::span<const std::byte> bytes, std::string_view name = {});

// An image as (1, 3, H, W), or (1, 1, H, W) if it is grey, with values 0..255. EXIF rotation is
// applied, alpha is blended with white. The size is checked before decoding, and truncated files
// are refused. Throws Failure "image_*"; `name` is for error messages.
Tensor decode_image(std::span<const std::byte> bytes, const std::string& name);

std::string png_bytes(const Pixels& pixels);

}  // namespace convscope::files
