// Whole files in, whole files out.
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

// Writes beside the target and renames over it, so the file appears whole or not at all. Creates no
// folders. Throws Failure "file_unwritable" with the system's reason; nothing is left behind.
void write_file(const std::filesystem::path& path, std::string_view bytes);

// A path as sentences and JSON write it.
std::string utf8_of(const std::filesystem::path& path);

// The whole path of a file, seen from the working folder; as it is where that folder is gone.
std::string absolute_utf8(const std::string& path);

// ".json", ".png": of the name, in lower case.
std::string lower_extension(const std::filesystem::path& path);

// Throws what write_file would throw for an empty file: for work that takes long before it writes.
void check_writable(const std::filesystem::path& path);

}  // namespace convscope::files
