// Makes assets/images/still-life.png, the picture of the lesson photo-edges:
//   cmake --build build/release --target still_life && build/release/tools/still_life/still_life
//     OUT.png
// An original picture with flat areas, soft and hard edges, stripes and fine texture.
#include <cstdio>
#include <cstdlib>

#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb_image_write.h>

#include "tools/still_life/render.h"

int main(int argc, char** argv) {
  if (argc != 2 && argc != 4) {
    std::fputs("usage: still_life OUT.png [WIDTH HEIGHT]\n", stderr);
    return 2;
  }
  const int width = argc == 4 ? std::atoi(argv[2]) : 960;
  const int height = argc == 4 ? std::atoi(argv[3]) : 640;
  if (width < 1 || height < 1) {
    std::fputs("still_life: the size must be at least 1 x 1\n", stderr);
    return 2;
  }
  const auto rgb = still_life::render(still_life::still_life(), width, height);
  stbi_write_png_compression_level = 64;  // longer chains, smaller file
  return stbi_write_png(argv[1], width, height, 3, rgb.data(), 3 * width) != 0 ? 0 : 1;
}
