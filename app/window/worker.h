// Worker: one thread for what takes long, opening files and computing maps. The newest request of
// each kind replaces the older one.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <variant>

#include "core/conv/conv2d.h"
#include "core/derive/derived.h"

namespace convscope::window {

struct OpenedFile {
  std::string what;
  lesson::Lesson lesson;
  derive::Derived operands;  // of its first scene
};
struct FailedFile {
  Problem problem;
};
struct FinishedMap {
  derive::Derived derived;  // the operands alone, and later everything
};
using WorkResult = std::variant<OpenedFile, FailedFile, FinishedMap>;

class Worker {
 public:
  Worker();
  // Cancels what is under way.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void open(std::string what);
  // `before` was derived from the same scene before its latest change: what it still tells is not
  // computed again (derive).
  void map(lesson::Scene scene, conv::Algorithm algorithm, derive::Derived before,
           bool with_training = false);
  // Results of maps that were asked for before now will not come.
  void cancel_map();

  std::optional<WorkResult> take();
  // Share of the work under way; nothing when there is none.
  std::optional<double> progress() const;
  // What is being opened.
  std::optional<std::string> opening() const;
  // Blocks until a result is there or nothing is left to do, at most so many seconds; true when
  // there may be a result.
  bool wait(std::optional<double> seconds = std::nullopt);
  // Called from the worker's thread.
  void on_ready(std::function<void()> wake);

 private:
  struct MapRequest {
    lesson::Scene scene;
    conv::Algorithm algorithm = conv::Algorithm::kAuto;
    derive::Derived before;
    bool with_training = false;
  };

  void run();
  void do_open(const std::string& what);
  void do_map(MapRequest request, std::uint64_t ticket);
  void deliver(WorkResult result);
  void deliver_map(derive::Derived derived, std::uint64_t ticket);

  mutable std::mutex mutex_;
  std::condition_variable wanted_;
  std::condition_variable done_;
  std::optional<std::string> next_open_;
  std::optional<std::string> opening_;  // under way
  std::optional<MapRequest> next_map_;
  std::uint64_t ticket_ = 0;  // of the newest map
  std::deque<WorkResult> results_;
  std::shared_ptr<conv::Progress> progress_;  // of the map under way
  bool busy_ = false;
  bool quit_ = false;
  std::function<void()> wake_;
  std::thread thread_;
};

}  // namespace convscope::window
