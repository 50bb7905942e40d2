#include "app/files/system/file_stamp.h"

#include <string>
#include <system_error>

#include "app/files/system/file_io.h"
#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

// The largest lesson file that is hashed; for larger files only the size is compared.
constexpr std::uint64_t kMostHashed = 64ull << 20;

// FNV-1a.
std::uint64_t hash_of(const fs::path& file, std::uintmax_t size) {
  std::uint64_t hash = 0xcbf29ce484222325;
  if (size <= kMostHashed) {
    for (const char letter : read_text_file(file, kMostHashed)) {
      hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3;
    }
  }
  return hash;
}

}  // namespace

std::optional<FileStamp> stamp_of(const fs::path& file) {
  std::error_code error;
  FileStamp stamp;
  stamp.time = fs::last_write_time(file, error);
  if (!error && fs::is_regular_file(file, error)) {
    stamp.size = fs::file_size(file, error);
    try {
      stamp.hash = hash_of(file, stamp.size);
      return error ? std::nullopt : std::optional(stamp);
    } catch (const Failure&) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

FileNews news_of(const fs::path& file, const FileStamp& known) {
  std::error_code error;
  if (fs::status(file, error).type() == fs::file_type::not_found) {
    return FileNews::kGone;
  }
  const fs::file_time_type time = fs::last_write_time(file, error);
  const std::uintmax_t size = error ? 0 : fs::file_size(file, error);
  if (error || (time == known.time && size == known.size)) {
    return FileNews::kNone;
  }
  const std::optional<FileStamp> now = stamp_of(file);
  const bool same = !now || (now->size == known.size && now->hash == known.hash);
  return same ? FileNews::kNone : FileNews::kChanged;
}

}  // namespace convscope::files
