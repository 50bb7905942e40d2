#include "app/files/file_lock.h"

#ifdef _WIN32
#include <io.h>
#include <sys/locking.h>
#else
#include <sys/file.h>
#endif

#include <cerrno>

namespace convscope::files {

#ifdef _WIN32

FileLock::FileLock(const std::filesystem::path& file) : file_(_wfopen(file.c_str(), L"ab")) {
  // Tries for ten seconds.
  if (file_ && _locking(_fileno(file_.get()), _LK_LOCK, 1) != 0) {
    file_.reset();
  }
}

#else

FileLock::FileLock(const std::filesystem::path& file) : file_(std::fopen(file.c_str(), "ab")) {
  int result = 0;
  do {
    result = file_ ? flock(fileno(file_.get()), LOCK_EX) : 0;
  } while (result != 0 && errno == EINTR);
}

#endif

}  // namespace convscope::files
