// Ctrl+C while files are being made: none is left half written, and the exit status says so.
#pragma once

#include <shared_mutex>

#include "app/window/stop_signal.h"

namespace convscope::cli {

// While it lives, a signal ends the program at once with status 128 + its number, unless something
// is on disk that has to be removed first.
class Interruption {
 public:
  Interruption();

  // Held while there are files that must not stay. Several threads may hold one.
  std::shared_lock<std::shared_mutex> hold() { return std::shared_lock(files_); }
  // Throws Failure "interrupted" after a signal. To be called often while files are held.
  void check() const;

 private:
  std::shared_mutex files_;
  window::StopSignal signal_;
};

}  // namespace convscope::cli
