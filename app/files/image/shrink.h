// Images that are too large, made smaller by a whole number: each pixel is the mean of a square.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/tensor/tensor.h"

namespace convscope::files {

// A sample of 8 bits with this alpha, on white.
int over_white(int value, int alpha);

// The least whole number by which both sides have to be divided.
std::int64_t shrink_factor(std::int64_t width, std::int64_t height, std::int64_t most_pixels);

// What is left over at the right and at the bottom is dropped. As it is where it is small enough.
Tensor shrunk(const Tensor& image, std::int64_t most_pixels);

// A PNG of any size, a row at a time, so that only the small image takes memory. Nothing for what
// has to be read as a whole: another format, or an interlaced PNG. Throws Failure "image_*"; `name`
// is for the message.
std::optional<Tensor> shrunk_png(std::span<const std::byte> bytes, std::int64_t most_pixels,
                                 const std::string& name);

}  // namespace convscope::files
