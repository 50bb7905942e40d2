// Worker: a thread for slow work: opening files and computing maps. A new request replaces the
// waiting one of its kind.
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

#include "app/files/user/autosave_file.h"
#include "app/window/to_open.h"
#include "core/conv/conv2d.h"
#include "core/derive/plan.h"

namespace convscope::window {

struct OpenedFile {
  ToOpen request;
  files::Origin origin;  // of a lesson file or of left work
  lesson::Lesson lesson;
  derive::Derived operands;  // of its first scene
  std::vector<Problem> remarks = {};
  // Of left work: the lesson that was changed, if it is still there.
  std::optional<lesson::Lesson> original = std::nullopt;
};
struct FreshFiles {
  std::vector<session::action::Refreshed::File> files;
};
struct FailedFile {
  std::optional<ToOpen> request;  // nothing: it was no file that failed
  Problem problem;
};
struct FinishedMap {
  derive::Derived derived;  // first the operands alone, later everything
};
using WorkResult = std::variant<OpenedFile, FreshFiles, FailedFile, FinishedMap>;

class Worker {
 public:
  Worker();
  // Cancels what is under way.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void open(ToOpen request);
  void map(derive::Plan plan);
  // No map that was asked for so far will be delivered.
  void cancel_map();

  std::optional<WorkResult> take();
  // How much of the work under way is done, 0..1; nothing when there is none.
  std::optional<double> progress() const;
  // The name of what is being opened.
  std::optional<std::string> opening() const;
  // Blocks until there is a result or nothing left to do, at most so many seconds; true when there
  // is a result.
  bool wait(std::optional<double> seconds = std::nullopt);
  // Called from the worker's thread.
  void on_ready(std::function<void()> wake);

 private:
  void run();
  void do_open(const ToOpen& request);
  void do_map(derive::Plan plan, std::uint64_t ticket);
  void deliver(WorkResult result);
  void deliver_map(derive::Derived derived, std::uint64_t ticket);

  mutable std::mutex mutex_;
  std::condition_variable wanted_;
  std::condition_variable done_;
  std::optional<ToOpen> next_open_;
  std::optional<ToOpen> opening_;  // under way
  std::optional<derive::Plan> next_map_;
  std::uint64_t ticket_ = 0;  // of the newest map
  std::deque<WorkResult> results_;
  std::shared_ptr<conv::Progress> progress_;  // of the map under way
  bool busy_ = false;
  bool quit_ = false;
  std::function<void()> wake_;
  std::thread thread_;
};

}  // namespace convscope::window
