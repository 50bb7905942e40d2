// Makes the smaller pictures of assets/images:
//   cmake --build build/release --target pictures && build/release/tools/pictures/pictures FOLDER
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb_image_write.h>

#include "tools/pictures/pictures.h"

namespace {

struct Kind {
  const char* name;
  int width;
  int height;
  pictures::Color (*color)(const pictures::Place& at);
  bool gray = false;
  int subpixels = 6;  // per side of a pixel
};
constexpr std::array kKinds = {
    Kind{"street", 480, 320, pictures::street},
    Kind{"cat", 320, 320, pictures::cat},
    Kind{"bricks", 320, 320, pictures::bricks},
    Kind{"night", 480, 320, pictures::night},
    Kind{"letters", 360, 320, pictures::letters, true},
    // Numbers of a formula, not of light: no mean over a pixel.
    Kind{"zone-plate", 256, 256, pictures::zone_plate, true, 1},
};

std::uint8_t byte_of(double light) {
  const double shown = std::pow(std::min(std::max(light, 0.0), 1.0), 1 / 2.2);
  return static_cast<std::uint8_t>(std::lround(shown * 255));
}

std::vector<std::uint8_t> pixels_of(const Kind& kind) {
  std::vector<std::uint8_t> pixels;
  const int n = kind.subpixels;
  for (int y = 0; y < kind.height; ++y) {
    for (int x = 0; x < kind.width; ++x) {
      pictures::Color sum;
      for (int i = 0; i < n * n; ++i) {
        sum = sum + kind.color({x + (i % n + 0.5) / n, y + (i / n + 0.5) / n});
      }
      sum = sum * (1.0 / (n * n));
      pixels.push_back(byte_of(sum.r));
      if (!kind.gray) {
        pixels.push_back(byte_of(sum.g));
        pixels.push_back(byte_of(sum.b));
      }
    }
  }
  return pixels;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: pictures FOLDER\n", stderr);
    return 2;
  }
  stbi_write_png_compression_level = 64;  // longer chains, smaller files
  for (const Kind& kind : kKinds) {
    const std::string file = std::string(argv[1]) + "/" + kind.name + ".png";
    const int channels = kind.gray ? 1 : 3;
    const std::vector<std::uint8_t> pixels = pixels_of(kind);
    if (stbi_write_png(file.c_str(), kind.width, kind.height, channels, pixels.data(),
                       channels * kind.width) == 0) {
      std::fprintf(stderr, "pictures: can't write %s\n", file.c_str());
      return 1;
    }
  }
  return 0;
}
