// FileStamp: what a file was like when we read or wrote it, to notice that another program has
// changed it since.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace convscope::files {

struct FileStamp {
  std::filesystem::file_time_type time = {};
  std::uintmax_t size = 0;
  std::uint64_t hash = 0;  // of its bytes
};

// Nothing when there is no such file, or none that can be read.
std::optional<FileStamp> stamp_of(const std::filesystem::path& file);

enum class FileNews { kNone, kChanged, kGone };

// Cheap while time and size are as they were; else the bytes decide: a file that was only touched
// is no news. A file that can't be looked at is none either.
FileNews news_of(const std::filesystem::path& file, const FileStamp& known);

}  // namespace convscope::files
