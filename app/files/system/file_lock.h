// A lock between processes, released by the system when the holder dies.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>

namespace convscope::files {

// Waits until no other process holds a lock on `file`, which is created and not removed: removing
// it would let two processes hold locks of the same name. If the file can't be created or the
// system has no locks, nothing is locked: the write that follows will report why.
class FileLock {
 public:
  explicit FileLock(const std::filesystem::path& file);
  // Doesn't wait; nullopt if another process holds the lock or the file can't be created. Child
  // processes don't inherit it.
  static std::optional<FileLock> try_hold(const std::filesystem::path& file);

 private:
  FileLock() = default;

  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace convscope::files
