// The export formats, one row each. Both the window and the command line use this table.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "app/files/image/pixels.h"
#include "core/picture/display/picture.h"
#include "core/picture/display/text_metrics.h"

namespace convscope::files {

// What is to be exported. A format uses either the pictures or their pixels; pixels require OpenGL.
// A still is frame 0.
struct Footage {
  int width = 0;
  int height = 0;
  std::int64_t frames = 1;
  int frames_per_second = 1;
  bool loop = true;  // of an animation
  const picture::TextMetrics& metrics;
  std::function<picture::Picture(std::int64_t frame)> picture;
  std::function<Pixels(std::int64_t frame)> pixels;
};

struct ExportFormat {
  std::string_view extension;                     // ".png"
  bool still;                                     // can hold one moment
  bool animated;                                  // can hold many
  std::string (*encode)(const Footage& footage);  // null: not implemented yet
};

std::span<const ExportFormat> export_formats();

// By the file extension, ignoring case; nullptr if it is not in the table.
const ExportFormat* export_format_of(const std::filesystem::path& path);

// The format for a still picture. Throws Failure "export_*", naming the supported formats.
const ExportFormat& still_format_of(const std::filesystem::path& path);

// ".png, .svg": the implemented formats; with `animated` including animations.
std::string export_endings(bool animated);

}  // namespace convscope::files
