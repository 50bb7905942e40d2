// FileStamp: the state of a file when we read or wrote it, to notice changes by other programs.
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

// nullopt if the file doesn't exist or can't be read.
std::optional<FileStamp> stamp_of(const std::filesystem::path& file);

enum class FileNews { kNone, kChanged, kGone };

// Cheap if time and size are unchanged; otherwise the bytes decide, so a file that was only touched
// has not changed. A file that can't be examined counts as unchanged.
FileNews news_of(const std::filesystem::path& file, const FileStamp& known);

}  // namespace convscope::files
