#include "app/window/file_preview.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>
#include <vector>

#include "app/files/array_file.h"
#include "app/files/lesson_file.h"
#include "app/files/system/file_io.h"
#include "app/paint/texture.h"
#include "core/tensor/problem_of.h"

namespace convscope::window {
namespace {

constexpr std::int64_t kSide = 192;

// The mean of a block of one channel.
float mean_of(const Tensor& input, std::int64_t channel, std::int64_t y0, std::int64_t y1,
              std::int64_t x0, std::int64_t x1) {
  double sum = 0;
  for (std::int64_t y = y0; y < y1; ++y) {
    for (std::int64_t x = x0; x < x1; ++x) {
      sum += static_cast<double>(input.at({0, channel, y, x}));
    }
  }
  return static_cast<float>(sum / static_cast<double>((y1 - y0) * (x1 - x0)));
}

// Values of an image stand for themselves; others run from the least to the greatest.
struct Range {
  float low = 0;
  float high = 255;
};

Range range_of(const Tensor& input) {
  const auto [least, most] = std::ranges::minmax_element(input.values());
  const bool image = *least >= 0 && *most <= 255 && *most > 1;
  return image ? Range{} : Range{*least, std::max(*most, *least + 1e-6f)};
}

files::Pixels thumbnail(const Tensor& input) {
  const Shape& shape = input.shape();
  const std::int64_t longer = std::max(shape.h, shape.w);
  const std::int64_t block = (longer + kSide - 1) / kSide;
  const std::int64_t height = (shape.h + block - 1) / block;
  const std::int64_t width = (shape.w + block - 1) / block;
  const Range range = range_of(input);
  files::Pixels pixels{static_cast<int>(width), static_cast<int>(height), {}};
  pixels.rgba.reserve(static_cast<std::size_t>(width * height * 4));
  for (std::int64_t y = 0; y < height; ++y) {
    for (std::int64_t x = 0; x < width; ++x) {
      float value = 0;
      for (std::int64_t c = 0; c < 3; ++c) {
        if (c == 0 || shape.c == 3) {  // else grey
          value = mean_of(input, c, y * block, std::min(shape.h, (y + 1) * block), x * block,
                          std::min(shape.w, (x + 1) * block));
        }
        const float share = (value - range.low) / (range.high - range.low);
        pixels.rgba.push_back(
            static_cast<std::uint8_t>(std::lround(255 * std::clamp(share, 0.0f, 1.0f))));
      }
      pixels.rgba.push_back(255);
    }
  }
  return pixels;
}

std::string size_text(const Shape& shape) {
  return std::to_string(shape.w) + " × " + std::to_string(shape.h);
}

// The first of several arrays, a line each.
std::string names_text(const std::vector<imports::NamedArray>& arrays) {
  constexpr std::size_t kMost = 8;
  std::string text;
  for (std::size_t i = 0; i < std::min(arrays.size(), kMost); ++i) {
    text += (i > 0 ? "\n" : "") + arrays[i].name;
    for (std::size_t side = 0; side < arrays[i].shape.size(); ++side) {
      text += (side > 0 ? " × " : "  ") + std::to_string(arrays[i].shape[side]);
    }
  }
  return arrays.size() > kMost ? text + "\n…" : text;
}

}  // namespace

FileLook look_of(const std::string& path) {
  FileLook look;
  try {
    if (files::has_array_ending(path) && files::lower_extension(path) != ".npy") {
      look.text.by_language["en"] = names_text(files::arrays_of(path));
      return look;
    }
    const lesson::Lesson lesson = files::open_lesson(path);
    const Tensor input = lesson.scenes.front()->input.tensor();
    look.picture = thumbnail(input);
    look.title = lesson.title;
    look.text = lesson.summary;
    if (files::lower_extension(path) != ".json") {
      look.text.by_language["en"] = size_text(input.shape());
    }
  } catch (...) {
    look.problem = problem_of(std::current_exception());
  }
  return look;
}

struct FilePreviewer::Texture {
  paint::GlTexture texture;
};

FilePreviewer::FilePreviewer() = default;
FilePreviewer::~FilePreviewer() = default;

bool FilePreviewer::follow(const std::string& wanted, const lesson::Locale& locale,
                           panels::FilePreview& preview) {
  if (look_.valid()) {
    if (look_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
      return false;
    }
    FileLook look = look_.get();
    if (reading_ == wanted) {
      shown_ = reading_;
      preview = {};
      preview.width = look.picture.width;
      preview.height = look.picture.height;
      preview.title = look.title.in(locale.language());
      preview.text =
          look.problem ? locale.sentence(*look.problem) : look.text.in(locale.language());
      if (!look.picture.rgba.empty()) {
        std::vector<picture::Rgba> texels;
        for (std::size_t i = 0; i + 3 < look.picture.rgba.size(); i += 4) {
          texels.push_back({look.picture.rgba[i], look.picture.rgba[i + 1],
                            look.picture.rgba[i + 2], look.picture.rgba[i + 3]});
        }
        texture_ = std::make_unique<Texture>(
            Texture{paint::make_rgba_texture(preview.width, preview.height, texels)});
        preview.texture = texture_->texture.get();
      }
      return true;
    }
  }
  if (wanted == shown_) {
    return false;
  }
  if (!wanted.empty()) {
    reading_ = wanted;
    look_ = std::async(std::launch::async, [wanted] { return look_of(wanted); });
    return false;
  }
  shown_.clear();
  preview = {};
  return true;
}

}  // namespace convscope::window
