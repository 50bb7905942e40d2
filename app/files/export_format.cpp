#include "app/files/export_format.h"

#include <algorithm>
#include <array>

#include "app/files/document/pdf.h"
#include "app/files/image/apng.h"
#include "app/files/image/gif.h"
#include "app/files/image/image_file.h"
#include "app/files/image/webp.h"
#include "app/files/system/file_io.h"
#include "app/files/video/video.h"
#include "core/lesson/locale.h"
#include "core/picture/svg/svg.h"
#include "core/picture/tikz/tikz.h"
#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

std::string png(const Footage& footage) { return png_bytes(footage.pixels(0).pixels()); }

std::string svg(const Footage& footage) {
  return picture::svg::svg_of(footage.picture(0), footage.metrics);
}

template <typename Writer>
std::string animation(Writer&& writer, const Footage& footage) {
  for (std::int64_t i = 0; i < footage.frames; ++i) {
    writer.add(footage.pixels(i).pixels());
  }
  return writer.finish();
}

AnimationTiming timing_of(const Footage& footage) {
  return {footage.frames_per_second, footage.loop};
}

std::string gif(const Footage& footage) {
  return animation(GifWriter(footage.width, footage.height, timing_of(footage)), footage);
}

std::string apng(const Footage& footage) {
  return animation(
      ApngWriter(footage.width, footage.height, timing_of(footage), footage.transparent), footage);
}

std::string webp(const Footage& footage) {
  return footage.frames == 1
             ? webp_bytes(footage.pixels(0).pixels())
             : animation(WebpWriter(footage.width, footage.height, timing_of(footage)), footage);
}

std::string pdf(const Footage& footage) { return pdf_of(footage.picture(0), footage.metrics); }

std::string tex(const Footage& footage) {
  return picture::tikz::tex_of(footage.picture(0), footage.metrics);
}

std::string tikz(const Footage& footage) {
  return picture::tikz::tikz_of(footage.picture(0), footage.metrics);
}

// Stills first.
constexpr std::array kFormats = {
    ExportFormat{".png", true, false, true, false, png},
    ExportFormat{".svg", true, false, true, false, svg},
    ExportFormat{".pdf", true, false, true, false, pdf},
    ExportFormat{".tex", true, false, true, false, tex},
    ExportFormat{".tikz", true, false, true, false, tikz},
    ExportFormat{".webp", true, true, true, false, webp},
    ExportFormat{".gif", false, true, false, false, gif},
    ExportFormat{".apng", false, true, true, false, apng},
    ExportFormat{".mp4", false, true, false, true, mp4_of},
    ExportFormat{".webm", false, true, false, true, webm_of},
};

template <typename Wanted>
std::string endings_of(const Wanted& wanted) {
  std::string endings;
  for (const ExportFormat& format : kFormats) {
    if (wanted(format)) {
      endings.append(endings.empty() ? "" : ", ").append(format.extension);
    }
  }
  return endings;
}

}  // namespace

std::span<const ExportFormat> export_formats() { return kFormats; }

const ExportFormat* export_format_of(const std::filesystem::path& path) {
  const std::string extension = lower_extension(path);
  const auto* const found = std::ranges::find(kFormats, extension, &ExportFormat::extension);
  return found == kFormats.end() ? nullptr : found;
}

const ExportFormat& still_format_of(const std::filesystem::path& path) {
  const ExportFormat* format = export_format_of(path);
  if (format != nullptr && format->still) {
    return *format;
  }
  const lesson::TextValues values = {{"file", path.string()}, {"endings", export_endings(false)}};
  if (path.extension().empty()) {
    throw Failure({"export_no_ending", "", values});
  }
  throw Failure({format != nullptr ? "export_animation" : "export_format", "", values});
}

std::string transparent_endings() {
  return endings_of([](const ExportFormat& format) { return format.transparent; });
}

std::string export_endings(bool animated) {
  return endings_of([&](const ExportFormat& format) { return animated || format.still; });
}

std::string animation_endings() {
  return endings_of([](const ExportFormat& format) { return format.animated; });
}

}  // namespace convscope::files
