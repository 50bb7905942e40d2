// Exporter: writes a picture or an animation on a thread of its own. What it shows is a value, so
// the user can go on meanwhile. Pixels need OpenGL, which belongs to the window's thread: the
// exporter waits until that one has painted a moment for it.
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
  std::optional<session::Film> film = std::nullopt;  // none: a picture of `moment`
  session::Frame moment = 0;
  bool loop = true;
  const picture::TextMetrics* metrics = nullptr;
  // The picture of a moment of the film, called from the exporter's thread. None: a moment has
  // pixels only.
  std::function<picture::Picture(session::Frame)> picture = nullptr;
};

// What is to be painted: the picture of a moment, or without one the whole window at it.
struct ToPaint {
  session::Frame moment = 0;
  const picture::Picture* picture = nullptr;
};

class Exporter {
 public:
  struct Progress {
    std::string path;
    double done = 0;  // 0..1
    std::optional<double> seconds_left = std::nullopt;
  };
  using Paint = std::function<files::Pixels(const ToPaint&)>;

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
  // Has `paint` paint what the thread waits for, for so many seconds at most.
  void serve(const Paint& paint, double seconds);
  // What came of the last export, once: a notice or a problem.
  std::optional<Problem> take_result();
  // Called from the thread when there is something to paint or to take.
  void on_ready(std::function<void()> wake);

 private:
  using Clock = std::chrono::steady_clock;

  void run(const ExportJob& job);
  files::Pixels painted(const ToPaint& wanted);
  void count_frame(std::int64_t frame, std::int64_t frames);
  void check_cancelled() const;
  void wake() const;

  mutable std::mutex mutex_;
  std::condition_variable asked_;
  std::condition_variable answered_;
  std::optional<ToPaint> request_;
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
