#include "app/window/keep/autosave.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <system_error>
#include <utility>

#include "app/files/system/file_io.h"
#include "core/tensor/problem_of.h"

namespace convscope::window {
namespace {

namespace fs = std::filesystem;

constexpr double kPatience = 30;
// How often to look whether a write is done.
constexpr double kGlance = 0.05;

}  // namespace

Autosave::Autosave(std::optional<fs::path> folder, std::string program)
    : program_(std::move(program)) {
  if (folder) {
    file_ = files::new_autosave(*folder);
  }
}

Autosave::~Autosave() {
  if (writing_.valid()) {
    writing_.wait();
  }
}

bool Autosave::is_writing() const {
  return writing_.valid() &&
         writing_.wait_for(std::chrono::seconds(0)) != std::future_status::ready;
}

void Autosave::forget() {
  if (lock_ || written_) {
    files::forget_work(*file_);
    lock_.reset();
  }
  for (const files::AbandonedWork& work : taken_over_) {
    files::forget_work(work.file);
  }
  taken_over_.clear();
  wanted_.reset();
  written_.reset();
}

void Autosave::note(const Store& store, double now) {
  const Shared<lesson::Lesson>& lesson = session::own_document(store.session()).lesson;
  if (written_ && written_->is(*lesson, store.path())) {
    wanted_.reset();
  } else if (!wanted_ || !wanted_->is(*lesson, store.path())) {
    since_ = wanted_ ? since_ : now;
    wanted_ = Work{lesson, store.origin()};
  }
}

void Autosave::watch(const Store& store, double now) {
  if (!file_ || is_writing()) {
    return;
  }
  if (writing_.valid()) {
    settle(writing_.get());
    since_ = now;  // of what has changed meanwhile, or has to be tried again
  }
  if (store.empty() || !store.unsaved()) {
    forget();
    return;
  }
  note(store, now);
  if (due_in(now) == 0.0) {
    start();
  }
}

std::optional<double> Autosave::due_in(double now) const {
  if (writing_.valid()) {
    return kGlance;
  }
  if (!wanted_) {
    return std::nullopt;
  }
  return taken_over_.empty() || told_ ? std::max(0.0, since_ + kPatience - now) : 0.0;
}

void Autosave::start() {
  written_ = std::exchange(wanted_, std::nullopt);
  writing_ = std::async(std::launch::async, [this, work = *written_] { return write(work); });
}

// On the thread of the write, or on ours when there is none.
std::optional<Problem> Autosave::write(const Work& work) {
  try {
    std::error_code error;
    fs::create_directories(file_->parent_path(), error);
    if (!lock_) {
      lock_ = files::FileLock::try_hold(files::lock_of(*file_));
    }
    files::Origin origin = work.origin;
    if (origin.path) {
      origin.path = files::absolute_utf8(*origin.path);
    }
    files::write_autosave(*file_, work.lesson, origin, program_);
    return std::nullopt;
  } catch (...) {
    Problem problem = problem_of(std::current_exception());
    problem.code = problem.code == "file_unwritable" ? "autosave_unwritable" : problem.code;
    return problem;
  }
}

void Autosave::settle(const std::optional<Problem>& problem) {
  if (!problem) {
    for (const files::AbandonedWork& work : taken_over_) {
      files::forget_work(work.file);
    }
    taken_over_.clear();
    return;
  }
  written_.reset();
  if (!std::exchange(told_, true)) {
    problem_ = problem;
  }
}

std::optional<Problem> Autosave::take_problem() { return std::exchange(problem_, std::nullopt); }

void Autosave::take_over(files::AbandonedWork work) { taken_over_.push_back(std::move(work)); }

void Autosave::flush(const Store& store) {
  if (!file_) {
    return;
  }
  if (writing_.valid()) {
    settle(writing_.get());
  }
  if (!store.empty() && store.unsaved()) {
    note(store, 0);
    if (wanted_) {
      settle(write(*wanted_));
    }
  }
}

void Autosave::finish() {
  if (writing_.valid()) {
    writing_.get();
  }
  forget();
}

}  // namespace convscope::window
