// Whether the system wants the program to end: SIGTERM at the end of a desktop session, SIGHUP,
// Ctrl+C in its terminal. The program can then keep unsaved work.
#pragma once

#include <functional>
#include <memory>
#include <optional>

namespace convscope::window {

class StopSignal {
 public:
  // `wake` is called on another thread when the signal comes. At most one of these at a time. On
  // Windows, which sends no such signals, it never comes.
  explicit StopSignal(std::function<void()> wake);
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  // The signal's number.
  std::optional<int> received() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace convscope::window
