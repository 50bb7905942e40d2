#include "app/files/export_format.h"

#include <algorithm>
#include <array>

#include "app/files/image/gif.h"
#include "app/files/image/image_file.h"
#include "app/files/system/file_io.h"
#include "core/lesson/locale.h"
#include "core/picture/svg/svg.h"
#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

std::string png(const Footage& footage) { return png_bytes(footage.pixels(0)); }

std::string svg(const Footage& footage) {
  return picture::svg::svg_of(footage.picture(0), footage.metrics);
}

std::string gif(const Footage& footage) {
  GifWriter writer(footage.width, footage.height, footage.frames_per_second);
  for (std::int64_t i = 0; i < footage.frames; ++i) {
    writer.add(footage.pixels(i));
  }
  return writer.finish();
}

constexpr std::array kFormats = {
    ExportFormat{".png", true, false, png},     ExportFormat{".svg", true, false, svg},
    ExportFormat{".gif", false, true, gif},     ExportFormat{".webp", false, true, nullptr},
    ExportFormat{".mp4", false, true, nullptr},
};

}  // namespace

std::span<const ExportFormat> export_formats() { return kFormats; }

const ExportFormat* export_format_of(const std::filesystem::path& path) {
  const std::string extension = lower_extension(path);
  const auto* const found = std::ranges::find(kFormats, extension, &ExportFormat::extension);
  return found == kFormats.end() ? nullptr : found;
}

const ExportFormat& still_format_of(const std::filesystem::path& path) {
  const ExportFormat* format = export_format_of(path);
  if (format != nullptr && format->encode != nullptr && !format->animated) {
    return *format;
  }
  const lesson::TextValues values = {{"file", path.string()}, {"endings", export_endings(false)}};
  if (path.extension().empty()) {
    throw Failure({"export_no_ending", "", values});
  }
  if (format != nullptr && format->encode != nullptr) {
    throw Failure({"export_animation", "", values});
  }
  throw Failure({"export_format", "", values});
}

std::string export_endings(bool animated) {
  std::string endings;
  for (const ExportFormat& format : kFormats) {
    if (format.encode != nullptr && (animated || !format.animated)) {
      endings.append(endings.empty() ? "" : ", ").append(format.extension);
    }
  }
  return endings;
}

}  // namespace convscope::files
