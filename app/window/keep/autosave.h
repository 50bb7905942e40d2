// Autosave: keeps unsaved work in a file of this program's own while it runs, for the case that the
// program dies. Written half a minute after a change, on a thread of its own; removed when nothing
// is left to lose.
#pragma once

#include <filesystem>
#include <future>
#include <optional>
#include <string>
#include <vector>

#include "app/files/user/autosave_file.h"
#include "app/window/store.h"

namespace convscope::window {

class Autosave {
 public:
  // Without a folder nothing is kept. `program`: the version that writes.
  Autosave(std::optional<std::filesystem::path> folder, std::string program);
  // Leaves the file where it is.
  ~Autosave();
  Autosave(const Autosave&) = delete;
  Autosave& operator=(const Autosave&) = delete;

  // What is open at `now` (seconds of a steady clock). Starts a write when one is due.
  void watch(const Store& store, double now);
  // Seconds until watch() has something to do without a change; nothing when it has not.
  std::optional<double> due_in(double now) const;
  // What kept the work from being written, the first time.
  std::optional<Problem> take_problem();

  // The store's unsaved work is what a dead program left: that file goes when ours is written, or
  // when the work is saved or discarded.
  void take_over(files::AbandonedWork work);
  // Writes at once what is not written yet: the program ends by a failure.
  void flush(const Store& store);
  // The program ends and nothing is left to lose.
  void finish();

 private:
  struct Work {
    Shared<lesson::Lesson> lesson;
    files::Origin origin;

    bool is(const lesson::Lesson& other, const std::optional<std::string>& path) const {
      return &*lesson == &other && origin.path == path;
    }
  };
  void note(const Store& store, double now);
  void start();
  std::optional<Problem> write(const Work& work);
  void settle(const std::optional<Problem>& problem);
  bool is_writing() const;
  void forget();

  std::optional<std::filesystem::path> file_;
  std::string program_;
  std::optional<files::FileLock> lock_;  // from the first write on; while one runs it is its own
  std::optional<Work> wanted_;           // not written yet
  std::optional<Work> written_;          // as it is on disk, or will be when the write is done
  double since_ = 0;                     // when wanted_ first differed
  std::future<std::optional<Problem>> writing_;
  std::vector<files::AbandonedWork> taken_over_;
  std::optional<Problem> problem_;
  bool told_ = false;
};

}  // namespace convscope::window
