#include "app/files/system/file_lock.h"

#ifdef _WIN32
#include <io.h>
#include <sys/locking.h>
#else
#include <sys/file.h>
#endif

#include <cerrno>

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

#ifdef _WIN32

std::FILE* open_to_lock(const fs::path& file) { return _wfopen(file.c_str(), L"abN"); }

// Waits for up to ten seconds.
bool lock(std::FILE* file, bool wait) {
  return _locking(_fileno(file), wait ? _LK_LOCK : _LK_NBLCK, 1) == 0;
}

#else

std::FILE* open_to_lock(const fs::path& file) { return std::fopen(file.c_str(), "abe"); }

bool lock(std::FILE* file, bool wait) {
  int result = 0;
  do {
    result = flock(fileno(file), wait ? LOCK_EX : LOCK_EX | LOCK_NB);
  } while (result != 0 && errno == EINTR);
  return result == 0;
}

#endif

}  // namespace

FileLock::FileLock(const fs::path& file) : file_(open_to_lock(file)) {
  if (file_ && !lock(file_.get(), true)) {
    file_.reset();
  }
}

std::optional<FileLock> FileLock::try_hold(const fs::path& file) {
  FileLock held;
  held.file_.reset(open_to_lock(file));
  if (!held.file_ || !lock(held.file_.get(), false)) {
    return std::nullopt;
  }
  return held;
}

}  // namespace convscope::files
