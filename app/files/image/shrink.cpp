#include "app/files/image/shrink.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "app/files/image/image_header.h"
#include "core/import/files/inflate.h"
#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

using Bytes = std::span<const std::byte>;

// What a PNG of today's programs can have; a header with more lies.
constexpr std::int64_t kMostSide = 1 << 20;

constexpr std::size_t kSignature = 8;
constexpr std::size_t kChunkFrame = 12;  // length, kind and checksum

std::uint32_t number_at(Bytes bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (const std::byte part : bytes.subspan(at, 4)) {
    value = value << 8 | std::to_integer<std::uint32_t>(part);
  }
  return value;
}

// The kinds of colour, as the header numbers them.
enum class PngColor : std::uint8_t { kGray = 0, kRgb = 2, kPalette = 3, kGrayAlpha = 4, kRgba = 6 };

struct PngHeader {
  std::int64_t width = 0;
  std::int64_t height = 0;
  int depth = 8;
  PngColor color = PngColor::kRgb;
  bool interlaced = false;

  std::int64_t samples() const {
    switch (color) {
      case PngColor::kRgb:
        return 3;
      case PngColor::kGrayAlpha:
        return 2;
      case PngColor::kRgba:
        return 4;
      default:
        return 1;
    }
  }
  std::int64_t row_bytes() const { return (width * samples() * depth + 7) / 8; }
  std::int64_t pixel_bytes() const { return std::max<std::int64_t>(1, samples() * depth / 8); }
};

struct Pixel {
  int red = 0;
  int green = 0;
  int blue = 0;
  int alpha = 255;
};

// Walks through the chunks of a PNG and unpacks its rows.
class PngRows {
 public:
  PngRows(Bytes bytes, const std::string& name) : bytes_(bytes), name_(name) {
    header_.width = number_at(bytes, 16);
    header_.height = number_at(bytes, 20);
    header_.depth = std::to_integer<int>(bytes[24]);
    header_.color = static_cast<PngColor>(bytes[25]);
    header_.interlaced = bytes[28] != std::byte{0};
  }

  const PngHeader& header() const { return header_; }

  bool is_sound() const {
    return header_.width > 0 && header_.width <= kMostSide && header_.height > 0 &&
           header_.height <= kMostSide && has_sound_depth();
  }

  // The next row.
  void advance() {
    const auto size = static_cast<std::size_t>(header_.row_bytes());
    row_.resize(size);
    before_.resize(size);
    std::swap(row_, before_);
    std::array<std::byte, 1> filter = {};
    fill(filter);
    fill(row_);
    unfilter(std::to_integer<int>(filter[0]));
  }

  // Adds to sums[x · planes + plane] that sample of `columns` neighbouring pixels, and returns
  // whether any is not grey.
  bool add_to(std::vector<std::uint64_t>& sums, std::int64_t columns, std::size_t planes) const {
    const bool plain =
        header_.depth == 8 && (header_.color == PngColor::kGray || header_.color == PngColor::kRgb);
    if (plain) {  // a billion pixels take seconds, not minutes
      const std::byte* sample = row_.data();
      for (std::size_t i = 0; i < sums.size(); i += planes) {
        for (std::int64_t column = 0; column < columns; ++column) {
          for (std::size_t plane = 0; plane < planes; ++plane) {
            sums[i + plane] += std::to_integer<std::uint64_t>(*sample++);
          }
        }
      }
      return true;
    }
    bool colored = false;
    const std::int64_t width = std::ssize(sums) / static_cast<std::int64_t>(planes);
    for (std::int64_t x = 0; x < width * columns; ++x) {
      const Pixel own = pixel(x);
      const std::array shades = {own.red, own.green, own.blue};
      colored = colored || own.red != own.green || own.red != own.blue;
      for (std::size_t plane = 0; plane < planes; ++plane) {
        sums[static_cast<std::size_t>(x / columns) * planes + plane] +=
            static_cast<std::uint64_t>(over_white(shades[plane], own.alpha));
      }
    }
    return colored;
  }

  Pixel pixel(std::int64_t x) const {
    const auto sample = [&](std::int64_t s) { return this->sample(x * header_.samples() + s); };
    switch (header_.color) {
      case PngColor::kGray:
        return {sample(0), sample(0), sample(0)};
      case PngColor::kGrayAlpha:
        return {sample(0), sample(0), sample(0), sample(1)};
      case PngColor::kRgb:
        return {sample(0), sample(1), sample(2)};
      case PngColor::kRgba:
        return {sample(0), sample(1), sample(2), sample(3)};
      case PngColor::kPalette:
        return palette_[static_cast<std::size_t>(raw(x))];
    }
    return {};
  }

 private:
  [[noreturn]] void cut_short() const { throw Failure({"image_cut_short", "", {{"file", name_}}}); }
  [[noreturn]] void broken() const {
    throw Failure({"image_broken", "", {{"file", name_}, {"reason", std::string("PNG")}}});
  }

  // https://www.w3.org/TR/png-3/#table111: which depths go with a colour.
  bool has_sound_depth() const {
    const int depth = header_.depth;
    const bool whole = depth == 8 || depth == 16;
    const bool part = depth == 1 || depth == 2 || depth == 4;
    switch (header_.color) {
      case PngColor::kGray:
        return part || whole;
      case PngColor::kPalette:
        return part || depth == 8;
      case PngColor::kRgb:
      case PngColor::kGrayAlpha:
      case PngColor::kRgba:
        return whole;
    }
    return false;
  }

  // The data of the next IDAT; palettes on the way are read.
  void next_data() {
    while (data_.empty()) {
      if (at_ + kChunkFrame > bytes_.size()) {
        cut_short();
      }
      const std::size_t length = number_at(bytes_, at_);
      const std::string_view kind(reinterpret_cast<const char*>(bytes_.data()) + at_ + 4, 4);
      if (length > bytes_.size() - at_ - kChunkFrame || kind == "IEND") {
        cut_short();
      }
      const Bytes data = bytes_.subspan(at_ + 8, length);
      at_ += kChunkFrame + length;
      if (kind == "IDAT") {
        data_ = data;
      } else if (kind == "PLTE") {
        for (std::size_t i = 0; i + 2 < std::min<std::size_t>(length, 3 * palette_.size());
             i += 3) {
          palette_[i / 3] = {std::to_integer<int>(data[i]), std::to_integer<int>(data[i + 1]),
                             std::to_integer<int>(data[i + 2])};
        }
      } else if (kind == "tRNS" && header_.color == PngColor::kPalette) {
        for (std::size_t i = 0; i < std::min(length, palette_.size()); ++i) {
          palette_[i].alpha = std::to_integer<int>(data[i]);
        }
      }
    }
  }

  void fill(std::span<std::byte> room) {
    while (!room.empty()) {
      next_data();
      room = room.subspan(inflater_.inflate(data_, room));
      if (inflater_.damaged()) {
        broken();
      }
      if (inflater_.ended() && !room.empty()) {
        cut_short();
      }
    }
  }

  // Adds to every byte what `guess` makes of its neighbours: left, up, and the corner between them.
  template <typename Guess>
  void add_guesses(Guess guess) {
    const auto step = static_cast<std::size_t>(header_.pixel_bytes());
    const std::size_t begin = std::min(step, row_.size());
    const auto value = [](std::byte byte) { return std::to_integer<int>(byte); };
    for (std::size_t i = 0; i < begin; ++i) {
      row_[i] = static_cast<std::byte>(value(row_[i]) + guess(0, value(before_[i]), 0));
    }
    std::byte* row = row_.data();
    const std::byte* before = before_.data();
    for (std::size_t i = begin; i < row_.size(); ++i) {
      row[i] = static_cast<std::byte>(
          value(row[i]) + guess(value(row[i - step]), value(before[i]), value(before[i - step])));
    }
  }

  void unfilter(int filter) {
    switch (filter) {
      case 0:
        return;
      case 1:
        return add_guesses([](int left, int, int) { return left; });
      case 2:
        return add_guesses([](int, int up, int) { return up; });
      case 3:
        return add_guesses([](int left, int up, int) { return (left + up) / 2; });
      case 4:  // Paeth's: the nearest to left + up - corner
        return add_guesses([](int left, int up, int corner) {
          const int by_left = std::abs(up - corner);
          const int by_up = std::abs(left - corner);
          const int by_corner = std::abs(left + up - 2 * corner);
          return by_left <= by_up && by_left <= by_corner ? left : by_up <= by_corner ? up : corner;
        });
      default:
        broken();
    }
  }

  // A sample as it is stored, of at most 8 bits.
  int raw(std::int64_t index) const {
    const auto at = static_cast<std::size_t>(index);
    switch (header_.depth) {
      case 16:
        return std::to_integer<int>(row_[2 * at]);
      case 8:
        return std::to_integer<int>(row_[at]);
      default: {
        const auto depth = static_cast<std::size_t>(header_.depth);
        const std::size_t bit = at * depth;
        const auto shift = 8 - depth - bit % 8;
        return std::to_integer<int>(row_[bit / 8]) >> shift & ((1 << depth) - 1);
      }
    }
  }
  int sample(std::int64_t index) const {
    return header_.depth >= 8 ? raw(index) : raw(index) * 255 / ((1 << header_.depth) - 1);
  }

  Bytes bytes_;
  const std::string& name_;
  PngHeader header_;
  std::size_t at_ = kSignature;
  Bytes data_;  // of the IDAT under way
  imports::Inflater inflater_{imports::Inflater::Wrapper::kZlib};
  std::vector<std::byte> row_;
  std::vector<std::byte> before_;
  std::array<Pixel, 256> palette_ = {};
};

}  // namespace

int over_white(int value, int alpha) {
  return alpha == 255 ? value : (value * alpha + 255 * (255 - alpha) + 127) / 255;
}

std::int64_t shrink_factor(std::int64_t width, std::int64_t height, std::int64_t most_pixels) {
  const double area = static_cast<double>(width) * static_cast<double>(height);
  auto factor = static_cast<std::int64_t>(std::sqrt(area / static_cast<double>(most_pixels)));
  factor = std::max<std::int64_t>(1, factor);
  while ((width / factor) * (height / factor) > most_pixels) {
    ++factor;
  }
  return factor;
}

Tensor shrunk(const Tensor& image, std::int64_t most_pixels) {
  const Shape from = image.shape();
  const std::int64_t factor = shrink_factor(from.w, from.h, most_pixels);
  if (factor == 1) {
    return image;
  }
  const Shape to = {from.n, from.c, std::max<std::int64_t>(1, from.h / factor),
                    std::max<std::int64_t>(1, from.w / factor)};
  std::vector<float> values;
  values.reserve(static_cast<std::size_t>(to.count()));
  for (std::int64_t plane = 0; plane < from.n * from.c; ++plane) {
    const float* cells = image.data() + plane * from.h * from.w;
    for (std::int64_t y = 0; y < to.h; ++y) {
      for (std::int64_t x = 0; x < to.w; ++x) {
        const std::int64_t bottom = std::min(from.h, (y + 1) * factor);
        const std::int64_t right = std::min(from.w, (x + 1) * factor);
        double sum = 0;
        for (std::int64_t v = y * factor; v < bottom; ++v) {
          for (std::int64_t u = x * factor; u < right; ++u) {
            sum += static_cast<double>(cells[v * from.w + u]);
          }
        }
        const auto count = static_cast<double>((bottom - y * factor) * (right - x * factor));
        values.push_back(static_cast<float>(std::round(sum / count)));
      }
    }
  }
  return Tensor(to, std::move(values));
}

std::optional<Tensor> shrunk_png(Bytes bytes, std::int64_t most_pixels, const std::string& name) {
  if (!png_size(bytes)) {
    return std::nullopt;
  }
  PngRows rows(bytes, name);
  const PngHeader& header = rows.header();
  if (!rows.is_sound() || header.interlaced) {
    return std::nullopt;
  }
  const std::int64_t factor = shrink_factor(header.width, header.height, most_pixels);
  const bool gray = header.color == PngColor::kGray || header.color == PngColor::kGrayAlpha;
  const std::size_t planes = gray ? 1 : 3;
  bool colored = header.color != PngColor::kPalette;  // a palette of greys is grey
  const std::int64_t width = std::max<std::int64_t>(1, header.width / factor);
  const std::int64_t height = std::max<std::int64_t>(1, header.height / factor);
  const auto plane_size = static_cast<std::size_t>(width * height);
  // Not written before the rows are there: a header that lies costs no memory.
  const auto values = std::make_shared_for_overwrite<float[]>(planes * plane_size);
  std::vector<std::uint64_t> sums;
  for (std::int64_t y = 0; y < height; ++y) {
    sums.assign(static_cast<std::size_t>(width) * planes, 0);
    const std::int64_t lines = std::min(factor, header.height);
    const std::int64_t columns = std::min(factor, header.width);
    for (std::int64_t line = 0; line < lines; ++line) {
      rows.advance();
      colored = rows.add_to(sums, columns, planes) || colored;
    }
    const auto count = static_cast<std::uint64_t>(lines * columns);
    for (std::size_t i = 0; i < sums.size(); ++i) {
      values[i % planes * plane_size + static_cast<std::size_t>(y * width) + i / planes] =
          static_cast<float>((sums[i] + count / 2) / count);
    }
  }
  const std::size_t kept = colored ? planes : 1;
  return Tensor({1, static_cast<std::int64_t>(kept), height, width},
                std::shared_ptr<const float[]>(values));
}

}  // namespace convscope::files
