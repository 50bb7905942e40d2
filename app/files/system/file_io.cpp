#include "app/files/system/file_io.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <random>
#include <system_error>

#include "core/tensor/problem.h"

#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#endif

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

Failure failure(const char* code, const fs::path& path, const std::string& reason = {}) {
  Problem problem{code, "", {{"file", utf8_of(path)}}};
  if (!reason.empty()) {
    problem.values.emplace_back("reason", reason);
  }
  return Failure(std::move(problem));
}

std::string last_reason() { return std::generic_category().message(errno == 0 ? EIO : errno); }

struct Closer {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Closer>;

File open_file(const fs::path& path, const char* mode) {
#ifdef _WIN32
  return File(_wfopen(path.c_str(), std::wstring(mode, mode + std::strlen(mode)).c_str()));
#else
  return File(std::fopen(path.c_str(), mode));
#endif
}

// Reads at most limit + 1 bytes, whatever size the system reports (/proc says 0). Devices and pipes
// are refused: they may never end, or block forever.
template <typename Buffer>
Buffer read_whole(const fs::path& path, std::uint64_t limit) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    throw failure("file_missing", path);
  }
  if (fs::is_directory(status)) {
    throw failure("file_is_folder", path);
  }
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    throw failure("file_not_regular", path);
  }
  const auto too_large = [&] {
    Failure result = failure("file_too_large", path);
    Problem problem = result.problem();
    problem.values.emplace_back("limit_mb", static_cast<std::int64_t>(limit >> 20));
    return Failure(std::move(problem));
  };
  errno = 0;
  const File file = open_file(path, "rb");
  if (!file) {
    throw failure("file_unreadable", path, last_reason());
  }
  Buffer result;
  const std::uintmax_t size = fs::file_size(path, error);
  if (!error && size > limit) {
    throw too_large();
  }
  result.reserve(error ? 0 : static_cast<std::size_t>(size));
  std::vector<char> chunk(1 << 16);
  while (const std::size_t count = std::fread(chunk.data(), 1, chunk.size(), file.get())) {
    if (result.size() + count > limit) {
      throw too_large();
    }
    const auto* first = reinterpret_cast<const typename Buffer::value_type*>(chunk.data());
    result.insert(result.end(), first, first + count);
  }
  if (std::ferror(file.get()) != 0) {
    throw failure("file_unreadable", path, last_reason());
  }
  return result;
}

// A unique name next to the target, so that two writers never share one.
fs::path temporary_beside(const fs::path& target) {
  std::random_device random;
  return target.parent_path() / (".convscope-" + std::to_string(random()) + ".tmp");
}

// Deletes the file unless it was renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(fs::path path) : path_(std::move(path)) {}
  ~TemporaryFile() {
    if (!path_.empty()) {
      std::error_code ignored;
      fs::remove(path_, ignored);
    }
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const fs::path& path() const { return path_; }
  void rename_to(const fs::path& target, std::error_code& error) {
    fs::rename(path_, target, error);
    if (!error) {
      path_.clear();
    }
  }

 private:
  fs::path path_;
};

bool flush_to_disk(std::FILE* file) {
  if (std::fflush(file) != 0) {
    return false;
  }
#if defined(__unix__) || defined(__APPLE__)
  // Some file systems don't support fsync (EINVAL); the data is then as safe as it can be.
  return fsync(fileno(file)) == 0 || errno == EINVAL || errno == ENOTSUP;
#else
  return true;
#endif
}

// Throws unless every byte is written. Devices and pipes are written to directly.
void write_through(const fs::path& to, const fs::path& target, std::string_view bytes) {
  errno = 0;
  File file = open_file(to, "wb");
  if (!file) {
    throw failure("file_unwritable", target, last_reason());
  }
  // The address of an empty range may be null, which fwrite doesn't allow.
  const bool sent =
      bytes.empty() || std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size();
  const bool written =
      sent && (to == target ? std::fflush(file.get()) == 0 : flush_to_disk(file.get()));
  const std::string reason = written ? "" : last_reason();
  const bool closed = std::fclose(file.release()) == 0;
  if (!written || !closed) {
    throw failure("file_unwritable", target, written ? last_reason() : reason);
  }
}

// Checks whether `path` can be written, as far as its status shows.
void check_target(const fs::path& path, const fs::file_status& status) {
  if (fs::is_directory(status)) {
    throw failure("file_unwritable", path,
                  std::make_error_code(std::errc::is_a_directory).message());
  }
  // A rename would bypass write protection.
  errno = 0;
  if (fs::is_regular_file(status) && !open_file(path, "ab")) {
    throw failure("file_unwritable", path, last_reason());
  }
}

// Follows a symbolic link: its target is replaced, or made, and the link remains.
fs::path real_target(const fs::path& path, const fs::file_status& status) {
  constexpr int kMostLinks = 40;
  std::error_code error;
  if (fs::exists(status)) {
    const fs::path target = fs::canonical(path, error);
    return error || target.empty() ? path : target;
  }
  fs::path target = path;
  for (int i = 0; i < kMostLinks && fs::is_symlink(target, error); ++i) {
    const fs::path next = fs::read_symlink(target, error);
    if (error) {
      return path;
    }
    target = target.parent_path() / next;  // an absolute one replaces the whole
  }
  return target;
}

}  // namespace

std::vector<std::byte> read_file(const fs::path& path, std::uint64_t limit) {
  return read_whole<std::vector<std::byte>>(path, limit);
}

std::string read_text_file(const fs::path& path, std::uint64_t limit) {
  return read_whole<std::string>(path, limit);
}

std::string utf8_of(const fs::path& path) {
  const std::u8string text = path.u8string();
  return {text.begin(), text.end()};
}

std::string absolute_utf8(const std::string& path) {
  std::error_code error;
  const fs::path absolute =
      fs::absolute(fs::path(std::u8string(path.begin(), path.end())), error).lexically_normal();
  return error ? path : utf8_of(absolute);
}

std::string lower_extension(const fs::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  return extension;
}

void check_writable(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  check_target(path, status);
  if (!fs::exists(status) || fs::is_regular_file(status)) {
    const TemporaryFile probe(temporary_beside(real_target(path, status)));
    write_through(probe.path(), path, {});
  }
}

void write_file(const fs::path& path, std::string_view bytes) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  check_target(path, status);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    write_through(path, path, bytes);
    return;
  }
  const fs::path target = real_target(path, status);
  TemporaryFile temporary(temporary_beside(target));
  write_through(temporary.path(), path, bytes);
  if (fs::exists(status)) {
    fs::permissions(temporary.path(), status.permissions(), error);
  }
  temporary.rename_to(target, error);
  if (error) {
    throw failure("file_unwritable", path, error.message());
  }
}

}  // namespace convscope::files
