#include "app/window/worker.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/files/lesson_file.h"
#include "app/files/system/file_io.h"
#include "core/tensor/problem_of.h"

namespace convscope::window {
namespace {

// What the left work was before it was changed: the user's file, if nobody has written it since, or
// the bundled lesson. Nothing if it had other scenes.
std::optional<lesson::Lesson> original_of(const files::Autosaved& work) {
  const files::Origin& origin = work.origin;
  const bool bundled = std::ranges::count(files::bundled_lesson_ids(), work.lesson.id) > 0;
  const bool same_file = origin.path && origin.stamp &&
                         files::news_of(*origin.path, *origin.stamp) == files::FileNews::kNone;
  if (origin.path ? !same_file : !bundled) {
    return std::nullopt;
  }
  try {
    lesson::Lesson lesson = files::open_lesson(origin.path ? *origin.path : work.lesson.id);
    const bool same =
        lesson.id == work.lesson.id && lesson.scenes.size() == work.lesson.scenes.size();
    return same ? std::optional(std::move(lesson)) : std::nullopt;
  } catch (const Failure&) {
    return std::nullopt;  // the work is there without it
  }
}

}  // namespace

Worker::Worker() : thread_([this] { run(); }) {}

Worker::~Worker() {
  {
    const std::scoped_lock lock(mutex_);
    quit_ = true;
    if (progress_) {
      progress_->cancel = true;
    }
  }
  wanted_.notify_all();
  thread_.join();
}

void Worker::open(ToOpen request) {
  {
    const std::scoped_lock lock(mutex_);
    next_open_ = std::move(request);
  }
  wanted_.notify_all();
}

void Worker::map(derive::Plan plan) {
  {
    const std::scoped_lock lock(mutex_);
    ++ticket_;
    next_map_ = std::move(plan);
  }
  wanted_.notify_all();
}

void Worker::cancel_map() {
  const std::scoped_lock lock(mutex_);
  ++ticket_;
  next_map_.reset();
  std::erase_if(results_, [](const WorkResult& result) {
    return std::holds_alternative<FinishedMap>(result);
  });
  if (progress_) {
    progress_->cancel = true;
  }
}

std::optional<WorkResult> Worker::take() {
  const std::scoped_lock lock(mutex_);
  if (results_.empty()) {
    return std::nullopt;
  }
  WorkResult result = std::move(results_.front());
  results_.pop_front();
  return result;
}

std::optional<double> Worker::progress() const {
  const std::scoped_lock lock(mutex_);
  if (!busy_ && !next_open_ && !next_map_) {
    return std::nullopt;
  }
  const std::int64_t total = progress_ ? progress_->total.load() : 0;
  return total > 0 ? static_cast<double>(progress_->done.load()) / static_cast<double>(total) : 0.0;
}

std::optional<std::string> Worker::opening() const {
  const std::scoped_lock lock(mutex_);
  const std::optional<ToOpen>& request = next_open_ ? next_open_ : opening_;
  return request && !request->refresh && !request->keep_place ? std::optional(request->what)
                                                              : std::nullopt;
}

bool Worker::wait(std::optional<double> seconds) {
  std::unique_lock lock(mutex_);
  const auto enough = [this] { return !results_.empty() || (!busy_ && !next_open_ && !next_map_); };
  if (seconds) {
    done_.wait_for(lock, std::chrono::duration<double>(*seconds), enough);
  } else {
    done_.wait(lock, enough);
  }
  return !results_.empty();
}

void Worker::on_ready(std::function<void()> wake) {
  const std::scoped_lock lock(mutex_);
  wake_ = std::move(wake);
}

void Worker::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wanted_.wait(lock, [this] { return quit_ || next_open_ || next_map_; });
    if (quit_) {
      return;
    }
    busy_ = true;
    opening_ = std::exchange(next_open_, std::nullopt);
    const std::optional<ToOpen> request = opening_;
    std::optional<derive::Plan> plan;
    const std::uint64_t ticket = ticket_;
    if (!request) {
      plan = std::exchange(next_map_, std::nullopt);
      progress_ = std::make_shared<conv::Progress>();
    }
    lock.unlock();
    try {
      if (request) {
        do_open(*request);
      } else {
        do_map(std::move(*plan), ticket);
      }
    } catch (...) {  // an exception would end the program
      deliver(FailedFile{request, problem_of(std::current_exception())});
    }
    plan.reset();
    lock.lock();
    progress_.reset();
    opening_.reset();
    busy_ = false;
    done_.notify_all();
    if (wake_) {
      wake_();
    }
  }
}

void Worker::do_open(const ToOpen& request) {
  if (request.refresh) {
    return deliver(FreshFiles{files::read_sources(*request.refresh)});
  }
  OpenedFile opened{request, {}, {}, {}, {}};
  if (request.autosave) {
    files::Autosaved work = files::read_autosave(request.what);
    opened.original = original_of(work);
    opened.lesson = std::move(work.lesson);
    opened.origin = std::move(work.origin);
  } else {
    if (files::lower_extension(request.what) == ".json") {
      // Before it is read: what is written meanwhile is news.
      opened.origin = {request.what, files::stamp_of(request.what)};
    }
    files::OpenedLesson told = files::open_told(request.what, request.options);
    opened.lesson = std::move(told.lesson);
    opened.remarks = std::move(told.remarks);
  }
  opened.operands = derive::derive_operands(opened.lesson.scenes.front());
  deliver(std::move(opened));
}

void Worker::do_map(derive::Plan plan, std::uint64_t ticket) {
  const std::shared_ptr<conv::Progress> progress = progress_;
  derive::make_operands(plan);
  deliver_map(plan.operands, ticket);
  derive::Derived derived = derive::carry_out(std::move(plan), {.progress = progress.get()});
  if (!progress->cancel) {
    deliver_map(std::move(derived), ticket);
  }
}

void Worker::deliver(WorkResult result) {
  const std::scoped_lock lock(mutex_);
  results_.push_back(std::move(result));
  done_.notify_all();
  if (wake_) {
    wake_();
  }
}

void Worker::deliver_map(derive::Derived derived, std::uint64_t ticket) {
  {
    const std::scoped_lock lock(mutex_);
    if (ticket != ticket_) {
      return;
    }
  }
  deliver(FinishedMap{std::move(derived)});
}

}  // namespace convscope::window
