#include "app/files/image/image_file.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <climits>
#include <cmath>
#include <cstring>
#include <memory>
#include <string_view>

#include "app/files/image/exif.h"
#include "app/files/image/image_header.h"
#include "app/files/image/jpeg_tables.h"
#include "app/files/image/shrink.h"
#include "core/picture/svg/png_encode.h"
#include "core/tensor/problem.h"

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_NO_STDIO
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_ONLY_BMP
#define STBI_ONLY_TGA
#define STBI_ONLY_GIF
#include <stb_image.h>

namespace convscope::files {
namespace {

using Bytes = std::span<const std::byte>;

const stbi_uc* data_of(Bytes bytes) { return reinterpret_cast<const stbi_uc*>(bytes.data()); }

struct ImageInfo {
  int width = 0;
  int height = 0;
  int channels = 0;
};

bool read_info(Bytes bytes, ImageInfo& info) {
  if (bytes.size() > INT_MAX ||
      stbi_info_from_memory(data_of(bytes), static_cast<int>(bytes.size()), &info.width,
                            &info.height, &info.channels) == 0) {
    return false;
  }
  if (info.height < 0 && info.height > -INT_MAX) {  // a bitmap whose top row comes first
    info.height = -info.height;
  }
  return info.width > 0 && info.height > 0;
}

bool starts_with(Bytes bytes, std::string_view text) {
  return bytes.size() >= text.size() && std::memcmp(bytes.data(), text.data(), text.size()) == 0;
}

// Targa has no signature, so its header counts only if the file name ends in .tga.
bool is_targa(Bytes bytes, std::string_view name) {
  constexpr std::string_view kExtension = ".tga";
  if (name.size() < kExtension.size() || bytes.size() < 18) {
    return false;
  }
  const std::string_view end = name.substr(name.size() - kExtension.size());
  const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
  ImageInfo info;
  return std::equal(end.begin(), end.end(), kExtension.begin(), same) && read_info(bytes, info);
}

bool is_bitmap(Bytes bytes) {
  constexpr std::array kHeaderSizes = {12, 40, 56, 108, 124};  // what stb_image reads
  if (!starts_with(bytes, "BM") || bytes.size() < 18) {
    return false;
  }
  const bool small = bytes[15] == std::byte{0} && bytes[16] == std::byte{0};
  return small && std::find(kHeaderSizes.begin(), kHeaderSizes.end(),
                            std::to_integer<int>(bytes[14])) != kHeaderSizes.end();
}

Failure broken(const std::string& name, const char* reason) {
  return Failure({"image_broken",
                  "",
                  {{"file", name}, {"reason", std::string(reason != nullptr ? reason : "?")}}});
}

// Source pixel (x, y) is at offset origin + x·dx + y·dy of the upright plane.
struct Walk {
  std::int64_t origin = 0;
  std::int64_t dx = 0;
  std::int64_t dy = 0;
};

// `w` and `h` are the size of the upright image.
Walk walk_of(int orientation, std::int64_t w, std::int64_t h) {
  const std::int64_t right = w - 1;
  const std::int64_t bottom = (h - 1) * w;
  switch (orientation) {
    case 2:  // mirrored
      return {right, -1, w};
    case 3:  // half a turn
      return {bottom + right, -1, -w};
    case 4:  // upside down, mirrored
      return {bottom, 1, -w};
    case 5:  // transposed
      return {0, w, 1};
    case 6:  // a quarter turn clockwise makes it upright
      return {right, w, -1};
    case 7:  // transposed about the other diagonal
      return {bottom + right, -w, -1};
    case 8:  // a quarter turn counter-clockwise
      return {bottom, -w, 1};
    default:
      return {0, 1, w};
  }
}

// Feeds a file to stb_image and notices if it asks for more than there is: stb_image would continue
// with zeros and show half an image.
class Feed {
 public:
  explicit Feed(Bytes bytes) : rest_(bytes) {}

  int read(char* to, int size) {
    constexpr std::size_t kReadAhead = 128;  // stb_image may request this much more than it needs
    const auto wanted = static_cast<std::size_t>(size);
    const std::size_t count = std::min(wanted, rest_.size());
    ran_out_ = ran_out_ || count == 0 || (count < wanted && wanted != kReadAhead);
    std::copy_n(reinterpret_cast<const char*>(rest_.data()), count, to);
    rest_ = rest_.subspan(count);
    return static_cast<int>(count);
  }
  void skip(int count) {
    const auto wanted = static_cast<std::size_t>(std::max(count, 0));
    ran_out_ = ran_out_ || wanted > rest_.size();
    rest_ = rest_.subspan(std::min(wanted, rest_.size()));
  }
  bool at_end() const { return rest_.empty(); }
  bool ran_out() const { return ran_out_; }

 private:
  Bytes rest_;
  bool ran_out_ = false;
};

constexpr stbi_io_callbacks kFeedCallbacks = {
    [](void* feed, char* to, int size) { return static_cast<Feed*>(feed)->read(to, size); },
    [](void* feed, int count) { static_cast<Feed*>(feed)->skip(count); },
    [](void* feed) { return static_cast<Feed*>(feed)->at_end() ? 1 : 0; }};

bool area_fits(std::int64_t width, std::int64_t height, std::int64_t limit) {
  // Neither side alone is beyond the limit, so that their product can't overflow.
  return width <= limit && height <= limit && width * height <= limit;
}

void check_area(const std::string& name, std::int64_t width, std::int64_t height,
                bool shrink = false) {
  const std::int64_t limit = shrink ? kMaxShrunkPixels : kMaxImagePixels;
  if (!area_fits(width, height, limit)) {
    constexpr double kMega = 1e6;
    const double area = static_cast<double>(width) * static_cast<double>(height);
    throw Failure({shrink ? "image_much_too_large" : "image_too_large",
                   "",
                   {{"file", name},
                    {"width", width},
                    {"height", height},
                    {"megapixels", static_cast<std::int64_t>(std::ceil(area / kMega))},
                    {"limit", limit / 1'000'000}}});
  }
}

// `pixels` must have at least three channels.
bool all_gray(const stbi_uc* pixels, const ImageInfo& info) {
  const std::int64_t count = std::int64_t{info.width} * info.height;
  for (std::int64_t i = 0; i < count; ++i, pixels += info.channels) {
    if (pixels[0] != pixels[1] || pixels[0] != pixels[2]) {
      return false;
    }
  }
  return true;
}

// Converts interleaved bytes to planar floats, turned upright.
Tensor upright_planes(const stbi_uc* pixels, const ImageInfo& info, int planes, int orientation) {
  const bool sideways = orientation >= 5;
  const Shape shape = {1, planes, sideways ? info.width : info.height,
                       sideways ? info.height : info.width};
  const bool has_alpha = info.channels % 2 == 0;
  const Walk walk = walk_of(orientation, shape.w, shape.h);
  const auto storage =
      std::make_shared_for_overwrite<float[]>(static_cast<std::size_t>(shape.count()));
  for (std::int64_t c = 0; c < shape.c; ++c) {
    float* plane = storage.get() + c * shape.h * shape.w;
    const stbi_uc* pixel = pixels;
    for (int y = 0; y < info.height; ++y) {
      std::int64_t at = walk.origin + y * walk.dy;
      for (int x = 0; x < info.width; ++x, at += walk.dx, pixel += info.channels) {
        plane[at] =
            static_cast<float>(over_white(pixel[c], has_alpha ? pixel[info.channels - 1] : 255));
      }
    }
  }
  return Tensor(shape, std::shared_ptr<const float[]>(storage));
}

}  // namespace

bool is_image(Bytes bytes, std::string_view name) {
  return starts_with(bytes, "\x89PNG\r\n\x1a\n") || starts_with(bytes, "\xff\xd8\xff") ||
         starts_with(bytes, "GIF87a") || starts_with(bytes, "GIF89a") || is_bitmap(bytes) ||
         is_targa(bytes, name);
}

Tensor decode_image(Bytes bytes, const std::string& name, bool shrink) {
  if (!is_image(bytes, name)) {
    throw Failure({"image_unknown", "", {{"file", name}}});
  }
  if (starts_with(bytes, "\xff\xd8") && !huffman_tables_fit(bytes)) {
    throw broken(name, "bad Huffman table");
  }
  if (starts_with(bytes, "\xff\xd8") && has_unexplained_inks(bytes)) {
    throw Failure({"image_inks", "", {{"file", name}}});
  }
  if (const auto claimed = png_size(bytes)) {
    if (shrink && !area_fits(claimed->width, claimed->height, kMaxImagePixels)) {
      if (auto small = shrunk_png(bytes, kMaxImagePixels, name)) {
        return *std::move(small);
      }
    }
    check_area(name, claimed->width, claimed->height, shrink);
  }
  ImageInfo info;
  if (!read_info(bytes, info)) {
    throw broken(name, stbi_failure_reason());
  }
  check_area(name, info.width, info.height, shrink);
  // The decoder must find the size that was checked.
  const ImageInfo checked = info;
  Feed feed(bytes);
  const std::unique_ptr<stbi_uc, void (*)(void*)> pixels(
      stbi_load_from_callbacks(&kFeedCallbacks, &feed, &info.width, &info.height, nullptr,
                               checked.channels),
      stbi_image_free);
  if (feed.ran_out()) {
    throw Failure({"image_cut_short", "", {{"file", name}}});
  }
  if (!pixels || info.width != checked.width || info.height != checked.height) {
    throw broken(name, stbi_failure_reason());
  }
  const bool gray =
      checked.channels < 3 || (is_gray_by_colors_only(bytes) && all_gray(pixels.get(), checked));
  const Tensor image = upright_planes(pixels.get(), checked, gray ? 1 : 3, exif_orientation(bytes));
  return shrink ? shrunk(image, kMaxImagePixels) : image;
}

std::string png_bytes(const Pixels& pixels) {
  return picture::svg::png_of(pixels.width, pixels.height, std::as_bytes(std::span(pixels.rgba)));
}

}  // namespace convscope::files
