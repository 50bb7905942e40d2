#include "core/picture/svg/png_encode.h"

#include <cassert>

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#define STBI_WRITE_NO_STDIO
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#endif
#include <stb_image_write.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

namespace convscope::picture::svg {

std::string png_of(int width, int height, std::span<const std::byte> rgba) {
  constexpr int kChannels = 4;
  if (width <= 0 || height <= 0) {
    return {};
  }
  assert(rgba.size() == std::size_t(width) * std::size_t(height) * kChannels);
  std::string file;
  const auto append = [](void* out, void* data, int size) {
    static_cast<std::string*>(out)->append(static_cast<const char*>(data),
                                           static_cast<std::size_t>(size));
  };
  stbi_write_png_to_func(append, &file, width, height, kChannels, rgba.data(), width * kChannels);
  return file;
}

}  // namespace convscope::picture::svg
