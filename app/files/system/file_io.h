// Reads and writes whole files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace convscope::files {

// Throws Failure "file_missing", "file_is_folder", "file_not_regular" (a device or a pipe),
// "file_unreadable" or "file_too_large" (over `limit` bytes).
std::vector<std::byte> read_file(const std::filesystem::path& path, std::uint64_t limit);
std::string read_text_file(const std::filesystem::path& path, std::uint64_t limit);

// Writes next to the target and renames over it, so the file appears complete or not at all.
// Creates no folders. Throws Failure "file_unwritable" with the system's reason, and leaves nothing
// behind.
void write_file(const std::filesystem::path& path, std::string_view bytes);

// A path as UTF-8, for messages and JSON.
std::string utf8_of(const std::filesystem::path& path);

// The absolute path of a file, relative to the working folder; unchanged if that folder is gone.
std::string absolute_utf8(const std::string& path);

// The extension in lower case: ".json", ".png".
std::string lower_extension(const std::filesystem::path& path);

// Throws what write_file() would throw for an empty file: checked before long computations.
void check_writable(const std::filesystem::path& path);

}  // namespace convscope::files
