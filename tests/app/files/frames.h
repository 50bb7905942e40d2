// Frames for the tests of animations.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "app/files/image/pixels.h"

namespace convscope::files {

// 0xRRGGBBAA in every pixel.
inline Pixels one_color(int width, int height, std::uint32_t rgba) {
  Pixels pixels{width, height, {}};
  for (int i = 0; i < width * height; ++i) {
    for (const int shift : {24, 16, 8, 0}) {
      pixels.rgba.push_back(static_cast<std::uint8_t>(rgba >> shift & 255U));
    }
  }
  return pixels;
}

inline void put_pixel(Pixels& pixels, int x, int y, std::uint32_t rgba) {
  for (int i = 0; i < 4; ++i) {
    pixels.rgba[static_cast<std::size_t>((y * pixels.width + x) * 4 + i)] =
        static_cast<std::uint8_t>(rgba >> (24 - 8 * i) & 255U);
  }
}

// 13 by 9, with a noisy rectangle at an odd place that moves; frames 3 and 4 are equal. With alpha,
// also transparent pixels that have a colour.
inline std::vector<Pixels> moving_noise(bool alpha) {
  std::vector<Pixels> frames;
  Pixels frame = one_color(13, 9, alpha ? 0x1020307F : 0x102030FF);
  std::uint32_t state = 12345;
  for (int i = 0; i < 8; ++i) {
    for (int y = i % 4; i != 4 && y < 6; ++y) {
      for (int x = i + 1; x < 11; ++x) {
        state = state * 1664525U + 1013904223U;
        put_pixel(frame, x, y, alpha ? state : state | 255U);
      }
    }
    frames.push_back(frame);
  }
  return frames;
}

// Whether a program that checks our files is there.
inline bool has_program(const std::string& name) {
  return std::system(("command -v " + name + " >/dev/null 2>&1").c_str()) == 0;
}

}  // namespace convscope::files
