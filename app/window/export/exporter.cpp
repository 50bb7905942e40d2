#include "app/window/export/exporter.h"

#include <algorithm>
#include <utility>

#include "app/files/system/file_io.h"
#include "app/files/system/system_clipboard.h"
#include "core/tensor/problem_of.h"

namespace convscope::window {
namespace {

// Before so many seconds nobody can tell how long the rest will take.
constexpr double kNoGuess = 1;

// Somebody has cancelled the export.
struct Cancelled {};

// Many frames of a film show the moment of the one before.
struct LastFrame {
  std::optional<session::Frame> moment;
  files::Pixels pixels;
};

}  // namespace

Exporter::~Exporter() {
  cancel();
  if (thread_.joinable()) {
    thread_.join();
  }
}

void Exporter::start(ExportJob job) {
  if (thread_.joinable()) {
    thread_.join();
  }
  const std::scoped_lock lock(mutex_);
  busy_ = true;
  cancel_ = false;
  done_ = 0;
  path_ = job.path;
  began_ = Clock::now();
  result_.reset();
  thread_ = std::thread([this, job = std::move(job)] {
    Problem result;
    try {
      run(job);
      result = {job.path.empty() ? "picture_copied" : "saved", "", {{"file", job.path}}};
    } catch (const Cancelled&) {
      result.code = "export_cancelled";
    } catch (...) {
      result = problem_of(std::current_exception());
    }
    {
      const std::scoped_lock end(mutex_);
      result_ = std::move(result);
      busy_ = false;
    }
    asked_.notify_all();
    wake();
  });
}

bool Exporter::is_busy() const {
  const std::scoped_lock lock(mutex_);
  return busy_;
}

void Exporter::cancel() {
  {
    const std::scoped_lock lock(mutex_);
    cancel_ = true;
  }
  answered_.notify_all();
}

std::optional<Exporter::Progress> Exporter::progress() const {
  const std::scoped_lock lock(mutex_);
  if (!busy_) {
    return std::nullopt;
  }
  const double passed = std::chrono::duration<double>(Clock::now() - began_).count();
  Progress progress{path_, done_};
  if (done_ > 0 && passed > kNoGuess) {
    progress.seconds_left = passed * (1 - done_) / done_;
  }
  return progress;
}

void Exporter::serve(const Paint& paint, double seconds) {
  const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                      std::chrono::duration<double>(seconds));
  std::unique_lock lock(mutex_);
  while (asked_.wait_until(lock, end, [this] { return request_ || !busy_; }) && busy_) {
    const ToPaint wanted = *std::exchange(request_, std::nullopt);
    lock.unlock();
    std::optional<files::Pixels> pixels;
    std::exception_ptr refusal;
    try {
      pixels = paint(wanted);
    } catch (...) {
      refusal = std::current_exception();
    }
    lock.lock();
    answer_ = std::move(pixels);
    refusal_ = refusal;
    answered_.notify_all();
  }
}

std::optional<Problem> Exporter::take_result() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(result_, std::nullopt);
}

void Exporter::on_ready(std::function<void()> wake) {
  const std::scoped_lock lock(mutex_);
  wake_ = std::move(wake);
}

void Exporter::wake() const {
  std::function<void()> call;
  {
    const std::scoped_lock lock(mutex_);
    call = wake_;
  }
  if (call) {
    call();
  }
}

void Exporter::check_cancelled() const {
  const std::scoped_lock lock(mutex_);
  if (cancel_) {
    throw Cancelled();
  }
}

void Exporter::count_frame(std::int64_t frame, std::int64_t frames) {
  const std::scoped_lock lock(mutex_);
  done_ = static_cast<double>(frame) / static_cast<double>(std::max<std::int64_t>(1, frames));
}

// The picture stays alive until this returns: who paints it has taken it before.
files::Pixels Exporter::painted(const ToPaint& wanted) {
  std::unique_lock lock(mutex_);
  request_ = wanted;
  lock.unlock();
  asked_.notify_all();
  wake();
  lock.lock();
  // One that is being painted is waited for, even when cancelled.
  answered_.wait(lock, [this] { return answer_ || refusal_ || (cancel_ && request_); });
  request_.reset();
  if (std::exception_ptr refusal = std::exchange(refusal_, nullptr)) {
    std::rethrow_exception(refusal);
  }
  if (!answer_) {
    throw Cancelled();
  }
  return *std::exchange(answer_, std::nullopt);
}

void Exporter::run(const ExportJob& job) {
  if (!job.path.empty()) {
    files::check_writable(job.path);
  }
  const std::int64_t frames = job.film ? job.film->count() : 1;
  const auto moment = [&](std::int64_t frame) {
    return job.film ? job.film->at(frame) : job.moment;
  };
  LastFrame last;
  const auto picture = [&](std::int64_t frame) {
    check_cancelled();
    count_frame(frame, frames);
    if (!job.picture) {
      throw Failure({"export_window_pixels", "", {{"file", job.path}}});
    }
    return job.picture(moment(frame));
  };
  const auto pixels = [&](std::int64_t frame) {
    check_cancelled();
    count_frame(frame, frames);
    if (const session::Frame now = moment(frame); last.moment != now) {
      if (job.picture) {
        const picture::Picture picture = job.picture(now);
        last.pixels = painted({now, &picture});
      } else {
        last.pixels = painted({now});
      }
      last.moment = now;
    }
    return files::Frame(&last.pixels);
  };
  const std::string bytes = job.format->encode({
      .width = job.width,
      .height = job.height,
      .frames = frames,
      .frames_per_second = job.film ? job.film->frames_per_second : 1,
      .loop = job.loop,
      .metrics = *job.metrics,
      .picture = picture,
      .pixels = pixels,
  });
  check_cancelled();
  if (job.path.empty()) {
    files::put_picture(bytes);
  } else {
    files::write_file(job.path, bytes);
  }
}

}  // namespace convscope::window
