#include "app/window/keep/watch.h"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "core/lesson/scene_tensors.h"

namespace convscope::window {
namespace {

constexpr double kInterval = 0.5;
// A training script may take that long to write its weights.
constexpr double kWatchPatience = 3;
constexpr const char* kBroken = "watch_broken";

// The lesson's own file, and those that it reads.
std::vector<std::string> files_of(const Store& store) {
  std::vector<std::string> files;
  const auto add = [&](const std::string& path) {
    if (std::ranges::find(files, path) == files.end()) {
      files.push_back(path);
    }
  };
  if (store.path()) {
    add(*store.path());
  }
  const Shared<lesson::Lesson> lesson = session::own_document(store.session()).lesson;
  for (const Shared<lesson::Scene>& scene : lesson->scenes) {
    lesson::visit_tensors(*scene, [&](const lesson::TensorRef& ref) {
      if (const lesson::FileSource* file = lesson::own_file(ref)) {
        add(file->path);
      }
    });
  }
  return files;
}

bool has_changed(const std::string& path, const std::optional<files::FileStamp>& known) {
  if (!known) {
    return files::stamp_of(path).has_value();
  }
  return files::news_of(path, *known) != files::FileNews::kNone;
}

}  // namespace

std::optional<double> Watch::due_in(double now) const {
  return next_ ? std::optional(std::max(0.0, *next_ - now)) : std::nullopt;
}

void Watch::turn(Store& store, bool on, double now) {
  if (!on) {
    *this = {};
    return;
  }
  if (next_ && now < *next_) {
    return;
  }
  next_ = now + kInterval;
  const bool own_stage = !store.session().asking && !store.session().solving;
  if (store.empty() || store.refreshing() || !own_stage) {
    return;
  }
  if (waiting_) {
    settle(store, now);
  }
  look(store);
}

// How what was asked for has ended.
void Watch::settle(Store& store, double now) {
  waiting_ = false;
  if (!store.refresh_failure()) {
    for (const auto& [path, stamp] : asked_) {
      known_[path] = stamp;
    }
    all_well(store);
    return;
  }
  broken_since_ = broken_since_.value_or(now);
  if (now - *broken_since_ >= kWatchPatience) {
    tell(store, *store.refresh_failure());
  }
}

// Once; again when the reason is another one: first half a file, then one that does not fit.
void Watch::tell(Store& store, Problem reason) {
  reason.values.emplace_back("watched", file_);
  if (reason == told_) {
    return;
  }
  const bool in_sight = store.session().transient.notice == told_;
  if (!told_ || in_sight || reason.code != told_->code) {
    store.dispatch(session::action::Notify{reason});
  }
  told_ = std::move(reason);
}

void Watch::all_well(Store& store) {
  if (told_ && store.session().transient.notice == told_) {
    store.dispatch(session::action::DismissNotice{});
  }
  broken_since_.reset();
  told_.reset();
}

void Watch::look(Store& store) {
  const std::vector<std::string> files = files_of(store);
  std::erase_if(known_, [&](const auto& known) {
    return std::ranges::find(files, known.first) == files.end();
  });
  bool changed = false;
  for (const std::string& path : files) {
    const auto [known, is_new] = known_.try_emplace(path);
    if (is_new) {
      known->second = files::stamp_of(path);
    } else if (has_changed(path, known->second)) {
      // The lesson's own file takes everything with it; with edits of the user's it is offered.
      const bool own = store.path() == path;
      if (own && store.unsaved()) {
        continue;
      }
      changed = true;
      file_ = path;
    }
  }
  if (!changed) {
    if (broken_since_) {  // somebody has put the old file back
      all_well(store);
    }
    return;
  }
  asked_.clear();
  for (const std::string& path : files) {
    asked_[path] = files::stamp_of(path);
  }
  waiting_ = true;
  store.refresh(file_ == store.path());
}

}  // namespace convscope::window
