// The export formats, one row each. Both the window and the command line use this table.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "app/files/footage.h"

namespace convscope::files {

struct ExportFormat {
  std::string_view extension;  // ".png"
  bool still;                  // can hold one moment
  bool animated;               // can hold many
  bool transparent;            // can lack a background
  bool keeps_files;            // has files of its own while it encodes
  // The bytes of the file; of a still, frame 0 alone.
  std::string (*encode)(const Footage& footage);
};

std::span<const ExportFormat> export_formats();

// By the file extension, ignoring case; nullptr if it is not in the table.
const ExportFormat* export_format_of(const std::filesystem::path& path);

// The format for a still picture. Throws Failure "export_*", naming the supported formats.
const ExportFormat& still_format_of(const std::filesystem::path& path);

// ".png, .svg": the formats of stills; with `animated`, all.
std::string export_endings(bool animated);
// ".gif, .apng": those of animations.
std::string animation_endings();
// Those of files that can lack a background.
std::string transparent_endings();

}  // namespace convscope::files
