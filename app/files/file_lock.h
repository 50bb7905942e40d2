// One program at a time: a lock that the system takes back when its program dies.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>

namespace convscope::files {

// Waits until no other program holds a lock on `file`, which is made and stays: removing it would
// let two programs hold locks of the same name. Where the file can't be made or the system has no
// locks, nothing is held: the write that follows will say why.
class FileLock {
 public:
  explicit FileLock(const std::filesystem::path& file);
  // Does not wait; nothing when another program holds the lock or the file can't be made. Programs
  // that we start don't inherit it.
  static std::optional<FileLock> try_hold(const std::filesystem::path& file);

 private:
  FileLock() = default;

  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace convscope::files
