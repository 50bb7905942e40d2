#include "app/window/stop_signal.h"

#include <atomic>
#include <thread>
#include <utility>

#ifndef _WIN32
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#endif

namespace convscope::window {

#ifdef _WIN32

struct StopSignal::State {};
StopSignal::StopSignal(std::function<void()> /*wake*/) {}
StopSignal::~StopSignal() = default;
std::optional<int> StopSignal::received() const { return std::nullopt; }

#else

namespace {

constexpr std::array kSignals = {SIGTERM, SIGHUP, SIGINT};

// A handler may do little more than write to a pipe.
std::atomic<int> pipe_end = -1;

extern "C" void on_stop_signal(int number) {
  const int error = errno;
  const auto byte = static_cast<unsigned char>(number);
  const ssize_t written = write(pipe_end, &byte, 1);
  static_cast<void>(written);  // a full pipe holds a signal already
  errno = error;
}

}  // namespace

struct StopSignal::State {
  std::array<int, 2> pipe{-1, -1};
  std::array<struct sigaction, kSignals.size()> before{};
  std::atomic<int> number = 0;
  std::thread reader;
};

StopSignal::StopSignal(std::function<void()> wake) : state_(std::make_unique<State>()) {
  State& state = *state_;
  if (::pipe(state.pipe.data()) != 0) {
    return;  // the signals end the program as they always did
  }
  for (const int end : state.pipe) {
    fcntl(end, F_SETFD, FD_CLOEXEC);
  }
  pipe_end = state.pipe[1];
  state.reader = std::thread([&state, wake = std::move(wake)] {
    unsigned char byte = 0;
    while (read(state.pipe[0], &byte, 1) == 1 && byte != 0) {
      state.number = byte;
      wake();
    }
  });
  struct sigaction action{};
  action.sa_handler = on_stop_signal;
  action.sa_flags = SA_RESTART;
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], &action, &state.before[i]);
  }
}

StopSignal::~StopSignal() {
  if (!state_->reader.joinable()) {
    return;
  }
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], &state_->before[i], nullptr);
  }
  on_stop_signal(0);  // ends the reader
  state_->reader.join();
  pipe_end = -1;
  close(state_->pipe[0]);
  close(state_->pipe[1]);
}

std::optional<int> StopSignal::received() const {
  const int number = state_->number;
  return number == 0 ? std::nullopt : std::optional(number);
}

#endif

}  // namespace convscope::window
