// Exporter: writes a picture or an animation on a thread of its own. What it shows is a value, so
// the user can go on meanwhile. Pixels need OpenGL, which belongs to the window's thread: the
// exporter waits until that one has painted a picture for it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "app/files/export_format.h"
#include "core/session/film.h"
#include "core/tensor/problem.h"

namespace convscope::window {

struct ExportJob {
  std::string path;  // empty: the clipboard
  const files::ExportFormat* format = nullptr;
  int width = 0;
  int height = 0;
  std::optional<session::Film> film = std::nullopt;  // none: a picture
  bool loop = true;
  const picture::TextMetrics* metrics = nullptr;
  // The picture of a moment of the film. Called from the exporter's thread.
  std::function<picture::Picture(session::Frame)> picture = nullptr;
  std::optional<files::Pixels> pixels = std::nullopt;  // instead: finished ones
};

class Exporter {
 public:
  struct Progress {
    std::string path;
    double done = 0;  // 0..1
    std::optional<double> seconds_left = std::nullopt;
  };
  using Paint = std::function<files::Pixels(const picture::Picture&)>;

  Exporter() = default;
  // Cancels what is under way.
  ~Exporter();
  Exporter(const Exporter&) = delete;
  Exporter& operator=(const Exporter&) = delete;

  // Nothing must be under way.
  void start(ExportJob job);
  bool is_busy() const;
  void cancel();
  std::optional<Progress> progress() const;
  // Paints what the thread waits for, for so many seconds at most.
  void serve(const Paint& paint, double seconds);
  // What came of the last export, once: a notice or a problem.
  std::optional<Problem> take_result();
  // Called from the thread when there is something to paint or to take.
  void on_ready(std::function<void()> wake);

 private:
  using Clock = std::chrono::steady_clock;

  void run(const ExportJob& job);
  files::Pixels painted(const picture::Picture& picture);
  void count_frame(std::int64_t frame, std::int64_t frames);
  void check_cancelled() const;
  void wake() const;

  mutable std::mutex mutex_;
  std::condition_variable asked_;
  std::condition_variable answered_;
  const picture::Picture* request_ = nullptr;
  std::optional<files::Pixels> answer_;
  std::exception_ptr refusal_;
  bool busy_ = false;
  bool cancel_ = false;
  std::string path_;
  double done_ = 0;
  Clock::time_point began_;
  std::optional<Problem> result_;
  std::function<void()> wake_;
  std::thread thread_;
};

}  // namespace convscope::window
