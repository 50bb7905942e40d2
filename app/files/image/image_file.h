// Reads and writes images: PNG, JPEG, BMP, TGA and GIF (its first frame) through stb_image.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "app/files/image/pixels.h"
#include "core/tensor/tensor.h"

namespace convscope::files {

inline constexpr std::int64_t kMaxImagePixels = 50'000'000;
// What may be read as a whole to be scaled down.
inline constexpr std::int64_t kMaxShrunkPixels = 120'000'000;

// Decided by content (signature), not by name. Only TGA, which has no signature, is recognized by a
// plausible header if the name ends in .tga.
bool is_image(std::span<const std::byte> bytes, std::string_view name = {});

// An image as (1, 3, H, W), or (1, 1, H, W) when it is grey, values 0..255. EXIF rotation is
// honoured, alpha is laid over white. The size is checked before decoding, and half a file is
// refused. Throws Failure "image_*"; `name` is for the message.
// `shrink`: an image that is too large is scaled down by a whole number, so that each of its pixels
// is the mean of a square.
Tensor decode_image(std::span<const std::byte> bytes, const std::string& name, bool shrink = false);

std::string png_bytes(const Pixels& pixels);

}  // namespace convscope::files
