// The formats that pictures are exported in, one row each. The window and the command line both go
// by this table.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "app/files/pixels.h"
#include "core/picture/display/picture.h"
#include "core/picture/display/text_metrics.h"

namespace convscope::files {

// What is to be written. A format takes the pictures or their pixels, whichever it needs: pixels
// want OpenGL. A still is frame 0.
struct Footage {
  int width = 0;
  int height = 0;
  std::int64_t frames = 1;
  int frames_per_second = 1;
  const picture::TextMetrics& metrics;
  std::function<picture::Picture(std::int64_t frame)> picture;
  std::function<Pixels(std::int64_t frame)> pixels;
};

struct ExportFormat {
  std::string_view extension;  // ".png"
  bool animated;
  std::string (*encode)(const Footage& footage);  // none: the format is not there yet
};

std::span<const ExportFormat> export_formats();

// By the ending of the name, in upper or lower case; nullptr for one that is not in the table.
const ExportFormat* export_format_of(const std::filesystem::path& path);

// The format of a picture that is not an animation. Throws Failure "export_*", which say what would
// do.
const ExportFormat& still_format_of(const std::filesystem::path& path);

// ".png, .svg", of the formats that are there; with `animated` those too.
std::string export_endings(bool animated);

}  // namespace convscope::files
